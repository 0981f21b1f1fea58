"""The same numbers as independent libraries, on the same pictures and maps."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

import tfcore
from tests.shared import shared
from tfcore.evaluate import impute, measure, similarity
from tfcore.models.model import Model


@cache
def known() -> dict[str, np.ndarray]:
    return dict(np.load(shared("oracles", "metrics.npz")))


@cache
def plain() -> Model:
    return tfcore.load_model(shared("oracles", "plain.keras"))


def measured(metric: str, **settings: Any) -> tuple[np.ndarray, np.ndarray | None]:
    of = known()
    found = measure(metric, plain(), of["x"], of["maps"], target=of["targets"], mean=of["data_mean"], **settings)
    assert not found.left_out
    return found.values, found.curves


def agree(found: np.ndarray | None, name: str, tolerance: float = 1e-3) -> None:
    assert found is not None
    reference = known()[name]
    np.testing.assert_allclose(found, reference, rtol=0, atol=tolerance * max(np.ptp(reference), 1e-6))


@pytest.mark.parametrize("order", ["most", "least", "random"])
@pytest.mark.parametrize("how", ["noise", "uniform", "mean", "zero"])
def test_aopc_agrees(how: str, order: str) -> None:
    of = known()
    given = {"noise": of["aopc_noise"], "uniform": of["aopc_uniform"], "order": of["aopc_random_order"]}
    values, curves = measured("aopc", grid=4, perturbation=how, order=order, given=given)
    agree(values, f"aopc/{how}/{order}")
    agree(curves, f"aopc/{how}/{order}/curve")


@pytest.mark.parametrize("metric", ["insertion", "deletion"])
def test_curves_agree(metric: str) -> None:
    values, curves = measured(metric, given={"blurred": known()["blurred"]})
    agree(values, metric)
    agree(curves, f"{metric}/curve")


@pytest.mark.parametrize("metric", ["average-drop", "increase", "confidence-drop"])
def test_drops_agree(metric: str) -> None:
    agree(measured(metric)[0], metric)


@pytest.mark.parametrize(
    ("metric", "name", "settings"),
    [
        ("iou", "iou", {}),
        ("iou", "iou_printed", {"formula": "printed"}),
        ("energy-pointing", "energy-pointing", {}),
        *(("pointing-game", f"pointing-game/{tolerance}", {"tolerance": tolerance}) for tolerance in (0, 3, 15)),
    ],
)
def test_what_lies_in_the_mask_agrees(metric: str, name: str, settings: dict[str, Any]) -> None:
    agree(measure(metric, maps=known()["maps"], masks=known()["masks"], **settings).values, name, 1e-5)


def test_boxes_agree() -> None:
    agree(measure("box-iou", maps=known()["maps"], boxes=known()["boxes"]).values, "box-iou", 1e-5)


@pytest.mark.parametrize("axiom", ["conservation-axiom", "sensitivity-axiom"])
@pytest.mark.parametrize("method", ["grad-cam", "xgrad-cam"])
def test_axioms_agree(method: str, axiom: str) -> None:
    of = known()
    found = measure(axiom, plain(), of["x"], method=method, layer="conv3", target=of["targets"])
    agree(found.values, f"{method}/{axiom}")


def test_imputed_pictures_agree() -> None:
    of = known()
    filled = impute(of["x"], of["road_keep"], noise=0)
    agree(filled, "road")
    said = plain().predict(filled)[np.arange(4), of["targets"]]
    agree(said, "road_probability")


def test_similarities_agree() -> None:
    for name, values in similarity(known()["similar_a"], known()["similar_b"]).items():
        agree(values, name)
