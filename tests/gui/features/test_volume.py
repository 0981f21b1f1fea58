"""Volumes, series, stacks and videos in the window: one tile each, all slices in reach of wheel, keys and slider."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import cv2
import nibabel
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QSlider, QToolButton
from pytestqt.qtbot import QtBot

from gui import session as sessions
from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from gui.session import Session
from tests.gui.drops import drop
from tests.gui.hands import named, press
from tests.gui.heartbeat import Heartbeat
from tests.tfcore.pictures.dicoms import monochrome

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Settled = Callable[[], None]
# To the right, to the front, to the head.
SHAPE = (12, 14, 10)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A volume whose values say where they lie."""
    voxels = np.arange(np.prod(SHAPE), dtype=np.int16).reshape(SHAPE)
    nibabel.save(nibabel.Nifti1Image(voxels, np.diag([1, 1, 3, 1])), tmp_path / "scan.nii.gz")
    return tmp_path / "scan.nii.gz"


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """A folder with five slices, whose names are in another order than they lie in."""
    folder = tmp_path / "knee"
    folder.mkdir()
    for number in range(5):
        tags = {
            "ImagePositionPatient": [0, 0, 2.5 * number],
            "ImageOrientationPatient": [1, 0, 0, 0, 1, 0],
            "PixelSpacing": [0.5, 0.5],
            "InstanceNumber": number + 1,
        }
        stored = np.full((16, 16), 10 * number, np.uint16)
        (folder / f"{9 - number}.dcm").write_bytes(monochrome(stored, **tags))
    return folder


@pytest.fixture
def stack(tmp_path: Path) -> Path:
    pages = [Image.fromarray(np.full((20, 24), 20 * number, np.uint8)) for number in range(6)]
    pages[0].save(tmp_path / "stack.tif", save_all=True, append_images=pages[1:])
    return tmp_path / "stack.tif"


def tiles(window: MainWindow) -> list[str]:
    model = window.browser.focusProxy().model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def words(window: MainWindow) -> str:
    """What stands beside the slider."""
    slices = next((each for each in window.canvas.findChildren(QSlider) if each.accessibleName() == "slice"), None)
    assert slices is not None
    labels = [each.text() for each in slices.parentWidget().findChildren(QLabel) if each.isVisible()]
    return next((text for text in labels if " of " in text), "")


def wheel(window: MainWindow, notches: int, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Turn it over the picture, away from oneself where positive."""
    view = window.canvas.views.shown()[0].viewport()
    at = QPointF(view.rect().center())
    delta, none = QPoint(0, 120 * notches), Qt.MouseButton.NoButton
    phase = Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, QPointF(view.mapToGlobal(at.toPoint())), QPoint(), delta, none, held, phase, False)
    QApplication.sendEvent(view, event)


def test_a_volume_is_one_tile_and_its_slices_are_reached_by_slider_keys_and_wheel(
    window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    drop(window, scan)
    settled()
    window.activateWindow()
    assert tiles(window) == ["scan.nii.gz"]
    qtbot.waitUntil(lambda: window.browser.findChild(QLabel, "count").text() == "1 picture · 10 slices")
    assert words(window) == "slice 6 of 10", "it opens in its middle"

    named(window, "slice").setValue(2)
    settled()
    assert words(window) == "slice 3 of 10"
    assert window.browser.current() == f"{scan}#axial=2"
    assert "axial slice 3 of 10" in window.canvas.heading.title.whole()

    press(window, ".")
    press(window, ".")
    press(window, ",")
    settled()
    assert window.browser.current() == f"{scan}#axial=3"
    press(window, ".", Qt.KeyboardModifier.ControlModifier)
    settled()
    assert words(window) == "slice 10 of 10", "beyond the last one there is none"

    zoom = window.canvas.heading.zoom.text()
    wheel(window, 3)
    settled()
    assert window.browser.current() == f"{scan}#axial=6"
    assert window.canvas.heading.zoom.text() == zoom
    wheel(window, 1, Qt.KeyboardModifier.ControlModifier)
    assert window.canvas.heading.zoom.text() != zoom
    assert window.browser.current() == f"{scan}#axial=6"
    assert tiles(window) == ["scan.nii.gz"]


def test_on_a_plain_picture_the_wheel_zooms_as_ever(
    window: MainWindow, settled: Settled, scan: Path, pictures: list[Path]
) -> None:
    drop(window, scan)
    settled()
    drop(window, pictures[0])
    settled()
    assert not any(each.isVisible() for each in window.findChildren(QSlider) if each.accessibleName() == "slice")
    zoom = window.canvas.heading.zoom.text()
    wheel(window, 1)
    assert window.canvas.heading.zoom.text() != zoom
    press(window, ".")
    settled()
    assert window.browser.current() == str(pictures[0])


def test_a_series_of_dicom_files_is_one_tile_in_the_order_of_the_body(
    window: MainWindow, settled: Settled, series: Path
) -> None:
    Image.new("L", (8, 8)).save(series / "note.png")
    drop(window, series)
    settled()
    assert sorted(tiles(window)) == ["knee · series 1", "note.png"]
    window.browser.select(f"{series}#series=0")
    settled()
    assert words(window) == "slice 1 of 5"
    named(window, "slice").setValue(3)
    settled()
    assert window.explaining.picture is not None
    assert int(window.explaining.picture.array[0, 0]) == 30
    assert window.browser.current() == f"{series}#series=0&3"


def test_copies_of_one_slice_are_no_series(window: MainWindow, settled: Settled, series: Path) -> None:
    for name in ("5", "6", "7", "8"):
        (series / f"{name}.dcm").write_bytes((series / "9.dcm").read_bytes())
    drop(window, series)
    settled()
    assert len(tiles(window)) == 5


def test_single_files_of_a_series_stay_what_they_are(window: MainWindow, settled: Settled, series: Path) -> None:
    drop(window, series / "5.dcm", series / "6.dcm")
    settled()
    assert sorted(tiles(window)) == ["5.dcm", "6.dcm"]


def test_a_stack_of_pages_is_gone_through(window: MainWindow, settled: Settled, stack: Path) -> None:
    drop(window, stack)
    settled()
    assert words(window) == "page 1 of 6"
    wheel(window, -4)
    settled()
    assert words(window) == "page 5 of 6"
    assert window.explaining.picture is not None
    assert int(window.explaining.picture.array[0, 0]) == 80


def test_the_heat_is_of_the_slice_that_is_seen(window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot) -> None:
    drop(window, scan)
    window.open_model("demo")
    settled()
    named(window, "slice").setValue(4)
    settled()
    assert window.explaining.heat is not None
    assert window.explaining.heat.path == f"{scan}#axial=4"
    model = window.browser.focusProxy().model()
    said = model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("scan.nii.gz, axial 5: "), said
    subject = window.figures.subject()
    assert subject is not None
    assert subject.items[0][0].path == f"{scan}#axial=4"
    assert subject.name.startswith("scan_axial4-grad-cam")


def test_the_slice_is_there_again_at_the_next_start(
    qtbot: QtBot, engine: EngineClient, monkeypatch: pytest.MonkeyPatch, scan: Path, stack: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr(engine, "close", lambda: None)
    file = tmp_path / "session.json"

    def started(session: Session) -> MainWindow:
        window = MainWindow(engine, session)
        qtbot.addWidget(window)
        window.autosave.save = lambda: sessions.save(window.remember(), file)
        window.show()
        return window

    first = started(Session())
    drop(first, scan, stack)
    qtbot.waitUntil(lambda: first.settled and len(tiles(first)) == 2)
    first.browser.select(stack)
    qtbot.waitUntil(lambda: first.settled)
    wheel(first, -2)
    qtbot.waitUntil(lambda: first.settled)
    first.browser.select(scan)
    qtbot.waitUntil(lambda: first.settled)
    wheel(first, -3)
    qtbot.waitUntil(lambda: first.settled)
    first.close()

    second = started(sessions.load(file, pytest.fail))
    second.arrivals.open_last()
    qtbot.waitUntil(lambda: second.settled and second.explaining.picture is not None)
    assert second.browser.current() == f"{scan}#axial=8"
    assert words(second) == "slice 9 of 10"
    second.browser.select(stack)
    qtbot.waitUntil(lambda: second.settled)
    assert words(second) == "page 3 of 6"
    second.close()


def test_a_volume_that_is_overwritten_is_read_again(
    window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot
) -> None:
    drop(window, scan)
    settled()
    named(window, "slice").setValue(2)
    settled()
    named(window, "slice").setValue(3)
    settled()
    nibabel.save(nibabel.Nifti1Image(np.full(SHAPE, 7, np.int16), np.diag([1, 1, 3, 1])), scan)
    qtbot.waitUntil(lambda: window.explaining.picture is not None and window.explaining.picture.array[0, 0] == 7)
    named(window, "slice").setValue(2)
    settled()
    assert window.explaining.picture is not None
    assert window.explaining.picture.array[0, 0] == 7


def button(window: MainWindow, text: str) -> QToolButton:
    return next(each for each in window.findChildren(QToolButton) if each.text() == text and each.isVisible())


def on_screen(window: MainWindow, column: float, row: float) -> QPoint:
    """Where a picture position is in the view."""
    view = window.canvas.views.shown()[0]
    return window.canvas.views.camera.point(QPointF(column, row), view.width(), view.height()).toPoint()


def point_at(window: MainWindow, column: float, row: float) -> None:
    QTest.mouseMove(window.canvas.views.shown()[0].viewport(), on_screen(window, column, row))


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
    assert "radiological" in [each.text() for each in window.canvas.findChildren(QLabel) if each.isVisible()]


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


def painted(window: MainWindow, left: float, top: float, right: float, bottom: float) -> set[int]:
    """The colours in a part of the view, its edges as shares of it."""
    view = window.canvas.views.shown()[0]
    image = view.grab().toImage()
    w, h = image.width(), image.height()
    return {
        image.pixel(x, y) for x in range(int(left * w), int(right * w)) for y in range(int(top * h), int(bottom * h))
    }


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
    assert "sides unknown" in [each.text() for each in window.canvas.findChildren(QLabel) if each.isVisible()]


def ct(path: Path, count: int = 3) -> Path:
    """Water with a line of bone, through a window of its own."""
    stored = np.full((count, 32, 32), 1024, np.uint16)
    stored[:, :, 16:] = 1024 + 300
    tags = {"RescaleSlope": 1, "RescaleIntercept": -1024, "WindowCenter": 0, "WindowWidth": 1000}
    path.write_bytes(monochrome(stored, NumberOfFrames=count, **tags))
    return path


def grey(window: MainWindow, column: float, row: float) -> int:
    """How bright a picture position is on the screen."""
    view = window.canvas.views.shown()[0]
    image = view.grab().toImage()
    return image.pixelColor(on_screen(window, column, row)).red()


def drag_right(window: MainWindow, by: QPoint) -> None:
    """With the right button from the middle of the picture, as X and Windows tell it."""
    view = window.canvas.views.shown()[0].viewport()
    start = view.rect().center()
    QTest.mousePress(view, Qt.MouseButton.RightButton, pos=start)
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, start, view.mapToGlobal(start))
    QApplication.sendEvent(view, menu)
    for part in (1, 2) if not by.isNull() else ():
        at = start + by * part / 2
        where = QPointF(at), QPointF(view.mapToGlobal(at))
        buttons = Qt.MouseButton.NoButton, Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(view, QMouseEvent(QEvent.Type.MouseMove, *where, *buttons))
    QTest.mouseRelease(view, Qt.MouseButton.RightButton, pos=start + by)


def test_a_drag_with_the_right_button_windows_what_is_seen_and_nothing_else(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 720)
    drop(window, ct(tmp_path / "ct.dcm"))
    settled()
    said = named(window, "window on the screen")
    assert said.text() == "own · W 1000 L 0"
    assert "network" in said.toolTip()
    picture, before = window.explaining.picture, grey(window, 24, 16)
    assert picture is not None
    fed = picture.levels()
    drag_right(window, QPoint(-150, -30))
    assert said.text() == "dragged · W 500 L −100"
    assert grey(window, 24, 16) > before
    assert QApplication.activePopupWidget() is None, "a menu after a drag"
    assert window.explaining.picture is picture
    assert np.array_equal(picture.levels(), fed)
    wheel(window, -1)
    settled()
    assert said.text() == "dragged · W 500 L −100", "the next slice is seen in the same way"


def test_a_right_click_without_a_drag_opens_the_menu(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    drop(window, ct(tmp_path / "ct.dcm"))
    settled()
    drag_right(window, QPoint())
    menu = QApplication.activePopupWidget()
    assert menu is not None
    menu.close()
    assert named(window, "window on the screen").text() == "own · W 1000 L 0"


def test_windows_for_organs_are_offered_for_hounsfield_units_only(
    window: MainWindow, settled: Settled, tmp_path: Path, scan: Path
) -> None:
    drop(window, ct(tmp_path / "ct.dcm"))
    settled()
    said = named(window, "window on the screen")
    offered = {each.text(): each for each in said.menu().actions() if each.isVisible()}
    assert len(offered) == 6
    offered["Brain (W 80 L 40 HU)"].trigger()
    assert said.text() == "brain · W 80 L 40"
    assert grey(window, 24, 16) == 255
    assert grey(window, 8, 16) == 0
    offered["The file's own"].trigger()
    assert said.text() == "own · W 1000 L 0"
    drop(window, scan)
    settled()
    assert said.text().startswith("own · ")
    assert [each.text() for each in said.menu().actions() if each.isVisible()] == [
        "The file's own",
        "Automatic, of this slice",
    ]


def test_the_slices_of_a_volume_are_listed_each_for_itself_on_request(
    window: MainWindow, settled: Settled, scan: Path, qtbot: QtBot
) -> None:
    drop(window, scan)
    settled()
    wheel(window, -1)
    settled()
    window.menus.actions["unfold"].trigger()
    settled()
    assert len(tiles(window)) == 1 + SHAPE[2]
    assert tiles(window)[:3] == ["scan.nii.gz", "scan.nii.gz · axial 1", "scan.nii.gz · axial 2"]
    assert window.browser.current() == f"{scan}#axial=0"
    wheel(window, -2)
    settled()
    assert window.browser.focusProxy().currentIndex().data() == "scan.nii.gz · axial 3"
    assert words(window) == "slice 3 of 10"
    qtbot.waitUntil(lambda: "10 slices" in window.browser.findChild(QLabel, "count").text())


def test_volumes_in_time_have_a_slider_of_their_own(window: MainWindow, settled: Settled, tmp_path: Path) -> None:
    voxels = np.zeros((*SHAPE, 4), np.int16)
    voxels[..., 2] = 9
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), tmp_path / "bold.nii")
    drop(window, tmp_path / "bold.nii")
    settled()
    named(window, "volume in time").setValue(2)
    settled()
    assert window.browser.current() == f"{tmp_path / 'bold.nii'}#axial=5&t=2"
    assert window.explaining.picture is not None
    assert window.explaining.picture.array[0, 0] == 9
    assert "volume 3 of 4" in window.canvas.heading.title.whole()


def test_a_video_is_one_tile_and_gone_through_frame_by_frame(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    clip = cv2.VideoWriter(str(tmp_path / "clip.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (32, 24))
    for number in range(8):
        clip.write(np.full((24, 32, 3), 30 * number, np.uint8))
    clip.release()
    drop(window, tmp_path / "clip.avi")
    settled()
    assert tiles(window) == ["clip.avi"]
    assert words(window) == "frame 1 of 8"
    press(window, ".")
    press(window, ".")
    settled()
    assert window.browser.current() == f"{tmp_path / 'clip.avi'}#2"
    assert window.explaining.picture is not None
    assert int(window.explaining.picture.array.mean()) == pytest.approx(60, abs=4)


def test_the_window_lives_while_a_large_volume_is_opened(window: MainWindow, settled: Settled, tmp_path: Path) -> None:
    voxels = np.random.default_rng(0).integers(0, 1000, (160, 160, 120), np.int16)
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), tmp_path / "large.nii.gz")
    pulse = Heartbeat()
    pulse.start()
    drop(window, tmp_path / "large.nii.gz")
    settled()
    assert pulse.stop() < 0.25
    assert words(window) == "slice 61 of 120"


def test_a_slice_can_be_named_on_the_command_line(scan: Path, tmp_path: Path) -> None:
    command = [sys.executable, "main.py", f"{scan}#coronal=3", "--screenshot", str(tmp_path / "window.png")]
    own = {"QT_QPA_PLATFORM": "offscreen", "HEATLENS_HOME": str(tmp_path / "home")}
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | own, check=False, timeout=120)
    assert done.returncode == 0, done.stderr


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
