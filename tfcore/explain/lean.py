"""Steps run as at inference, with a batch norm joined to what stands before it.

Batch norm behind a convolution scales and shifts each of its channels by numbers that are known beforehand, so it goes
into kernel and bias, and a small network runs half as long again without that. Weights are read at every call: a
network whose weights are changed for a while needs no new trace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from tfcore.lazy import keras, tf
from tfcore.models.program import Call, Step, infer


def lean(step: Step, *args: Any, **kwargs: Any) -> Any:
    """Call a step as at inference, batch norm as one operation."""
    if not _is_norm(step) or args[0].dtype != tf.float32:
        return infer(step, *args, **kwargs)
    scale, offset, mean, variance = _numbers(step.operation)
    return tf.raw_ops.FusedBatchNormV3(
        x=args[0],
        scale=scale,
        offset=offset,
        mean=mean,
        variance=variance,
        epsilon=step.operation.epsilon,
        is_training=False,
    )[0]


def joining(steps: Sequence[Step], wanted: Collection[int]) -> Call:
    """How to call these steps where ``wanted`` is all that is read of them afterwards."""
    readers = Counter(number for step in steps for number in step.inputs)
    convolutions = {step.output: step for step in steps if _takes_norm(step)}
    norms: dict[Step, Any] = {}
    joined: set[Step] = set()
    for step in steps:
        before = convolutions.get(step.inputs[0])
        if before is not None and _is_norm(step) and readers[before.output] == 1 and before.output not in wanted:
            norms[before] = step.operation
            joined.add(step)

    def call(step: Step, *args: Any, **kwargs: Any) -> Any:
        if step in joined:
            return args[0]
        if step in norms:
            return _convolved(step.operation, norms[step], args[0])
        return lean(step, *args, **kwargs)

    return call


def _is_norm(step: Step) -> bool:
    norm = step.operation
    whole = type(norm) is keras.layers.BatchNormalization and norm.scale and norm.center and norm.axis in (-1, 3)
    return whole and len(step.shape) == 4


def _takes_norm(step: Step) -> bool:
    layer = step.operation
    plain = type(layer) in (keras.layers.Conv2D, keras.layers.DepthwiseConv2D)
    return plain and layer.activation is keras.activations.linear and layer.data_format == "channels_last"


def _convolved(layer: Any, norm: Any, values: tf.Tensor) -> tf.Tensor:
    """γ (w·x + b − μ) / √(σ² + ε) + β."""
    scale, offset, mean, variance = _numbers(norm)
    scale *= tf.math.rsqrt(variance + norm.epsilon)
    offset -= mean * scale
    if layer.use_bias:
        offset += tf.cast(layer.bias, tf.float32) * scale
    depthwise = type(layer) is keras.layers.DepthwiseConv2D
    kernel = tf.cast(layer.kernel, tf.float32)
    kernel *= tf.reshape(scale, kernel.shape[2:]) if depthwise else scale
    how = {"padding": layer.padding, "data_format": layer.data_format, "dilation_rate": layer.dilation_rate}
    convolve = keras.ops.depthwise_conv if depthwise else keras.ops.conv
    return tf.nn.bias_add(convolve(values, kernel, strides=layer.strides, **how), offset)


def _numbers(norm: Any) -> list[tf.Tensor]:
    weights = norm.gamma, norm.beta, norm.moving_mean, norm.moving_variance
    return [tf.cast(weight, tf.float32) for weight in weights]
