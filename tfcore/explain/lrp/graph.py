"""What can be known about a network's values from its graph alone."""

from __future__ import annotations

from tfcore.models.kinds import GATING, NONNEGATIVE, Does, function_of, is_bare, kind_of
from tfcore.models.program import Program, Step

# Keep a sign all their inputs share, or take over the values of one input.
_KEEPING = {
    *(Does.PASSES, Does.MOVES, Does.SELECTS, Does.PADS, Does.REPEATS, Does.RESIZES, Does.AVERAGES, Does.MAXIMISES),
    *(Does.JOINS, Does.PICKS, Does.ADDS, Does.MULTIPLIES),
}
# Of these, the ones that as bare operations may mix in constants of any sign.
_MIXING = {Does.JOINS, Does.PICKS, Does.ADDS, Does.MULTIPLIES}
# Through these a gate may come to where it is applied.
_CARRYING = {Does.PASSES, Does.MOVES, Does.SELECTS, Does.REPEATS, Does.RESIZES, Does.MULTIPLIES}


def producers(program: Program) -> dict[int, Step]:
    """Which step wrote each value."""
    return {number: step for step in program.steps for number in step.outputs}


def consumers(program: Program) -> dict[int, list[Step]]:
    """Which steps read each value."""
    readers: dict[int, list[Step]] = {program.input: []}
    for step in program.steps:
        readers.update({number: [] for number in step.outputs})
        for number in step.inputs:
            readers[number].append(step)
    return readers


def nonnegative(program: Program) -> set[int]:
    """The values that hold no negative number, whatever the picture."""
    known: set[int] = set()
    for step in program.steps:
        does = kind_of(step.operation).does
        kept = does in _KEEPING and not (does in _MIXING and is_bare(step.operation))
        if getattr(step.operation, "interpolation", "") in ("bicubic", "lanczos3", "lanczos5"):
            kept = False
        if function_of(step.operation) in NONNEGATIVE or (kept and known.issuperset(step.inputs)):
            known.update(step.outputs)
    return known


def gate_inputs(program: Program, step: Step) -> set[int]:
    """Which inputs of a multiplication only say how much passes: made by a sigmoid or softmax, or of smaller shape."""
    made = producers(program)
    gates = {number for number in step.inputs if _is_gate(made.get(number), made)}
    small = {number for number in step.inputs if number in made and _size(made[number].shape) < _size(step.shape)}
    return small or gates


def first_linear(program: Program) -> set[Step]:
    """The linear layers that read the picture, nothing learned before them."""
    untouched, found = {program.input}, set()
    for step in program.steps:
        if not untouched.issuperset(step.inputs):
            continue
        if kind_of(step.operation).does is Does.WEIGHS:
            found.add(step)
        else:
            untouched.update(step.outputs)
    return found


def _is_gate(step: Step | None, made: dict[int, Step]) -> bool:
    while step is not None:
        if function_of(step.operation) in GATING:
            return True
        if kind_of(step.operation).does not in _CARRYING or len(step.inputs) != 1:
            return False
        step = made.get(step.inputs[0])
    return False


def _size(shape: tuple[int | None, ...]) -> tuple[int, int]:
    """Sizes left open are larger than any other; they are counted first."""
    product = 1
    for size in shape[1:]:
        product *= size or 1
    return sum(size is None for size in shape[1:]), product
