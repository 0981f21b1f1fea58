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
from tfcore.models.model import Model

NAME = "vit_tiny_patch16_224"


@cache
def oracle() -> dict[str, np.ndarray]:
    return dict(np.load(shared("oracles", "attention.npz")))


@cache
def transformer() -> Model:
    model = built("vit-tiny16")
    tfcore.models.timm.load_state(model, timm_state(NAME))
    return model


def explained(method: str, **settings: Any) -> tfcore.explain.many.Explanation:
    return tfcore.explain(transformer(), timm_input(NAME, 224), method, target=oracle()["targets"], **settings)


def agree(found: np.ndarray, wanted: np.ndarray, tolerance: float = 1e-3) -> None:
    np.testing.assert_allclose(found, wanted, rtol=0, atol=tolerance * np.ptp(wanted))


@pytest.mark.parametrize(("block", "head"), [(1, 1), (7, 3), (None, None), (12, 2)])
def test_attention_of_a_block_and_head_agrees_with_timm(block: int | None, head: int | None) -> None:
    found = explained("attention", block=block, head=head)
    rows = oracle()["attention"][:, (block or 12) - 1]
    wanted = rows.mean(1) if head is None else rows[:, head - 1]
    agree(found.native, wanted.reshape(2, 14, 14))
    agree(found.logits, oracle()["logits"])


@pytest.mark.parametrize("method", ["rollout", "gradient-rollout"])
def test_rollouts_agree_with_the_reference(method: str) -> None:
    found = explained(method if method.startswith("gradient") else "attention-rollout")
    agree(found.native, oracle()[method])


def test_attnlrp_agrees_with_the_reference() -> None:
    found = explained("attnlrp")
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


METHODS = ("attention", "attention-rollout", "gradient-rollout", "attnlrp")


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


@pytest.mark.parametrize("method", METHODS)
def test_fused_attention_is_read_without_changing_the_answer(method: str) -> None:
    theirs, ours = twins()
    batch = networks.batch(theirs, 2)
    np.testing.assert_allclose(theirs.logits(batch), ours.logits(batch), atol=1e-4)
    with properties.left_as_it_is(theirs, batch):
        found = tfcore.explain(theirs, batch, method, target=[1, 2])
    wanted = tfcore.explain(ours, batch, method, target=[1, 2])
    properties.is_well_formed(found, batch)
    properties.are_alike(found.maps, wanted.maps, 1e-3)


@pytest.mark.parametrize("token", [True, False])
def test_grouped_queries_and_networks_without_a_class_token_are_read(token: bool) -> None:
    model = of_layers(grouped, token)
    batch = networks.batch(model, 2)
    for method in METHODS:
        found = tfcore.explain(model, batch, method, target=1)
        properties.is_well_formed(found, batch)
        assert not found.degenerate.any()
    rows = [tfcore.explain(model, batch, "attention", block=2, head=head).native for head in (1, 2, 3, 4)]
    agree(np.mean(rows, 0), tfcore.explain(model, batch, "attention").native)


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
