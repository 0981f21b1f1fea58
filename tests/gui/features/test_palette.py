"""All that can be done is found by typing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from gui.main_window import MainWindow
from tests.gui.hands import named, press


def opened(window: MainWindow) -> QDialog:
    press(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = QApplication.activePopupWidget()
    assert isinstance(palette, QDialog)
    return palette


def rows(palette: QDialog) -> list[str]:
    found = named(palette, "commands that fit")
    return [found.topLevelItem(row).text(0) for row in range(found.topLevelItemCount())]


def test_a_command_is_found_by_some_of_its_letters_and_done_by_enter(shown: MainWindow) -> None:
    palette = opened(shown)
    assert {"Open pictures…", "Zoom in", "Quit"} <= set(rows(palette))
    line = named(palette, "command")
    # What is called so comes before all else of the menu of that name.
    QTest.keyClicks(line, "evaluate")
    assert rows(palette)[0] == "Evaluate heatmaps…"
    assert "Calibrate…" in rows(palette)
    line.clear()
    QTest.keyClicks(line, "side by")
    assert rows(palette)[0] == "Side by side"
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert shown.canvas.mode() == "side by side"
    assert QApplication.activePopupWidget() is None


def test_arrows_choose_and_nothing_is_said_to_fit_where_nothing_does(shown: MainWindow) -> None:
    palette = opened(shown)
    line, found = named(palette, "command"), named(palette, "commands that fit")
    # Also what stands in no table of commands.
    QTest.keyClicks(line, "docks revi")
    assert rows(palette) == ["Review"]
    assert found.columnWidth(0) > found.columnWidth(1) + found.columnWidth(2)
    # It is there, behind another tab, and comes to the front.
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert not shown.docks["Review"].visibleRegion().isEmpty()
    palette = opened(shown)
    line, found = named(palette, "command"), named(palette, "commands that fit")
    QTest.keyClicks(line, "zoom")
    assert rows(palette)[:2] == ["Zoom in", "Zoom out"]
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert found.currentItem().text(0) == "Zoom out"
    QTest.keyClicks(line, "qqq")
    assert rows(palette) == []
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_no_menu_is_longer_than_can_be_read(shown: MainWindow) -> None:
    menus = {entry.text().replace("&", ""): entry.menu() for entry in shown.menuBar().actions()}
    within = [entry.text().replace("&", "") for entry in menus["View"].actions() if entry.menu() is not None]
    assert {"Zoom", "Slices", "Docks", "Colours"} <= set(within)
    long = {name: sum(not entry.isSeparator() for entry in menu.actions()) for name, menu in menus.items()}
    assert max(long.values()) <= 22, long
