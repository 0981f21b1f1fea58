"""What was open is open again."""

from __future__ import annotations

import errno
import json
import random
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui import session as sessions
from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from gui.session import Autosave, Session
from gui.session_parts import sealed
from tests.fuzz import sessions as fuzzed
from tests.gui.drops import drop
from tfcore.errors import HeatlensError
from tfcore.figure import Display

FULL = Session(
    geometry=sealed(b"geometry"),
    layout=sealed(b"layout"),
    opened=["/a", "/b ü"],
    current="/a/1.png",
    browsing={"order": "least sure", "filter": "slice", "only": "wrong"},
    answers={"model": "abc", "notes": {"/a/1.png": ["glioma 0.97", 0.1, "glioma", 1.5]}},
    labels="/a/labels.csv",
    model="/models/one.keras",
    recent_folders=["/a"],
    recent_models=["/models/one.keras"],
    folder="/a",
    request={"method": "grad-cam", "params": {}, "layer": "stage4", "target": 2},
    training={"data": "/a", "out": "", "recipe": "mri-4class", "epochs": 3},
    evaluation={"data": "/a", "models": ["demo"], "methods": ["grad-cam"], "metrics": ["aopc"], "map": {"a": "b"}},
    display={"colours": "magma", "opacity": 0.25, "normalise": "from zero", "outline": None},
    mode="grid",
    scheme="dark",
)


def test_a_session_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    saved = Session(opened=["/a", "/b ü"], current="/a/1.png", model="zoo:vgg16", display={"opacity": 0.25})
    sessions.save(saved, path)
    assert sessions.load(path) == saved


@pytest.mark.parametrize("content", ["", "{", "[]", '{"opened": "not a list"}', '{"unknown": 1}', "null"])
def test_a_damaged_session_is_a_first_start(tmp_path: Path, content: str) -> None:
    path = tmp_path / "session.json"
    path.write_text(content)
    assert sessions.load(path) == Session()
    aside = next(tmp_path.glob("session.damaged-*.json"))
    assert aside.read_text() == content


def test_a_good_session_a_missing_one_and_an_older_one_are_not_spoken_of(tmp_path: Path) -> None:
    path = tmp_path / "session.json"
    sessions.load(path, pytest.fail)
    path.write_text('{"model": "zoo:vgg16"}')
    assert sessions.load(path, pytest.fail) == Session(model="zoo:vgg16")
    sessions.save(FULL, path)
    assert sessions.load(path, pytest.fail) == FULL


@pytest.mark.parametrize(
    ("part", "stored", "usable"),
    [
        ("opened", ["/a", 1, None, "/b\0", "/" + "x" * 300, "/a/" * 2000, ["/c"], "\ud800", "/d"], ["/a", "/d"]),
        ("opened", [f"/{number}" for number in range(50_000)], [f"/{number}" for number in range(10_000)]),
        ("opened", {"/a": 1}, []),
        ("current", ["/a"], ""),
        ("browsing", {"order": "by taste", "filter": "slice", "only": []}, {"filter": "slice"}),
        ("browsing", [], {}),
        ("labels", 5, "folders"),
        ("recent_folders", ["/a", 1], ["/a"]),
        ("answers", {"notes": {}}, {}),
        (
            "answers",
            {"model": "abc", "notes": {"/a": ["glioma", None, "glioma", 2], "/b": ["glioma", True, "", 2], "/c": [1]}},
            {"model": "abc", "notes": {"/a": ["glioma", None, "glioma", 2]}},
        ),
        ("model", 5, "demo"),
        ("model", "x" * 10**6, "demo"),
        ("recent_models", ["/m", {}], ["/m"]),
        ("geometry", "AAAA", ""),
        ("layout", sealed(b"layout")[:-4], ""),
        ("layout", "Ω", ""),
        ("mode", "sculpture", "overlay"),
        ("mode", {}, "overlay"),
        ("scheme", "blue", "system"),
        ("display", {"opacity": float("nan"), "colours": [], "outline": True}, {}),
        ("display", {"low": 5, "blend": 3, "threshold": 0.5}, {"threshold": 0.5}),
        ("display", {"opacity": 7, "outline": 1.5, "normalise": "shared"}, {"outline": 1.5, "normalise": "shared"}),
        ("request", {"method": ["grad-cam"]}, {}),
        ("request", {"method": "grad-cam-2030", "params": {}}, {}),
        (
            "request",
            {"method": "grad-cam", "target": -1, "layer": 3},
            {"method": "grad-cam", "target": None, "layer": None},
        ),
        (
            "request",
            {"method": "smoothgrad", "params": {"samples": 1e400, "sigma": "x"}},
            {"method": "smoothgrad", "params": {}},
        ),
        ("request", {"method": "smoothgrad", "params": [1]}, {"method": "smoothgrad", "params": {}}),
        ("training", {"epochs": [1], "lr": float("inf"), "data": 5, "batch": 8}, {"data": "", "batch": 8}),
        ("training", {"out": "/" + "x" * 300, "recipe": "mri-4class"}, {"out": "", "recipe": "mri-4class"}),
        ("training", {f"name {number}": 1 for number in range(10_000)}, {}),
        (
            "evaluation",
            {"data": 5, "models": ["demo", 1], "methods": ["nothing"]},
            {"data": "", "models": ["demo"], "methods": []},
        ),
        (
            "evaluation",
            {"params": {"aopc": {"grid": -1, "order": "least"}}, "limit": float("inf"), "map": {"a": 1}},
            {"params": {"aopc": {"order": "least"}}, "map": {}},
        ),
    ],
)
def test_of_a_damaged_part_the_usable_rest_is_kept(tmp_path: Path, part: str, stored: object, usable: object) -> None:
    path = tmp_path / "session.json"
    content = json.dumps(asdict(replace(FULL, **{part: stored})))
    path.write_text(content)
    told: list[str] = []
    assert sessions.load(path, told.append) == replace(FULL, **{part: usable})
    aside = next(tmp_path.glob("session.damaged-*.json"))
    assert aside.read_text() == content
    assert told == [f"Not all of the last session could be used ({part.replace('_', ' ')}); it is kept as {aside}."]


@pytest.mark.parametrize("number", range(150))
def test_whatever_is_in_a_session_file_what_is_saved_next_is_sound(tmp_path: Path, number: int) -> None:
    fuzzed.case(random.Random(number), tmp_path)
    path = tmp_path / "home" / "config" / "session.json"
    session = sessions.load(path)
    again = tmp_path / "again.json"
    sessions.save(session, again)
    assert sessions.load(again, pytest.fail) == session


def test_names_that_are_no_text_are_remembered(tmp_path: Path) -> None:
    session = Session(opened=["/scans/\udce4.png"], current="/scans/\udce4.png")
    sessions.save(session, tmp_path / "session.json")
    assert sessions.load(tmp_path / "session.json", pytest.fail) == session


def test_a_session_that_cannot_be_kept_aside_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "session.json"
    path.write_text("{")

    def read_only(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", read_only)
    told: list[str] = []
    assert sessions.load(path, told.append) == Session()
    assert "could not be kept aside: the disk is read-only" in told[0]


def test_what_was_opened_is_remembered_once_and_within_bounds() -> None:
    session = Session()
    session.remember_opened([f"/{number}" for number in range(20_000)])
    session.remember_opened(["/19999"])
    assert len(session.opened) == 10_000
    assert session.opened[-1] == "/19999"


def test_recent_models_are_kept_once_newest_first() -> None:
    session = Session()
    for name in ("a", "b", "a"):
        session.remember_model(name)
    assert session.recent_models == ["a", "b"]


@pytest.mark.parametrize("error", [HeatlensError("session.json was not written: the disk is full."), OSError("full")])
def test_a_full_disk_does_not_take_the_window_down_and_is_said_once(qapp: QApplication, error: Exception) -> None:
    disk = [error]

    def save() -> None:
        for one in disk:
            raise one

    owner = QObject()
    autosave = Autosave(owner, save)
    told: list[str] = []
    autosave.failed.connect(told.append)
    autosave.now()
    autosave.now()
    assert autosave._timer.isActive(), "it tries again later"
    assert told == [f"What is open will not be remembered: {error}"]
    disk.clear()
    autosave.now()
    assert not autosave._timer.isActive()
    disk.append(error)
    autosave.now()
    assert len(told) == 2, "it is another trouble"


def test_the_window_opens_as_it_was_left(qtbot: QtBot, engine: EngineClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "close", lambda: None)
    first = MainWindow(engine, Session())
    qtbot.addWidget(first)
    first.show()
    first.canvas.set_mode("side by side")
    first.docks["Jobs"].hide()
    first.canvas.set_display(Display(blend="wash", threshold=0.1, normalise="manual", low=2.0, high=3.0))
    left = json.loads(json.dumps(first.remember().__dict__))
    first.close()
    second = MainWindow(engine, Session(**left))
    qtbot.addWidget(second)
    second.show()
    assert second.canvas.mode() == "side by side"
    assert second.docks["Jobs"].isHidden()
    assert second.canvas.display() == first.canvas.display()
    second.close()


def test_what_was_dropped_on_the_list_is_there_again_and_what_was_removed_is_not(
    qtbot: QtBot, engine: EngineClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, pictures: list[Path]
) -> None:
    monkeypatch.setattr(engine, "close", lambda: None)
    file = tmp_path / "session.json"

    def restarted() -> MainWindow:
        window = MainWindow(engine, sessions.load(file, pytest.fail))
        qtbot.addWidget(window)
        window.autosave.save = lambda: sessions.save(window.remember(), file)
        window.show()
        window.arrivals.open_last()
        qtbot.waitUntil(lambda: not window.browser.looking)
        return window

    def listed(window: MainWindow) -> list[str]:
        return [Path(path).name for path in window.browser.paths()]

    sessions.save(Session(opened=[str(pictures[0])]), file)
    first = restarted()
    assert listed(first) == ["slice 0.png"]
    drop(first.browser, tmp_path)
    qtbot.waitUntil(lambda: first.browser.current() == str(pictures[0]) and len(first.browser.paths()) == 4)
    for path in (pictures[0], pictures[2]):
        first.browser.select(path)
        remove = next(each for each in first.browser.focusProxy().actions() if each.text() == "Remove from list")
        remove.trigger()
    assert listed(first) == ["slice 1.png", "slice 3.png"]
    first.close()

    second = restarted()
    assert listed(second) == ["slice 1.png", "slice 3.png"]
    drop(second.browser, pictures[2])
    qtbot.waitUntil(lambda: len(second.browser.paths()) == 3)
    second.close()

    third = restarted()
    assert listed(third) == ["slice 1.png", "slice 2.png", "slice 3.png"]
    third.clear()
    third.close()
    assert sessions.load(file, pytest.fail).opened == sessions.load(file).removed == []
