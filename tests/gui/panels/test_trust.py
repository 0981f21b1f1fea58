from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from gui.panels.trust import ask_trust


def answered(qtbot, act) -> tuple[bool, str]:
    words = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        words.append(box.text() + box.informativeText())
        act(box)

    QTimer.singleShot(0, answer)
    return ask_trust("/data/brain.h5", "2 Lambda layers"), words[0]


def test_the_question_names_the_file_and_the_risk(qtbot) -> None:
    _, words = answered(qtbot, lambda box: box.reject())
    assert "brain.h5 contains 2 Lambda layers." in words
    assert "/data/brain.h5" in words
    assert "runs code" in words


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_a_careless_key_is_a_no(qtbot, key: Qt.Key) -> None:
    trusted, _ = answered(qtbot, lambda box: qtbot.keyClick(box, key))
    assert trusted is False


def test_only_the_named_button_is_a_yes(qtbot) -> None:
    def press_run(box: QMessageBox) -> None:
        next(each for each in box.buttons() if box.buttonRole(each) == QMessageBox.ButtonRole.YesRole).click()

    assert answered(qtbot, press_run)[0] is True
