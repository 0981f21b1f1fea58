"""Tab, Alt and names: the window without a mouse."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QPushButton, QWidget

from gui.main_window import MainWindow
from tests.gui.hands import button, each_dock, named, press, seen, text_of

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
Key = Qt.Key


# --- Tab and Alt ---


def test_tab_reaches_all_that_is_seen_and_nothing_else_and_no_mnemonic_leads_to_two_places(shown: MainWindow) -> None:
    window = shown
    looked: set[QWidget] = set()
    for name in each_dock(window):
        assert not doubled(mnemonics(window)), name
        there = set(seen(window))
        for widget in there - looked:
            widget.setFocus()
            press(window, Key.Key_Tab)
            assert window.focusWidget() not in (widget, None), (name, widget)
            assert window.focusWidget() in there, (name, widget)
            press(window, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
            assert window.focusWidget() is widget, (name, widget)
        looked |= there
    # All the way round.
    around: set[QWidget] = set()
    while (now := window.focusWidget()) not in around:
        around.add(now)
        press(window, Key.Key_Tab)
    assert around == there
    assert all("&" in menu.text() for menu in window.menuBar().actions())
    for menu in window.menuBar().findChildren(QMenu):
        assert not doubled(action.text() for action in menu.actions()), menu.title()


def mnemonics(window: MainWindow) -> list[str]:
    """What stands in the bar of menus and beside fields and on buttons in sight."""
    fields = [each for each in window.findChildren(QLabel) if each.buddy() is not None]
    seen = [each for each in (*fields, *window.findChildren(QPushButton)) if each.isVisible()]
    return [each.text() for each in (*window.menuBar().actions(), *seen)]


def doubled(texts: Iterable[str]) -> list[str]:
    keys = Counter(key.lower() for text in texts for key in re.findall(r"&(\w)", text))
    return [key for key, times in keys.items() if times > 1]


def test_from_a_button_that_goes_or_is_switched_off_the_keys_go_to_the_picture(shown: MainWindow) -> None:
    pressed = button(shown, "outline")
    for away, back in (
        (pressed.hide, pressed.show),
        (lambda: pressed.setEnabled(False), lambda: pressed.setEnabled(True)),
    ):
        pressed.setFocus()
        assert shown.focusWidget() is pressed
        away()
        assert shown.focusWidget() is shown.canvas
        back()


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


def test_everything_that_takes_the_focus_has_a_name_and_shows_that_it_has_it(dressed: None, shown: MainWindow) -> None:
    window = shown
    looked: set[QWidget] = set()
    for dock in each_dock(window):
        there = [widget for widget in seen(window) if widget not in looked]
        looked.update(there)
        assert not nameless(there), dock
        window.setFocus()
        before = [pixels(widget) for widget in there]
        unseen = []
        for widget, without in zip(there, before, strict=True):
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            told = np.abs(pixels(widget) - without).max(axis=2) > 40
            unseen += [widget] if told.sum() < 30 else []
        assert not unseen, dock


def test_in_every_dialog_all_that_takes_the_focus_has_a_name(shown: MainWindow) -> None:
    for name in ("&Shortcuts", "&Guide", "&Commands…", "New reader st&udy…", "&Audit a data set…"):
        shown.menus.actions[name].trigger()
        (dialog,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible())
        fields = [each for each in dialog.findChildren(QWidget) if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        assert not nameless(each for each in fields if each.isVisible() and each.focusProxy() is None), name
        dialog.close()


def nameless(widgets: Iterable[QWidget]) -> list[QWidget]:
    return [one for one in widgets if not QAccessible.queryAccessibleInterface(one).text(QAccessible.Text.Name)]


def pixels(widget: QWidget) -> np.ndarray:
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)
