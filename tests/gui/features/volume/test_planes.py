"""Three planes in their true shape, sides, millimetres and values."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.volume.hands import (
    SHAPE,
    on_screen,
    painted,
    point_at,
    words,
)
from tests.gui.hands import Settled, button, named
from tests.tfcore.pictures.dicoms import monochrome


def test_a_volume_is_cut_into_three_planes_in_its_true_shape(
    window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    drop(window, scan)
    settled()
    assert button(window, "axial").isChecked()
    button(window, "coronal").click()
    settled()
    assert window.browser.current() == f"{scan}#coronal=7"
    assert words(window) == "slice 8 of 14"
    corner, far = on_screen(window, 0, 0), on_screen(window, SHAPE[0], SHAPE[2])
    # 12 pixels of 1 mm across, 10 of 3 mm down.
    assert (far.x() - corner.x()) / (far.y() - corner.y()) == pytest.approx(12 / 30, abs=0.01)
    button(window, "sagittal").click()
    settled()
    assert window.browser.current() == f"{scan}#sagittal=6"
    assert named(window, "convention").text() == "radiological"


def test_position_in_mm_and_value_are_those_of_the_file(
    window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    drop(window, scan)
    settled()
    read = window.canvas.readout
    voxels = np.asarray(nibabel.load(scan).dataobj)
    # The patient's left is on the right, the front on top.
    for plane, index, (column, row), voxel in (
        ("axial", 5, (2, 3), (9, 10, 5)),
        ("coronal", 7, (2, 4), (9, 7, 5)),
        ("sagittal", 6, (1, 4), (6, 12, 5)),
    ):
        button(window, plane).click()
        settled()
        assert window.browser.current() in (str(scan), f"{scan}#{plane}={index}")
        point_at(window, column + 0.5, row + 0.5)
        qtbot.waitUntil(lambda: read.text("x") != "—")
        right, front, head = (np.diag([1, 1, 3]) @ voxel).tolist()
        assert read.text("mm") == f"R {right:.1f} A {front:.1f} S {head:.1f}"
        assert read.text("value").strip("\u2007") == str(voxels[voxel])
        assert f"mm R {right:.1f}" in read.sentence()


def test_a_ct_is_read_in_hu_and_measured_from_its_corner(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    stored = np.full((16, 16), 1064, np.uint16)
    tags = {"RescaleSlope": 1, "RescaleIntercept": -1024, "PixelSpacing": [2, 0.5]}
    (tmp_path / "one.dcm").write_bytes(monochrome(stored, **tags))
    window.resize(1280, 720)
    drop(window, tmp_path / "one.dcm")
    settled()
    point_at(window, 3.5, 5.5)
    qtbot.waitUntil(lambda: window.canvas.readout.text("x") == "3")
    assert window.canvas.readout.text("value").strip("\u2007") == "40 HU"
    assert window.canvas.readout.text("mm") == "1.8 11.0"
    assert not any(each.isVisible() for each in window.findChildren(QSlider) if each.accessibleName() == "slice")


def test_sides_and_a_scale_bar_stand_at_the_edges_where_they_are_known(
    window: MainWindow, settled: Settled, scan: Path, pictures: list[Path], qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    drop(window, scan)
    settled()
    white = 0xFFFFFFFF
    edges = {"left": (0, 0.4, 0.04, 0.6), "right": (0.96, 0.4, 1, 0.6), "bar": (0, 0.9, 0.15, 1)}
    assert [name for name, edge in edges.items() if white in painted(window, *edge)] == list(edges)
    drop(window, pictures[0])
    settled()
    assert not [name for name, edge in edges.items() if white in painted(window, *edge)]
    assert window.canvas.readout.findChildren(QLabel)
    assert "mm" not in [each.text() for each in window.canvas.readout.findChildren(QLabel) if each.isVisible()]


def test_a_file_that_does_not_know_its_sides_says_so(window: MainWindow, settled: Settled, tmp_path: Path) -> None:
    image = nibabel.Nifti1Image(np.zeros(SHAPE, np.uint8), None)
    image.header.set_zooms((1, 1, 2))
    nibabel.save(image, tmp_path / "plain.nii")
    drop(window, tmp_path / "plain.nii")
    settled()
    assert named(window, "convention").text() == "sides unknown"


def test_a_drag_with_shift_measures_in_mm_and_a_click_takes_the_line_away(
    window: MainWindow, settled: Settled, scan: Path
) -> None:
    window.resize(1280, 720)
    drop(window, scan)
    settled()
    button(window, "coronal").click()
    settled()
    view = window.canvas.views.shown()[0]
    shift = Qt.KeyboardModifier.ShiftModifier
    start, end = on_screen(window, 2, 2), on_screen(window, 6, 3)
    before = (window.canvas.views.camera.x, painted(window, 0.2, 0.2, 0.8, 0.8))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, shift, start)
    where = QPointF(end), QPointF(view.viewport().mapToGlobal(end))
    buttons = Qt.MouseButton.NoButton, Qt.MouseButton.LeftButton, shift
    QApplication.sendEvent(view.viewport(), QMouseEvent(QEvent.Type.MouseMove, *where, *buttons))
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, shift, end)
    # 4 pixels of 1 mm across, 1 of 3 mm down.
    value, unit = view.accessibleDescription().split()
    assert float(value) == pytest.approx(5, abs=0.15)
    assert unit == "mm"
    drawn = painted(window, 0.2, 0.2, 0.8, 0.8)
    assert drawn > before[1], "the line is not seen"
    assert window.canvas.views.camera.x == before[0]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, shift, start)
    assert painted(window, 0.2, 0.2, 0.8, 0.8) == before[1]


def test_a_click_turns_to_the_neurological_convention_on_the_screen_and_in_figures(
    window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    drop(window, scan)
    settled()
    point_at(window, 2.5, 3.5)
    qtbot.waitUntil(lambda: window.canvas.readout.text("x") == "2")
    here = on_screen(window, 2.5, 3.5)
    read = {name: window.canvas.readout.text(name) for name in ("mm", "value")}
    QTest.mouseClick(named(window, "convention"), Qt.MouseButton.LeftButton)
    assert named(window, "convention").text() == "neurological"
    there = on_screen(window, 2.5, 3.5)
    middle = window.canvas.views.shown()[0].rect().center().x()
    assert there.x() - middle == pytest.approx(middle - here.x(), abs=2)
    point_at(window, 2.5, 3.5)
    qtbot.waitUntil(lambda: window.canvas.readout.text("x") == "2")
    assert {name: window.canvas.readout.text(name) for name in ("mm", "value")} == read, "the patient is the same"
    assert window.remember().display["convention"] == "neurological"
    button(window, "coronal").click()
    settled()
    assert named(window, "convention").text() == "neurological"
    window.menus.actions["radiological"].trigger()
    assert named(window, "convention").text() == "radiological"
