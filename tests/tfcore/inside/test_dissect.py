"""What filters stand for: against the arrays of another program, and in a network of which it is known."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

import tfcore
from tests.shared import shared
from tests.tfcore.inside.networks import LESION, slices, thresholding
from tfcore.errors import HeatlensError
from tfcore.inside import looks
from tfcore.inside.gallery import thumbnails
from tfcore.models.model import Model


@pytest.fixture(scope="module")
def model() -> Model:
    return tfcore.load_model(thresholding())


@pytest.mark.parametrize("streamed", [False, True])
def test_thresholds_masks_and_overlaps_are_those_of_the_reference(
    streamed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = np.load(shared("oracles", "segmentation.npz"))
    if streamed:
        monkeypatch.setattr(looks, "KEPT_BYTES", 0)
    network = tfcore.load_model(str(shared("oracles", "unet.keras")))
    of_layer = tfcore.dissect(
        network, given["x"], ["enc2_relu"], concepts=given["concepts"], foreground=given["foreground"]
    )["enc2_relu"]
    alive = ~given["dead"]
    assert (of_layer.dead == given["dead"]).all()
    span = given["thresholds"].max()
    assert np.abs(of_layer.thresholds - given["thresholds"]).max() < 1e-4 * span
    # What is stated holds, whether all values were at hand or not.
    assert (np.abs(of_layer.thresholds - given["thresholds"]) <= of_layer.error + 1e-5).all()
    assert of_layer.error.any() == streamed
    for name in ("iou_raw", "iou", "iou_mean"):
        assert np.isnan(getattr(of_layer, name)[given["dead"]]).all()
        np.testing.assert_allclose(getattr(of_layer, name)[alive], given[name][alive], atol=1e-2)
    masks = np.unpackbits(given["masks"], count=24 * 12 * 32 * 32).reshape(24, 12, 32, 32)
    assert (of_layer.masks[:, alive] != masks[:, alive]).mean() < 1e-3


def test_the_filter_that_finds_lesions_is_found_and_shuffled_concepts_find_none(model: Model) -> None:
    pictures, masks = slices(60)
    found = tfcore.dissect(model, pictures, ["filters"], concepts={"lesion": masks}, quantile=0.985)
    best, second = found.best()[:2]
    assert (best.filter, best.concept) == (LESION, "lesion")
    assert best.iou > 0.5
    assert best.iou > 5 * second.iou
    assert np.nanmax(found["filters"].iou_shuffled) < 0.04
    (row,) = found.summary()
    assert row["by chance"] == 0
    assert 1 <= row["detectors"] < row["filters"]


def test_without_other_patients_the_level_of_chance_is_not_known_and_all_filters_are_still_seen(model: Model) -> None:
    """As the window gets it: through a pipe, where a number that is none equals nothing any more."""
    pictures, masks = slices(1)
    found = tfcore.dissect(model, pictures, ["filters"], concepts={"lesion": masks}, quantile=0.985)
    found.thumbnails = thumbnails(found, 8)
    sent = pickle.loads(pickle.dumps(found))
    assert np.isnan(sent.best()[0].chance)
    assert {one.key for one in sent.best()} == sent.thumbnails.keys()
    assert sent.summary()[0]["by chance"] is None


def test_a_filter_is_shown_by_the_pictures_it_fires_most_strongly_in(model: Model) -> None:
    pictures, masks = slices(12)
    dim = pictures * 0.6
    dim[7] = pictures[7]
    found = tfcore.dissect(model, dim, ["filters"], concepts={"lesion": masks}, quantile=0.9)
    assert found["filters"].strongest[LESION, 0] == 7


@pytest.mark.parametrize("order", [1, -1])
def test_streamed_thresholds_are_as_near_as_they_state_whatever_comes_first(
    model: Model, order: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures, masks = slices(150)
    # Batch after batch brighter, or darker: the beginning tells little of the rest.
    pictures = (pictures * np.linspace(0.05, 1.0, 150)[:, None, None, None])[::order]
    concepts = {"lesion": masks}
    exact = tfcore.dissect(model, pictures, ["filters"], concepts=concepts, quantile=0.95)["filters"]
    monkeypatch.setattr(looks, "KEPT_BYTES", 0)
    found = tfcore.dissect(model, pictures, ["filters"], concepts=concepts, quantile=0.95)["filters"]
    assert (found.dead == exact.dead).all()
    assert (np.abs(found.thresholds - exact.thresholds) <= found.error + 1e-6).all()
    assert (found.error < 1e-3 * exact.thresholds.max()).all()
    np.testing.assert_allclose(found.iou, exact.iou, atol=1e-2)


def test_what_does_not_fit_is_said(model: Model) -> None:
    pictures, masks = slices(2)
    with pytest.raises(HeatlensError, match="without concepts"):
        tfcore.dissect(model, pictures, ["filters"])
    with pytest.raises(HeatlensError, match=r"give \(2, concepts, 32, 32\)"):
        tfcore.dissect(model, pictures, ["filters"], concepts={"lesion": masks[:, :16]})
    with pytest.raises(HeatlensError, match="nothing is marked"):
        tfcore.dissect(model, pictures, ["filters"], concepts={"lesion": masks & False})
    broken = thresholding()
    broken.get_layer("answer").set_weights([np.full((1, 1, 8, 2), np.nan), np.zeros(2)])
    with pytest.raises(HeatlensError, match="NaN or infinity at answer"):
        tfcore.dissect(tfcore.load_model(broken), pictures, ["answer"], concepts={"lesion": masks})
