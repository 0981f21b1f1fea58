"""Calibration, sets and risk: the numbers of other libraries, and what must hold whatever the data."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from scipy.special import softmax

from tests.shared import shared
from tfcore.errors import HeatlensError
from tfcore.trust import calibration, conformal, risk_coverage, temperature


@cache
def known() -> dict[str, np.ndarray]:
    return dict(np.load(shared("oracles", "calibration.npz")))


def drawn(n: int, seed: int = 0, sharpness: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Logits, and classes drawn from the softmax of them divided by ``sharpness``."""
    random = np.random.default_rng(seed)
    logits = random.normal(0, 2, (n, 4))
    chances = softmax(logits / sharpness, 1)
    return logits, (chances.cumsum(1) < random.random((n, 1))).sum(1)


def test_calibration_is_that_of_the_reference() -> None:
    of = known()
    found = calibration(of["probabilities"], of["labels"])
    for name in ("ece", "mce", "adaptive_ece", "brier", "nll"):
        assert getattr(found, name) == pytest.approx(float(of[name]), abs=1e-6), name
    np.testing.assert_array_equal(found.count, of["bin_count"])
    filled = found.count > 0
    np.testing.assert_allclose(found.accuracy[filled], of["bin_accuracy"][filled], atol=1e-6)
    np.testing.assert_allclose(found.confidence[filled], of["bin_confidence"][filled], atol=1e-6)


def test_temperature_is_that_of_the_reference() -> None:
    of = known()
    found = temperature(of["logits"], of["labels"])
    assert found == pytest.approx(float(of["temperature"]), rel=1e-4)
    scaled = calibration(softmax(of["logits"] / found, 1), of["labels"])
    assert scaled.nll == pytest.approx(float(of["nll_scaled"]), abs=1e-6)
    assert scaled.ece == pytest.approx(float(of["ece_scaled"]), abs=1e-4)


def test_sets_are_those_of_the_reference() -> None:
    of = known()
    learnt, tried = of["calibration_rows"], of["test_rows"]
    p, y = of["probabilities"], of["labels"]
    for score, draws, others in (("lac", None, None), ("aps", of["aps_u_calibration"], of["aps_u_test"])):
        found = conformal(p[learnt], y[learnt], 0.1, score, draws)
        assert found.threshold == pytest.approx(float(of[f"{score}_threshold"]), abs=1e-6)
        np.testing.assert_array_equal(found.sets(p[tried], others), of[f"{score}_sets"])
    none = np.zeros(len(tried))
    plain = conformal(p[learnt], y[learnt], 0.1, "aps", none)
    np.testing.assert_array_equal(plain.sets(p[tried], none), of["aps_sets_plain"])


def test_risk_and_coverage_are_those_of_the_reference() -> None:
    of = known()
    p, y = of["probabilities"], of["labels"]
    found = risk_coverage(p.max(1), p.argmax(1) == y)
    np.testing.assert_allclose(found.coverage, of["coverage"], atol=1e-6)
    np.testing.assert_allclose(found.risk, of["risk"], atol=1e-6)
    assert found.aurc == pytest.approx(float(of["aurc"]), abs=1e-6)
    assert found.eaurc == pytest.approx(float(of["eaurc"]), abs=1e-6)


def test_temperature_finds_how_much_too_sure_a_network_is() -> None:
    logits, labels = drawn(20_000, sharpness=2.5)
    found = temperature(logits, labels)
    assert found == pytest.approx(2.5, rel=0.05)
    before, after = (calibration(softmax(logits / t, 1), labels) for t in (1, found))
    assert after.nll < before.nll
    assert after.ece < 0.02 < before.ece


@pytest.mark.parametrize("score", ["lac", "aps"])
def test_sets_hold_the_truth_as_often_as_was_wished(score: str) -> None:
    hits, n = 0, 1000
    for seed in range(20):
        logits, labels = drawn(2 * n, seed, sharpness=3)
        p = softmax(logits, 1)
        sets = conformal(p[:n], labels[:n], 0.1, score, seed=seed).sets(p[n:])
        hits += sets[np.arange(n), labels[n:]].sum()
    # 0.9 on average over draws of both halves; the standard error over 20 of them is 0.003.
    assert hits / (20 * n) == pytest.approx(0.9, abs=0.012)


def test_too_few_pictures_give_sets_of_every_class() -> None:
    p, labels = np.full((5, 3), 1 / 3), np.zeros(5, int)
    assert conformal(p, labels, 0.1).sets(p).all()


def test_probabilities_of_nothing_and_all_give_numbers() -> None:
    p = np.array([[1.0, 0.0], [0.0, 1.0]])
    found = calibration(p, [1, 1])
    assert np.isfinite([found.ece, found.mce, found.brier, found.nll]).all()
    assert found.brier == 1.0


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: calibration([[2.0, 1.0]], [0]), "are these logits?"),
        (lambda: calibration([[0.5, 0.5]], [2]), "from 0 to 1"),
        (lambda: calibration([[0.5, 0.5]], [0, 1]), "1 pictures need 1 labels"),
        (lambda: calibration([[np.nan, 1.0]], [0]), "row 0"),
        (lambda: temperature([[1.0, 0.0], [0.0, 1.0]], [0, 1]), "No temperature fits"),
        (lambda: conformal([[0.5, 0.5]], [0], 1.0), "alpha=1"),
        (lambda: conformal([[0.5, 0.5]], [0], score="raps"), "lac, aps"),
        (lambda: risk_coverage([], []), "Confidence"),
    ],
)
def test_what_cannot_be_computed_is_a_sentence(call: object, said: str) -> None:
    with pytest.raises(HeatlensError, match=said):
        call()  # type: ignore[operator]
