"""A damaged session never keeps the window from opening, and nothing of it is lost."""

from __future__ import annotations

import errno
import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import app as gui_app
from gui import home as homes
from gui.features.train.feature import Training
from gui.main_window import MainWindow
from tests.fuzz import sessions as fuzzed
from tests.gui.engines import Silent


@pytest.fixture
def built(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], MainWindow]:
    """The window as the program builds it on a session file with this content."""
    _light(monkeypatch, tmp_path)

    def build(content: str) -> MainWindow:
        (tmp_path / "config").mkdir(exist_ok=True)
        (tmp_path / "config" / "session.json").write_text(content)
        window = gui_app.build(qapp, fuzzed.GIVEN)
        qtbot.addWidget(window)
        window.show()
        return window

    return build


def _light(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """No engine, and no new colours, which take long in a process that has seen many windows."""
    monkeypatch.setattr(gui_app, "EngineClient", lambda _: Silent())
    monkeypatch.setattr(gui_app.theme, "apply", lambda *_: None)
    monkeypatch.setenv("HEATLENS_HOME", str(home))


def _history(window: MainWindow) -> list[str]:
    return [window.jobs.history.item(row).text() for row in range(window.jobs.history.count())]


def test_a_damaged_session_is_said_in_the_window_and_on_stderr(
    built: Callable[[str], MainWindow], capsys: pytest.CaptureFixture[str]
) -> None:
    window = built('{"mode": 5, "scheme": "dark"}')
    assert "Not all of the last session could be used (mode)" in _history(window)[0]
    assert capsys.readouterr().err.startswith("heatlens: Not all of the last session could be used (mode)")
    assert window.home.scheme == "dark"
    window.close()


def test_a_layout_that_would_take_qt_down_is_not_handed_to_it(built: Callable[[str], MainWindow]) -> None:
    first = built("{}")
    first.remember()
    layout = first.home.layout
    first.close()
    damaged = b64encode(b64decode(layout.partition(" ")[2])[:-40] + bytes(40)).decode()
    window = built(json.dumps({"layout": f"{layout.partition(' ')[0]} {damaged}"}))
    assert "(layout)" in _history(window)[0]
    window.close()


def test_a_session_that_breaks_the_restoring_is_put_aside_and_the_window_opens(
    built: Callable[[str], MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = MainWindow._restore_look

    def broken(window: MainWindow) -> None:
        if window.session.mode == "grid":
            raise ZeroDivisionError("unforeseen")
        right(window)

    monkeypatch.setattr(MainWindow, "_restore_look", broken)
    window = built('{"mode": "grid"}')
    assert window.canvas.mode() == "overlay"
    assert "The last session could not be restored" in _history(window)[0]
    assert "ZeroDivisionError: unforeseen" in (tmp_path / "logs" / "window.log").read_text()
    assert [path.read_text() for path in (tmp_path / "config").glob("session.damaged-*")] == ['{"mode": "grid"}']
    window.close()
    assert homes.load(tmp_path / "config", pytest.fail)[1].mode == "overlay"


def test_a_fault_that_is_not_the_sessions_is_not_hidden(
    built: Callable[[str], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MainWindow, "_restore_look", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        built("{}")


def test_settings_wider_than_their_boxes_are_at_their_defaults(built: Callable[[str], MainWindow]) -> None:
    training = {"recipe": "mri-4class", "epochs": 10**12, "batch": 1e400, "lr": 1e308, "seed": 7}
    window = built(json.dumps({"training": training}))
    panel = next(feature for feature in window.features if isinstance(feature, Training)).panel
    asked = panel.request()
    assert asked["seed"] == 7
    assert asked.keys().isdisjoint(["epochs", "batch"])
    window.close()


@pytest.mark.parametrize("place", ["a file", "missing and closed"])
def test_without_a_place_for_settings_the_window_opens_all_the_same(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    home = tmp_path / "home"
    if place == "a file":
        home.write_text("")
    else:
        monkeypatch.setattr(Path, "mkdir", _closed)
    _light(monkeypatch, home)
    window = gui_app.build(qapp, fuzzed.GIVEN)
    qtbot.addWidget(window)
    window.show()
    window.autosave.now()
    assert any("What is open will not be remembered" in line for line in _history(window))
    window.close()


def _closed(*_: object, **__: object) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_of_two_windows_the_last_to_close_is_remembered(built: Callable[[str], MainWindow], tmp_path: Path) -> None:
    first, second = built("{}"), built("{}")
    first.canvas.set_mode("grid")
    second.canvas.set_mode("side by side")
    for window in (second, first):
        window.close()
    assert homes.load(tmp_path / "config", pytest.fail)[1].mode == "grid"


def test_paths_that_cannot_be_asked_about_are_not_there(tmp_path: Path) -> None:
    assert not gui_app._there("/" + "x" * 300)
    assert gui_app._there(str(tmp_path))
