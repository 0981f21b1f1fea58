"""What counts as a linear layer: its operation without bias and activation, its kernel and its bias."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from tfcore.lazy import keras, tf
from tfcore.models.kinds import KINDS, kind_of

Tensor = Any


@dataclass(frozen=True, eq=False)
class Part:
    """z = operation(x, kernel) + bias."""

    operation: Callable[[Tensor, Tensor], Tensor]
    kernel: Tensor
    bias: Tensor | None
    # Turns a number per output channel into the kernel's shape.
    spread: Callable[[Tensor], Tensor]

    def __call__(self, x: Tensor) -> Tensor:
        z = self.operation(x, self.kernel)
        return z if self.bias is None else tf.nn.bias_add(z, self.bias)

    def scaled(self, scale: Tensor, shift: Tensor) -> Part:
        """The layer that gives scale·z + shift."""
        bias = shift if self.bias is None else self.bias * scale + shift
        return replace(self, kernel=self.kernel * self.spread(scale), bias=bias)

    def of_scaled(self, scale: Tensor, shift: Tensor) -> Part:
        """The layer that gives the same for x as this one for scale·x + shift (where no padding comes between)."""
        constant = tf.reduce_sum(self.kernel * shift[:, None], range(len(self.kernel.shape) - 1))
        bias = constant if self.bias is None else self.bias + constant
        return replace(self, kernel=self.kernel * scale[:, None], bias=bias)

    def both_sides(self) -> Part:
        """The layer that gives −z and z beside each other."""

        def operation(x: Tensor, kernels: Tensor) -> Tensor:
            return tf.concat([self.operation(x, kernel) for kernel in tf.unstack(kernels, 2)], -1)

        bias = None if self.bias is None else tf.concat([-self.bias, self.bias], -1)
        return replace(self, operation=operation, kernel=tf.stack([-self.kernel, self.kernel]), bias=bias)


def parts(layer: Any) -> list[Part]:
    """The linear layers a Keras layer consists of, one after the other (a separable convolution is two)."""
    bias = None if layer.bias is None else read(layer.bias)
    return _FORMS[kind_of(layer).form](layer, bias)


def is_linear(layer: Any) -> bool:
    """Whether the layer, but for its activation, can be taken apart into :func:`parts`."""
    return kind_of(layer).form in _FORMS


def read(weights: Any) -> Tensor:
    """Weights in single precision."""
    return tf.cast(tf.convert_to_tensor(weights), tf.float32)


def _last(scale: Tensor) -> Tensor:
    return scale


def _dense(x: Tensor, kernel: Tensor) -> Tensor:
    return tf.tensordot(x, kernel, 1) if x.shape.rank > 2 else tf.matmul(x, kernel)


def _pointwise(x: Tensor, kernel: Tensor) -> Tensor:
    return keras.ops.conv(x, kernel, padding="valid", data_format="channels_last")


def _grouped(layer: Any) -> Callable[[Tensor, Tensor], Tensor]:
    whole = _causal(layer) if layer.padding == "causal" else layer.convolution_op

    def convolve(x: Tensor, kernel: Tensor) -> Tensor:
        # A layer may have brought its own way of convolving groups.
        if layer.groups == 1 or "convolution_op" in vars(type(layer)):
            return whole(x, kernel)
        # Keras has no fast gradient of a grouped convolution on a CPU; one small convolution per group has.
        pairs = zip(tf.split(x, layer.groups, -1), tf.split(kernel, layer.groups, -1), strict=True)
        return tf.concat([whole(part, own) for part, own in pairs], -1)

    return convolve


def _causal(layer: Any) -> Callable[[Tensor, Tensor], Tensor]:
    """No place sees what comes after it: all zeros are put before the first."""
    before = layer.dilation_rate[0] * (layer.kernel_size[0] - 1)

    def convolve(x: Tensor, kernel: Tensor) -> Tensor:
        return keras.ops.conv(
            tf.pad(x, [[0, 0], [before, 0], [0, 0]]),
            kernel,
            list(layer.strides),
            "valid",
            data_format="channels_last",
            dilation_rate=layer.dilation_rate,
        )

    return convolve


def _depthwise(layer: Any) -> Callable[[Tensor, Tensor], Tensor]:
    def convolve(x: Tensor, kernel: Tensor) -> Tensor:
        return keras.ops.depthwise_conv(
            x, kernel, layer.strides, layer.padding, data_format="channels_last", dilation_rate=layer.dilation_rate
        )

    return convolve


def _channel_and_copy(layer: Any) -> Callable[[Tensor], Tensor]:
    return lambda scale: tf.reshape(scale, (-1, layer.depth_multiplier))


def _transposed(layer: Any) -> Callable[[Tensor, Tensor], Tensor]:
    def convolve(x: Tensor, kernel: Tensor) -> Tensor:
        return keras.ops.conv_transpose(
            x,
            kernel,
            list(layer.strides),
            layer.padding,
            output_padding=layer.output_padding,
            data_format="channels_last",
            dilation_rate=layer.dilation_rate,
        )

    return convolve


# How a layer of each form is taken apart.
_FORMS: dict[str, Callable[[Any, Tensor | None], list[Part]]] = {
    "dense": lambda layer, bias: [Part(_dense, read(layer.kernel), bias, _last)],
    "convolution": lambda layer, bias: [Part(_grouped(layer), read(layer.kernel), bias, _last)],
    "depthwise": lambda layer, bias: [Part(_depthwise(layer), read(layer.kernel), bias, _channel_and_copy(layer))],
    "transposed": lambda layer, bias: [
        Part(_transposed(layer), read(layer.kernel), bias, lambda scale: scale[:, None])
    ],
    "separable": lambda layer, bias: [
        Part(_depthwise(layer), read(layer.depthwise_kernel), None, _channel_and_copy(layer)),
        Part(_pointwise, read(layer.pointwise_kernel), bias, _last),
    ],
}
# The names of these layers, which a table of rules may call.
LINEAR = tuple(name for name, kind in KINDS.items() if kind.form in _FORMS)
