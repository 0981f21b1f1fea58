"""Three planes with a crosshair, by the mouse and the wheel, with heat and in both conventions."""

from __future__ import annotations

import json
from pathlib import Path

import nibabel
import numpy as np
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.canvas.view import View
from gui.export.dialog import ExportDialog
from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.volume.hands import SHAPE, grey, wheel, words
from tests.gui.hands import Settled, button, named, press
from tfcore.pictures import read

_LEFT = Qt.MouseButton.LeftButton


def side(window: MainWindow, number: int) -> View:
    return named(window, f"plane {number}")


def at(view: View, column: float, row: float) -> QPoint:
    return view.camera.point(QPointF(column, row), view.width(), view.height()).toPoint()


def click(view: View, column: float, row: float) -> None:
    QTest.mouseClick(view.viewport(), _LEFT, pos=at(view, column, row))


def titles(window: MainWindow) -> list[str]:
    return [window.canvas.views.sides.title(number).partition(" · heat")[0] for number in (0, 1)]


def level(view: View, column: int, row: int) -> int:
    return view.grab().toImage().pixelColor(at(view, column + 0.25, row + 0.25)).red()


def test_a_click_in_one_plane_moves_the_crosshair_in_all(
    window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    drop(window, scan)
    settled()
    button(window, "planes").click()
    settled()
    assert titles(window) == ["coronal 8 of 14", "sagittal 7 of 12"]
    large = window.canvas.views.shown()[0]
    # Column 3 and row 4 of an axial slice lie at x = 12 − 1 − 3 and y = 14 − 1 − 4.
    click(large, 3.5, 4.5)
    settled()
    assert titles(window) == ["coronal 10 of 14", "sagittal 9 of 12"]
    assert words(window) == "slice 6 of 10", "the slice itself stays"
    # In the coronal plane the rows go from the head to the feet: row 1 is z = 10 − 1 − 1.
    click(side(window, 2), 2.5, 1.5)
    settled()
    assert words(window) == "slice 9 of 10"
    assert window.browser.current() == f"{scan}#axial=8"
    assert titles(window) == ["coronal 10 of 14", "sagittal 10 of 12"]
    # What is seen in each plane is the file's own slice.
    for view, address in ((large, "axial=8"), (side(window, 2), "coronal=9"), (side(window, 3), "sagittal=9")):
        shown = read(f"{scan}#{address}").display()[..., 0]
        for column, row in ((6, 3), (7, 7)):
            assert abs(level(view, column, row) - int(shown[row, column])) <= 3, address
    assert grey(window, 1.5, 1.5) == int(read(f"{scan}#axial=8").display()[1, 1, 0])


def test_a_drag_the_wheel_and_a_double_click_do_what_one_expects(
    window: MainWindow, settled: Settled, scan: Path
) -> None:
    window.resize(1280, 800)
    drop(window, scan)
    settled()
    button(window, "planes").click()
    settled()
    view = side(window, 2)
    start, end = at(view, 3.5, 2.5), at(view, 8.5, 6.5)
    QTest.mousePress(view.viewport(), _LEFT, pos=start)
    where = QPointF(end), QPointF(view.viewport().mapToGlobal(end))
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(
        view.viewport(), QMouseEvent(QEvent.Type.MouseMove, *where, Qt.MouseButton.NoButton, _LEFT, none)
    )
    QTest.mouseRelease(view.viewport(), _LEFT, pos=end)
    settled()
    assert words(window) == "slice 4 of 10"
    assert titles(window) == ["coronal 8 of 14", "sagittal 4 of 12"]
    wheel(window, -1)
    settled()
    assert words(window) == "slice 5 of 10"
    QTest.mouseDClick(view.viewport(), _LEFT, pos=at(view, 3.5, 2.5))
    settled()
    assert button(window, "coronal").isChecked()
    assert [title.split()[0] for title in titles(window)] == ["axial", "sagittal"]
    button(window, "overlay").click()
    settled()
    assert not window.canvas.views.sides.isVisible()
    assert window.canvas.views.shown()[0].camera.sides == "SIRL"


def test_planes_follow_the_convention_and_show_where_heat_is(
    window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    drop(window, scan)
    window.open_model("demo")
    settled()
    button(window, "planes").click()
    settled()
    assert "heat of 3/10 slices" in window.canvas.views.sides.title(0), "the one on show, and those made ready"
    assert len(window.canvas.views.sides.heats()) == 2
    before = at(side(window, 2), 0.5, 0.5)
    named(window, "convention").click()
    after = at(side(window, 2), 0.5, 0.5)
    middle = side(window, 2).width() / 2
    assert abs((before.x() - middle) + (after.x() - middle)) <= 2
    assert side(window, 2).camera.sides == "SILR"
    assert side(window, 3).camera.sides == "SIAP"


def test_a_series_is_put_together_for_its_planes_and_a_picture_has_none(
    window: MainWindow, settled: Settled, series: Path, pictures: list[Path]
) -> None:
    window.resize(1280, 800)
    drop(window, series)
    settled()
    window.browser.select(f"{series}#series=0")
    settled()
    window.activateWindow()
    press(window, "N")
    settled()
    button(window, "planes").click()
    settled()
    assert titles(window) == ["coronal 9 of 16", "sagittal 9 of 16"]
    assert words(window) == "slice 3 of 5"
    measured = named(window, "measurements")
    assert measured.item(0, 0).font().bold(), "what was drawn on the slice is still on the slice"
    named(window, "slice").setValue(3)
    settled()
    assert not measured.item(0, 0).font().bold()
    drop(window, pictures[0])
    settled()
    assert not window.canvas.views.sides.isVisible()
    assert window.explaining.picture is not None
    assert np.shape(window.explaining.picture.array) != SHAPE


def test_the_planes_are_exported_as_they_are_seen(
    window: MainWindow, settled: Settled, scan: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    drop(window, scan)
    window.open_model("demo")
    settled()
    button(window, "planes").click()
    settled()
    click(window.canvas.views.shown()[0], 3.5, 4.5)
    settled()
    window.menus.actions["export"].trigger()
    dialog = window.findChildren(ExportDialog)[-1]
    dialog.name.setText(str(tmp_path / "planes.png"))
    dialog.form.dpi.setValue(60)
    with qtbot.waitSignal(dialog.saved, timeout=60_000):
        QTest.mouseClick(dialog.save_button, _LEFT)
    shown = [item["picture"]["path"] for item in json.loads((tmp_path / "planes.json").read_text())["items"]]
    assert shown == ["scan.nii.gz#axial=5", "scan.nii.gz#coronal=9", "scan.nii.gz#sagittal=8"]
    page = np.asarray(Image.open(tmp_path / "planes.png").convert("RGB")).astype(int)
    assert (page[..., 2] - page[..., 0] > 50).sum() > 100, "the crosshair"


def test_a_case_of_four_channels_has_planes_too(window: MainWindow, settled: Settled, tmp_path: Path) -> None:
    case = tmp_path / "Brain_001"
    case.mkdir()
    voxels = np.arange(np.prod(SHAPE), dtype=np.int16).reshape(SHAPE)
    for name in ("t1", "t1ce", "t2", "flair"):
        nibabel.save(nibabel.Nifti1Image(voxels, np.diag([1, 1, 3, 1])), case / f"Brain_001_{name}.nii.gz")
    window.resize(1280, 800)
    drop(window, case)
    settled()
    button(window, "planes").click()
    settled()
    assert titles(window) == ["coronal 8 of 14", "sagittal 7 of 12"]
    click(side(window, 2), 2.5, 1.5)
    settled()
    assert words(window) == "slice 9 of 10"
    for view, address in ((side(window, 2), "coronal=7"), (side(window, 3), "sagittal=9")):
        seen = read(f"{case}#{address}").display()[..., 0]
        assert abs(level(view, 7, 7) - int(seen[7, 7])) <= 3, address
