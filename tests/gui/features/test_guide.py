"""The guide under Help, without a network."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QTextBrowser

from gui.main_window import MainWindow
from tests.gui.hands import named, press, texts


def test_the_guide_is_read_found_in_and_followed_without_a_network(quiet: MainWindow) -> None:
    press(quiet, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    guide = next(each for each in QApplication.topLevelWidgets() if each.windowTitle() == "Guide")
    assert isinstance(guide, QDialog)
    pages, line = named(guide, "pages"), named(guide, "Find in the guide")
    page: QTextBrowser = named(guide, "page")
    names = [pages.item(row).text() for row in range(pages.count())]
    assert names[0] == "Guide"
    assert {"Review pictures", "Compare methods", "Make a figure", "Run a reader study"} <= set(names)
    QTest.keyClicks(line, "washout")
    assert pages.currentItem().text() == "Run a reader study"
    assert page.textCursor().selectedText() == "washout"
    assert pages.item(0).isHidden()
    line.clear()
    pages.setCurrentRow(names.index("Review pictures"))
    assert page.toPlainText().startswith("Review pictures")
    for address in ("https://example.org/page.md", "no-such-page.md"):
        page.setSource(address)
        assert f"Not in this guide: {address}" in texts(guide)
    assert page.toPlainText().startswith("Review pictures")
    page.setSource("compare.md")
    assert pages.currentItem().text() == "Compare methods"
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert not guide.isVisible()
