"""What can be known about a network's values from its graph alone."""

from __future__ import annotations

from tfcore.models.program import Program, Step

# Activations whose values are never negative.
_NONNEGATIVE = ("relu", "relu6", "sigmoid", "hard_sigmoid", "softmax", "softplus", "exponential")
# Activations that make a gate: their values say how much, not what.
_GATING = ("sigmoid", "hard_sigmoid", "softmax", "tanh")
# Layers that keep a sign all their inputs share, or take over the values of one input.
_KEEPING = (
    *(f"{kind}Pooling{rank}D" for kind in ("Max", "Average", "GlobalMax", "GlobalAverage") for rank in (1, 2, 3)),
    *(f"{kind}{rank}D" for kind in ("ZeroPadding", "Cropping", "UpSampling", "SpatialDropout") for rank in (1, 2, 3)),
    *("Reshape", "Flatten", "Permute", "Dropout", "Identity", "Concatenate", "RepeatVector", "GetItem"),
)
_COMBINING = ("Add", "Multiply", "Average", "Maximum", "Minimum")
# Layers through which a gate may come to where it is applied.
_CARRYING = ("Reshape", "Permute", "Flatten", "RepeatVector", "Identity", "Dropout", "GetItem", "ExpandDims", "Squeeze",
             "Cropping1D", "Cropping2D", "UpSampling1D", "UpSampling2D", "Multiply", "Split")  # fmt: skip


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


def activation(step: Step) -> str:
    """The name of the activation a step applies, also inside a convolution; empty where it applies none."""
    operation, kind = step.operation, step.kind
    if kind in ("ReLU", "Relu"):
        return "relu" if not getattr(operation, "negative_slope", 0) else "leaky_relu"
    if kind in ("Softmax", "Sigmoid", "Relu6", "HardSigmoid", "Tanh", "Softplus"):
        return {"HardSigmoid": "hard_sigmoid"}.get(kind, kind.lower())
    applied = getattr(operation, "activation", None)
    return "" if applied is None else str(getattr(applied, "__name__", type(applied).__name__)).lower()


def nonnegative(program: Program) -> set[int]:
    """The values that hold no negative number, whatever the picture."""
    known: set[int] = set()
    for step in program.steps:
        # Bare operations may mix in constants of any sign.
        kept = step.kind in _KEEPING or (step.kind in _COMBINING and "layers" in type(step.operation).__module__)
        if getattr(step.operation, "interpolation", "") in ("bicubic", "lanczos3", "lanczos5"):
            kept = False
        if activation(step) in _NONNEGATIVE or (kept and known.issuperset(step.inputs)):
            known.update(step.outputs)
    return known


def gate_inputs(program: Program, step: Step) -> set[int]:
    """Which inputs of a multiplication only say how much passes: made by a sigmoid or softmax, or of smaller shape."""
    made = producers(program)
    gates = {number for number in step.inputs if _is_gate(made.get(number), made)}
    small = {number for number in step.inputs if number in made and _size(made[number].shape) < _size(step.shape)}
    return small or gates


def first_linear(program: Program, linear: tuple[str, ...]) -> set[Step]:
    """The linear layers that read the picture, nothing learned before them."""
    untouched, found = {program.input}, set()
    for step in program.steps:
        if not untouched.issuperset(step.inputs):
            continue
        if step.kind in linear:
            found.add(step)
        else:
            untouched.update(step.outputs)
    return found


def _is_gate(step: Step | None, made: dict[int, Step]) -> bool:
    while step is not None:
        if activation(step) in _GATING:
            return True
        if step.kind not in _CARRYING or len(step.inputs) != 1:
            return False
        step = made.get(step.inputs[0])
    return False


def _size(shape: tuple[int | None, ...]) -> tuple[int, int]:
    """Sizes left open are larger than any other; they are counted first."""
    product = 1
    for size in shape[1:]:
        product *= size or 1
    return sum(size is None for size in shape[1:]), product
