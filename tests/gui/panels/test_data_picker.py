from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gui.panels import DataPicker
from gui.panels.data_picker import facts_lines
from tests.gui.drops import let_go
from tests.gui.features.train.samples import FACTS
from tests.gui.hands import OnScreen, in_sight, named, texts

BUSY = "the data set is being looked at"


@pytest.fixture
def picker(on_screen: OnScreen) -> DataPicker:
    return on_screen(DataPicker())


def words(picker: DataPicker) -> str:
    return "\n".join(texts(picker))


def entered(picker: DataPicker) -> None:
    QTest.keyClick(named(picker, "data set"), Qt.Key.Key_Return)


def test_a_dropped_folder_is_chosen(picker: DataPicker, qtbot, tmp_path: Path) -> None:
    with qtbot.waitSignal(picker.chosen) as told:
        # On the line itself: there it says "Drop".
        let_go(named(picker, "data set"), tmp_path)
    assert told.args == [str(tmp_path)]
    assert named(picker, "data set").text() == picker.path() == str(tmp_path)


def test_a_typed_name_is_chosen_once(picker: DataPicker, qtbot) -> None:
    named(picker, "data set").setText(" /data/scans ")
    with qtbot.waitSignal(picker.chosen) as told:
        entered(picker)
    assert told.args == ["/data/scans"]
    with qtbot.assertNotEmitted(picker.chosen):
        entered(picker)


def test_it_says_what_the_data_were_taken_for_and_what_was_assumed(picker: DataPicker) -> None:
    picker.choose("/data/scans")
    assert BUSY in in_sight(picker)
    picker.show_facts(FACTS)
    assert BUSY not in in_sight(picker)
    assert "Class folders: 24 pictures\nClasses: glioma 16, none 8\nSplits: none yet" in words(picker)
    assert "· masks is not used." in words(picker)


def test_data_that_cannot_be_used_say_why_and_can_be_tried_again(picker: DataPicker, qtbot) -> None:
    picker.choose("/data/scans")
    picker.show_error("/data/scans does not exist; check its name and folder.")
    assert words(picker) == "/data/scans does not exist; check its name and folder."
    with qtbot.waitSignal(picker.chosen):
        entered(picker)


def test_patients_splits_and_the_unannotated_are_counted() -> None:
    facts = FACTS | {
        "splits": {"train": {}, "test": {}},
        "sides": {"train": 20, "test": 4},
        "patients": 6,
        "unannotated": 2,
    }
    assert facts_lines(facts)[2:] == ["Splits: train 20, test 4", "Patients: 6", "Unannotated: 2"]


def test_dicom_files_can_be_grouped_by_patient(picker: DataPicker, qtbot) -> None:
    picker.choose("/data/scans")
    picker.show_facts(FACTS)
    assert "group by patient" not in in_sight(picker)
    picker.show_facts(FACTS | {"dicom": True})
    with qtbot.waitSignal(picker.chosen):
        QTest.mouseClick(named(picker, "group by patient"), Qt.MouseButton.LeftButton)
    assert picker.question() == {"data": "/data/scans", "group_by_patient": True}
    picker.show_facts(FACTS | {"dicom": True, "patients": 8})
    assert "Patients: 8" in words(picker)
    asked = picker.question()
    picker.choose("/data/others")
    assert picker.question() == {"data": "/data/others"}
    picker.restore(asked)
    assert picker.question() == asked
