from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QTableWidget, QTabWidget
from pytestqt.qtbot import QtBot

from gui.features.audit.dialog import AuditDialog
from tests.gui.drops import let_go
from tests.gui.features.audit.samples import FACTS, found, pair, sample
from tests.gui.hands import OnScreen, button, named
from tfcore.engine.protocol import Job, Progress

PAIRS = [
    pair(sample("a.png"), sample("b.png", "test")),
    pair(sample("c.png"), sample("d.png", label="yes"), exact=False),
    pair(sample("e.png"), sample("f.png"), exact=False),
]
FINDINGS = ["1 pair of equal or nearly equal pictures on two sides of the split.", "1 picture cannot be read."]


@pytest.fixture
def dialog(on_screen: OnScreen) -> AuditDialog:
    made = on_screen(AuditDialog())
    made.data.choose("/data/scans")
    made.show_data(FACTS)
    return made


def listed(dialog: AuditDialog) -> list[str]:
    kinds = named(dialog, "which pairs")
    return [kinds.itemText(row) for row in range(kinds.count())]


def tabs(dialog: AuditDialog) -> list[str]:
    return [dialog.findChild(QTabWidget).tabText(number) for number in range(4)]


def rows(dialog: AuditDialog, name: str) -> list[list[str]]:
    table = next(each for each in dialog.findChildren(QTableWidget) if each.accessibleName() == name)
    columns = range(table.columnCount())
    return [[table.item(row, column).text() for column in columns] for row in range(table.rowCount())]


def test_an_audit_is_asked_for_once_data_are_known(qtbot: QtBot, on_screen: OnScreen) -> None:
    dialog = on_screen(AuditDialog())
    assert not button(dialog, "Run audit").isEnabled()
    dialog.data.choose("/data/scans")
    assert not button(dialog, "Run audit").isEnabled()
    dialog.show_data(FACTS)
    with qtbot.waitSignal(dialog.run_requested) as told:
        button(dialog, "Run audit").click()
    assert told.args == ["/data/scans"]


def test_a_data_set_is_dropped_anywhere_and_nothing_is_offered_before(on_screen: OnScreen, tmp_path: Path) -> None:
    dialog = on_screen(AuditDialog())
    (onward,) = [one for one in dialog.findChildren(QPushButton) if "without the copies" in one.text()]
    assert not onward.isVisible()
    let_go(dialog.findChild(QTabWidget), tmp_path)
    assert dialog.data.path() == str(tmp_path)


def test_findings_are_sentences_with_their_numbers(dialog: AuditDialog) -> None:
    dialog.show_found(found(PAIRS, FINDINGS))
    assert dialog.findings() == FINDINGS
    assert dialog.state() == "2 findings in 6 pictures."
    assert tabs(dialog) == ["Pairs (3)", "Patients (1)", "Shortcuts (2)", "Broken (1)"]
    assert rows(dialog, "pictures per class and split") == [
        ["no", "3", "2", "1"],
        ["yes", "3", "2", "1"],
        ["unannotated", "1", "", ""],
    ]
    assert rows(dialog, "patients on two sides")[0][1] == "train and test"
    assert rows(dialog, "shortcuts")[0][:3] == ["corners", "81%", "50%"]
    assert rows(dialog, "broken files")[0][0] == "x.png is empty; copy it again."


def test_patients_that_nobody_knows_do_not_read_as_no_leak(dialog: AuditDialog) -> None:
    dialog.show_found(found(PAIRS, FINDINGS) | {"patients": 0, "patients_across": {}})
    assert tabs(dialog)[1] == "Patients (not checked)"
    assert dialog.findings()[-1] == "Patients unknown: not checked."


def test_the_next_step_is_to_train_without_the_copies(dialog: AuditDialog, qtbot: QtBot) -> None:
    (button,) = [one for one in dialog.findChildren(QPushButton) if "without the copies" in one.text()]
    assert not button.isVisible()
    dialog.show_found(found(PAIRS, FINDINGS))
    with qtbot.waitSignal(dialog.train_requested) as told:
        button.click()
    assert told.args == ["/data/scans"]


def test_the_hint_is_readable_to_its_end(dialog: AuditDialog) -> None:
    dialog.data.choose("/data/others")
    (hint,) = [one for one in dialog.findChildren(QLabel) if one.accessibleName() == "state of the audit"]
    assert hint.wordWrap()
    assert hint.text().endswith("run the audit.")


def test_nothing_found_is_said(dialog: AuditDialog) -> None:
    dialog.show_found(found([], []))
    assert dialog.state() == "Nothing was found in 6 pictures."
    assert dialog.findings() == ["No copies, leaks, broken files or shortcuts."]
    # What no split was made for cannot leak.
    dialog.show_running()
    dialog.show_found(found([], []) | {"splits": {}})
    assert dialog.findings() == [
        "No copies, broken files or shortcuts.",
        "No split yet: patients on two sides not checked.",
    ]


def test_pairs_can_be_narrowed_to_one_kind(dialog: AuditDialog) -> None:
    dialog.show_found(found(PAIRS, FINDINGS))
    assert listed(dialog) == [
        "All pairs (3)",
        "On two sides of the split (1)",
        "Labelled differently (1)",
        "Equal (1)",
        "Nearly equal (2)",
    ]
    named(dialog, "which pairs").setCurrentIndex(4)
    assert list(dialog.pairs.pairs()) == PAIRS[1:]
    named(dialog, "which pairs").setCurrentIndex(0)
    assert list(dialog.pairs.pairs()) == PAIRS


def test_an_audit_tells_how_far_it_is_and_can_be_cancelled(dialog: AuditDialog, qtbot: QtBot) -> None:
    dialog.show_running()
    assert not button(dialog, "Run audit").isEnabled()
    dialog.show_progress(Progress(Job("audit", {}), 2, 6, "looking at the pictures"))
    assert dialog.state() == "looking at the pictures · 2 of 6"
    dialog.show_progress(Progress(Job("audit", {}), 4, 6, "looking at the pictures · 0:07 left"))
    assert dialog.state() == "looking at the pictures · 0:07 left · 4 of 6"
    with qtbot.waitSignal(dialog.cancel_requested):
        button(dialog, "Cancel").click()
    dialog.show_cancelled()
    assert dialog.state() == "The audit was cancelled."
    assert button(dialog, "Run audit").isEnabled()
    assert not button(dialog, "Save report…").isEnabled()


def test_a_failure_is_a_sentence_and_can_be_tried_again(dialog: AuditDialog) -> None:
    dialog.show_running()
    dialog.show_failed("The engine was killed during audit; it starts again by itself, then ask once more.")
    assert dialog.state().startswith("The engine was killed")
    assert button(dialog, "Run audit").isEnabled()


def test_the_report_is_to_be_saved(dialog: AuditDialog, qtbot: QtBot, tmp_path: Path) -> None:
    dialog.show_found(found(PAIRS, FINDINGS))
    with qtbot.waitSignal(dialog.save_requested) as told:
        button(dialog, "Save report…").click()
    assert told.args == [b"packed"]
    dialog.show_saved([str(tmp_path / "audit.json")])
    assert dialog.state() == f"Wrote {tmp_path / 'audit.json'}"


def test_other_data_take_the_old_findings_away(dialog: AuditDialog) -> None:
    dialog.show_found(found(PAIRS, FINDINGS))
    dialog.data.choose("/data/others")
    assert dialog.findings() == []
    assert list(dialog.pairs.pairs()) == []
    assert not button(dialog, "Save report…").isEnabled()
    assert tabs(dialog)[0] == "Pairs"
