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
