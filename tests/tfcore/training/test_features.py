"""A frozen base is run once per picture, and that changes nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import tfcore
from tfcore.data.open import open_data
from tfcore.data.phantom import CLASSES
from tfcore.data.pipeline import pipeline
from tfcore.models.model import Model
from tfcore.training.features import features, frozen_part
from tfcore.training.feeds import Features


@pytest.fixture(scope="module")
def model() -> Model:
    return tfcore.build("mobilenetv2", classes=CLASSES, input_shape=(32, 32, 3), alpha=0.35, frozen=True)


def test_features_are_bit_equal_to_running_the_base_again(model: Model, phantoms: Path) -> None:
    frozen = frozen_part(model)
    assert frozen is not None
    data = open_data(phantoms)
    kept = features(frozen, pipeline(data, model.card, 16).data, len(data))
    again = pipeline(data, model.card, 16)
    for number, (images, _) in enumerate(again.data):
        assert np.array_equal(frozen.base(images).numpy(), kept[16 * number : 16 * number + 16])


def test_base_and_head_together_are_the_network(model: Model) -> None:
    frozen = frozen_part(model)
    assert frozen is not None
    batch = np.random.default_rng(0).normal(size=(3, 32, 32, 3)).astype(np.float32)
    together = frozen.head(frozen.base(batch), training=False)
    assert np.array_equal(together.numpy(), model.keras(batch, training=False).numpy())


def test_nothing_random_and_nothing_that_learns_is_cut_off(model: Model) -> None:
    frozen = frozen_part(model)
    assert frozen is not None
    assert [layer.name for layer in frozen.head.layers][1:] == ["dropout", "predictions"]
    assert frozen.shape == (1280,)


def test_a_network_that_learns_from_its_first_layer_has_no_frozen_part() -> None:
    assert frozen_part(tfcore.build("cnn-2", classes=2, input_shape=(32, 32, 3))) is None


def test_every_epoch_has_an_order_of_its_own_and_the_same_one_again() -> None:
    values, targets = np.arange(10, dtype=np.float32)[:, None], np.arange(10, dtype=np.int32)
    feed = Features(values, targets, batch=4, seed=0)

    def order(epoch: int) -> list[float]:
        return [float(value) for batch, _ in feed.epoch(epoch) for value in batch.numpy()[:, 0]]

    assert sorted(order(0)) == list(range(10))
    assert order(0) == order(0)
    assert order(0) != order(1)
    assert len(feed.epoch(0)) == feed.steps == 3
