"""Pictures that filters would like to see: they reach more than any picture at hand, and stay pictures as asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import tfcore
from tests.shared import telling
from tests.tfcore.inside.networks import slices, thresholding
from tfcore.errors import HeatlensError
from tfcore.inside.looks import activations
from tfcore.models.model import Model
from tfcore.results import Maximised

FREE = {"jitter": 0, "rotation": 0, "tv": 0, "l2": 0, "style": 0}
FILTERS = [0, 2, 5]


@pytest.fixture(scope="module")
def model() -> Model:
    return tfcore.load_model(thresholding())


@pytest.fixture(scope="module")
def free(model: Model) -> Maximised:
    """Nothing holds it back."""
    return tfcore.maximise(model, "filters", FILTERS, steps=60, rate=0.1, **FREE)


@pytest.mark.parametrize("basis", telling(["waves"], ["pixels", "waves"]))
def test_the_activation_rises_well_above_that_of_the_best_picture(model: Model, basis: str) -> None:
    made = tfcore.maximise(model, "filters", FILTERS, basis=basis, steps=48)
    levels, _ = slices(64)
    of_pictures = activations(model, [model.program.step("filters")])(model.checked(levels))[0].mean((1, 2))
    assert (made.activations > 2 * of_pictures[:, FILTERS].max(0)).all()
    # What is told is what the network says of the picture that is handed over.
    again = activations(model, [model.program.step("filters")])(made.pictures)[0].mean((1, 2))
    np.testing.assert_allclose(made.activations, again[range(3), FILTERS], rtol=1e-4)
    assert made.levels.shape == (3, 32, 32, 1)
    assert np.ptp(made.levels) > 100


@pytest.mark.parametrize(("name", "weight"), telling(["style"], [("tv", 3e-3), ("l2", 3e-3), ("style", 3e-2)]))
def test_each_regulariser_lowers_what_it_penalises(model: Model, free: Maximised, name: str, weight: float) -> None:
    mean = slices(64)[0].mean(0)
    held = tfcore.maximise(model, "filters", FILTERS, data=mean, steps=60, rate=0.1, **{**FREE, name: weight})
    before = free
    if name == "style":
        # How unlike the mean picture it is, is known where there is one.
        before = tfcore.maximise(model, "filters", FILTERS, data=mean, steps=60, rate=0.1, **{**FREE, "style": 1e-9})
    assert (held.penalties[name] < 0.8 * before.penalties[name]).all()


def test_jitter_and_rotation_leave_less_noise(model: Model, free: Maximised) -> None:
    moved = tfcore.maximise(model, "filters", FILTERS, steps=60, rate=0.1, **{**FREE, "jitter": 4, "rotation": 10})
    assert (moved.penalties["tv"] < free.penalties["tv"]).all()


@pytest.mark.slow
def test_filters_that_noise_leaves_dark_and_weak_ones_rise_by_the_defaults_too(demo: Model) -> None:
    """Of the demo one that pictures excite little more than noise does, another, and one that no noise excites."""
    pictures = demo.prepare(sorted(Path("resources/demo").glob("*.png")))
    made = tfcore.maximise(demo, "stage4", [72, 12, 4], data=pictures.mean(0))
    best = activations(demo, [demo.program.step(made.layer)])(pictures)[0].mean((1, 2)).max(0)[[72, 12, 4]]
    assert (made.activations > 1.5 * best).all(), (made.activations, best)


def test_a_sweep_has_a_picture_for_each_value_and_all_begin_alike(model: Model, free: Maximised) -> None:
    swept = tfcore.maximise(model, "filters", 2, sweep=("tv", [0, 1e-3, 1e-2]), steps=60, rate=0.1, **FREE)
    assert swept.names == ("tv 0", "tv 0.001", "tv 0.01")
    assert (np.diff(swept.penalties["tv"]) < 0).all()
    # The same as alone: what is made beside it changes nothing.
    np.testing.assert_allclose(swept.pictures[0], free.pictures[1], atol=1e-4)
    again = tfcore.maximise(model, "filters", FILTERS, steps=60, rate=0.1, **FREE)
    np.testing.assert_array_equal(again.pictures, free.pictures)


def test_a_class_rises_and_what_cannot_be_asked_is_said(model: Model) -> None:
    made = tfcore.maximise(model, target=1, steps=20, **FREE)
    assert made.course[0, -1] > made.course[0, 0]
    assert made.layer == ""
    with pytest.raises(HeatlensError, match="the filters 0 to 7, and 8 was asked for"):
        tfcore.maximise(model, "filters", 8)
    with pytest.raises(HeatlensError, match="nothing was asked for"):
        tfcore.maximise(model, "filters")
    with pytest.raises(HeatlensError, match="cannot be swept"):
        tfcore.maximise(model, "filters", 1, sweep=("steps", [1, 2]))
    with pytest.raises(HeatlensError, match="of one filter or class"):
        tfcore.maximise(model, "filters", [1, 2], sweep=("tv", [1, 2]))
