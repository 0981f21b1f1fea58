"""What a transformer's class token attends to: in one block, rolled out over all, weighed by gradients (METHODS.md §5).

Blocks and heads count from 1. Where a network has no class token, the mean over all tokens stands in its place.
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
from tfcore.lazy import tf
from tfcore.models.kinds import Does, kind_of
from tfcore.models.layers import grid_of
from tfcore.models.model import Model
from tfcore.models.program import Step, infer
from tfcore.models.scores import Target, score, signature
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


@register(
    MethodSpec(
        "attention",
        family=FAMILY,
        summary="Which patches the class token attends to in one block",
        params=(
            Param("block", "int", None, "block, counted from the image (empty: the last)", low=1, optional=True),
            Param("head", "int", None, "head of that block (empty: mean of all)", low=1, optional=True),
        ),
        needs=NEEDS,
        note=_AGNOSTIC,
    )
)
def attention(request: Request, asks: list[Ask]) -> list[Answer]:
    """The class token's row of A after the softmax, of one head or the mean over them."""
    logits, classes, *blocks = _looked(request, "attention", lambda attentions, _: list(attentions.values()))
    answers = []
    for ask in asks:
        of_block = blocks[_number(ask, "block", len(blocks))]
        head = _number(ask, "head", of_block.shape[1])
        row = of_block.mean(1) if ask.params["head"] is None else of_block[:, head]
        answers.append(Answer(_laid_out(request.model, row), logits, classes))
    return answers


@register(
    MethodSpec(
        "attention-rollout",
        family=FAMILY,
        summary="Attention followed through all blocks from the class token down to the patches",
        needs=NEEDS,
        note=_AGNOSTIC,
    )
)
def attention_rollout(request: Request, asks: list[Ask]) -> list[Answer]:
    """Â_L···Â_1 with Â = 0.5·(mean over heads + I), each row summing to one."""

    def rolled(attentions: Tensors, _gradients: Tensors) -> list[Any]:
        found = _itself(attentions)
        for block in attentions.values():
            step = 0.5 * (tf.reduce_mean(block, 1) + _itself(attentions))
            found = step / tf.reduce_sum(step, -1, keepdims=True) @ found
        return [found]

    return _rolled_out(request, asks, rolled)


@register(
    MethodSpec(
        "gradient-rollout",
        family=FAMILY,
        summary="Attention that raises the score, followed through all blocks: about one class",
        needs=NEEDS,
    )
)
def gradient_rollout(request: Request, asks: list[Ask]) -> list[Answer]:
    """R ← R + mean_h (∂S/∂A ⊙ A)⁺·R, from I."""

    def rolled(attentions: Tensors, gradients: Tensors) -> list[Any]:
        found = _itself(attentions)
        for path, block in attentions.items():
            found += tf.reduce_mean(tf.nn.relu(gradients[path] * block), 1) @ found
        return [found - _itself(attentions)]

    return _rolled_out(request, asks, rolled)


def attending(model: Model) -> list[Step]:
    """The steps in which tokens attend to each other, one per block."""
    program = model.program
    leading = program.between([program.input], [program.output])
    return [step for step in leading if kind_of(step.operation).does is Does.ATTENDS]


def _itself(attentions: Tensors) -> Any:
    """Every token looks at itself."""
    return tf.eye(next(iter(attentions.values())).shape[-1])


def _rolled_out(request: Request, asks: list[Ask], rolled: Followed) -> list[Answer]:
    name = asks[0].spec.name

    def alike(attentions: Tensors, gradients: Tensors) -> list[Any]:
        sizes = {path: each.shape[-1] for path, each in attentions.items()}
        first, *_ = sizes
        if odd := [path for path, size in sizes.items() if size != sizes[first]]:
            raise HeatlensError(
                f"{name} follows the same tokens through all blocks, but {odd[0]!r} attends over {sizes[odd[0]]} of "
                f"them and {first!r} over {sizes[first]}; use attention of one block, or attnlrp."
            )
        return rolled(attentions, gradients)

    logits, classes, row = _looked(request, name, alike)
    native = _laid_out(request.model, row)
    return [Answer(native, logits, classes) for _ in asks]


def _looked(request: Request, name: str, followed: Followed) -> list[np.ndarray]:
    """Logits, classes, and the rows of the class token in each of what was followed, (N, …, T)."""
    model = request.model
    sloped = name == "gradient-rollout"
    traced = model.compiled(("attention", name), lambda: _trace(model, followed, sloped))

    def one(batch: np.ndarray, target: Target) -> list[np.ndarray]:
        found: list[np.ndarray] = [each.numpy() for each in traced(batch, target)]
        _check_same(found[0], forward(model, batch).numpy())
        if any(len(rows) != len(batch) for rows in found[2:]):
            raise HeatlensError(
                f"{model.name} attends within windows of the image, and {name} takes attention over all of it; "
                "use attnlrp."
            )
        return found

    return in_passes(request, images_per_pass(model, request.batch, 0), one)


def _trace(model: Model, followed: Followed, sloped: bool) -> Any:
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
        rows = [_row(model, looks) for looks in followed(attentions, gradients)]
        return logits, classes, *rows

    return tf.function(run, input_signature=[model.signature, signature()], autograph=False)


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


def _row(model: Model, looks: Any) -> Any:
    """Whom the class token looks at, (N, …, T); without one, whom all tokens look at on average."""
    tokens = looks.shape[-1]
    grid = grid_of(model.program, (None, tokens, 1))
    if grid is None:
        raise HeatlensError(f"{model.name} attends over {tokens} tokens, which lie on no grid of patches; use attnlrp.")
    return looks[..., 0, :] if tokens > grid[0] * grid[1] else tf.reduce_mean(looks, -2)


def _laid_out(model: Model, row: np.ndarray) -> np.ndarray:
    """(N, T) as (N, h, w) on the grid of the patches; what is no patch is left out."""
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
