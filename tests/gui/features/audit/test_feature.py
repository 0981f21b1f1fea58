"""The audit in the window, with the real engine and planted copies."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.features.audit.feature import Auditing
from gui.main_window import MainWindow
from gui.session import Session
from tests.gui.engines import Silent
from tfcore.data.phantom import write


def auditing_of(window: MainWindow) -> Auditing:
    return next(one for one in window.features if isinstance(one, Auditing))


@pytest.fixture
def planted(tmp_path: Path) -> Path:
    """Twelve phantoms in class folders, one of them twice."""
    data = write(tmp_path / "phantoms", n=12, size=48).parent
    (data / "phantoms.csv").unlink()
    shutil.rmtree(data / "masks")
    first = sorted((data / "glioma").glob("*.png"))[0]
    shutil.copy(first, data / "pituitary" / "copy.png")
    return data


def test_planted_copies_are_found_saved_and_shown(
    window: MainWindow, settled: Callable[[], None], planted: Path, tmp_path: Path
) -> None:
    auditing = auditing_of(window)
    auditing.open()
    dialog = auditing.dialog
    assert dialog.isVisible()
    dialog.data.choose(str(planted))
    settled()
    dialog._run.click()
    assert not auditing.settled
    settled()
    assert any("labelled differently" in sentence for sentence in dialog.findings())
    (one,) = [each for each in dialog.pairs.pairs() if each["exact"]]
    assert {Path(one[side]["path"]).name for side in ("first", "second")} >= {"copy.png"}
    dialog.save_requested.emit(dialog._found["report"], str(tmp_path / "report"))
    settled()
    assert (tmp_path / "report" / "audit.json").exists()
    assert (tmp_path / "report" / "copies.png").exists()
    dialog.pairs.opened.emit([one["first"]["path"], one["second"]["path"]])
    settled()
    assert window.browser.current() == one["first"]["path"]
    dialog.close()


def test_an_audit_goes_on_while_its_dialog_is_closed_and_starts_from_the_data_to_train_on(
    qapp: QApplication, qtbot: QtBot
) -> None:
    engine = Silent()
    window = MainWindow(engine, Session(training={"data": "/data/scans"}))
    qtbot.addWidget(window)
    window.show()
    auditing = auditing_of(window)
    auditing.open()
    assert engine.last("describe_data").arguments == {"data": "/data/scans"}
    auditing.dialog.run_requested.emit("/data/scans")
    auditing.dialog.close()
    assert not auditing.settled
    assert engine.ended == []
    engine.fail(engine.last("audit"), "/data/scans does not exist; check its name and folder.")
    auditing.open()
    assert "does not exist" in auditing.dialog.state()
    auditing.dialog.close()
    window.close()
