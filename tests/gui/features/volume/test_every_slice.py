"""A whole volume explained in the background, gone through, left half done, and written as a volume."""

from __future__ import annotations

from pathlib import Path

import nibabel
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from gui.explaining import State
from gui.export.dialog import ExportDialog
from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.volume.hands import SHAPE, ct, drag_right
from tests.gui.hands import Settled, made_again, named, press

_HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
# Enough that there is time to cancel: what is quick gets no line among the jobs.
MANY = 160


def test_every_slice_is_explained_gone_through_and_written_on_the_same_grid(
    window: MainWindow, settled: Settled, scan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    drop(window, scan)
    window.open_model("demo")
    settled()
    window.activateWindow()
    press(window, "X", _HELD)
    qtbot.waitUntil(lambda: window.settled, timeout=120_000)
    window.canvas.set_mode("planes")
    settled()
    assert "heat of 10/10 slices" in window.canvas.views.sides.title(0)
    window.canvas.set_mode("overlay")
    # All is there: no slice is waited for.
    seen = []
    for index in range(SHAPE[2]):
        named(window, "slice").setValue(index)
        qtbot.waitUntil(lambda: window.explaining.picture is not None)
        QApplication.processEvents()
        seen.append(window.explaining.state)
    assert seen == [State.THERE] * SHAPE[2]

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "out"))
    window.menus.actions["heat"].trigger()
    settled()
    (file,) = (tmp_path / "out").glob("*.nii.gz")
    assert file.name.startswith("scan_axial_grad-cam_")
    image = nibabel.load(file)
    assert image.shape == SHAPE
    np.testing.assert_allclose(image.affine, nibabel.load(scan).affine)
    assert (np.asarray(image.dataobj).reshape(-1, SHAPE[2]).max(0) > 0).any()

    # The same from the dialog of figures, of all slices and of this one.
    window.menus.actions["export"].trigger()
    dialog = window.findChildren(ExportDialog)[-1]
    named(dialog, "pictures").setCurrentText("all 10 axial slices of scan.nii.gz")
    dialog.form.format.setCurrentText("NIfTI")
    named(dialog, "output folder").setText(str(tmp_path / "again"))
    with qtbot.waitSignal(dialog.many_saved, timeout=60_000):
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert "1 file, 10 of 10 axial slices, written to" in dialog.status.text()
    assert (tmp_path / "again" / file.name).read_bytes() == file.read_bytes()
    assert "the same bytes" in made_again(window, file, tmp_path / "anew", settled, monkeypatch)
    dialog.place.which.setCurrentIndex(0)
    named(dialog, "file name").setText(str(tmp_path / "one.nii.gz"))
    with qtbot.waitSignal(dialog.saved, timeout=60_000):
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    alone = np.asarray(nibabel.load(tmp_path / "one.nii.gz").dataobj)
    np.testing.assert_array_equal(alone[..., 9], np.asarray(image.dataobj)[..., 9])
    assert not alone[..., :9].any()


def test_a_cancel_keeps_what_is_done(window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot) -> None:
    voxels = np.random.default_rng(0).integers(0, 999, (40, 40, MANY), np.int16)
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), tmp_path / "long.nii")
    window.resize(1280, 800)
    drop(window, tmp_path / "long.nii")
    window.open_model("demo")
    settled()
    window.activateWindow()
    press(window, "X", _HELD)

    def done() -> int:
        return sum(window.explaining.known(f"{tmp_path / 'long.nii'}#axial={z}") is not None for z in range(MANY))

    qtbot.waitUntil(lambda: done() > 8, timeout=60_000)

    def cancels() -> list[QToolButton]:
        buttons = window.jobs.findChildren(QToolButton)
        return [each for each in buttons if each.accessibleName().startswith("cancel grad-cam")]

    # Quick work gets no line.
    qtbot.waitUntil(lambda: bool(cancels()), timeout=20_000)
    cancels()[0].click()
    settled()
    assert 8 < done() < MANY
    press(window, "X", _HELD)
    qtbot.waitUntil(lambda: done() >= MANY - 1 and window.settled, timeout=60_000)


def test_what_the_network_gets_stays_whatever_is_seen(
    window: MainWindow, settled: Settled, tmp_path: Path, qtbot: QtBot
) -> None:
    window.resize(1280, 800)
    drop(window, ct(tmp_path / "ct.dcm"))
    window.open_model("demo")
    settled()
    window.activateWindow()
    press(window, "N", _HELD)
    settled()
    gets, reader = named(window, "what the network sees"), named(window, "the picture")
    qtbot.waitUntil(lambda: window.settled)

    def levels(image: QWidget) -> list[int]:
        drawn, middle = image.grab().toImage(), image.rect().center()
        return [drawn.pixelColor(middle + QPoint(by, 0)).red() for by in (-60, -30, 30, 60)]

    before, seen, wide = levels(gets), levels(reader), window.browser.width()
    drag_right(window, QPoint(-150, -30))
    settled()
    badges = [each.text() for each in window.canvas.heading.findChildren(QLabel) if each.isVisible()]
    assert "W/L of the screen" in badges
    # Beside "unlike its training"; neither costs the list nor the name their room.
    assert len(badges) == 3
    assert window.browser.width() == wide
    assert window.canvas.heading.title.text() == window.canvas.heading.title.whole()
    assert levels(reader) != seen, "what the reader sees is another"
    assert levels(gets) == before
