from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from scipy.stats import spearmanr

from tests.shared import telling
from tests.tfcore.uncertainty import networks
from tfcore.errors import Cancelled
from tfcore.explain.many import explain
from tfcore.models.model import Model
from tfcore.models.scores import of_classes, score
from tfcore.registry import find
from tfcore.uncertainty.dropout import RandomNumbers, key_of
from tfcore.uncertainty.explanation import of_explanation
from tfcore.uncertainty.network import dropout_network
from tfcore.uncertainty.passes import Moments, Ranks

PLACES = [(networks.branched, "trunk"), (networks.branched, "joined"), (networks.nested, "backbone/last")]
METHODS = ("score-cam", "occlusion", "lrp-epsilon", "integrated-gradients", "guided-backprop")


def one_by_one(model: Model, batch: np.ndarray, layer: str, passes: int, target: int, method: str) -> np.ndarray:
    """The maps of single passes, by the whole network on a tape."""
    program, network = model.program, dropout_network(model, None)
    point = program.step(layer)
    formula = find("method", method).formula
    assert formula is not None
    maps = []
    for number in range(passes):
        draws = RandomNumbers(tf.constant(key_of(batch[0], 0)), tf.constant(number), tf.constant(1))
        given = {program.input: tf.constant(batch)}
        with tf.GradientTape() as tape:
            found = program.run(given, [program.output, point.output], call=network.dropping(draws))
            value, _ = score(model, found[program.output], of_classes([target]))
        gradient = tape.gradient(value, found[point.output])
        maps.append(formula(found[point.output], gradient).numpy()[0])
    return np.stack(maps)


@pytest.mark.parametrize("method", telling(["layer-cam"], ["grad-cam", "layer-cam"]))
@pytest.mark.parametrize(("make", "layer"), telling(PLACES[1:], PLACES))
def test_mean_spread_and_agreement_are_those_of_single_passes(
    method: str, make: Callable[[], Model], layer: str
) -> None:
    model, batch, passes = make(), networks.images(1), 6
    found = of_explanation(model, batch, method, layer, target=1, passes=passes)
    maps = one_by_one(model, batch, layer, passes, 1, method)
    np.testing.assert_allclose(found.native[0], maps.mean(0), atol=1e-5)
    pairs = [
        spearmanr(a.ravel(), b.ravel()).statistic for a, b in itertools.combinations(maps, 2) if np.ptp(a) and np.ptp(b)
    ]
    assert found.flat[0] == sum(np.ptp(each) == 0 for each in maps)
    assert found.agreement[0] == pytest.approx(np.mean(pairs) if pairs else np.nan, abs=1e-4, nan_ok=True)
    assert found.mean.shape == found.sd.shape == (1, 8, 8)
    if maps.shape[1:] == (8, 8):
        np.testing.assert_allclose(found.sd[0], maps.std(0), atol=1e-5)


def test_without_chance_the_spread_is_zero_and_the_mean_is_the_map() -> None:
    model, batch = networks.sequential(keras.layers.Dropout(0.0)), networks.images(2)
    found = of_explanation(model, batch, "layer-cam", passes=5)
    plain = explain(model, batch, "layer-cam")
    np.testing.assert_allclose(found.mean, plain.maps, atol=1e-6)
    assert not found.sd.any()
    np.testing.assert_array_equal(found.targets, plain.targets)
    assert found.agreement[~plain.degenerate] == pytest.approx(1.0)


def test_a_method_at_input_resolution_has_a_spread_too() -> None:
    model, batch = networks.branched(), networks.images(2)
    found = of_explanation(model, batch, "saliency", passes=4)
    assert found.layer == "input"
    assert found.sd.shape == (2, 8, 8)
    assert found.sd.any()
    # A method may have a seed of its own.
    assert of_explanation(model, batch, "smoothgrad", passes=2, settings={"samples": 2, "seed": 3}).params["seed"] == 3


def test_dropout_put_in_moves_the_map() -> None:
    found = of_explanation(networks.without_dropout(), networks.images(1), "hires-cam", passes=6, insert=0.3, target=0)
    assert found.inserted
    assert found.passes == 6


@pytest.mark.parametrize("insert", telling([None], [None, 0.3]))
def test_one_pass_at_a_time_gives_the_maps_of_many_at_once(insert: float | None, monkeypatch: Any) -> None:
    model, batch = networks.branched(), networks.images(2)
    at_once = of_explanation(model, batch, "layer-cam", "trunk", passes=4, insert=insert)
    monkeypatch.setattr("tfcore.uncertainty.explanation.gradient_pass", None)
    one_by_one = of_explanation(model, batch, "layer-cam", "trunk", passes=4, insert=insert)
    np.testing.assert_allclose(one_by_one.mean, at_once.mean, atol=1e-5)
    np.testing.assert_allclose(one_by_one.sd, at_once.sd, atol=1e-5)
    assert at_once.sd.any()


@pytest.mark.parametrize("method", telling(["score-cam", "lrp-epsilon"], METHODS))
def test_any_method_has_a_spread(method: str) -> None:
    params = {"patch": 3, "stride": 2} if method == "occlusion" else {}
    found = of_explanation(
        networks.sequential(keras.layers.Dropout(0.5)), networks.images(1), method, passes=3, **params
    )
    assert found.method == method
    assert found.sd.any()
    plain = of_explanation(
        networks.sequential(keras.layers.Dropout(0.0)), networks.images(1), method, passes=3, **params
    )
    assert not plain.sd.any()


def test_the_joined_map_of_several_layers_has_a_spread() -> None:
    found = of_explanation(networks.branched(), networks.images(1), "layer-cam", "trunk+joined", passes=3)
    assert found.layer == "trunk+joined"
    assert found.sd.any()


def test_a_slow_method_stops_within_a_pass_and_keeps_those_it_has() -> None:
    told: list[int] = []

    def progress(done: int, total: int) -> None:
        told.append(done)
        # Several times in the third pass.
        if told.count(2) == 2:
            raise Cancelled

    found = of_explanation(networks.branched(), networks.images(1), "score-cam", passes=9, progress=progress)
    assert found.passes == 2


def test_maps_of_one_value_have_no_ranks() -> None:
    random = np.random.default_rng(0)
    maps = np.concatenate([random.random((4, 3, 3)), np.zeros((2, 3, 3))])
    maps[0, 0] = 0.5  # ties
    ranks = Ranks.of(maps[:2]) + Ranks.of(maps[2:])
    pairs = [spearmanr(a.ravel(), b.ravel()).statistic for a, b in itertools.combinations(maps[:4], 2)]
    assert ranks.correlation == pytest.approx(np.mean(pairs))
    assert (ranks.count, ranks.flat) == (4, 2)
    assert np.isnan(Ranks.of(maps[3:]).correlation)


def test_moments_add_up_and_are_exact_for_equal_values() -> None:
    values = np.random.default_rng(0).random((11, 2, 3))
    both = Moments.of(values[:4]) + Moments.of(values[4:])
    np.testing.assert_allclose(both.mean, values.mean(0))
    np.testing.assert_allclose(both.variance, values.var(0))
    equal = np.full((7, 2), 0.1, np.float32)
    assert not (Moments.of(equal[:3]) + Moments.of(equal[3:])).variance.any()
