"""Volumes, series, stacks and videos are one tile each, and their slices are gone through."""

from __future__ import annotations

from pathlib import Path

import cv2
import nibabel
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSlider
from pytestqt.qtbot import QtBot

from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.volume.hands import (
    SHAPE,
    tiles,
    wheel,
    words,
)
from tests.gui.hands import Settled, named, press
from tests.gui.heartbeat import Heartbeat
from tfcore import review
from tfcore.data.phantom import write_brains
from tfcore.review import Session


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
    assert words(window) == "slice 3 of 5", "it opens in its middle, as a volume does"
    named(window, "slice").setValue(3)
    settled()
    assert window.explaining.picture is not None
    assert int(window.explaining.picture.array[0, 0]) == 30
    assert window.browser.current() == f"{series}#series=0&3"
    window.menus.actions["unfold"].trigger()
    settled()
    assert {"knee · series 1 · 1", "knee · series 1 · 5"} < set(tiles(window))


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
        window.autosave.keep = lambda: lambda: review.write(window.remember(), file)
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

    second = started(review.read(file))
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


def test_volumes_of_several_patients_in_one_folder_are_listed_each_for_itself(
    window: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    write_brains(tmp_path / "brains", n=2, size=32, seed=3)
    (tmp_path / "flat").mkdir()
    for file in (tmp_path / "brains").glob("*/*.nii.gz"):
        file.rename(tmp_path / "flat" / file.name)
    drop(window, tmp_path / "flat")
    settled()
    assert len(tiles(window)) == 10
