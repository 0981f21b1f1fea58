"""What a transformer's class token attends to: in one block, rolled out over all, weighed by gradients (METHODS.md §5).

Blocks and heads count from 1. Where a network has no class token, the mean over all tokens stands in its place. Where
tokens attend within windows of the image, those of each window are laid back where they come from.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.pieces import forward, images_per_pass
from tfcore.explain.runners import Answer, Ask, Request, in_passes
from tfcore.explain.tokens import on_grid
from tfcore.explain.windows import Windows, windows_of
from tfcore.lazy import tf
from tfcore.models.kinds import Does, kind_of
from tfcore.models.layers import grid_of
from tfcore.models.model import Model
from tfcore.models.program import Step, infer
from tfcore.models.scores import Target, score, signature
from tfcore.models.traced import Traced
from tfcore.models.twins import twin
from tfcore.registry import MethodSpec, Param, register

FAMILY = "attention"
NEEDS = ("attention",)
_AGNOSTIC = "class-agnostic: the same heatmap for every target"
# What reading the attention of a fused layer may change of the logits, as a share of the largest.
_SAME = 1e-3
Tensors = Mapping[str, Any]
# From the attention of every block (N, heads, T, T) and ∂S/∂A, by layer, to who looks at whom (N, …, T, T).
Followed = Callable[[Tensors, Tensors], list[Any]]


_WHICH = (
    Param("block", "int", None, "block, counted from the image (empty: the last)", low=1, optional=True),
    Param("head", "int", None, "head of that block (empty: mean of all)", low=1, optional=True),
)


def _spec(name: str, summary: str, params: tuple[Param, ...] = (), note: str = "") -> MethodSpec:
    return MethodSpec(name, FAMILY, summary, params, NEEDS, note)


@register(_spec("attention", "Which patches the class token attends to in one block", _WHICH, _AGNOSTIC))
@register(_spec("attention-rollout", "Attention followed through all blocks down to the patches", note=_AGNOSTIC))
def attention(request: Request, asks: list[Ask]) -> list[Answer]:
    """The class token's row of A after the softmax, of one head or the mean over them; or of Â_L···Â_1."""
    windows = _windows(request)

    def followed(looks: Tensors, _: Tensors) -> list[Any]:
        return [*looks.values(), *([] if any(windows) else [_rolled(looks)])]

    logits, classes, *rows = _looked(request, "attention", followed)
    blocks = rows[: len(windows)]
    answers = []
    for ask in asks:
        if ask.spec.name == "attention":
            block = _number(ask, "block", len(blocks))
            row, within = blocks[block], windows[block]
            head = _number(ask, "head", row.shape[1])
            row = row.mean(1) if ask.params["head"] is None else row[:, head]
        else:
            _check_alike(request.model, ask.spec.name, [block.shape[-1] for block in blocks], windows)
            row, within = rows[-1], None
        answers.append(Answer(_laid_out(request.model, row, within), logits, classes))
    return answers


def _rolled(looks: Tensors) -> Any:
    """Â_L···Â_1 with Â = 0.5·(mean over heads + I), each row summing to one."""
    found = 1.0
    for block in looks.values() if _alike(looks) else [*looks.values()][-1:]:
        step = 0.5 * (tf.reduce_mean(block, 1) + tf.eye(block.shape[-1]))
        step /= tf.reduce_sum(step, -1, keepdims=True)
        found = step if isinstance(found, float) else step @ found
    return found


@register(_spec("gradient-rollout", "Attention that raises the score, followed through all blocks: about one class"))
def gradient_rollout(request: Request, asks: list[Ask]) -> list[Answer]:
    """R ← R + mean_h (∂S/∂A ⊙ A)⁺·R, from I."""
    windows = _windows(request)

    def followed(looks: Tensors, gradients: Tensors) -> list[Any]:
        _check_alike(request.model, "gradient-rollout", [block.shape[-1] for block in looks.values()], windows)
        itself = tf.eye(next(iter(looks.values())).shape[-1])
        found = itself
        for path, block in looks.items():
            found += tf.reduce_mean(tf.nn.relu(gradients[path] * block), 1) @ found
        return [found - itself]

    logits, classes, row = _looked(request, "gradient-rollout", followed)
    native = _laid_out(request.model, row)
    return [Answer(native, logits, classes) for _ in asks]


def attending(model: Model) -> list[Step]:
    """The steps in which tokens attend to each other, one per block."""
    program = model.program
    leading = program.between([program.input], [program.output])
    return [step for step in leading if kind_of(step.operation).does is Does.ATTENDS]


def _alike(looks: Tensors) -> bool:
    return len({block.shape[-1] for block in looks.values()}) == 1


def _check_alike(model: Model, name: str, sizes: list[int], windows: list[Windows | None]) -> None:
    """A sentence where blocks attend over other tokens."""
    if any(windows):
        raise HeatlensError(
            f"{model.name} attends within windows of the image, and {name} follows attention over all of it; use "
            "attention of one block, or attnlrp."
        )
    for step, size in zip(attending(model), sizes, strict=True):
        if size != sizes[0]:
            raise HeatlensError(
                f"{name} follows the same tokens through all blocks, but {step.path!r} attends over {size} of them and "
                f"the first block over {sizes[0]}; use attention of one block, or attnlrp."
            )


def _windows(request: Request) -> list[Windows | None]:
    model, size = request.model, request.batch.shape[1:]
    found: list[Windows | None] = model.compiled(("windows", size), lambda: windows_of(model, attending(model), size))
    return found


def _looked(request: Request, name: str, followed: Followed) -> list[np.ndarray]:
    """Logits, classes, and the rows of the class token in each of what was followed, (N, …, T); or (N, …, h·w) where
    windows were laid out.
    """
    model = request.model
    sloped, windows = name == "gradient-rollout", _windows(request)
    # Where windows lie is known for pictures of a size.
    size = request.batch.shape[1:] if any(windows) else ()
    traced = model.compiled(("attention", name, size), lambda: _trace(model, followed, sloped, windows))

    def one(batch: np.ndarray, target: Target) -> list[np.ndarray]:
        found: list[np.ndarray] = [each.numpy() for each in traced(batch, target)]
        _check_same(found[0], forward(model, batch).numpy())
        if any(len(rows) != len(batch) for rows in found[2:]):
            raise HeatlensError(
                f"{model.name} attends within parts of the image that its graph does not trace back to it, so {name} "
                "cannot be laid over the image; use attnlrp."
            )
        return found

    return in_passes(request, images_per_pass(model, request.batch, 0), one)


def _trace(model: Model, followed: Followed, sloped: bool, windows: list[Windows | None]) -> Any:
    program = model.program

    def run(batch: tf.Tensor, target: Target) -> tuple[tf.Tensor, ...]:
        attentions: dict[str, Any] = {}
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            if sloped:
                tape.watch(batch)
            found = program.run({program.input: batch}, [program.output], partial(_observed, attentions))
            logits = tf.cast(found[program.output], tf.float32)
            scores, classes = score(model, logits, target)
        gradients = tape.gradient(scores, attentions, unconnected_gradients="zero") if sloped else {}
        looked = followed(attentions, gradients)
        # What is followed through all blocks is followed where none has windows.
        each = windows if any(windows) else [None] * len(looked)
        rows = [_row(model, looks, within) for looks, within in zip(looked, each, strict=True)]
        return logits, classes, *rows

    return Traced(run, [model.signature, signature()])


def _observed(attentions: dict[str, Any], step: Step, *args: Any, **kwargs: Any) -> Any:
    """Run a step; where it attends, note how: (N, heads, T, T)."""
    kind = kind_of(step.operation)
    if kind.does is not Does.ATTENDS:
        return infer(step, *args, **kwargs)
    if kind.form == "probabilities":
        attentions[step.path] = infer(step, *args, **kwargs)
        return attentions[step.path]
    # A fused layer keeps its attention to itself unless it is asked, and cannot be asked where it is flash attention.
    asked = {**kwargs, "return_attention_scores": True, "training": False}
    result, looks = twin(step.operation, _flash_attention=False)(*args, **asked)
    if looks.shape.rank == 3:
        looks = looks[:, tf.newaxis]
    elif looks.shape.rank == 6:
        # Over both axes of a map.
        rows, columns = looks.shape[2:4]
        looks = tf.reshape(looks, (-1, looks.shape[1], rows * columns, rows * columns))
    if looks.shape.rank != 4 or looks.shape[-1] != looks.shape[-2]:
        raise HeatlensError(
            f"Layer {step.path!r} ({step.kind}) does not let the tokens of the image attend to each other (its "
            f"attention is {tuple(looks.shape[1:])}); use attnlrp."
        )
    attentions[step.path] = looks
    return (result, looks) if len(step.outputs) > 1 else result


def _row(model: Model, looks: Any, within: Windows | None) -> Any:
    """Whom the class token looks at, (N, …, T); without one, whom all tokens look at on average."""
    if within is not None:
        return within.laid_out(looks)
    tokens = looks.shape[-1]
    grid = grid_of(model.program, (None, tokens, 1))
    if grid is None:
        raise HeatlensError(f"{model.name} attends over {tokens} tokens, which lie on no grid of patches; use attnlrp.")
    return looks[..., 0, :] if tokens > grid[0] * grid[1] else tf.reduce_mean(looks, -2)


def _laid_out(model: Model, row: np.ndarray, within: Windows | None = None) -> np.ndarray:
    """(N, T) as (N, h, w) on the grid of the patches; what is no patch is left out."""
    if within is not None:
        return row.reshape(-1, *within.grid)
    laid: np.ndarray = on_grid(tf.constant(row[..., None]), grid_of(model.program, (None, row.shape[1], 1))).numpy()
    return laid[..., 0]


def _check_same(logits: np.ndarray, wanted: np.ndarray) -> None:
    difference = float(np.abs(logits - wanted).max())
    if np.isfinite(wanted).all() and not difference <= _SAME * max(1.0, float(np.abs(wanted).max())):
        raise HeatlensError(
            f"Reading the attention changes what the network answers (by {difference:.2g}), so it would not be the "
            "attention of that answer; use attnlrp, which leaves the layers as they are."
        )


def _number(ask: Ask, name: str, most: int) -> int:
    """A block or head counted from 0; the last one where none is named."""
    number = ask.params[name]
    if number is not None and number > most:
        raise HeatlensError(f"There is no {name} {number}; {name}s count from 1 to {most}.")
    return int(most if number is None else number) - 1
