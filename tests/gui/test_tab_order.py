"""Tab, Alt and names: the window without a mouse."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from gui.main_window import MainWindow
from tests.gui.hands import each_dock, named, press, seen, text_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key


# --- Tab and Alt ---


def test_tab_reaches_all_that_is_seen_and_nothing_else(shown: MainWindow) -> None:
    window = shown
    for name in each_dock(window):
        wanted = seen(window)
        wanted[0].setFocus()
        reached = []
        for _ in range(len(wanted)):
            press(window, Key.Key_Tab)
            reached.append(window.focusWidget())
        assert set(reached) == set(wanted), name
        press(window, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        assert window.focusWidget() is reached[-2], name


def test_tab_goes_as_one_reads(shown: MainWindow) -> None:
    named(shown, "Filter").setFocus()
    names = ["Filter"]
    for _ in range(30):
        press(shown, Key.Key_Tab)
        names.append(shown.focusWidget().accessibleName() or text_of(shown.focusWidget()))
    order = [names.index(name) for name in ("Filter", "Sort", "pictures", "picture with heatmap", "overlay", "opacity")]
    assert order == sorted(order)
    order = [names.index(name) for name in ("opacity", "colours", "scale", "outline", "model", "method")]
    assert order == sorted(order)


def test_no_mnemonic_leads_to_two_places(shown: MainWindow) -> None:
    window = shown
    for name in each_dock(window):
        menus = [action.text() for action in window.menuBar().actions()]
        fields = [each.text() for each in window.findChildren(QLabel) if each.buddy() is not None and each.isVisible()]
        buttons = [each.text() for each in window.findChildren(QPushButton) if each.isVisible()]
        keys = Counter(key.lower() for text in menus + fields + buttons for key in re.findall(r"&(\w)", text))
        assert not [key for key, times in keys.items() if times > 1], name
    for menu in window.menuBar().findChildren(QMenu):
        keys = Counter(key.lower() for action in menu.actions() for key in re.findall(r"&(\w)", action.text()))
        assert not [key for key, times in keys.items() if times > 1], menu.title()


def test_everything_that_takes_the_focus_has_a_name(shown: MainWindow) -> None:
    window = shown
    for dock in each_dock(window):
        nameless = [
            widget
            for widget in seen(window)
            if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        ]
        assert not nameless, dock
