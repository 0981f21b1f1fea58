"""Inside the network, as it is looked into in the window."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFileDialog, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.drops import drop
from tests.gui.features.segment.seeing import heading, shows
from tests.gui.features.volume.hands import on_screen
from tests.gui.hands import Settled, button, named, press, texts
from tests.tfcore.inside.networks import LESION, slices, thresholding
from tfcore.figure.masks import colour_of

COUNT = 24


@pytest.fixture(scope="module")
def lesions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network whose filter 3 fires in lesions, and slices with the masks of theirs."""
    folder = tmp_path_factory.mktemp("inside")
    thresholding(folder / "network.keras")
    (folder / "slices").mkdir()
    pictures, masks = slices(COUNT)
    for number, (picture, mask) in enumerate(zip(pictures, masks, strict=True)):
        path = folder / "slices" / f"p{number:02}.png"
        Image.fromarray(np.rint(255 * picture[..., 0]).astype(np.uint8)).save(path)
        Image.fromarray(255 * mask.astype(np.uint8)).save(path.with_name(f"p{number:02}_mask.png"))
    return folder


@pytest.fixture
def looked_at(window: MainWindow, lesions: Path, settled: Settled) -> MainWindow:
    """The first slice, the network, and the drawer open."""
    window.resize(1280, 800)
    drop(window, lesions / "slices" / "p00.png", lesions / "network.keras")
    settled()
    press(window, Qt.Key.Key_I, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    window.canvas.heat_off.trigger()
    return window


def choose(window: MainWindow, data: Path, settled: Settled, qtbot: QtBot) -> None:
    lines = [each for each in window.findChildren(QLineEdit) if each.accessibleName() == "data set"]
    line = next(each for each in lines if each.isVisible())
    qtbot.keyClicks(line, str(data))
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settled()


def dissect(window: MainWindow, data: Path, settled: Settled, qtbot: QtBot) -> QListWidget:
    choose(window, data, settled, qtbot)
    qtbot.mouseClick(button(window, "Dissect"), Qt.MouseButton.LeftButton)
    settled()
    found: QListWidget = named(window, "filters")
    return found


def entries(gallery: QListWidget) -> list[str]:
    return [gallery.item(row).text() for row in range(gallery.count())]


def click_picture(window: MainWindow, column: float, row: float, qtbot: QtBot) -> None:
    view = window.canvas.views.shown()[0]
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(on_screen(window, column, row)))


def test_from_a_data_set_to_the_filter_of_lesions_and_from_a_lesion_to_its_filters(
    looked_at: MainWindow,
    lesions: Path,
    settled: Settled,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = looked_at
    gallery = dissect(window, lesions / "slices", settled, qtbot)
    assert entries(gallery)[0].startswith(f"{LESION} · filters\nmarked 0.")
    assert any("of 8 filters are detectors, by chance 0" in said for said in texts(window))
    # Its mask lies over the lesion of the picture on show, and nowhere else.
    row, column = np.argwhere(slices(COUNT)[1][0]).mean(0)
    item = gallery.visualItemRect(gallery.item(0)).center()
    qtbot.mouseClick(gallery.viewport(), Qt.MouseButton.LeftButton, pos=item)
    settled()
    assert shows(window, QColor(colour_of(1)), column + 0.5, row + 0.5, around=30)
    assert f"filter {LESION} of filters: marked" in heading(window)
    # Only what passes it is explained.
    button(window, "Relevance through it").click()
    settled()
    heat = window.canvas.heat()
    assert heat is not None
    assert (heat.method, heat.params["through"]) == ("lrp-composite", f"filters:{LESION}")
    # A click into the lesion leaves the filters that fire there.
    click_picture(window, column + 0.5, row + 0.5, qtbot)
    settled()
    assert any(said.startswith("x ") and "fire" in said for said in texts(window))
    assert any(f" here: {LESION} of filters (marked 0." in said for said in texts(window.docks["Mask"]))
    there = entries(gallery)
    assert there[0].startswith(f"{LESION} · filters")
    assert len(there) < 8
    qtbot.mouseClick(button(window, "Show all"), Qt.MouseButton.LeftButton)
    assert len(entries(gallery)) > len(there)
    # All of it goes into a folder, with a figure of the filters that fire in this picture.
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    qtbot.mouseClick(button(window, "Save…"), Qt.MouseButton.LeftButton)
    settled()
    written = {each.name for each in tmp_path.iterdir()}
    assert {"dissection.csv", "dissection.png", "report.html", "filters-filters.png"} <= written
    # What cannot be taken away any more does not stay over the picture.
    window.docks["Inside the network"].close()
    assert f"filter {LESION} of filters" not in heading(window)


def test_pictures_are_made_and_seen_on_the_way(
    looked_at: MainWindow, lesions: Path, settled: Settled, qtbot: QtBot
) -> None:
    window = looked_at
    choose(window, lesions / "slices", settled, qtbot)
    tabs = named(window, "inside the network")
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    line = named(window, "filters by number")
    line.clear()
    qtbot.keyClicks(line, "2,99")
    qtbot.mouseClick(button(window, "Make pictures"), Qt.MouseButton.LeftButton)
    settled()
    assert any("the filters 0 to" in said for said in texts(window))
    line.clear()
    qtbot.keyClicks(line, "2,0,1,3,4,5")
    steps = named(window, "steps")
    steps.setValue(16)
    made: QListWidget = named(window, "made pictures")
    seen: list[str] = []
    made.model().rowsInserted.connect(lambda *_: seen.append(made.item(0).text()))
    qtbot.mouseClick(button(window, "Make pictures"), Qt.MouseButton.LeftButton)
    settled()
    assert seen
    assert entries(made)[0].startswith("filter 2 · ")
    # The second line has room, which the pictures on the way did not need.
    assert "\n(best picture " in entries(made)[0]
    places = [made.visualItemRect(made.item(row)) for row in range(made.count())]
    assert not any(one.intersects(other) for one, other in itertools.combinations(places, 2))
    assert any(said.startswith("16 steps in") for said in texts(window))


def test_pictures_that_are_cancelled_stay_as_far_as_they_came(
    looked_at: MainWindow, settled: Settled, qtbot: QtBot
) -> None:
    window = looked_at
    tabs = named(window, "inside the network")
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(1).center())
    named(window, "steps").setValue(100_000)
    made: QListWidget = named(window, "made pictures")
    qtbot.mouseClick(button(window, "Make pictures"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(button(window, "Cancel"), Qt.MouseButton.LeftButton)
    settled()
    assert "Cancelled; there is no picture yet." in texts(window)
    qtbot.mouseClick(button(window, "Make pictures"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: made.count() > 0, timeout=60_000)
    qtbot.mouseClick(button(window, "Cancel"), Qt.MouseButton.LeftButton)
    settled()
    assert made.count() == 8
    assert any(said.startswith("Cancelled; the pictures are as far as") for said in texts(window))
    assert button(window, "Make pictures").isEnabled()
