"""Vision transformers whose attention and tokens can be read block by block.

``block12/attention_probs`` is (N, heads, T, T); ``block12/tokens`` (N, T, D) is what the block hands on, the class
token first, then the patches row by row.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tfcore.lazy import keras
from tfcore.models.parts import Shape, classifier, dropout_rate, thinned
from tfcore.models.weights import with_weights
from tfcore.registry import ArchSpec, register

PATCH = 16
BLOCKS = 12
SIZE: dict[str, Any] = {"scaling": "x/127.5-1", "smallest": 2 * PATCH, "multiple": PATCH}


def transformer(name: str, width: int, heads: int) -> None:
    """Enter a vision transformer of that size."""
    summary = f"vision transformer, patches of 16, width {width}, {heads} heads; reads timm weights"

    @register(ArchSpec(name, "transformer", summary, (dropout_rate(0.0),), **SIZE))
    def build(classes: int, input_shape: Shape, weights: Path | None = None, dropout: float = 0.0) -> keras.Model:
        from tfcore.custom_layers import ClassToken, PositionEmbedding

        images = keras.Input(input_shape)
        patches = keras.layers.Conv2D(width, PATCH, PATCH, name="patch_embed")(images)
        rows, columns = patches.shape[1:3]
        tokens = keras.layers.Reshape((rows * columns, width), name="patches")(patches)
        tokens = PositionEmbedding(name="pos_embed")(ClassToken(name="cls_token")(tokens))
        for number in range(1, BLOCKS + 1):
            tokens = _block(f"block{number}", tokens.shape[1:], heads)(tokens)
        tokens = _norm(tokens, "norm")
        first = keras.layers.Cropping1D((0, rows * columns), name="class_token")(tokens)
        values = thinned(keras.layers.Flatten(name="flatten")(first), dropout)
        return with_weights(keras.Model(images, classifier(values, classes, "head"), name=name), weights)


transformer("vit-b16", width=768, heads=12)
transformer("vit-tiny16", width=192, heads=3)


def _block(name: str, shape: tuple[int, ...], heads: int) -> keras.Model:
    """One encoder block: tokens + attention(norm(tokens)), then + mlp(norm(tokens))."""
    tokens = keras.Input(shape)
    attended = keras.layers.Add(name="attention_add")([tokens, _attention(tokens, heads)])
    handed_on = keras.layers.Add(name="tokens")([attended, _mlp(attended)])
    return keras.Model(tokens, handed_on, name=name)


def _attention(tokens: Any, heads: int) -> Any:
    from tfcore.custom_layers import AttendedValues, AttentionProbs

    width = tokens.shape[-1]
    tokens = _norm(tokens, "norm1")
    query, key, value = (keras.layers.Dense(width, name=each)(tokens) for each in ("query", "key", "value"))
    probs = AttentionProbs(heads, name="attention_probs")(query, key)
    return keras.layers.Dense(width, name="proj")(AttendedValues(name="attended")(probs, value))


def _mlp(tokens: Any) -> Any:
    width = tokens.shape[-1]
    hidden = keras.layers.Dense(4 * width, name="fc1")(_norm(tokens, "norm2"))
    # By name Keras takes the exact form, with the error function.
    hidden = keras.layers.Activation("gelu", name="gelu")(hidden)
    return keras.layers.Dense(width, name="fc2")(hidden)


def _norm(tokens: Any, name: str) -> Any:
    return keras.layers.LayerNormalization(epsilon=1e-6, name=name)(tokens)
