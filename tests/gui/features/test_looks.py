"""Words of twice the size on a small screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui import theme
from gui.main_window import MainWindow
from tests.gui.hands import each_dock, named, text_of

pytestmark = [
    pytest.mark.qt_log_ignore("This plugin does not support", extend=True),
    pytest.mark.usefixtures("dressed"),
]


@pytest.fixture(autouse=True)
def as_before(qapp: QApplication) -> Iterator[None]:
    yield
    theme.enlarge(qapp, 100)


def cut_off(window: MainWindow) -> list[str]:
    """Words on buttons and in labels of one line for which there is not enough room."""
    said: list[QWidget] = [*window.findChildren(QPushButton), *window.findChildren(QLabel)]
    seen = [each for each in said if each.isVisible() and text_of(each)]
    lines = [each for each in seen if not (isinstance(each, QLabel) and each.wordWrap())]
    return [f"{text_of(each)} {each.width()}" for each in lines if each.width() < each.minimumSizeHint().width()]


def test_with_words_of_twice_the_size_all_is_in_sight_on_a_small_screen(shown: MainWindow) -> None:
    window = shown
    window.resize(1280, 760)
    before = window.fontInfo().pointSizeF()
    # A case that a feature names stands above the list.
    window.browser.cases.offer("verdict", {"Maps that owe nothing to learning": {window.browser.paths()[0]: 0.0}})
    window.menus.actions["text 200"].trigger()
    QApplication.processEvents()
    assert window.fontInfo().pointSizeF() == pytest.approx(2 * before, rel=0.05)
    assert window.home.text == 200
    wrong: dict[str, list[str]] = {}
    for dock in each_dock(window):
        assert window.minimumSizeHint().width() <= 1280, dock
        assert window.minimumSizeHint().height() <= 760, dock
        if cut := cut_off(window):
            wrong[dock] = cut
    assert not wrong
    window.menus.actions["text 100"].trigger()
    QApplication.processEvents()
    assert named(window, "pictures").font().pointSizeF() == pytest.approx(before, rel=0.05)


def test_the_first_layout_comes_back_also_after_large_words(quiet: MainWindow, qtbot: QtBot) -> None:
    window, docks = quiet, quiet.docks
    window.resize(1280, 800)
    QApplication.processEvents()
    before = docks["Model"].width()
    for size in (200, 100):
        window.menus.actions[f"text {size}"].trigger()
        QApplication.processEvents()
        docks.reset.trigger()
        qtbot.waitUntil(lambda: window.canvas.width() > max(docks[name].width() for name in ("Pictures", "Model")))
    qtbot.waitUntil(lambda: docks["Model"].width() == before)
    # Also by itself.
    window.menus.actions["text 200"].trigger()
    qtbot.waitUntil(lambda: docks["Model"].width() > before)
    window.menus.actions["text 100"].trigger()
    qtbot.waitUntil(lambda: docks["Model"].width() == before)
