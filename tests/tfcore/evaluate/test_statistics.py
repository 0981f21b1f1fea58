"""What can be said of many numbers."""

from __future__ import annotations

import numpy as np
import pytest

from tfcore.evaluate.statistics import interval, summary


def test_a_summary_by_hand() -> None:
    found = summary([1.0, 2.0, 6.0])
    assert (found.n, found.mean, found.median) == (3, 3.0, 2.0)
    assert found.sd == pytest.approx(np.sqrt(7))


def test_the_interval_is_seeded_and_about_two_standard_errors_wide() -> None:
    numbers = np.random.default_rng(5).normal(10, 3, 400)
    low, high = interval(numbers, seed=1)
    assert (low, high) == interval(numbers, seed=1)
    assert (low, high) != interval(numbers, seed=2)
    error = numbers.std() / 20
    assert (low, high) == pytest.approx((numbers.mean() - 1.96 * error, numbers.mean() + 1.96 * error), abs=0.3 * error)


def test_too_few_numbers_have_no_spread() -> None:
    assert summary([]).mean is None
    one = summary([4.0])
    assert (one.n, one.mean, one.sd, one.low) == (1, 4.0, None, None)


def test_equal_numbers_have_an_interval_of_one_point() -> None:
    found = summary([0.25] * 9)
    assert (found.low, found.high, found.sd) == (0.25, 0.25, 0.0)
