from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tfcore.errors import HeatlensError
from tfcore.uncertainty.coverage import coverage, plot, rows, save_plot, save_table


def test_leaving_out_the_least_sure_leaves_the_right_ones() -> None:
    uncertain = np.arange(100) / 100
    correct = uncertain < 0.7
    curve = coverage(uncertain[::-1], correct[::-1])
    assert curve.share.tolist() == pytest.approx(np.arange(1, 21) / 20)
    assert curve.accuracy[curve.share <= 0.7].min() == 1
    assert curve.accuracy[-1] == pytest.approx(0.7)
    assert curve.limit[-1] == 0.99
    assert (curve.low <= curve.accuracy).all()
    assert (curve.accuracy <= curve.high).all()
    # Binomial: 0.7 ± 1.96·√(0.21/100).
    assert curve.low[-1] == pytest.approx(0.61, abs=0.02)


def test_few_pictures_give_few_rows() -> None:
    assert coverage([0.2, 0.1, 0.3], [True, True, False]).kept.tolist() == [1, 2, 3]


@pytest.mark.parametrize(("uncertain", "correct"), [([], []), ([0.1, 0.2], [True])])
def test_no_curve_without_a_label_for_each(uncertain: list, correct: list) -> None:
    with pytest.raises(HeatlensError, match="one of both per picture"):
        coverage(uncertain, correct)


def test_the_curve_is_written_as_table_and_plot(tmp_path: Path) -> None:
    curve = coverage(np.linspace(0, 1, 40), np.arange(40) < 30)
    table = save_table({"entropy": curve}, tmp_path / "coverage.csv").read_text().splitlines()
    assert table[0] == "left_out_by,share_kept,pictures,accuracy,low_95,high_95,limit,inserted_dropout"
    assert len(table) == 21
    assert save_plot({"entropy": curve}, tmp_path / "coverage.png").stat().st_size > 1000


def test_table_and_plot_say_that_dropout_was_inserted() -> None:
    curves = {"entropy": coverage(np.linspace(0, 1, 40), np.arange(40) < 30)}
    assert {row["inserted_dropout"] for row in rows(curves, 0.2)} == {0.2}
    assert plot(curves, 0.2).axes[0].get_title("left").endswith("dropout 0.2 inserted")
    assert "inserted" not in plot(curves).axes[0].get_title("left")
