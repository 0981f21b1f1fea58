"""What was open is open again."""

from __future__ import annotations

import errno
import json
import random
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from gui import home as homes
from gui.home import Home, sealed
from gui.main_window import MainWindow
from tests.fuzz import sessions as fuzzed
from tests.gui.drops import drop
from tests.gui.engines import Silent
from tfcore.figure import Display
from tfcore.review import Judgment, Session

HOME = Home(
    geometry=sealed(b"geometry"),
    layout=sealed(b"layout"),
    scheme="dark",
    recent_folders=["/a"],
    recent_models=["/models/one.keras"],
    folder="/a",
    named="",
)
FULL = Session(
    opened=["/a", "/b ü"],
    current="/a/1.png",
    selected=["/a/1.png", "/a/2.png"],
    judgments={"/a/1.png": Judgment(True, 4, ("edge",), "look again"), "/a/2.png": Judgment(rating=1)},
    browsing={"order": "least sure", "filter": "slice", "only": "wrong"},
    answers={"model": "abc", "notes": {"/a/1.png": ["glioma 0.97", 0.1, "glioma", 1.5, 0.97]}},
    labels="/a/labels.csv",
    model="/models/one.keras",
    request={"method": "grad-cam", "params": {}, "layer": "stage4", "target": 2},
    training={"data": "/a", "out": "", "recipe": "mri-4class", "epochs": 3},
    evaluation={"data": "/a", "models": ["demo"], "methods": ["grad-cam"], "metrics": ["aopc"], "map": {"a": "b"}},
    forms={
        "compare": {"methods": ["grad-cam"], "layers": ["stage4"], "models": ["/models/one.keras"], "across": "models"},
        "cohort": {"data": "/a", "model": "/models/one.keras", "params": {"passes": 20}, "workers": 3, "cluster": ""},
    },
    display={"colours": "magma", "opacity": 0.25, "normalise": "from zero", "outline": None},
    figure={
        "figure": {"width_mm": 85.0, "composition": {"cells": [[{"item": 0, "show": "overlay"}]]}},
        "display": {"colours": "magma"},
        "items": [
            {
                "picture": {"path": "/a/1.png", "sha256": "a", "window": [0.0, 255.0]},
                "model": {"source": "/models/one.keras", "hashes": {}},
                "method": "grad-cam",
                "target": {"index": 0},
                "params": {},
                "probabilities": [0.5, 0.5],
            }
        ],
    },
    windows={"/a/1.png": [0.0, 3.5], "/a/scan.nii": "brain"},
    mode="grid",
    docks=["Pictures", "Model"],
)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"opened": "not a list"}', '{"unknown": 1}', "null"])
def test_a_damaged_session_is_a_first_start(tmp_path: Path, content: str) -> None:
    path = tmp_path / "session.json"
    path.write_text(content)
    assert homes.load(tmp_path) == (Home(), Session())
    aside = next(tmp_path.glob("session.damaged-*.json"))
    assert aside.read_text() == content


def test_a_good_session_and_a_missing_one_are_not_spoken_of(tmp_path: Path) -> None:
    assert homes.load(tmp_path, pytest.fail) == (Home(), Session())
    homes.save(HOME, FULL, tmp_path)
    assert homes.load(tmp_path, pytest.fail) == (HOME, FULL)


def test_the_one_file_of_earlier_versions_is_read_and_becomes_two(tmp_path: Path) -> None:
    old = json.loads((Path(__file__).parent / "session-version-1.json").read_text())
    (tmp_path / "session.json").write_text(json.dumps(old))
    home, session = homes.load(tmp_path, pytest.fail)
    assert (home.scheme, home.exports, home.recent_models) == ("dark", "/a/figures", ["/models/one.keras"])
    assert (session.opened, session.mode, session.request["layer"]) == (["/a", "/b ü"], "grid", "stage4")
    assert session.answers["notes"] == {"/a/1.png": ["glioma 0.97", 0.1, "glioma", 1.5, None]}
    homes.save(home, session, tmp_path)
    assert homes.load(tmp_path, pytest.fail) == (home, session)
    assert "scheme" not in json.loads((tmp_path / "session.json").read_text())


def test_a_session_of_a_later_version_is_kept_aside_and_said(tmp_path: Path) -> None:
    (tmp_path / "session.json").write_text('{"heatlens": "9", "session": 99, "opened": []}')
    told: list[str] = []
    assert homes.load(tmp_path, told.append)[1] == Session()
    assert "later Heatlens" in told[0]
    assert len(list(tmp_path.glob("session.damaged-*.json"))) == 1


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
            {
                "model": "abc",
                "notes": {"/a": ["glioma", None, "glioma", 2, None], "/b": ["glioma", True, "", 2, None], "/c": [1]},
            },
            {"model": "abc", "notes": {"/a": ["glioma", None, "glioma", 2, None]}},
        ),
        ("windows", {"/a": [2, 1], "/b": "brain", "/c": 5}, {"/b": "brain"}),
        ("docks", ["Pictures", 5, ""], ["Pictures"]),
        ("figure", {"display": {}, "figure": {"composition": {"cells": [[{"item": -1}]]}}, "items": []}, {}),
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
    path, of_home = tmp_path / "session.json", hasattr(HOME, part)
    content = json.dumps({**asdict(HOME), **FULL.as_dict(), part: stored})
    path.write_text(content)
    told: list[str] = []
    home, session = homes.load(tmp_path, told.append)
    assert home == (replace(HOME, **{part: usable}) if of_home else HOME)
    assert session == (FULL if of_home else replace(FULL, **{part: usable}))
    aside = next(tmp_path.glob("session.damaged-*.json"))
    assert aside.read_text() == content
    assert told == [f"Not all of the last session could be used ({part.replace('_', ' ')}); it is kept as {aside}."]


@pytest.mark.parametrize("numbers", [range(40), pytest.param(range(40, 150), marks=pytest.mark.slow)])
def test_whatever_is_in_a_session_file_what_is_saved_next_is_sound(numbers: range, tmp_path: Path) -> None:
    for number in numbers:
        folder = tmp_path / str(number)
        folder.mkdir()
        fuzzed.case(random.Random(number), folder)
        loaded = homes.load(folder / "home" / "config")
        homes.save(*loaded, folder)
        assert homes.load(folder, pytest.fail) == loaded, number


def test_names_that_are_no_text_are_remembered(tmp_path: Path) -> None:
    session = Session(opened=["/scans/\udce4.png"], current="/scans/\udce4.png")
    homes.save(Home(), session, tmp_path)
    assert homes.load(tmp_path, pytest.fail)[1] == session


def test_a_session_that_cannot_be_kept_aside_is_said_to_be_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "session.json").write_text("{")

    def read_only(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "replace", read_only)
    told: list[str] = []
    assert homes.load(tmp_path, told.append) == (Home(), Session())
    assert "could not be kept aside: the disk is read-only" in told[0]


def test_what_was_opened_is_remembered_once_and_within_bounds() -> None:
    session = Session()
    session.remember_opened([f"/{number}" for number in range(20_000)])
    session.remember_opened(["/19999"])
    assert len(session.opened) == 10_000
    assert session.opened[-1] == "/19999"


def test_recent_models_are_kept_once_newest_first() -> None:
    home = Home()
    for name in ("a", "b", "a"):
        home.remember_model(name)
    assert home.recent_models == ["a", "b"]


@pytest.mark.parametrize(
    "damaged", [{"star": 1}, {"rating": 6}, {"tags": "edge"}, {"tags": ["a,b"]}, {"note": []}, {"mood": 3}, [], 5]
)
def test_a_damaged_judgment_costs_only_itself(tmp_path: Path, damaged: object) -> None:
    stored = FULL.as_dict() | {"heatlens": "0", "session": 2}
    stored["judgments"]["/a/3.png"] = damaged
    (tmp_path / "session.json").write_text(json.dumps(stored))
    told: list[str] = []
    assert homes.load(tmp_path, told.append)[1] == FULL
    assert "(judgments)" in told[0]


@pytest.fixture
def restarted(qtbot: QtBot, silent: Silent, tmp_path: Path) -> Callable[[], MainWindow]:
    """The window as the next start of the program shows it."""

    def start() -> MainWindow:
        home, session = homes.load(tmp_path, pytest.fail)
        window = MainWindow(silent, session, home)
        qtbot.addWidget(window)
        window.sessions.folder = tmp_path
        window.show()
        window.arrivals.open_last()
        qtbot.waitUntil(lambda: not window.browser.looking)
        return window

    return start


def test_the_window_opens_as_it_was_left_with_what_was_dropped_and_without_what_was_removed(
    qtbot: QtBot, restarted: Callable[[], MainWindow], tmp_path: Path, pictures: list[Path]
) -> None:
    def listed(window: MainWindow) -> list[str]:
        return [Path(path).name for path in window.browser.paths()]

    homes.save(Home(), Session(opened=[str(pictures[0])]), tmp_path)
    first = restarted()
    assert listed(first) == ["slice 0.png"]
    drop(first.browser, tmp_path)
    qtbot.waitUntil(lambda: first.browser.current() == str(pictures[0]) and len(first.browser.paths()) == 4)
    for path in (pictures[0], pictures[2]):
        first.browser.select(path)
        remove = next(each for each in first.browser.focusProxy().actions() if each.text() == "Remove from list")
        remove.trigger()
    assert listed(first) == ["slice 1.png", "slice 3.png"]
    first.canvas.set_mode("side by side")
    first.docks["Jobs"].hide()
    first.canvas.set_display(Display(blend="wash", threshold=0.1, normalise="manual", low=2.0, high=3.0))
    first.close()

    second = restarted()
    assert listed(second) == ["slice 1.png", "slice 3.png"]
    assert second.canvas.mode() == "side by side"
    assert second.docks["Jobs"].isHidden()
    assert second.canvas.display() == first.canvas.display()
    drop(second.browser, pictures[2])
    qtbot.waitUntil(lambda: len(second.browser.paths()) == 3)
    second.close()

    third = restarted()
    assert listed(third) == ["slice 1.png", "slice 2.png", "slice 3.png"]
    third.clear()
    third.close()
    _, session = homes.load(tmp_path, pytest.fail)
    assert session.opened == session.removed == []
