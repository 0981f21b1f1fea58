"""A window on an engine of one's own, with pictures and a model small enough to be quick."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from gui import engine_client, theme
from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from tests.gui.engines import Silent
from tests.gui.hands import OnScreen, Settled
from tests.gui.starting import STARTER
from tfcore.engine import engines
from tfcore.review import Session


@pytest.fixture(autouse=True)
def swept(qapp: QApplication) -> None:
    """Nothing is left of the windows of earlier tests: a style is put on every widget there is, seen or not."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    # The menus of plots belong to nobody; what opens from a box or a field belongs to that, and goes with it.
    for left in QApplication.topLevelWidgets():
        if isinstance(left, QMenu) and left.parent() is None:
            left.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if qapp.styleSheet():
        qapp.setStyleSheet("")


@pytest.fixture(scope="session")
def engine(qapp: QApplication) -> Iterator[EngineClient]:
    """One engine process for all windows of the tests, whatever they ask: TensorFlow starts once, models stay open."""
    client = EngineClient("cpu")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engines, "APART", {"audit": "audit"})
        patch.setattr(engine_client, "open_backend", lambda hear, device: engines.Engines(hear, device, STARTER))
        client.start()
        yield client
        client.close()


@pytest.fixture
def dressed() -> None:
    """The style sheet is on in the window, for what is looked at: to put it on takes longer than all else there."""


@pytest.fixture
def clothes(qapp: QApplication, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "dressed" not in request.fixturenames:
        monkeypatch.setattr(theme, "_sheet", lambda _: "")
    theme.apply(qapp, "dark")


@pytest.fixture
def window(qtbot: QtBot, engine: EngineClient, monkeypatch: pytest.MonkeyPatch, clothes: None) -> Iterator[MainWindow]:
    """A window as after a first start, without the demo."""
    monkeypatch.setattr(engine, "close", lambda: None)
    one = MainWindow(engine, Session())
    qtbot.addWidget(one)
    one.show()
    yield one
    one.close()


@pytest.fixture
def silent(qapp: QApplication) -> Silent:
    """An engine that the test plays."""
    return Silent()


@pytest.fixture
def quiet(qtbot: QtBot, silent: Silent, clothes: None) -> Iterator[MainWindow]:
    """A window on an engine that the test plays."""
    one = MainWindow(silent, Session())
    qtbot.addWidget(one)
    one.show()
    one.activateWindow()
    yield one
    one.leaving.agree()
    one.close()


@pytest.fixture
def on_screen(qtbot: QtBot) -> OnScreen:
    def show(widget: QWidget, *size: int) -> QWidget:
        qtbot.addWidget(widget)
        if size:
            widget.resize(*size)
        widget.show()
        return widget

    return show


@pytest.fixture
def settled(qtbot: QtBot, window: MainWindow) -> Settled:
    """Wait until the window has read, opened and computed what it was asked for."""

    def wait() -> None:
        # To look is work too: less often where the engine takes long.
        pause, end = 10, time.monotonic() + 120
        while not window.settled:
            assert time.monotonic() < end, "the window is still busy"
            qtbot.wait(pause)
            pause = min(pause + 2, 50)

    return wait


@pytest.fixture
def demo(window: MainWindow, settled: Settled) -> None:
    """The window shows the demo."""
    window.open_demo()
    settled()


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """Four small grey pictures."""
    random = np.random.default_rng(0)
    paths = [tmp_path / f"slice {number}.png" for number in range(4)]
    for path in paths:
        Image.fromarray(random.integers(0, 255, (40, 50), dtype=np.uint8)).save(path)
    return paths


@pytest.fixture(scope="session")
def small_network(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network of four classes without a card, opened and traced in a moment."""
    from keras import Input, Sequential, layers

    path = tmp_path_factory.mktemp("network") / "small.keras"
    head = layers.GlobalAveragePooling2D(), layers.Dense(4, activation="softmax")
    Sequential([Input((16, 16, 1)), layers.Conv2D(4, 3, activation="relu"), *head]).save(path)
    return path


@pytest.fixture
def shown(window: MainWindow, pictures: list[Path], qtbot: QtBot) -> MainWindow:
    """Four pictures, the first of them on show, and no model."""
    window.resize(1280, 720)
    window.open_pictures(pictures)
    qtbot.waitUntil(lambda: len(window.browser.paths()) == 4 and window.settled)
    window.activateWindow()
    return window
