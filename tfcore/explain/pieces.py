"""The forward computation of a network in a few traced pieces, cut at its stage ends and at the layers asked for.

Every method runs forward through the same pieces, so another method or layer traces only what is new about it, and a
computation can start in the middle of the network (docs/decisions/003-pieces-and-tails.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from tfcore.explain.lean import joining
from tfcore.lazy import tf
from tfcore.models.kinds import Does, function_of, kind_of
from tfcore.models.layers import stages
from tfcore.models.model import Model
from tfcore.models.program import Program, Step, Values, per_program

# What the feature maps of one pass may take; images beyond it wait for the next pass.
PASS_BYTES = 2 << 30
# Linear in their input: the way back through them needs none of their values. So are layers with weights that have no
# activation of their own.
_LINEAR = {
    *(Does.PASSES, Does.MOVES, Does.SELECTS, Does.PADS, Does.REPEATS, Does.JOINS, Does.RESIZES, Does.AVERAGES),
    *(Does.ADDS, Does.SCALES, Does.STANDARDISES),
}
# A network of more steps takes seconds to trace, so its pieces are shared; a shorter one runs faster in one.
LONG = 100
# Larger passes are hardly faster on a CPU and only delay progress and cancelling.
MOST_IMAGES = 64
# Multiplications of a pass with which a processor of a few cores is done in about a second, so that progress is told
# and a cancel heard in time; no GPU needs so long for a pass.
PASS_WORK = 3e10
# Copies left over from blocks of six at the end of a pass, or fewer in all, are rounded otherwise than the rest.
BLOCK = 6
# What is reckoned for a black box, for every pixel: multiplications (VGG16 has 300,000 of them, ResNet50 80,000,
# MobileNet 11,000), and channels of its largest map (U-Net has 64 of full size, ResNet50 a quarter of that).
_BOX_WORK, _BOX_CHANNELS = 50_000, 64


def cut_at(program: Program, step: Step | None) -> int:
    """The number of steps done when that step's value is there; ``None`` is the input, before the first step."""
    return 0 if step is None else program.steps.index(step) + 1


@per_program
def stage_ends(program: Program) -> list[int]:
    """The cuts behind the stages, in order."""
    return sorted(cut_at(program, step) for step in stages(program).values())


def is_long(program: Program) -> bool:
    """Whether the network goes forward in several pieces."""
    return len(program.steps) > LONG


def alive(program: Program, cut: int) -> tuple[int, ...]:
    """The values with which the network goes on after ``cut`` steps, the last step's own among them."""
    done = {program.input}.union(*(step.outputs for step in program.steps[:cut]))
    needed = {program.output}.union(*(step.inputs for step in program.steps[cut:]))
    newest = program.steps[cut - 1].output if cut else program.input
    return tuple(sorted(done & needed | {newest}))


def advance(model: Model, values: Values, start: int, stop: int | None = None) -> Values:
    """From what is alive after ``start`` steps to what is alive after ``stop`` (by default: to the end)."""
    stop = len(model.program.steps) if stop is None else stop
    ends = stage_ends(model.program) if is_long(model.program) else []
    for first, last in pairwise([start, *(end for end in ends if start < end < stop), stop]):
        values = piece(model, values, first, last)(values)
    return values


def piece(model: Model, values: Values, start: int, stop: int) -> Any:
    """The traced function between two cuts; ``values`` show what it takes."""
    if start == stop:
        return lambda same: same

    def make() -> Any:
        program, wanted = model.program, alive(model.program, stop)
        call = joining(program.steps[start:stop], wanted)

        def run(given: Values) -> Values:
            return program.run(given, wanted, call=call)

        return model.traced(run, [specs(model, values)])

    return model.compiled(("piece", start, stop), make)


def specs(model: Model, values: Values) -> dict[int, tf.TensorSpec]:
    """Signatures for these values with any number of images, heights and widths as open as the network's input."""
    is_open = None in model.input_shape
    return {
        number: tf.TensorSpec([None] * (value.shape.rank - 1) + [value.shape[-1]], value.dtype)
        if is_open
        else tf.TensorSpec([None, *value.shape[1:]], value.dtype)
        for number, value in values.items()
    }


def start_values(model: Model, batch: Any) -> Values:
    """The batch as the value a run starts from."""
    return {model.program.input: tf.convert_to_tensor(batch, tf.float32)}


def forward(model: Model, batch: Any) -> tf.Tensor:
    """Logits of a batch that fits in one pass."""
    if model.box is not None:
        # Past TensorFlow, which would copy every picture there and back.
        return tf.constant(model.box.logits(np.asarray(batch, np.float32)))
    return tf.cast(advance(model, start_values(model, batch), 0)[model.program.output], tf.float32)


def images_per_pass(model: Model, batch: np.ndarray, kept_from: int | None = None) -> int:
    """How many images go through together within ``PASS_BYTES``.

    Before ``kept_from`` (and everywhere when it is ``None``) a feature map is let go as soon as it was used; after it
    the backward pass needs those of the nonlinear steps.
    """
    steps = model.program.steps
    kept_from = len(steps) if kept_from is None else kept_from
    sizes = [_bytes(shape, batch.shape[1:3]) for shape in _largest_maps(model.program)]
    passing = 3 * max(sizes, default=0)
    bent = _bent(model.program)
    kept = sum(size for at, size in zip(bent[kept_from:], sizes[kept_from:], strict=True) if at)
    return int(min(MOST_IMAGES, max(1, PASS_BYTES // max(1, passing + kept))))


def copies_per_pass(model: Model, batch: np.ndarray) -> int:
    """How many altered copies of an image go through together: as many as fit, in about a second."""
    fitting = images_per_pass(model, batch)
    if tf.config.list_physical_devices("GPU"):
        return fitting
    work = sum(_work(step, batch.shape[1:3]) for step in model.program.steps)
    return int(max(1, min(fitting, PASS_WORK // max(1, work))))


def in_passes(count: int, together: int, each: int = 1) -> Iterator[slice]:
    """The numbers 0 … count, each of which stands for so many copies, in passes of ``together`` copies at most.

    Of whole blocks but for the last one, which holds one at least: so each copy is rounded as if all went together.
    """
    whole, most = BLOCK // math.gcd(each, BLOCK), max(1, together // each)
    most = most // whole * whole or most
    start = 0
    while start < count:
        stop = min(start + most, count)
        if 0 < count - stop < whole < most:
            stop -= whole
        yield slice(start, stop)
        start = stop


def _work(step: Step, largest: tuple[int, ...]) -> int:
    """Multiplications of a step with weights: each kernel once per position; a black box is taken for a large one."""
    if kind_of(step.operation).does is Does.HIDES:
        return _BOX_WORK * math.prod(largest)
    kernels = [math.prod(weight.shape) for weight in getattr(step.operation, "weights", ()) if len(weight.shape) > 1]
    return _bytes((None, *step.shape[1:-1]), largest) // 4 * sum(kernels)


@per_program
def _largest_maps(program: Program) -> list[tuple[int | None, ...]]:
    """The largest map of each step while it runs."""
    hides = [kind_of(step.operation).does is Does.HIDES for step in program.steps]
    hidden = (None, None, None, _BOX_CHANNELS)
    return [hidden if at else step.shape for step, at in zip(program.steps, hides, strict=True)]


@per_program
def _bent(program: Program) -> list[bool]:
    """Whether each step is nonlinear."""
    kinds = [(kind_of(step.operation).does, step) for step in program.steps]
    return [
        does not in _LINEAR and not (does is Does.WEIGHS and function_of(step.operation) == "linear")
        for does, step in kinds
    ]


def _bytes(shape: tuple[int | None, ...], largest: tuple[int, ...]) -> int:
    # Where the network leaves heights and widths open, no map is larger than the input.
    sides = iter(largest)
    return 4 * math.prod(next(sides, 1) if side is None else side for side in shape[1:])
