"""The audit in the window, with the real engine and planted copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.features.audit.feature import Auditing
from gui.main_window import MainWindow
from tests.gui.engines import Silent
from tests.gui.features.audit.samples import FACTS, found, pair, sample
from tests.gui.hands import Settled, button
from tfcore.data.phantom import write
from tfcore.review import Session


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
    window: MainWindow, settled: Settled, planted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    auditing = auditing_of(window)
    auditing.open()
    dialog = auditing.dialog
    assert dialog.isVisible()
    dialog.data.choose(str(planted))
    settled()
    button(dialog, "Run audit").click()
    assert not auditing.settled
    settled()
    assert any("labelled differently" in sentence for sentence in dialog.findings())
    (one,) = [each for each in dialog.pairs.pairs() if each["exact"]]
    assert {Path(one[side]["path"]).name for side in ("first", "second")} >= {"copy.png"}
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path / "report"))
    button(dialog, "Save report…").click()
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


def test_from_the_copies_found_to_a_training_without_them(qapp: QApplication, qtbot: QtBot) -> None:
    engine = Silent()
    window = MainWindow(engine, Session(training={"data": "/data/old", "out": "/data/old run", "epochs": 3}))
    qtbot.addWidget(window)
    window.show()
    dialog = auditing_of(window).dialog
    dialog.show()
    dialog.data.choose("/data/scans")
    engine.answer(engine.last("describe_data"), FACTS)
    dialog.show_found(found([pair(sample("a.png"), sample("b.png"))], ["1 exact copy of other pictures."]))
    next(one for one in dialog.findChildren(QPushButton) if "without the copies" in one.text()).click()
    training = window.docks["Training"]
    assert training.isVisible()
    engine.answer(engine.last("describe_data"), FACTS)
    fields = {one.accessibleName(): one.text() for one in training.findChildren(QLineEdit)}
    assert fields["data set"] == "/data/scans"
    assert fields["run folder"] == "/data/scans mri-4class"
    copies = next(one for one in training.findChildren(QCheckBox) if one.accessibleName() == "drop copies")
    assert copies.isVisible()
    assert copies.isChecked()
    window.close()
