"""Networks that draw: U-Nets with a DenseNet or a residual encoder, and one without skips or residuals (002).

An encoder halves the picture five times; the decoder doubles it again, beside each step what the encoder saw at that
size. Dropout follows every ReLU, so that what each layer is unsure of can be asked (METHODS.md §7).
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tfcore.lazy import keras
from tfcore.models.parts import Shape, dropout_rate, thinned
from tfcore.models.weights import with_weights
from tfcore.registry import ArchSpec, Param, register

# The encoder's last feature maps at a half, a quarter … a sixteenth of the picture's side.
_DENSE = ("conv1_relu", "pool2_relu", "pool3_relu", "pool4_relu")
_RESIDUAL = ("conv1_relu", "conv2_block3_out", "conv3_block4_out", "conv4_block6_out")
_SMALL = ("stem_out", "stage1_out", "stage2_out", "stage3_out", "stage4_out")
# Filters of the decoder at a sixteenth, an eighth … the whole of the side.
_WIDE = (256, 128, 64, 32, 16)

_ENCODER = Param(
    "encoder",
    "choice",
    "resnet50",
    "resnet50: that of ImageNet; small: one residual block a stage, with so few filters that it learns on a CPU",
    choices=("resnet50", "small"),
)
_FILTERS = Param("filters", "int", 8, "filters of the small encoder at the picture's own size", low=2, high=128)
_DROPOUT = dropout_rate(0.2, "behind every layer")
_FACTS: dict[str, Any] = {
    "input_shape": (224, 224, 4),
    "task": "segmentation",
    "smallest": 32,
    "multiple": 32,
    "any_size": True,
}


@register(
    ArchSpec(
        "dense-unet",
        "unet",
        "U-Net with a DenseNet-121 encoder",
        (_DROPOUT,),
        scaling="imagenet-torch",
        pretrained="densenet121",
        **_FACTS,
    )
)
def dense_unet(classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.2) -> keras.Model:
    """DenseNet-121, then five doublings."""
    base = _application("DenseNet121", input_shape)
    return _unet("dense-unet", base, _DENSE, _WIDE, classes, weights, dropout)


@register(
    ArchSpec(
        "res-unet",
        "unet",
        "U-Net with a residual encoder",
        (_DROPOUT, _ENCODER, _FILTERS),
        scaling="imagenet-caffe",
        pretrained="resnet50",
        **_FACTS,
    )
)
def res_unet(
    classes: int,
    input_shape: Shape,
    weights: Path | None = None,
    dropout: float = 0.2,
    encoder: str = "resnet50",
    filters: int = 8,
) -> keras.Model:
    """ResNet-50 or a small residual encoder, then five doublings."""
    return _unet("res-unet", *_encoder(encoder, input_shape, filters), classes, weights, dropout)


@register(
    ArchSpec(
        "sim-unet",
        "unet",
        "the same as res-unet without skips or residuals: an encoder and a decoder, no more",
        (_DROPOUT, _ENCODER, _FILTERS),
        scaling="imagenet-caffe",
        **_FACTS,
    )
)
def sim_unet(
    classes: int,
    input_shape: Shape,
    weights: Path | None = None,
    dropout: float = 0.2,
    encoder: str = "resnet50",
    filters: int = 8,
) -> keras.Model:
    """The layers of res-unet in one line."""
    base, _, widths = _encoder(encoder, input_shape, filters)
    return _unet("sim-unet", base, (), widths, classes, weights, dropout, residual=False)


def _encoder(name: str, input_shape: Shape, filters: int) -> tuple[keras.Model, Sequence[str], Sequence[int]]:
    """An encoder with the feature maps the decoder is handed, and the decoder's filters."""
    if name == "resnet50":
        return _application("ResNet50", input_shape), _RESIDUAL, _WIDE
    widths = [filters * many for many in (1, 2, 4, 8, 8, 8)]
    return _small(input_shape, widths), _SMALL, widths[-2::-1]


def _application(name: str, input_shape: Shape) -> keras.Model:
    with warnings.catch_warnings():
        # Keras doubts whether four-channel pictures are meant; they are.
        warnings.filterwarnings("ignore", message="This model usually expects")
        make = getattr(keras.applications, name)
        return make(include_top=False, weights=None, input_shape=input_shape)


def _small(input_shape: Shape, widths: Sequence[int]) -> keras.Model:
    images = keras.Input(input_shape)
    values = _layer(images, widths[0], "stem_out")
    for number, filters in enumerate(widths[1:], start=1):
        name = f"stage{number}"
        branch = _layer(values, filters, f"{name}_1", strides=2)
        branch = _normed(branch, filters, f"{name}_2")
        # Averaged, then taken to the width: a 1×1 convolution that skips places loses most of them, and its gradient
        # for few filters corrupts memory in TensorFlow 2.21 on CPUs.
        values = keras.layers.AveragePooling2D(2, name=f"{name}_pool")(values)
        values = _normed(values, filters, f"{name}_0", size=1)
        values = keras.layers.ReLU(name=f"{name}_out")(keras.layers.Add(name=f"{name}_add")([values, branch]))
    return keras.Model(images, values)


def _unet(
    name: str,
    base: keras.Model,
    skips: Sequence[str],
    widths: Sequence[int],
    classes: int,
    weights: Path | None,
    dropout: float,
    residual: bool = True,
) -> keras.Model:
    """Five doublings of what the encoder ends in, with dropout behind every ReLU, and a class for every pixel."""
    seen: dict[str, Any] = {}

    def called(layer: keras.Layer, *given: Any, **how: Any) -> Any:
        if isinstance(layer, keras.layers.Add) and not residual:
            # Both networks add a block's branch to its shortcut.
            return given[0][-1]
        values = layer(*given, **how)
        if isinstance(layer, keras.layers.ReLU | keras.layers.Activation):
            values = thinned(values, dropout, f"{layer.name}_dropout")
        seen[layer.name] = values
        return values

    encoder = keras.models.clone_model(base, clone_function=lambda layer: layer, call_function=called)
    values = encoder.output
    for step, filters in enumerate(widths, start=1):
        values = keras.layers.UpSampling2D(2, name=f"up{step}")(values)
        if step <= len(skips):
            values = keras.layers.Concatenate(name=f"skip{step}")([values, seen[skips[-step]]])
        for layer in (1, 2):
            values = thinned(_layer(values, filters, f"dec{step}_{layer}"), dropout, f"dec{step}_{layer}_dropout")
    values = keras.layers.Conv2D(classes, 1, activation="softmax", name="classes")(values)
    return with_weights(keras.Model(encoder.input, values, name=name), weights, encoder)


def _layer(values: Any, filters: int, name: str, **how: Any) -> Any:
    """Convolution, batch norm, ReLU."""
    return keras.layers.ReLU(name=name)(_normed(values, filters, name, **how))


def _normed(values: Any, filters: int, name: str, size: int = 3, strides: int = 1) -> Any:
    how = {"strides": strides, "padding": "same", "use_bias": False}
    values = keras.layers.Conv2D(filters, size, **how, name=f"{name}_conv")(values)
    return keras.layers.BatchNormalization(momentum=0.9, name=f"{name}_bn")(values)
