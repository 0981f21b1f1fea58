"""What a person does with keyboard and mouse, and what they see: the helpers of the tests of the whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QListView,
    QMenu,
    QSlider,
    QWidget,
)

from gui.main_window import MainWindow
from gui.panels.bars import Bar, BarModel

# Waits until a window has read, opened and computed what it was asked for.
Settled = Callable[[], None]
# Shows a widget, of a width and height where given.
OnScreen = Callable[..., Any]


def press(window: MainWindow, key: Qt.Key | str, *held: Qt.KeyboardModifier) -> None:
    """A key as it comes from the keyboard: to whatever has the focus."""
    QTest.keyClick(window.windowHandle(), key, *held)


def turn(widget: QWidget, steps: int = -1) -> None:
    """Turn the wheel with the cursor over the middle of a widget."""
    window = widget.window()
    QTest.wheelEvent(window.windowHandle(), widget.mapTo(window, widget.rect().center()), QPoint(0, 120 * steps))


def named(around: QWidget, name: str) -> Any:
    return next(each for each in around.findChildren(QWidget) if each.accessibleName() == name and each.isVisible())


def button(around: QWidget, text: str) -> Any:
    """The button in sight that says this."""
    found = (each for each in around.findChildren(QAbstractButton) if each.text().replace("&", "") == text)
    return next(each for each in found if each.isVisible())


def texts(around: QWidget) -> list[str]:
    """All that labels in sight say."""
    return [each.text().replace("&nbsp;", " ") for each in around.findChildren(QLabel) if each.isVisible()]


def in_sight(around: QWidget) -> set[str]:
    """Whatever is called or says something there."""
    seen = [each for each in around.findChildren(QWidget) if each.isVisible()]
    return {each.accessibleName() for each in seen} | {text_of(each) for each in seen}


def bars(around: QWidget) -> list[Bar]:
    """The classes as the prediction lists them."""
    model = around.findChild(QListView).model()
    assert isinstance(model, BarModel)
    return model.bars()


def number(window: MainWindow) -> str:
    return Path(window.browser.current() or "").stem


def each_dock(window: MainWindow) -> Iterator[str]:
    """Every dock brought to the front in turn."""
    for dock in window.docks.all():
        dock.toggleViewAction().trigger() if dock.isHidden() else None
        dock.raise_()
        QApplication.processEvents()
        yield dock.objectName()


def held(field: QWidget) -> object:
    match field:
        case QComboBox():
            return field.currentText()
        case QAbstractSpinBox():
            return field.text()
        case QSlider():
            return field.value()
    raise TypeError(field)


def text_of(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""


def seen(window: MainWindow) -> list[QWidget]:
    """What is on screen and takes the focus by Tab, also what a panel has to scroll to."""
    found = []
    for widget in window.findChildren(QWidget):
        one_of = isinstance(widget, QAbstractButton) and widget.group() is not None
        by_tab = one_of or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None:
            corner = widget.mapTo(window, QPoint(0, 0))
            if corner.x() >= 0 and widget.window() is window:
                found.append(widget)
    return found


def opened_menu(widget: QWidget) -> list[Any]:
    middle = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, widget.mapToGlobal(middle))
    QApplication.sendEvent(widget, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    actions = menu.actions()
    menu.close()
    return actions


def made_again(window: MainWindow, file: Path, out: Path, settled: Settled, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a file again by the menu; what the history says of it."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(out))
    window.menus.actions["Make a fi&gure again…"].trigger()
    settled()
    history = window.jobs.history
    said = [history.item(row).text() for row in range(history.count())]
    return "\n".join(text for text in said if file.name in text)
