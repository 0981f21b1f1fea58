"""Metrics on probabilities: formulas by hand, and what is shown to the network."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import tfcore
from tests.tfcore.explain import networks
from tfcore.evaluate.faithfulness import average_drop, confidence_drop, increase
from tfcore.evaluate.images import Images
from tfcore.evaluate.metric import Outcome
from tfcore.evaluate.probing import probability
from tfcore.registry import find, function


def test_formulas_by_hand() -> None:
    assert average_drop(0.8, 0.6) == pytest.approx(25)
    assert average_drop(0.6, 0.8) == 0
    assert (increase(0.6, 0.8), increase(0.8, 0.6), increase(0.8, 0.8)) == (100, 0, 0)
    assert confidence_drop(0.8, 0.6) == pytest.approx(0.25)
    assert confidence_drop(0.6, 0.9) == pytest.approx(-0.5)


@pytest.fixture(scope="module")
def of() -> Images:
    """Three images whose maps are: the left half, zero, and a slope from −1 to 1."""
    model = networks.model("sequential")
    batch = networks.batch(model)
    maps = np.zeros(batch.shape[:3], np.float32)
    maps[0, :, : networks.WIDTH // 2] = 5
    maps[2] = np.linspace(-1, 1, networks.WIDTH)
    found = replace(tfcore.explain(model, batch), maps=maps, native=maps)
    return Images(model, batch, ["no mask"] * 3, batch.mean((0, 1, 2)), [found])


def outcomes(of: Images, metric: str) -> list[Outcome]:
    spec = find("metric", metric)
    return function(spec)(of, of.explanations[0], {})


def probabilities(of: Images, batch: np.ndarray) -> np.ndarray:
    found: np.ndarray = of.model.predict(batch)[np.arange(3), of.targets]
    return found


def test_the_heated_part_alone_is_shown_or_hidden(of: Images) -> None:
    mask = np.zeros(of.batch.shape, np.float32)
    mask[0, :, : networks.WIDTH // 2] = 1
    mask[2] = np.linspace(0, 1, networks.WIDTH)[:, np.newaxis]
    before = probabilities(of, of.batch)
    kept = probabilities(of, of.batch * mask)
    rest = probabilities(of, of.batch * (1 - mask) + of.batch.mean((0, 1, 2)) * mask)
    for index in (0, 2):
        drop = 100 * max(0, before[index] - kept[index]) / before[index]
        assert outcomes(of, "average-drop")[index] == pytest.approx(drop, abs=1e-3)
        assert outcomes(of, "increase")[index] == 100 * (kept[index] > before[index])
        share = (before[index] - rest[index]) / before[index]
        assert outcomes(of, "confidence-drop")[index] == pytest.approx(share, abs=1e-5)


@pytest.mark.parametrize("metric", ["average-drop", "increase", "confidence-drop"])
def test_a_zero_map_is_left_out(of: Images, metric: str) -> None:
    assert outcomes(of, metric)[1] == "zero map"


def test_two_metrics_that_show_the_same_share_a_pass(of: Images, monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Images(of.model, of.batch, of.marked, of.mean, of.explanations)
    passes: list[int] = []
    predict = fresh.model.predict

    def counted(batch: np.ndarray) -> np.ndarray:
        passes.append(len(batch))
        return predict(batch)

    monkeypatch.setattr(fresh.model, "predict", counted)
    for metric in ("average-drop", "increase"):
        outcomes(fresh, metric)
    assert passes == [3, 3], "one pass for the images, one for what is kept of them"


@pytest.mark.parametrize(("name", "target"), [("unit", 0), ("unit", 1), ("segmentation", 2)])
def test_units_and_networks_that_answer_per_pixel_have_a_probability(name: str, target: int) -> None:
    model = networks.model(name)
    batch = networks.batch(model)
    found = tfcore.explain(model, batch, target=target)
    seen = probability(Images(model, batch, ["no mask"] * 3, None, [found]), batch)
    said = model.predict(batch)[..., target]
    np.testing.assert_allclose(seen, said.reshape(3, -1).mean(1), rtol=1e-6)
