"""The few layers of the zoo that Keras does not have, or not in a form that can be looked into.

They are registered under the package ``heatlens``, so a saved model finds them again without being trusted to run
code of its own. Importing this module imports Keras; that is why it lies outside ``tfcore.models``, whose modules
are all read for the catalogue.
"""

from __future__ import annotations

from typing import Any

import keras
from keras import ops

Shape = tuple[int | None, ...]


@keras.saving.register_keras_serializable(package="heatlens")
class GroupedConv2D(keras.layers.Conv2D):
    """A Conv2D with groups that has a gradient on every processor.

    Weights, shapes and configuration are those of ``Conv2D(groups=…)``, whose gradient takes Keras seconds on a CPU,
    since it compiles a grouped convolution anew for every shape. TensorFlow's own grouped kernel has a gradient on
    some processors only. One small convolution per group works everywhere, in milliseconds.
    """

    def convolution_op(self, inputs: Any, kernel: Any) -> Any:
        """Convolve each group of channels with its own part of the kernel."""
        parts = zip(ops.split(inputs, self.groups, axis=-1), ops.split(kernel, self.groups, axis=-1), strict=True)
        return ops.concatenate([super(GroupedConv2D, self).convolution_op(part, own) for part, own in parts], axis=-1)


@keras.saving.register_keras_serializable(package="heatlens")
class ClassToken(keras.layers.Layer):
    """Patches (N, P, D) with one learnt token before them (N, 1+P, D)."""

    def build(self, shape: Shape) -> None:
        self.token = self.add_weight(shape=(1, 1, shape[-1]), initializer="zeros", name="token")

    def call(self, patches: Any) -> Any:
        """Put the token first, for every image."""
        token = ops.broadcast_to(self.token, (ops.shape(patches)[0], 1, self.token.shape[-1]))
        return ops.concatenate([ops.cast(token, patches.dtype), patches], axis=1)

    def compute_output_shape(self, shape: Shape) -> Shape:
        return shape[0], shape[1] + 1, shape[2]  # type: ignore[operator]


@keras.saving.register_keras_serializable(package="heatlens")
class PositionEmbedding(keras.layers.Layer):
    """Tokens (N, T, D) plus what was learnt about each place."""

    def build(self, shape: Shape) -> None:
        start = keras.initializers.TruncatedNormal(stddev=0.02)
        self.places = self.add_weight(shape=(1, *shape[1:]), initializer=start, name="places")

    def call(self, tokens: Any) -> Any:
        """Add the places."""
        return tokens + self.places


@keras.saving.register_keras_serializable(package="heatlens")
class AttentionProbs(keras.layers.Layer):
    """softmax(QKᵀ/√d) of every head: queries and keys (N, T, D) become (N, heads, T, T), each row summing to one."""

    def __init__(self, heads: int, **settings: Any) -> None:
        super().__init__(**settings)
        self.heads = heads

    def call(self, query: Any, key: Any) -> Any:
        """How much each token (third axis) looks at each other token (last axis)."""
        query, key = split_heads(query, self.heads), split_heads(key, self.heads)
        return ops.softmax(query @ ops.transpose(key, (0, 1, 3, 2)) / query.shape[-1] ** 0.5)

    def compute_output_shape(self, query_shape: Shape, key_shape: Shape) -> Shape:
        return query_shape[0], self.heads, query_shape[1], key_shape[1]

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "heads": self.heads}


@keras.saving.register_keras_serializable(package="heatlens")
class AttendedValues(keras.layers.Layer):
    """Values (N, T, D) averaged by attention (N, heads, T, T), the heads side by side again (N, T, D)."""

    def call(self, probs: Any, value: Any) -> Any:
        """Gather what each token looked at."""
        attended = ops.transpose(probs @ split_heads(value, probs.shape[1]), (0, 2, 1, 3))
        return ops.reshape(attended, ops.shape(value))

    def compute_output_shape(self, probs_shape: Shape, value_shape: Shape) -> Shape:
        return value_shape


def split_heads(tokens: Any, heads: int) -> Any:
    """(N, T, D) as (N, heads, T, D/heads)."""
    _, count, width = tokens.shape
    return ops.transpose(ops.reshape(tokens, (-1, count, heads, width // heads)), (0, 2, 1, 3))


class Asked(keras.layers.Layer):
    """Pictures (N, H, W, C) to what a black box says of them: (N, K), or per pixel (N, h, w, K).

    It is never saved. Outside of traced functions the box runs as it is, so that what it raises arrives as it is.
    """

    def __init__(self, box: Any, **settings: Any) -> None:
        super().__init__(trainable=False, **settings)
        self.box = box

    def __call__(self, pictures: Any, *args: Any, **kwargs: Any) -> Any:
        if hasattr(pictures, "numpy"):
            # Past Keras, which would put a page of its own around an error.
            return ops.convert_to_tensor(self.box.logits(pictures.numpy()))
        return super().__call__(pictures, *args, **kwargs)

    def call(self, pictures: Any) -> Any:
        """Ask from within a traced function."""
        from tfcore.lazy import tf

        found = tf.numpy_function(self.box.logits, [pictures], tf.float32)
        return tf.ensure_shape(found, self.compute_output_shape(pictures.shape))

    def compute_output_shape(self, shape: Shape) -> Shape:
        *sides, units = self.box.answers
        given = [None if side is None else round(side * share) for side, share in zip(shape[1:3], sides, strict=False)]
        return shape[0], *given, units

    def compute_output_spec(self, pictures: Any) -> Any:
        return keras.KerasTensor(self.compute_output_shape(pictures.shape), "float32")
