"""Gradient-based class activation maps over A (N, h, w, K) and G = ∂S_c/∂A (METHODS.md §2).

Most give no more than the weights of the channels; the map follows from these.
"""

from __future__ import annotations

from collections.abc import Callable

from tfcore.explain.passes import one_pass
from tfcore.lazy import tf
from tfcore.registry import MethodSpec, Param, Weights

FAMILY = "class activation"
# Keeps a quotient finite where the activation of a channel sums to nothing.
EPSILON = 1e-7


def gradient_cam(
    name: str, summary: str, *params: Param, signed: bool = False, needs: tuple[str, ...] = ()
) -> Callable[[Weights], Weights]:
    """Enter the weights of channels from (A, G); their map shares the one pass of all its kind."""

    def enter(weights: Weights) -> Weights:
        spec = MethodSpec(name, FAMILY, summary, params, ("layer", *needs), signed=signed, weights=weights)

        @one_pass(spec)
        def formula(activation: tf.Tensor, gradient: tf.Tensor, **settings: object) -> tf.Tensor:
            return weighted(weights(activation, gradient, **settings), activation, signed)

        return weights

    return enter


def weighted(weights: tf.Tensor, activation: tf.Tensor, signed: bool = False) -> tf.Tensor:
    """ReLU(Σ_k w_k A_k), or the sum itself, for weights of channels (N, K) or of every position (N, h, w, K)."""
    at_positions = weights.shape.rank == 4
    total = tf.reduce_sum(weights * activation, -1) if at_positions else tf.einsum("nk,nijk->nij", weights, activation)
    return total if signed else tf.nn.relu(total)


@gradient_cam("cam", "Channels weighted by the weights of the head itself", signed=True, needs=("gap-dense",))
def cam(_activation: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """w_k = Σ_ij G: behind a global average pooling G is w/(h·w) everywhere, so its sum is the head's own weight."""
    return tf.reduce_sum(gradient, (1, 2))


@gradient_cam("grad-cam", "Channels weighted by their mean gradient: where the evidence for the class lies")
def grad_cam(_activation: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """w_k = mean_ij G."""
    return tf.reduce_mean(gradient, (1, 2))


@gradient_cam("hires-cam", "Gradient times activation at every position: faithful for one dense layer behind the map")
def hires_cam(_activation: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """w = G at every position."""
    return gradient


@gradient_cam("grad-cam++", "Positive gradients weighted so that several instances of a class all show")
def grad_cam_plus_plus(activation: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """w_k = Σ_ij α·ReLU(G), α = G²/(2G² + G³·Σ_ij A)."""
    total = tf.reduce_sum(activation, (1, 2), keepdims=True)
    # α with G² cancelled: small gradients would vanish in single precision when squared.
    alpha = tf.math.divide_no_nan(1.0, 2.0 + gradient * total)
    return tf.reduce_sum(alpha * tf.nn.relu(gradient), (1, 2))


@gradient_cam("xgrad-cam", "Channels weighted by their gradient where they are active")
def xgrad_cam(activation: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """w_k = Σ_ij G·A / (Σ_ij A + ε), ε with the sign of Σ A."""
    total = tf.reduce_sum(activation, (1, 2))
    stabilised = total + tf.where(total < 0, -EPSILON, EPSILON)
    return tf.reduce_sum(gradient * activation, (1, 2)) / stabilised


@gradient_cam("layer-cam", "Activation times positive gradient at every position: sharp at fine layers too")
def layer_cam(_activation: tf.Tensor, gradient: tf.Tensor) -> tf.Tensor:
    """w = ReLU(G) at every position."""
    return tf.nn.relu(gradient)


@one_pass(
    MethodSpec(
        "eigen-cam",
        FAMILY,
        "First principal component of the feature map: what stands out in the layer",
        needs=("layer",),
        signed=True,
        note="class-agnostic: the same heatmap for every target",
    )
)
def eigen_cam(activation: tf.Tensor, _gradient: tf.Tensor) -> tf.Tensor:
    """A − mean_ij A projected on its first principal direction, signed to go along with the mean activation."""
    height, width, channels = tf.unstack(tf.shape(activation)[1:])
    # The component of a map that is as large as it likes; one that is not finite would end the whole batch.
    size = tf.reduce_max(tf.abs(activation), (1, 2, 3), keepdims=True)
    whole = tf.reduce_all(tf.math.is_finite(activation), (1, 2, 3), keepdims=True)
    activation = tf.where(whole, tf.math.divide_no_nan(activation, size), 0.0)
    size = tf.where(whole, size, float("nan"))[..., 0]
    positions = tf.reshape(activation, (-1, height * width, channels))
    centred = positions - tf.reduce_mean(positions, 1, keepdims=True)

    # The smaller of the two covariance matrices has the same first component, for less work.
    def over_channels() -> tf.Tensor:
        _, directions = tf.linalg.eigh(tf.matmul(centred, centred, transpose_a=True))
        return tf.matmul(centred, directions[:, :, -1:])[..., 0]

    def over_positions() -> tf.Tensor:
        variances, components = tf.linalg.eigh(tf.matmul(centred, centred, transpose_b=True))
        return components[:, :, -1] * tf.sqrt(tf.nn.relu(variances[:, -1:]))

    component = tf.cond(channels < height * width, over_channels, over_positions)
    along = tf.reduce_sum(component * tf.reduce_mean(centred, -1), 1, keepdims=True)
    return size * tf.reshape(tf.where(along < 0, -component, component), (-1, height, width))
