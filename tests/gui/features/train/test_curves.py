from __future__ import annotations

from itertools import combinations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.features.train.curves import MOST_CLASSES, Curves
from gui.features.train.plot import OTHERS, VAL, EpochAxis
from tests.gui.features.train.samples import epoch
from tests.gui.hands import OnScreen


@pytest.fixture
def curves(on_screen: OnScreen) -> Curves:
    return on_screen(Curves())


def test_every_epoch_lengthens_the_curves_of_both_sides(curves: Curves) -> None:
    curves.begin([], "loss")
    for number in (1, 2, 3):
        curves.add(epoch(number))
    assert curves.epochs() == 3
    rows = [epoch(number) for number in (1, 2, 3)]
    assert curves.loss.curves() == {
        "train": [row["loss"] for row in rows],
        "validation": [row["val_loss"] for row in rows],
    }
    assert curves.accuracy.curves()["validation"] == [row["val_accuracy"] for row in rows]
    assert set(curves.recall.curves()) == {"mean", "glioma", "none"}


def test_the_heading_reads_out_the_latest_values(curves: Curves) -> None:
    curves.begin([epoch(1), epoch(2)], "loss")
    assert f"{epoch(2)['val_loss']:.3f}" in curves.loss.heading.text()
    assert f"{epoch(2)['val_mean-recall']:.3f}" in curves.recall.heading.text()


def test_the_epoch_that_is_kept_is_marked(curves: Curves) -> None:
    curves.begin([epoch(1, 0.9), epoch(2, 0.4), epoch(3, 0.6)], "loss")
    assert curves.best() == 2
    assert curves.loss._best.value() == 2
    curves.begin([epoch(1, 0.9), epoch(2, 0.4), epoch(3, 0.6)], "accuracy")
    assert curves.best() == 3


def test_many_classes_are_shown_by_their_mean(curves: Curves) -> None:
    row = epoch(1) | {f"val_recall class {number}": 0.5 for number in range(MOST_CLASSES + 1)}
    curves.begin([row], "loss")
    assert set(curves.recall.curves()) == {"mean"}


def test_a_class_named_like_markup_is_shown_as_it_is(curves: Curves) -> None:
    curves.begin([epoch(1) | {"val_recall <b>": 0.5}], "loss")
    assert "&lt;b&gt;" in curves.recall.heading.text()


def test_beginning_anew_takes_the_old_curves_away(curves: Curves) -> None:
    curves.begin([epoch(1)], "loss")
    curves.begin([], "loss")
    assert curves.loss.curves() == {"train": [], "validation": []}
    assert curves.best() is None


@pytest.mark.parametrize(("last", "width"), [(5, 400), (20, 150), (300, 200)])
def test_ticks_stand_at_whole_epochs_with_room_between(qtbot, last: int, width: int) -> None:
    step, offset = EpochAxis("bottom").tickSpacing(1, last, width)[0]
    assert (step, offset) == (int(step), 0)
    assert (last - 1) / step <= width / 36 + 1


def test_the_name_of_the_axis_is_read_in_dark_as_in_light(qapp: QApplication, on_screen: OnScreen) -> None:
    theme.apply(qapp, "light")
    curves = on_screen(Curves(), 900, 300)
    for scheme in ("dark", "light"):
        theme.apply(qapp, scheme)
        QApplication.processEvents()
        drawn = curves.loss.grab().toImage()
        below = range(drawn.height() - 16, drawn.height())
        shades = {drawn.pixelColor(x, y).lightness() for x in range(drawn.width()) for y in below}
        assert max(shades) - min(shades) > 90, scheme


def test_no_two_curves_of_a_plot_have_nearly_the_same_colour() -> None:
    for one, other in combinations((VAL, *OTHERS), 2):
        a, b = QColor(one), QColor(other)
        assert sum(abs(x - y) for x, y in zip(a.getRgb(), b.getRgb(), strict=True)) > 80, (one, other)


def test_of_a_network_that_segments_dice_is_drawn(curves: Curves) -> None:
    row = {
        "epoch": 1,
        "loss": 1.9,
        "dice": 0.2,
        "val_loss": 1.5,
        "val_dice": 0.4,
        "val_dice WT": 0.6,
        "val_dice ET": 0.2,
    }
    curves.begin([row, {**row, "epoch": 2, "val_dice": 0.5}], "dice")
    assert curves.accuracy.curves() == {"train": [0.2, 0.2], "validation": [0.4, 0.5]}
    assert curves.recall.curves() == {"mean": [0.4, 0.5], "WT": [0.6, 0.6], "ET": [0.2, 0.2]}
    assert "Dice" in curves.accuracy.heading.text()
    assert curves.best() == 2
