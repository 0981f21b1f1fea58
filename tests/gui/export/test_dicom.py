"""A series is explained and written back as DICOM, as a person does it: format, kind, a tick, save; then read again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pydicom
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from gui.export.dialog import ExportDialog
from gui.main_window import MainWindow
from tests.gui.hands import made_again
from tests.tfcore.figure.made import heat, scan
from tests.tfcore.pictures.dicoms import MARKER, monochrome
from tfcore import review
from tfcore.figure import Display

Settled = Callable[[], None]


@pytest.fixture
def series(tmp_path: Path) -> Path:
    """Ultrasound of somebody, three slices."""
    folder = tmp_path / "us"
    folder.mkdir()
    for number in range(3):
        place = {"ImagePositionPatient": [0, 0, number], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        tags = {"PixelSpacing": [1, 1], "StudyInstanceUID": "1.2.99", "SOPInstanceUID": f"1.2.3.{number}"}
        stored = np.random.default_rng(number).integers(0, 255, (40, 50)).astype(np.uint16)
        (folder / f"{number}.dcm").write_bytes(monochrome(stored, Modality="US", **place, **tags))
    return folder


def named(dialog: ExportDialog, kind: type, name: str) -> object:
    return next(each for each in dialog.findChildren(kind) if each.accessibleName() == name)


def words(dialog: ExportDialog) -> str:
    return " ".join(each.text() for each in dialog.findChildren(QLabel) if each.isVisible())


def test_heat_and_mask_of_a_slice_are_written_back(
    qtbot: QtBot,
    window: MainWindow,
    settled: Settled,
    series: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.open_model("demo")
    window.open_pictures([series])
    settled()
    window.menus.actions["export"].trigger()
    dialog = window.findChildren(ExportDialog)[-1]
    assert "written into their pixels" in words(dialog)
    kind, keep = named(dialog, QComboBox, "DICOM kind"), dialog.findChild(QCheckBox, "keep identity")
    assert isinstance(kind, QComboBox)
    assert isinstance(keep, QCheckBox)
    assert not kind.isVisible()
    for name, kept, stored in (("heat", False, "FloatPixelData"), ("mask", True, "PixelData")):
        dialog.form.format.setCurrentText("DICOM")
        kind.setCurrentText(name)
        keep.setChecked(kept)
        assert ("name, number, birth date" in words(dialog)) == kept
        dialog.name.setText(str(tmp_path / f"{name}.dcm"))
        with qtbot.waitSignal(dialog.saved, timeout=60_000):
            QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
        assert dialog.status.text() == f"Saved {tmp_path / name}.dcm."
        written = pydicom.dcmread(tmp_path / f"{name}.dcm")
        assert stored in written
        assert written.SourceImageSequence[0].ReferencedSOPInstanceUID == "1.2.3.1", "the middle one is on show"
        assert (written.PatientName == MARKER) == kept
    at = named(dialog, QLineEdit, "mask begins at")
    assert isinstance(at, QLineEdit)
    at.setText("half")
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "A mask cannot begin at 'half'" in dialog.status.text(), timeout=30_000)
    dialog.close()
    # All slices, each for itself in the list, are one file.
    window.menus.actions["unfold"].trigger()
    settled()
    window.menus.actions["export"].trigger()
    dialog = window.findChildren(ExportDialog)[-1]
    which = named(dialog, QComboBox, "pictures")
    assert isinstance(which, QComboBox)
    which.setCurrentIndex(next(row for row in range(which.count()) if "all" in which.itemText(row)))
    dialog.form.format.setCurrentText("DICOM")
    kind = named(dialog, QComboBox, "DICOM kind")
    assert isinstance(kind, QComboBox)
    kind.setCurrentText("heat")
    folder = named(dialog, QLineEdit, "output folder")
    assert isinstance(folder, QLineEdit)
    folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(dialog.many_saved, timeout=120_000):
        QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    (whole,) = (tmp_path / "out").rglob("*.dcm")
    assert "1 file, 3 of 3 " in words(dialog)
    sources = {one.ReferencedSOPInstanceUID for one in pydicom.dcmread(whole).SourceImageSequence}
    assert sources == {"1.2.3.0", "1.2.3.1", "1.2.3.2"}
    assert "the same bytes" in made_again(window, whole, tmp_path / "again", settled, monkeypatch)
    # What the window remembers of all this, and what it has said, names nobody.
    window.arrivals.keep()
    review.write(window.session, tmp_path / "session.json")
    remembered = (tmp_path / "session.json").read_text()
    assert "us#series=0" in remembered or str(series) in remembered
    assert MARKER not in remembered
    assert not any(MARKER in each.text() for each in window.findChildren(QLabel))


def test_a_picture_that_is_no_dicom_is_refused_in_the_dialog(qtbot: QtBot, tmp_path: Path) -> None:
    import resources

    picture = scan(path=Path(resources.path("demo") / "P0132.png"))
    dialog = ExportDialog([(heat(), picture)], Display(), tmp_path / "x.dcm")
    qtbot.addWidget(dialog)
    dialog.show()
    kind = named(dialog, QComboBox, "DICOM kind")
    assert isinstance(kind, QComboBox)
    assert kind.isVisible()
    assert "written into their pixels" not in words(dialog)
    kind.setCurrentText("heat")
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "is no DICOM picture" in dialog.status.text(), timeout=30_000)
    assert list(tmp_path.iterdir()) == []
