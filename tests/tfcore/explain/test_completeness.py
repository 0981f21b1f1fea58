"""Values that promise to add up to the difference in score do, and say so where they do not."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
from keras import layers

import tfcore
from tests.shared import shared, telling
from tests.tfcore.explain import networks
from tfcore.explain.completeness import warning
from tfcore.explain.explanation import Explanation
from tfcore.models.model import Model

# The score of a ReLU network turns a corner wherever a unit switches, and the trapezoid rule is off by up to half a
# step's worth of every turn. "plain" turns sharply near the black image, so it takes many steps.
STEPS = 2000


def check(model: Model, batch: np.ndarray, found: Explanation) -> None:
    """Σ values within 1 % of S(x) − S(0), and the gap told as it is."""
    logits, nothing = model.logits(batch), model.logits(np.zeros_like(batch))
    wanted = np.take_along_axis(logits - nothing, found.targets[:, None], 1)[:, 0]
    assert found.values is not None
    total = found.values.sum((1, 2, 3))
    np.testing.assert_allclose(total, wanted, rtol=0.01)
    np.testing.assert_allclose(found.facts["score_difference"], wanted, rtol=1e-3)
    np.testing.assert_allclose(found.facts["completeness_gap"], total - wanted, atol=1e-3 * np.abs(wanted).max())


@pytest.mark.parametrize("network", telling(["residual"], ["plain", "residual"]))
@pytest.mark.parametrize(
    ("method", "params"), telling(["deeplift"], [("integrated-gradients", {"steps": STEPS}), ("deeplift", {})])
)
def test_contributions_add_up_on_the_reference_networks(network: str, method: str, params: dict[str, Any]) -> None:
    arrays = np.load(shared("oracles", f"{network}.npz"))
    model = tfcore.load_model(shared("oracles", f"{network}.keras"))
    check(model, arrays["x"], tfcore.explain(model, arrays["x"], method, target=arrays["targets"], **params))


@pytest.mark.slow
@pytest.mark.parametrize(("method", "params"), [("integrated-gradients", {"steps": 200}), ("deeplift", {})])
def test_contributions_add_up_on_a_deep_residual_network(method: str, params: dict[str, Any]) -> None:
    model = networks.zoo("resnet50")
    batch = networks.batch(model, 2)
    check(model, batch, tfcore.explain(model, batch, method, **params))


@pytest.mark.parametrize("steps", [2, 5, 50])
def test_the_gap_is_what_the_trapezoid_rule_leaves(steps: int) -> None:
    """Without biases the slope is the same all the way, but 0 at the black image itself, which counts half a step."""
    images = keras.Input((6, 7, 2))
    hidden = layers.Conv2D(4, 3, activation="relu", use_bias=False)(images)
    model = networks.opened(keras.Model(images, layers.Dense(3, use_bias=False)(layers.Flatten()(hidden))))
    found = tfcore.explain(model, networks.batch(model, 4), "integrated-gradients", steps=steps)
    share = found.facts["completeness_gap"] / found.facts["score_difference"]
    np.testing.assert_allclose(share, -0.5 / (steps - 1), rtol=1e-3)


@pytest.mark.parametrize(
    ("params", "gap", "difference", "said"),
    [
        ({"steps": 50}, 0.01, 1.0, ""),
        ({"steps": 50}, -0.09, 1.0, "values miss the score difference by 9 %; more steps bring them nearer"),
        ({}, 0.09, -1.0, "values miss the score difference by 9 %"),
        ({}, 0.1, 0.0, "values miss the score difference altogether"),
        ({}, 0.0, 0.0, ""),
    ],
)
def test_what_misses_by_more_than_a_hundredth_is_said(
    params: dict[str, int], gap: float, difference: float, said: str
) -> None:
    assert warning(params, {"completeness_gap": gap, "score_difference": difference}) == said


def test_methods_that_promise_nothing_are_not_blamed() -> None:
    assert warning({"steps": 50}, {}) == ""
