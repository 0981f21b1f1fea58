"""The browser as its user and the window around it know it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from gui.browser import Browser
from tests.gui.hands import OnScreen, named, texts
from tests.shared import shared
from tests.tfcore.pictures.dicoms import monochrome
from tfcore import pictures
from tfcore.errors import HeatlensError

NAMES = [f"slice {number}.png" for number in range(1, 13)]


@pytest.fixture(autouse=True)
def grey_thumbnails(monkeypatch: pytest.MonkeyPatch) -> None:
    def thumbnail(path: Path, size: int = 128) -> np.ndarray:
        if "broken" in path.name:
            raise HeatlensError(f"{path.name} is truncated; copy it again.")
        return np.full((size // 2, size, 3), 90, np.uint8)

    monkeypatch.setattr(pictures, "thumbnail", thumbnail)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        (tmp_path / name).write_bytes(b"picture")
    return tmp_path


@pytest.fixture
def browser(on_screen: OnScreen) -> Iterator[Browser]:
    widget = on_screen(Browser(), 300, 600)
    yield widget
    widget.clear()


def names(paths: list[str]) -> list[str]:
    return [Path(path).name for path in paths]


def listed(qtbot: QtBot, browser: Browser, *paths: Path) -> None:
    browser.add(paths)
    qtbot.waitUntil(lambda: not browser.looking)


def current(browser: Browser) -> str:
    return Path(browser.current() or "").name


def test_a_folder_is_listed_in_natural_order_and_its_first_picture_is_current(
    qtbot: QtBot, browser: Browser, folder: Path
) -> None:
    listed(qtbot, browser, folder)
    assert names(browser.paths()) == NAMES
    assert current(browser) == "slice 1.png"


def test_the_same_path_is_not_added_twice(qtbot: QtBot, browser: Browser, folder: Path) -> None:
    listed(qtbot, browser, folder)
    listed(qtbot, browser, folder / "slice 3.png", folder / "." / "slice 4.png")
    assert len(browser.paths()) == 12


def test_keys_move_the_current_picture_and_ahead_follows_the_direction(
    qtbot: QtBot, browser: Browser, folder: Path
) -> None:
    listed(qtbot, browser, folder)
    grid = browser.focusProxy()
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert current(browser) == "slice 12.png"
    qtbot.keyClick(grid, Qt.Key.Key_Left)
    assert names(browser.ahead(2)) == ["slice 10.png", "slice 9.png"]
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert current(browser) == f"slice {1 + grid.columns()}.png"
    assert len(browser.ahead(100)) == 12 - 1 - grid.columns()


def test_a_filter_keeps_the_current_picture_and_marks_it_again(qtbot: QtBot, browser: Browser, folder: Path) -> None:
    listed(qtbot, browser, folder)
    browser.select(folder / "slice 5.png")
    with qtbot.assertNotEmitted(browser.current_changed):
        named(browser, "Filter").setText("slice 12")
        assert "1 of 12" in texts(browser)
        named(browser, "Filter").clear()
    assert current(browser) == "slice 5.png"
    assert browser.focusProxy().currentIndex().row() == 4


def test_sorting_by_confidence_keeps_the_current_picture(qtbot: QtBot, browser: Browser, folder: Path) -> None:
    listed(qtbot, browser, folder)
    browser.select(folder / "slice 2.png")
    browser.annotate(folder / "slice 9.png", "glioma 0.51", 0.51)
    named(browser, "Sort").setCurrentIndex(3)
    assert browser.focusProxy().currentIndex().row() == 2
    assert names(browser.ahead(1)) == ["slice 3.png"]


def chosen(browser: Browser, entry: str) -> None:
    """An entry of the list's menu."""
    next(each for each in browser.focusProxy().actions() if each.text() == entry).trigger()


def test_delete_takes_the_picture_off_the_list_and_leaves_the_file(
    qtbot: QtBot, browser: Browser, folder: Path
) -> None:
    listed(qtbot, browser, folder)
    browser.select(folder / "slice 2.png")
    chosen(browser, "Remove from list")
    assert current(browser) == "slice 3.png"
    assert len(browser.paths()) == 11
    assert (folder / "slice 2.png").exists()


def test_a_picture_selected_too_early_becomes_current_when_it_is_found(
    qtbot: QtBot, browser: Browser, folder: Path
) -> None:
    browser.add([folder])
    browser.select(folder / "slice 7.png")
    qtbot.waitUntil(lambda: current(browser) == "slice 7.png")


def test_what_was_still_being_found_when_the_list_was_cleared_stays_away(
    qtbot: QtBot, browser: Browser, folder: Path
) -> None:
    browser.add([folder])
    browser.clear()
    qtbot.wait(100)
    assert browser.paths() == []
    assert browser.current() is None


def test_an_unreadable_picture_says_why_in_its_tool_tip(qtbot: QtBot, browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "broken.png"
    path.write_bytes(b"")
    listed(qtbot, browser, tmp_path)
    qtbot.waitUntil(lambda: browser._thumbnails.get(str(path)) is not None)
    assert browser.focusProxy().itemDelegate().tool_tip(str(path)).endswith("broken.png is truncated; copy it again.")


def test_a_path_that_is_not_there_is_named(qtbot: QtBot, browser: Browser, tmp_path: Path) -> None:
    with qtbot.waitSignal(browser.message) as heard:
        browser.add([tmp_path / "lost.png"])
    assert "lost.png could not be opened" in heard.args[0]


def test_names_that_are_no_text_and_circular_links_are_listed(qtbot: QtBot, browser: Browser, tmp_path: Path) -> None:
    odd = os.fsdecode(b"caf\xe9.png")
    (tmp_path / odd).write_bytes(b"picture")
    (tmp_path / "loop").symlink_to(tmp_path)
    listed(qtbot, browser, tmp_path)
    assert browser.paths() == [str(tmp_path / odd)]
    assert browser.current() == str(tmp_path / odd)


def test_the_first_of_what_is_to_be_shown_is_shown_also_while_others_are_looked_for(
    qtbot: QtBot, browser: Browser, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    for number in range(200):
        (other / f"{number}.png").write_bytes(b"picture")
    browser.add([other])
    browser.add([folder / "slice 8.png"], show=True)
    qtbot.waitUntil(lambda: not browser.looking)
    assert current(browser) == "slice 8.png"


def test_copy_takes_the_selected_paths(qtbot: QtBot, browser: Browser, folder: Path) -> None:
    listed(qtbot, browser, folder)
    qtbot.keyClick(browser.focusProxy(), Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    chosen(browser, "Copy path")
    assert names(QGuiApplication.clipboard().text().split("\n")) == ["slice 1.png", "slice 2.png"]


def test_real_samples_all_get_thumbnails(qtbot: QtBot, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    samples = shared("data", "yes_no")
    monkeypatch.undo()
    listed(qtbot, browser, samples)
    assert len(browser.paths()) == 253
    paths = browser.paths()[:4]
    qtbot.waitUntil(lambda: all(browser._thumbnails.get(path) for path in paths))
    assert all(browser._thumbnails.get(path).pixmap is not None for path in paths)


def test_tiles_that_come_later_get_their_thumbnails_too(qtbot: QtBot, browser: Browser, folder: Path) -> None:
    """The first batch may hold a single file; those that follow in order are in sight as well."""
    paths = [folder / name for name in NAMES[:8]]
    listed(qtbot, browser, paths[0])
    qtbot.waitUntil(lambda: browser._thumbnails.get(str(paths[0])) is not None)
    listed(qtbot, browser, *paths[1:])
    qtbot.waitUntil(lambda: all(browser._thumbnails.get(str(path)) is not None for path in paths))


def test_the_order_follows_while_answers_keep_coming(qtbot: QtBot, browser: Browser, folder: Path) -> None:
    listed(qtbot, browser, folder)
    browser.sort_by("least sure")
    timer = QTimer(interval=50)
    levels = iter(range(1000))

    def annotate() -> None:
        level = next(levels)
        browser.annotate(folder / f"slice {level % 12 + 1}.png", "answer", level)

    timer.timeout.connect(annotate)
    timer.start()
    # Answers come faster than the list is sorted, and it is sorted all the same.
    with qtbot.waitSignals([browser.focusProxy().model().modelReset] * 2, timeout=3000):
        pass
    timer.stop()


def test_the_lines_under_a_picture_get_room_and_are_whole_in_its_tooltip(
    qtbot: QtBot, browser: Browser, folder: Path
) -> None:
    listed(qtbot, browser, folder)
    path = folder / NAMES[0]

    def height() -> int:
        return browser.focusProxy().visualRect(browser.focusProxy().model().index(0)).height()

    before = height()
    browser.annotate(path, "glioma 0.97")
    line = height() - before
    browser.annotate(path, "glioma 0.97\n± 0.02, entropy 0.15\ninserted")
    assert (line > 0, height()) == (True, before + 3 * line)
    assert browser.focusProxy().itemDelegate().tool_tip(str(path)).splitlines()[1:] == [
        "glioma 0.97",
        "± 0.02, entropy 0.15",
        "inserted",
    ]
    browser.annotate(path, "")
    assert height() == before


def test_how_far_the_sorting_of_very_many_slices_is_stands_below_the_list(
    qtbot: QtBot, browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tfcore.pictures.dicom.series._TELL_EVERY", 2)
    for number in range(6):
        place = {"ImagePositionPatient": [0, 0, number], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        (tmp_path / str(number)).write_bytes(monochrome(np.zeros((4, 4), np.uint16), **place))
    seen: list[str] = []
    browser.finding.changed.connect(lambda: seen.extend(texts(browser)))
    listed(qtbot, browser, tmp_path)
    assert any("sorting slices, 4 of 6…" in text for text in seen)
    assert not any("sorting" in text for text in texts(browser))
    assert browser.paths() == [f"{tmp_path}#series=0"]
