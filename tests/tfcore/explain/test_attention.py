"""Attention of transformers: the same numbers as timm and lxt, in this house's networks and in other people's."""

from __future__ import annotations

from functools import cache
from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

import tfcore
from tests.shared import shared
from tests.tfcore.explain import networks, properties
from tests.tfcore.models.zoo import built, timm_input, timm_state
from tfcore.errors import HeatlensError
from tfcore.explain.explanation import Explanation
from tfcore.explain.heads import attention_heads
from tfcore.models.model import Model

METHODS = ("attention", "attention-rollout", "gradient-rollout", "attnlrp")
# Tracing the twelve blocks three times takes about 12 s.
traced = pytest.mark.slow
NAME = "vit_tiny_patch16_224"


@cache
def oracle() -> dict[str, np.ndarray]:
    return dict(np.load(shared("oracles", "attention.npz")))


@cache
def transformer() -> Model:
    model = built("vit-tiny16")
    tfcore.models.timm.load_state(model, timm_state(NAME))
    return model


@cache
def explained() -> dict[tuple[str, str | None], Explanation]:
    batch, target = timm_input(NAME, 224), oracle()["targets"]
    return tfcore.explain_many(
        transformer(), batch, METHODS, target=target, params={"attention": {"block": 7, "head": 3}}
    )


def agree(found: np.ndarray, wanted: np.ndarray, tolerance: float = 1e-3) -> None:
    np.testing.assert_allclose(found, wanted, rtol=0, atol=tolerance * np.ptp(wanted))


@traced
def test_attention_of_a_block_and_head_agrees_with_timm() -> None:
    found = explained()["attention", None]
    agree(found.native, oracle()["attention"][:, 6, 2].reshape(2, 14, 14))
    agree(found.logits, oracle()["logits"])
    # Of the last block, the mean over heads, where nothing is named.
    last = tfcore.explain(transformer(), timm_input(NAME, 224), "attention")
    agree(last.native, oracle()["attention"][:, -1].mean(1).reshape(2, 14, 14))


@traced
@pytest.mark.parametrize(
    ("method", "array"), [("attention-rollout", "rollout"), ("gradient-rollout", "gradient-rollout")]
)
def test_rollouts_agree_with_the_reference(method: str, array: str) -> None:
    agree(explained()[method, None].native, oracle()[array])


@traced
def test_attnlrp_agrees_with_the_reference() -> None:
    found = explained()["attnlrp", None]
    assert found.values is not None
    agree(found.values, oracle()["attnlrp_pixels"], 2e-3)
    agree(found.maps.reshape(2, 14, 16, 14, 16).sum((2, 4)), oracle()["attnlrp_patches"], 2e-3)


# --- other people's transformers ---

TOKENS = 12


def of_layers(attend: Any, token: bool = True, activation: str = "gelu") -> Model:
    """A small vision transformer: patches of 4 in a 3 × 4 grid, two blocks around whatever attends."""
    images = keras.Input((12, 16, 3))
    value = layers.Conv2D(8, 4, 4, name="patches")(images)
    value = layers.Reshape((TOKENS, 8))(value)
    if token:
        value = layers.ZeroPadding1D((1, 0))(value)
    for number in (1, 2):
        normed = layers.LayerNormalization()(value)
        value = layers.Add()([value, attend(number)(normed)])
        hidden = layers.Dense(16, activation=activation)(layers.LayerNormalization()(value))
        value = layers.Add()([value, layers.Dense(8)(hidden)])
    value = layers.LayerNormalization()(value)
    value = value[:, 0] if token else layers.GlobalAveragePooling1D()(value)
    return networks.opened(keras.Model(images, layers.Dense(3)(value)))


def of_itself(layer: Any) -> Any:
    return lambda value: layer(value, value)


def multi_head(number: int, **settings: Any) -> Any:
    return of_itself(layers.MultiHeadAttention(2, 4, name=f"gaze{number}", **settings))


def grouped(number: int) -> Any:
    return of_itself(layers.GroupQueryAttention(4, 4, 2, name=f"gaze{number}"))


def by_hand(number: int) -> Any:
    """The same attention written with the layers of this house."""
    from tfcore.custom_layers import AttendedValues, AttentionProbs

    def attend(value: Any) -> Any:
        query, key, values = (layers.Dense(8)(value) for _ in range(3))
        probs = AttentionProbs(2)(query, key)
        return layers.Dense(8)(AttendedValues()(probs, values))

    return attend


@cache
def twins() -> tuple[Model, Model]:
    """One network written with Keras's fused attention and with the layers of this house."""
    theirs, ours = of_layers(multi_head), of_layers(by_hand)
    ours.keras.set_weights(
        [
            weight.reshape(own.shape)
            for weight, own in zip(theirs.keras.get_weights(), ours.keras.get_weights(), strict=True)
        ]
    )
    return theirs, ours


def test_fused_attention_is_read_without_changing_the_answer() -> None:
    theirs, ours = twins()
    batch = networks.batch(theirs, 2)
    np.testing.assert_allclose(theirs.logits(batch), ours.logits(batch), atol=1e-4)
    with properties.left_as_it_is(theirs, batch):
        found = tfcore.explain_many(theirs, batch, METHODS, target=[1, 2])
    for place, wanted in tfcore.explain_many(ours, batch, METHODS, target=[1, 2]).items():
        properties.is_well_formed(found[place], batch)
        properties.are_alike(found[place].maps, wanted.maps, 1e-3)


def test_grouped_queries_and_networks_without_a_class_token_are_read() -> None:
    model = of_layers(grouped, token=False)
    batch = networks.batch(model, 2)
    for found in tfcore.explain_many(model, batch, ["attention", "attnlrp"], target=1).values():
        properties.is_well_formed(found, batch)
        assert not found.degenerate.any()
    heads = attention_heads(model, batch)
    assert list(heads) == [(block, head) for block in (1, 2) for head in (1, 2, 3, 4)]
    agree(heads[1, 3].native, tfcore.explain(model, batch, "attention", block=1, head=3).native)
    agree(
        np.mean([heads[2, head].native for head in (1, 2, 3, 4)], 0),
        attention_heads(model, batch, False)[2, None].native,
    )


# --- windows ---

SIDE, WINDOW, SHIFT, WIDTH = 8, 4, 2, 6


def cut(value: Any, back: bool = False) -> Any:
    """Maps (N, 8, 8, K) to windows (4N, 16, K), and back."""
    count = SIDE // WINDOW
    one, other = (count, count, WINDOW, WINDOW), (count, WINDOW, count, WINDOW)
    value = keras.ops.reshape(value, (-1, *(one if back else other), WIDTH))
    value = keras.ops.transpose(value, (0, 1, 3, 2, 4, 5))
    return keras.ops.reshape(value, (-1, SIDE, SIDE, WIDTH) if back else (-1, WINDOW**2, WIDTH))


def swin() -> Model:
    """A hybrid: convolutions to an 8 × 8 map, then two blocks with windows of 4 × 4, of the second shifted, and a
    convolution before each.
    """
    images = keras.Input((2 * SIDE, 2 * SIDE, 3))
    value = layers.ReLU()(layers.BatchNormalization()(layers.Conv2D(WIDTH, 3, 2, padding="same")(images)))
    for number, shift in ((1, 0), (2, SHIFT)):
        value = layers.Add()([value, layers.DepthwiseConv2D(3, padding="same")(value)])
        normed = layers.LayerNormalization()(value)
        seen = cut(keras.ops.roll(normed, (-shift, -shift), (1, 2)))
        seen = layers.MultiHeadAttention(2, 4, name=f"gaze{number}")(seen, seen)
        value = layers.Add()([value, keras.ops.roll(cut(seen, back=True), (shift, shift), (1, 2))])
    return networks.opened(keras.Model(images, layers.Dense(3)(layers.GlobalAveragePooling2D()(value))))


def by_windows(model: Model, batch: np.ndarray, number: int, shift: int) -> np.ndarray:
    """(N, heads, 8, 8): the same attention found window by window, position by position."""
    network = model.keras
    gaze = network.get_layer(f"gaze{number}")
    before = [each for each in network.layers if isinstance(each, layers.LayerNormalization)][number - 1]
    value = keras.Model(network.input, before.output)(batch).numpy()
    found = np.zeros((len(batch), 2, SIDE, SIDE))
    inside = np.arange(WINDOW)
    for top in range(0, SIDE, WINDOW):
        for left in range(0, SIDE, WINDOW):
            rows, columns = (top + inside + shift) % SIDE, (left + inside + shift) % SIDE
            tokens = value[:, rows[:, None], columns].reshape(len(batch), -1, WIDTH)
            _, looks = gaze(tokens, tokens, return_attention_scores=True)
            seen = looks.numpy().mean(2).reshape(len(batch), 2, WINDOW, WINDOW)
            found[:, :, rows[:, None], columns] = seen
    return found


def test_attention_within_windows_is_laid_back_on_the_picture() -> None:
    model = swin()
    batch = networks.batch(model, 3)
    with properties.left_as_it_is(model, batch):
        heads = attention_heads(model, batch)
    for block, shift in ((1, 0), (2, SHIFT)):
        wanted = by_windows(model, batch, block, shift)
        for head in (1, 2):
            np.testing.assert_allclose(heads[block, head].native, wanted[:, head - 1], atol=1e-6)
    last = tfcore.explain(model, batch, "attention")
    np.testing.assert_allclose(last.native, wanted.mean(1), atol=1e-6)
    for method in ("attention-rollout", "gradient-rollout"):
        with pytest.raises(HeatlensError, match=r"attends within windows of the image, and .*; use attention of one"):
            tfcore.explain(model, batch, method)
    # Nobody looks anywhere in particular: every position gets as much.
    gaze = model.keras.get_layer("gaze2")
    gaze.set_weights([0 * weight for weight in gaze.get_weights()])
    even = tfcore.explain(model, batch, "attention")
    np.testing.assert_allclose(even.native, 1 / WINDOW**2, rtol=1e-6)


@keras.saving.register_keras_serializable(package="tests")
class Shuffled(layers.Layer):
    """Tokens of several images under each other, so that none of them is of one image."""

    def call(self, value: Any) -> Any:
        return keras.ops.reshape(value[::-1] * 1.5, (-1, WINDOW**2, WIDTH))


def test_windows_that_the_graph_does_not_show_are_refused() -> None:
    images = keras.Input((2 * SIDE, 2 * SIDE, 3))
    value = Shuffled()(layers.Conv2D(WIDTH, 2, 2)(images))
    value = layers.MultiHeadAttention(2, 4)(value, value)
    value = layers.GlobalAveragePooling2D()(cut(value, back=True))
    model = networks.opened(keras.Model(images, layers.Dense(3)(value)))
    with pytest.raises(HeatlensError, match="within parts of the image that its graph does not trace back"):
        tfcore.explain(model, networks.batch(model, 2), "attention")


def test_heads_and_blocks_out_of_range_and_networks_without_attention_are_refused() -> None:
    model, _ = twins()
    batch = networks.batch(model, 1)
    for settings, sentence in (
        ({"head": 3}, "no head 3; heads count from 1 to 2"),
        ({"block": 3}, "no block 3; blocks count from 1 to 2"),
    ):
        with pytest.raises(HeatlensError, match=sentence):
            tfcore.explain(model, batch, "attention", **settings)
    convolutions = networks.model("sequential")
    for method in METHODS[:3]:
        with pytest.raises(HeatlensError, match=f"{method} shows what a transformer attends to.*use grad-cam"):
            tfcore.explain(convolutions, networks.batch(convolutions, 1), method)
