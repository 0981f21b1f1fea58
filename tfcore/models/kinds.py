"""What every type of layer does: the one table of their names.

Whoever follows a network asks here and never for a name, so that a new type is one row of ``KINDS`` and every method
knows it. A layer from outside Keras has its row under its full name (``"package.module.Layer"``). What stands in no
row is run and differentiated like any other layer; methods that need to know more refuse it by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from tfcore.lazy import keras


class Does(Enum):
    """What happens to values at inference."""

    PASSES = "hands every value on as it is"
    MOVES = "hands every value on, at another place or in another shape"
    SELECTS = "hands on a part of the values"
    PADS = "puts zeros around the values"
    REPEATS = "hands every value on several times"
    JOINS = "puts several tensors beside each other"
    RESIZES = "interpolates between the values of a map"
    AVERAGES = "averages or adds up values of one tensor"
    MAXIMISES = "keeps the largest value of every window"
    PICKS = "keeps the largest or the smallest of several tensors' values"
    ADDS = "adds up or averages several tensors"
    MULTIPLIES = "multiplies several tensors"
    COMBINES = "does other arithmetic with several tensors"
    SCALES = "scales and shifts each value by numbers that are known beforehand"
    STANDARDISES = "scales and shifts each channel by the statistics of the training"
    CONTRACTS = "multiplies several tensors and adds up what comes of it"
    NORMALISES = "scales and shifts values by the statistics of their own picture"
    ACTIVATES = "applies a function"
    WEIGHS = "adds up values with learnt weights, then a bias and maybe an activation"
    ATTENDS = "finds out who looks at whom, or also gathers what is seen there"
    GATHERS = "averages values by an attention that it is given"
    PREPENDS = "puts a learnt token beside the others"
    HIDES = "answers, and nobody sees how"
    OTHER = "nothing that is known here"


@dataclass(frozen=True)
class Kind:
    """One type of layer, and of the bare operation of the same name."""

    does: Does
    # Which of those that do the same: how a layer with weights applies them (they are called as in Keras), "global"
    # where a map becomes one position, how one that attends takes queries, keys and values, over what a norm is taken.
    form: str = ""
    # A network that begins with it brings grey levels to its own scale.
    own_scale: bool = False
    # What the bare operation does where that is not what the layer does.
    bare: Does | None = None


def _rows(kind: Kind, names: str) -> dict[str, Kind]:
    """The same row for many types; ``#`` stands for one, two and three dimensions."""
    each = [name.replace("#", rank) for name in names.split() for rank in ("123" if "#" in name else "1")]
    return dict.fromkeys(each, kind)


KINDS: dict[str, Kind] = {
    "Dense": Kind(Does.WEIGHS, "dense"),
    **_rows(Kind(Does.WEIGHS, "convolution"), "Conv#D GroupedConv2D"),
    **_rows(Kind(Does.WEIGHS, "depthwise"), "DepthwiseConv1D DepthwiseConv2D"),
    **_rows(Kind(Does.WEIGHS, "transposed"), "Conv#DTranspose"),
    **_rows(Kind(Does.WEIGHS, "separable"), "SeparableConv1D SeparableConv2D"),
    "EinsumDense": Kind(Does.WEIGHS, "einsum"),
    **_rows(
        Kind(Does.PASSES),
        """Identity ActivityRegularization Dropout SpatialDropout#D AlphaDropout GaussianDropout GaussianNoise
        RandomBrightness RandomContrast RandomFlip RandomRotation RandomTranslation RandomZoom""",
    ),
    **_rows(Kind(Does.MOVES), "Flatten Reshape Permute Transpose ExpandDims Squeeze Swapaxes Moveaxis Ravel Flip Roll"),
    **_rows(Kind(Does.SELECTS), "Cropping#D Split"),
    "GetItem": Kind(Does.SELECTS, own_scale=True),
    **_rows(Kind(Does.PADS), "ZeroPadding#D"),
    "RepeatVector": Kind(Does.REPEATS),
    **_rows(Kind(Does.JOINS), "Concatenate Stack"),
    **_rows(Kind(Does.RESIZES), "UpSampling#D Resizing"),
    **_rows(Kind(Does.AVERAGES), "AveragePooling#D Mean"),
    **_rows(Kind(Does.AVERAGES, "global"), "GlobalAveragePooling#D"),
    **_rows(Kind(Does.MAXIMISES), "MaxPooling#D"),
    **_rows(Kind(Does.MAXIMISES, "global"), "GlobalMaxPooling#D"),
    **_rows(Kind(Does.PICKS), "Maximum Minimum"),
    "Add": Kind(Does.ADDS),
    "Average": Kind(Does.ADDS, bare=Does.AVERAGES),
    "Multiply": Kind(Does.MULTIPLIES),
    "Subtract": Kind(Does.COMBINES, own_scale=True),
    **_rows(Kind(Does.COMBINES, own_scale=True), "Divide TrueDivide"),
    **_rows(Kind(Does.SCALES, own_scale=True), "Rescaling Normalization"),
    "PositionEmbedding": Kind(Does.SCALES),
    "BatchNormalization": Kind(Does.STANDARDISES),
    **_rows(Kind(Does.CONTRACTS), "Matmul Einsum"),
    "LayerNormalization": Kind(Does.NORMALISES, "layer"),
    "GroupNormalization": Kind(Does.NORMALISES, "group"),
    "RMSNormalization": Kind(Does.NORMALISES, "rms"),
    "UnitNormalization": Kind(Does.NORMALISES, "unit"),
    **_rows(
        Kind(Does.ACTIVATES),
        """Activation ReLU Relu Relu6 LeakyReLU LeakyRelu PReLU ELU Elu Selu Gelu Silu Mish HardSilu Sigmoid HardSigmoid
        Softplus Softsign Tanh Softmax LogSoftmax""",
    ),
    "AttentionProbs": Kind(Does.ATTENDS, "probabilities"),
    **_rows(Kind(Does.ATTENDS, "layer"), "MultiHeadAttention GroupedQueryAttention"),
    "Attention": Kind(Does.ATTENDS, "list"),
    "AdditiveAttention": Kind(Does.ATTENDS, "additive"),
    "DotProductAttention": Kind(Does.ATTENDS, "bare"),
    "AttendedValues": Kind(Does.GATHERS),
    "ClassToken": Kind(Does.PREPENDS),
    "Asked": Kind(Does.HIDES),
}

# Functions by name: those that look at more than one value at a time, …
ACROSS = frozenset(["softmax", "log_softmax", "sparsemax", "glu"])
# … those whose values are never negative, …
NONNEGATIVE = frozenset(["relu", "relu6", "sigmoid", "hard_sigmoid", "softmax", "softplus", "exponential"])
# … those that multiply a value by a gate of its own, …
SELF_GATED = frozenset(["gelu", "silu", "swish", "hard_silu", "hard_swish", "mish"])
# … and those that make a gate: their values say how much, not what.
GATING = frozenset(["sigmoid", "hard_sigmoid", "softmax", "tanh"])


def kind_of(operation: Any) -> Kind:
    """What a layer or bare operation does."""
    name, module = type(operation).__name__, type(operation).__module__
    kind = KINDS.get(name if module.startswith(("keras.", "tfcore.")) else f"{module}.{name}", Kind(Does.OTHER))
    return replace(kind, does=kind.bare) if kind.bare and is_bare(operation) else kind


def is_bare(operation: Any) -> bool:
    """Whether it is a bare operation, whose call may hold constants beside its tensors."""
    return not isinstance(operation, keras.Layer)


def function_of(operation: Any) -> str:
    """The name of the function that is applied to the values, also at the end of a convolution; else ``linear``."""
    applied = operation
    # A layer may stand as the activation of another: Dense(4, activation=Softmax()).
    while getattr(applied, "activation", None) is not None:
        applied = applied.activation
    if applied is operation and kind_of(operation).does is not Does.ACTIVATES:
        return "linear"
    # HardSilu is hard_silu, ReLU is relu.
    own = re.sub("(?<=[a-z])(?=[A-Z][a-z])", "_", type(applied).__name__).lower()
    name = str(getattr(applied, "__name__", own))
    return "leaky_relu" if name == "relu" and getattr(applied, "negative_slope", None) else name


def keeps_values(operation: Any) -> bool:
    """Whether the same values come out, in another order or shape at most."""
    does = kind_of(operation).does
    return does in (Does.PASSES, Does.MOVES) or (does is Does.ACTIVATES and function_of(operation) == "linear")
