"""Regions, distances and angles drawn by the mouse or by keys, and the table of what they hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import nibabel
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from gui.export.dialog import ExportDialog
from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.volume.hands import on_screen, painted
from tests.gui.hands import made_again, named, press
from tfcore import review
from tfcore.measure import COLUMNS
from tfcore.review import Session

Settled = Callable[[], None]
_CTRL, _ALT, _SHIFT = (getattr(Qt.KeyboardModifier, f"{name}Modifier") for name in ("Control", "Alt", "Shift"))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """Voxels of 1 × 1 × 2 mm whose values say where they lie."""
    voxels = np.arange(24 * 20 * 6, dtype=np.int16).reshape(24, 20, 6)
    nibabel.save(nibabel.Nifti1Image(voxels, np.diag([1, 1, 2, 1])), tmp_path / "scan.nii")
    return tmp_path / "scan.nii"


@pytest.fixture
def opened(window: MainWindow, settled: Settled, scan: Path) -> MainWindow:
    window.resize(1280, 800)
    drop(window, scan)
    settled()
    window.activateWindow()
    return window


def drag(window: MainWindow, *path: tuple[float, float]) -> None:
    """With the left button along picture positions."""
    view = window.canvas.views.shown()[0].viewport()
    points = [on_screen(window, *position) for position in path]
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        move(view, point, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=points[-1])


def move(view: object, point: QPoint, held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
    where = QPointF(point), QPointF(view.mapToGlobal(point))  # type: ignore[attr-defined]
    none, plain = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, *where, none, held, plain))


def drawn(window: MainWindow) -> bool:
    """Whether anything is drawn on the picture, which itself is grey."""
    colours = ((pixel >> 16 & 255, pixel >> 8 & 255, pixel & 255) for pixel in painted(window, 0.2, 0.2, 0.8, 0.8))
    return any(max(colour) - min(colour) > 60 for colour in colours)


def table(window: MainWindow) -> list[dict[str, str]]:
    """What the table says."""
    rows = named(window, "measurements")
    heads = [rows.horizontalHeaderItem(column).text() for column in range(rows.columnCount())]
    return [
        {head: rows.item(row, column).text() for column, head in enumerate(heads)} for row in range(rows.rowCount())
    ]


def test_a_rectangle_is_drawn_measured_named_moved_deleted_and_brought_back(
    opened: MainWindow, settled: Settled, qtbot: QtBot
) -> None:
    window = opened
    assert not drawn(window)
    QTest.mouseClick(named(window, "rectangle"), Qt.MouseButton.LeftButton)
    drag(window, (4, 5), (8, 9), (10, 11))
    settled()
    (row,) = table(window)
    assert window.explaining.picture is not None
    inside = window.explaining.picture.array[5:11, 4:10]
    assert (row["picture"], row["region"], row["size"], row["pixels"]) == (
        "scan.nii · axial 4",
        "rectangle 1",
        "36.0 mm²",
        "36",
    )
    assert row["mean ± sd"] == f"{inside.mean():.0f} ± {inside.std():.4g}"
    assert drawn(window)

    # By its line it is moved.
    QTest.mouseClick(named(window, "move"), Qt.MouseButton.LeftButton)
    drag(window, (7, 5), (8, 6), (8, 7))
    settled()
    assert table(window)[0]["mean ± sd"].startswith(f"{window.explaining.picture.array[7:13, 5:11].mean():.0f} ±")
    press(window, Qt.Key.Key_Left, _ALT)
    settled()
    assert table(window)[0]["mean ± sd"].startswith(f"{window.explaining.picture.array[7:13, 4:10].mean():.0f} ±")
    press(window, Qt.Key.Key_Right, _ALT | _SHIFT)
    settled()
    assert table(window)[0]["pixels"] == "42", "bent by its last corner"

    rows = named(window, "measurements")
    rows.setFocus()
    rows.setCurrentCell(0, 1)
    qtbot.keyClick(rows, Qt.Key.Key_F2)
    editor = rows.findChild(QLineEdit)
    qtbot.keyClicks(editor, "lesion")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table(window)[0]["region"] == "lesion")

    rows.selectRow(0)
    qtbot.keyClick(rows, Qt.Key.Key_Delete)
    assert table(window) == []
    assert not drawn(window)
    assert window.menus.actions["undo"].text() == "&Undo: delete lesion"
    for left in (1, 1, 1, 1, 1, 0):
        press(window, Qt.Key.Key_Z, _CTRL)
        settled()
        assert len(table(window)) == left
    assert window.menus.actions["undo"].text() == "&Undo: opening scan.nii"


def test_a_distance_an_angle_an_ellipse_and_a_drawn_line(opened: MainWindow, settled: Settled) -> None:
    window = opened
    press(window, "R")
    drag(window, (2, 2), (6, 5))
    press(window, "A")
    view = window.canvas.views.shown()[0].viewport()
    drag(window, (12, 4), (6, 4))
    move(view, on_screen(window, 6, 9))
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=on_screen(window, 6, 10))
    press(window, "E")
    drag(window, (2, 10), (12, 18))
    press(window, "F")
    drag(window, (14, 10), (20, 10), (20, 16), (14, 16))
    settled()
    found = {row["kind"]: row["size"] for row in table(window)}
    assert list(found) == ["ruler", "angle", "ellipse", "freehand"]
    for kind, expected, unit in (
        ("ruler", 5, " mm"),
        ("angle", 90, "°"),
        ("ellipse", 62.8, " mm²"),
        ("freehand", 36, " mm²"),
    ):
        assert float(found[kind].removesuffix(unit)) == pytest.approx(expected, rel=0.07)


def test_keys_alone_place_a_region_and_rows_lead_to_their_slices(
    opened: MainWindow, settled: Settled, scan: Path
) -> None:
    window = opened
    press(window, "N")
    settled()
    assert table(window)[0]["kind"] == "rectangle"
    press(window, ".")
    settled()
    press(window, "N")
    settled()
    assert [row["picture"] for row in table(window)] == ["scan.nii · axial 4", "scan.nii · axial 5"]
    assert len(window.canvas.views.regions.shown) == 1, "each slice has its own"
    press(window, "D", _CTRL)
    settled()
    assert [row["picture"] for row in table(window)] == ["scan.nii · axial 4"]
    rows = named(window, "measurements")
    rows.cellDoubleClicked.emit(0, 0)
    settled()
    assert window.browser.current() == f"{scan}#axial=3"


def test_the_table_is_copied_written_and_the_regions_come_back(
    opened: MainWindow,
    settled: Settled,
    scan: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    window, folder = opened, scan.parent
    press(window, "B")
    drag(window, (4, 5), (10, 11))
    press(window, "R")
    drag(window, (2, 2), (6, 5))
    settled()
    QTest.mouseClick(named(window, "measurements").parentWidget().buttons["copy"], Qt.MouseButton.LeftButton)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().splitlines()]
    assert lines[0] == list(COLUMNS)
    assert dict(zip(*lines[:2], strict=True)) | {"n": "36", "plane": "axial", "index": "3"} == dict(
        zip(*lines[:2], strict=True)
    )
    answers = iter([folder / "table.csv", folder / "regions.json"])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(next(answers)), ""))
    for name in ("csv", "save"):
        QTest.mouseClick(named(window, "measurements").parentWidget().buttons[name], Qt.MouseButton.LeftButton)
    (first, second) = csv.DictReader(io.StringIO((folder / "table.csv").read_text()))
    assert (first["picture"], first["area"], first["area_unit"]) == ("scan.nii#axial=3", "36.0", "mm²")
    assert float(second["length"]) == pytest.approx(5, rel=0.05)
    settled()
    assert "the same bytes" in made_again(window, folder / "table.csv", folder / "again", settled, monkeypatch)

    # Taken away, they come back from the file; kept in the session, they are there at the next start.
    for _ in range(2):
        press(window, Qt.Key.Key_Z, _CTRL)
    assert table(window) == []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(folder / "regions.json"), ""))
    QTest.mouseClick(named(window, "measurements").parentWidget().buttons["load"], Qt.MouseButton.LeftButton)
    settled()
    assert [row["region"] for row in table(window)] == ["rectangle 1", "ruler 1"]
    review.write(window.remember(), folder / "session")
    said: list[str] = []
    again = MainWindow(window.engine, review.read(folder / "session", say=said.append))
    qtbot.addWidget(again)
    again.show()
    again.menus.actions["Measurements &table"].trigger()
    qtbot.waitUntil(lambda: again.settled, timeout=60_000)
    assert [(row["region"], row["pixels"]) for row in table(again)] == [("rectangle 1", "36"), ("ruler 1", "")]
    assert not said
    again.close()


def test_regions_of_heat_follow_the_question(window: MainWindow, settled: Settled) -> None:
    window.resize(1280, 800)
    window.open_demo()
    settled()
    press(window, "B")
    heat = window.explaining.heat
    assert heat is not None
    drag(window, (0, 0), (10, 10), (heat.box.width - 1, heat.box.height - 1))
    settled()
    (row,) = table(window)
    assert float(row["heat inside"].removesuffix(" %")) > 90
    assert float(row["heat ± sd"].partition(" ")[0]) > 0
    before = row["heat ± sd"]
    window.method.set_target(1)
    settled()
    assert table(window)[0]["heat ± sd"] != before
    second = window.browser.paths()[1]
    window.browser.select(second)
    settled()
    assert table(window)[0]["heat inside"], "of a picture that is no longer on show too"


def test_a_damaged_region_costs_only_itself(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    good = {"picture": str(tmp_path / "a.png"), "name": "a", "kind": "ruler", "points": [[0, 1], [2, 3]]}
    bad = [{**good, "points": [[0, 1]]}, {**good, "kind": "moon"}, 7, {**good, "picture": "\0"}]
    stored = {"heatlens": "0", "session": 2, "regions": [*bad, good]}
    (tmp_path / "session").write_text(json.dumps(stored))
    said: list[str] = []
    assert review.read(tmp_path / "session", say=said.append).regions == [good]
    assert "regions" in said[0]
    one = MainWindow(window.engine, Session(regions=[good]))
    qtbot.addWidget(one)
    one.show()
    one.menus.actions["Measurements &table"].trigger()
    qtbot.waitUntil(lambda: one.settled, timeout=60_000)
    assert table(one)[0]["size"] == "—", "a file that is gone"
    one.close()


def test_what_is_drawn_is_in_the_figure(opened: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot) -> None:
    window = opened
    window.open_model("demo")
    settled()
    QTest.mouseClick(named(window, "rectangle"), Qt.MouseButton.LeftButton)
    drag(window, (4, 5), (10, 11))
    QTest.mouseClick(named(window, "ruler"), Qt.MouseButton.LeftButton)
    drag(window, (2, 2), (12, 2))
    settled()
    window.menus.actions["export"].trigger()
    dialog = window.findChildren(ExportDialog)[-1]
    dialog.name.setText(str(tmp_path / "drawn.png"))
    dialog.form.dpi.setValue(60)
    with qtbot.waitSignal(dialog.saved, timeout=60_000):
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    (item,) = json.loads((tmp_path / "drawn.json").read_text())["items"]
    assert [each["words"].split("  ")[0] for each in item["regions"]] == ["rectangle 1", "10.0 mm"]
    page = np.asarray(Image.open(tmp_path / "drawn.png").convert("RGB")).astype(int)
    assert (np.abs(page - (255, 210, 60)).max(2) < 60).sum() > 50
