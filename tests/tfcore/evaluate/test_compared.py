"""What is said of two methods, against known answers: noise, effect, Holm, patients, contradicting metrics."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import wilcoxon

from tfcore.evaluate.compared import holm, signed_ranks
from tfcore.evaluate.parts import Answer
from tfcore.evaluate.statistics import interval
from tfcore.evaluate.table import Table, table


def measured(numbers: dict[tuple[str, str], np.ndarray], patients: list[str] | None = None) -> Table:
    """A table of these numbers by method and metric, of one model at one layer."""
    count = len(next(iter(numbers.values())))
    pictures = [f"{index}.png" for index in range(count)]
    found = {
        ("m", method, "l", metric): list(zip(pictures, of, strict=True)) for (method, metric), of in numbers.items()
    }
    better = {"iou": "higher", "drop": "lower"}
    whose = patients or [None] * count
    answers = [Answer("m", name, None, "a", 1.0, patient) for name, patient in zip(pictures, whose, strict=True)]
    return table(found, better, 0, [], {}, answers)


def noise(seed: int, count: int = 40) -> np.ndarray:
    return np.random.default_rng(seed).normal(0, 0.1, count)


def test_a_real_difference_is_told_from_noise() -> None:
    base = noise(0)
    found = measured(
        {("a", "iou"): base, ("b", "iou"): base + 0.1 + 0.1 * noise(1), ("c", "iou"): base + 0.1 * noise(2)}
    )
    by_pair = {(each.one[1], each.other[1]): each for each in found.compared.comparisons}
    assert by_pair["a", "b"].words.startswith("iou: b at l is better than a at l (p = ")
    assert by_pair["a", "b"].effect == -1
    assert "a at l and c at l differ within noise" in by_pair["a", "c"].words
    assert found.compared.best["iou"] == (("m", "b", "l"),)
    p = [wilcoxon(base - other).pvalue for other in (base + 0.1 + 0.1 * noise(1), base + 0.1 * noise(2))]
    assert by_pair["a", "b"].p == pytest.approx(p[0])
    assert by_pair["a", "c"].p == pytest.approx(p[1])


def test_many_comparisons_cost_as_holm_says() -> None:
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])).tolist() == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.6, 0.7])).tolist() == [1.0, 1.0]


def test_equal_numbers_are_no_difference() -> None:
    assert signed_ranks(np.full(9, 0.3), np.full(9, 0.3)) == (1.0, 0.0)


def test_few_numbers_with_ties_have_the_p_of_all_ways_their_signs_could_fall() -> None:
    apart = np.array([1.0, 1, -1, 2, 2, 3])
    assert signed_ranks(apart, np.zeros(6))[0] == pytest.approx(wilcoxon(apart).pvalue)


def test_metrics_that_order_the_methods_the_other_way_round_are_named() -> None:
    levels = {"a": 0.1, "b": 0.2, "c": 0.3, "d": 0.4}
    numbers = {(name, "iou"): level + 0.01 * noise(1) for name, level in levels.items()}
    # A lower drop is better: what is best by one is worst by the other.
    numbers |= {(name, "drop"): level + 0.01 * noise(2) for name, level in levels.items()}
    found = measured(numbers).compared
    assert found.agreement["iou", "drop"] == -1
    assert found.ranks["drop"]["m", "a", "l"] == found.ranks["iou"]["m", "d", "l"] == 1
    assert any("worse by the other: iou and drop (τ = -1.00)" in said for said in found.sentences)


def test_pictures_of_one_patient_are_no_independent_witnesses() -> None:
    # Eight patients whose ten pictures are all alike know no more than eight pictures.
    of_patients = np.random.default_rng(3).normal(0, 1, 8)
    numbers, owners = np.repeat(of_patients, 10), [f"p{index // 10}" for index in range(80)]
    wide, narrow = interval(numbers, 0, owners), interval(numbers)
    assert wide == pytest.approx(interval(of_patients))
    assert wide[1] - wide[0] > 2 * (narrow[1] - narrow[0])
    found = measured({("a", "iou"): numbers, ("b", "iou"): numbers + 0.1 * noise(5, 80)}, owners)
    assert (found.rows[0].low, found.rows[0].high) == pytest.approx(wide)
    assert found.compared.comparisons[0].n == 8
    assert interval(numbers, 0, ["one"] * 80) == (None, None)
