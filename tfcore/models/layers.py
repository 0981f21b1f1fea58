"""Which feature maps a network has, by path and by stage, and which one to look at unless told otherwise."""

from __future__ import annotations

import math
from difflib import get_close_matches

from tfcore.errors import HeatlensError
from tfcore.models.kinds import Does, kind_of
from tfcore.models.program import Program, Step, per_program
from tfcore.registry import ALL_STAGES, EVERY, INPUT
from tfcore.results import LayerInfo

# Between the names of layers whose maps are joined into one.
JOIN = "+"

# What only shrinks, pads or thins out what the layer before it found.
_NOT_FINDING = {
    *(Does.PASSES, Does.MOVES, Does.SELECTS, Does.PADS, Does.REPEATS, Does.AVERAGES, Does.MAXIMISES, Does.SCALES),
}
# What runs through a transformer from block to block; its patches lie on a grid like the pixels of a map.
_TOKENS = {Does.ADDS, Does.NORMALISES}
# Tokens beside the patches: one for the class, at most one for distillation.
_BESIDE = 2
# What a finding goes through at once, and what it is where nothing follows.
_ON_THE_WAY, _KEPT = {Does.STANDARDISES, Does.ACTIVATES}, {Does.OTHER}
# A map this much smaller than the stage's first one begins a new stage; 'valid' convolutions only nibble at the edge.
_NEW_STAGE = 0.75
_STAGES = 4


def feature_maps(program: Program) -> list[LayerInfo]:
    """Every feature map in the order of computing, stage ends marked ``stage1`` … ``stage4`` (coarsest last).

    Feature maps are 4-D, or the tokens of a transformer (see :func:`grid_of`).
    """
    ends = {step.path: name for name, step in stages(program).items()}
    return [LayerInfo(step.path, step.kind, step.shape, ends.get(step.path, "")) for step in _maps(program)]


def every_layer(program: Program) -> list[str]:
    """Every feature map from the input to the output, but for those that are the one before them again."""
    return [step.path for step in _maps(program) if _does(step) is not Does.PASSES]


def finished_layers(program: Program) -> list[str]:
    """Those feature maps that hold findings as the next layer takes them: behind batch norm and activation."""
    then: dict[int, set[Does]] = {}
    for step in program.steps:
        for value in step.inputs:
            then.setdefault(value, set()).add(_does(step))
    return [step.path for step in _finding(program) if not then.get(step.output, _KEPT) <= _ON_THE_WAY]


@per_program
def stages(program: Program) -> dict[str, Step]:
    """The last feature map at each spatial resolution, the four coarsest, named from fine to coarse.

    Where a residual block shrinks only in its second convolution, its first one still has the finer resolution, but
    its shortcut leaves that map out; the stage ends where the block begins, with what everything behind depends on.
    """
    found: dict[float, list[Step]] = {}
    for step in _finding(program):
        size = _size(step, program)
        first = next((first for first in found if _NEW_STAGE * first < size <= first / _NEW_STAGE), size)
        found.setdefault(first, []).append(step)
    *finer, coarsest = [found[size] for size in sorted(found, reverse=True)] or [[]]
    trunk = _trunk(program)
    ends = [[step for step in steps if step.output in trunk] or steps for steps in finer] + [coarsest]
    return {f"stage{number}": steps[-1] for number, steps in enumerate(ends[-_STAGES:], start=1) if steps}


@per_program
def default_layer(program: Program) -> str:
    """The last feature map before pooling or flattening, after its batch norm, addition and activation."""
    finding = _finding(program)
    if hides(program):
        raise HeatlensError(
            "The model is a black box, which can only be asked and shows no layers; leave the layer out."
        )
    if not finding:
        raise HeatlensError(
            "The model has no feature map with height and width, so there is no layer to show; "
            "use a method at input resolution, such as saliency."
        )
    return finding[-1].path


def resolve(program: Program, layer: str | None) -> Step:
    """The step a user means by a path, a unique last part of a path, a stage name, or nothing."""
    if layer is None or hides(program):
        return program.step(default_layer(program))
    named = stages(program)
    maps = _looked_at(program)
    found = [step for step in maps if step.path == layer]
    if not found and layer in named:
        return named[layer]
    found = found or [step for step in maps if step.path.endswith("/" + layer)]
    if len(found) == 1:
        return found[0]
    if found:
        paths = ", ".join(step.path for step in found)
        raise HeatlensError(f"Layer {layer!r} could be {paths}; give one of these paths.")
    other = next((step for step in program.steps if step.path == layer), None)
    if other is not None:
        raise HeatlensError(
            f"Layer {layer!r} is a {other.kind} with output shape {other.shape}, not a feature map with height and "
            f"width; the last feature map is {default_layer(program)!r}."
        )
    names = {step.path.rpartition("/")[2]: step.path for step in maps} | {step.path: step.path for step in maps}
    close = [names.get(one, one) for one in get_close_matches(layer, [*names, *named], n=3)]
    if close:
        hint = f"did you mean {' or '.join(dict.fromkeys(close))}?"
    else:
        hint = f"for example {default_layer(program)!r} or a stage: {', '.join(named)}."
    raise HeatlensError(f"The model has no layer {layer!r}; {hint}")


def hides(program: Program) -> bool:
    """Whether the network is a black box, which shows no layers."""
    return _does(program.steps[0]) is Does.HIDES


def layer_names(program: Program, text: str, separator: str) -> list[str]:
    """The layers and stages of a text that has separators between them; names may hold the separator themselves.

    Where a text can be read in two ways the longest name counts, and all of it before any part; ``all`` alone stands
    for every feature map.
    """
    if text.strip() == EVERY:
        return every_layer(program)
    known = {INPUT, ALL_STAGES, *stages(program)}
    for step in program.steps:
        parts = step.path.split("/")
        known.update("/".join(parts[start:]) for start in range(len(parts)))
    return _apart(text, separator, known)


def _apart(text: str, separator: str, known: set[str]) -> list[str]:
    pieces, names = text.split(separator), []
    while pieces:
        # Each name is as long as it can be; one that nobody knows is one piece.
        heads = ((separator.join(pieces[:end]), pieces[end:]) for end in range(len(pieces), 0, -1))
        head, pieces = next((each for each in heads if _names(each[0], separator, known)), (pieces[0], pieces[1:]))
        names.append(head if head in known else head.strip())
    return names


def _names(name: str, separator: str, known: set[str]) -> bool:
    """Whether it is a name, or names that are joined into one ask."""
    if name in known or name.strip() in known:
        return True
    return JOIN in name and separator != JOIN and all(part in known for part in _apart(name, JOIN, known))


def _looked_at(program: Program) -> list[Step]:
    """Feature maps, and tokens that lie on a grid: these can be looked at too, but only by name."""
    return list(dict.fromkeys([*_maps(program), *(step for step in program.steps if grid_of(program, step.shape))]))


def _maps(program: Program) -> list[Step]:
    tokens = any(_does(step) is Does.ATTENDS for step in program.steps)
    return [
        step
        for step in program.steps
        if (len(step.shape) == 4 and _does(step) not in (Does.ATTENDS, Does.HIDES))
        or (tokens and _does(step) in _TOKENS and grid_of(program, step.shape))
    ]


def grid_of(program: Program, shape: tuple[int | None, ...]) -> tuple[int, int] | None:
    """Rows and columns of the grid on which the patches among the tokens (N, T, K) lie, if there is one.

    It is that of a feature map with as many positions; where the network has none such, a square.
    """
    if len(shape) != 3 or shape[1] is None:
        return None
    tokens = shape[1]
    for beside in range(_BESIDE + 1):
        if grid := _grids(program).get(tokens - beside):
            return grid
    side = math.isqrt(tokens)
    return (side, side) if side > 1 and tokens - side * side <= _BESIDE else None


@per_program
def _grids(program: Program) -> dict[int, tuple[int, int]]:
    """Heights and widths of the feature maps by how many positions they have."""
    shapes = [step.shape for step in program.steps if len(step.shape) == 4 and _does(step) is not Does.ATTENDS]
    sizes = [(height, width) for _, height, width, _ in shapes if height is not None and width is not None]
    return {height * width: (height, width) for height, width in sizes if height * width > 1}


def _trunk(program: Program) -> set[int]:
    """The values that everything behind them depends on: no shortcut leads past them."""
    last_read = {value: index for index, step in enumerate(program.steps) for value in step.inputs}
    trunk: set[int] = set()
    pending: set[int] = {program.input}
    for index, step in enumerate(program.steps):
        pending = {value for value in pending | {step.output} if last_read.get(value, -1) > index}
        if pending == {step.output}:
            trunk.add(step.output)
    return trunk


def _finding(program: Program) -> list[Step]:
    """Feature maps that hold findings of their own: no pooling, no 1×1 gates, not the output of a segmentation."""
    finding = [
        step
        for step in _maps(program)
        if _does(step) not in _NOT_FINDING and step.shape[1:3] != (1, 1) and program.output not in step.outputs
    ]
    finding = finding or [step for step in _maps(program) if _does(step) not in _NOT_FINDING]
    attention = [step for step in program.steps if _does(step) is Does.ATTENDS]
    if not attention:
        return finding
    # Behind the last attention only the class token is read: the patches there have no say in the score.
    before = program.between([program.input], [attention[-1].output])
    return [step for step in finding if len(step.shape) == 4 or step in before]


def _size(step: Step, program: Program) -> float:
    """Side of the map in pixels; fully convolutional maps without a stated size count their strides instead."""
    if len(step.shape) == 3:
        grid = grid_of(program, step.shape)
        return math.sqrt(grid[0] * grid[1]) if grid else 0.0
    height, width = step.shape[1:3]
    if height is not None and width is not None:
        return math.sqrt(height * width)
    return 1.0 / _stride_to(step, program)


def _stride_to(step: Step, program: Program) -> float:
    stride = 1.0
    for each in program.between([program.input], [step.output]):
        factor = getattr(each.operation, "strides", 1)
        factor = factor[0] if isinstance(factor, tuple) else factor
        # The longest path through branches would count a stride twice; only the trunk is followed.
        if each.shape[1:3] == (None, None) and each.inputs and factor > 1:
            stride *= factor if kind_of(each.operation).form != "transposed" else 1 / factor
    return stride


def _does(step: Step) -> Does:
    return kind_of(step.operation).does
