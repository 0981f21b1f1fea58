"""Session files as no window writes them: whatever is in one, the window opens, says so, closes and remembers."""

from __future__ import annotations

import argparse
import gc
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from functools import cache, partial
from pathlib import Path
from random import Random
from typing import Any, cast
from unittest import mock

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from gui import app as gui_app
from gui import home as homes
from gui.features.evaluate.feature import Evaluating
from gui.features.train.feature import Training
from gui.home import sealed
from gui.main_window import MainWindow
from tests.fuzz.case import Case
from tests.gui.engines import Silent
from tests.gui.panels.samples import INFO
from tfcore.review import Judgment, Session

GIVEN = argparse.Namespace(
    pictures=[], model=None, method=None, layer=None, device=None, scheme="system", screenshot=None
)


def case(random: Random, folder: Path) -> Case:
    """A session file with one to many faults, and a window opened on it."""
    home = folder / "home"
    file = home / "config" / "session.json"
    file.parent.mkdir(parents=True)
    name = random.choice([_parts, _parts, _parts, _letters, _tree, _whole])(random, file, folder)
    trains = random.random() < 0.25
    return Case(name, lambda: starts(home, file, trains))


def starts(home: Path, file: Path, trains: bool) -> None:
    """Open the window as the program does, look into every corner that restores something, and close it."""
    app = _application()
    _collect_by_hand()
    with (
        mock.patch.dict(os.environ, {"HEATLENS_HOME": str(home)}),
        mock.patch.object(gui_app, "EngineClient", _silent),
    ):
        before = file.read_bytes() if file.is_file() else b""
        window = gui_app.build(app, GIVEN)
        try:
            _use(app, window, trains)
            _check(window, file, before)
        finally:
            window.close()
            window.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            app.processEvents()
            del window
            gc.collect()
    if file.is_file():
        complaints: list[str] = []
        homes.load(file.parent, complaints.append)
        assert not complaints, f"what the window saved is not what it can read: {complaints}"


def _use(app: QApplication, window: MainWindow, trains: bool) -> None:
    window.show()
    app.processEvents()
    gui_app._open(window, GIVEN)
    engine = cast(Silent, window.engine)
    # A session with a name is read first.
    while not any(job.kind == "open_model" for job in engine.asked):
        app.processEvents()
        window.thread().msleep(5)
    engine.answer(engine.last("open_model"), INFO)
    if trains:
        for feature in window.features:
            if isinstance(feature, Training):
                feature.panel.request()
            elif isinstance(feature, Evaluating):
                feature.panel.form.request()
    for _ in range(20):
        app.processEvents()
        if not window.browser.looking:
            break
        window.thread().msleep(5)
    window.method.run()
    for mode in ("grid", "overlay"):
        window.canvas.set_mode(mode)
    window.autosave.now()


def _silent(_: str | None) -> Silent:
    return Silent()


def _check(window: MainWindow, file: Path, before: bytes) -> None:
    said = [window.jobs.history.item(row).text() for row in range(window.jobs.history.count())]
    kept = list(file.parent.glob("session.damaged-*"))
    told = any("last session" in line and "could not be kept aside" not in line for line in said)
    assert bool(kept) == told, (said, kept)
    if kept and before:
        assert kept[0].read_bytes() == before, "what was kept aside is not what was there"
    stumbled = [line for line in said if "stumbled" in line]
    assert not stumbled, stumbled


def _application() -> QApplication:
    return cast(QApplication, QApplication.instance() or QApplication([]))


@cache
def _collect_by_hand() -> None:
    """As in the program: a collection in another thread would delete widgets there. What is loaded by now stays."""
    gc.disable()
    gc.freeze()


@cache
def _left() -> str:
    """What a window writes that was used: everything in it is filled."""
    app = _application()
    window = MainWindow(Silent(), Session())
    window.show()
    app.processEvents()
    session, home = window.remember(), window.home
    window.close()
    window.deleteLater()
    session.opened, session.current, home.folder = ["/a/b", "/a/c ü.png"], "/a/c ü.png", "/a"
    session.judgments = {"/a/c ü.png": Judgment(True, 4, ("edge",), "look again"), "/a/b/1.png": Judgment(rating=1)}
    session.windows = {"/a/c ü.png": [0.5, 2]}
    home.recent_models = ["/m/one.keras", "/m/two.h5"]
    session.request = {"method": "smoothgrad", "params": {"samples": 20, "sigma": 0.1}, "layer": None, "target": 1}
    session.training = {"data": "/a", "out": "/a run", "recipe": "mri-4class", "epochs": 3, "lr": 1e-4}
    session.evaluation = {
        "data": "/a",
        "out": "/a run",
        "models": ["demo"],
        "methods": ["grad-cam"],
        "metrics": ["aopc"],
        "layers": ["stage2"],
        "params": {"aopc": {"grid": 5}},
        "map": {"yes": "glioma"},
        "limit": 3,
        "target": "glioma",
    }
    return json.dumps({**asdict(home), **session.as_dict()})


_NUMBERS = (0, 1, -1, 7, 2**31, 2**63, -(2**64), 10**30, 0.5, -0.0, 1e308, 1e-320, *map(float, ("nan", "inf", "-inf")))
_TEXTS = ("", " ", "\0", "a\0b", "\ud800", "\udcff", "\n", "é", "e\u0301", "\u202e", "%s{}", "none", "~", "C:\\x", "-")
_LONG = ("x" * 300, "x" * 10**6, "a/" * 3000, "/" * 5000, "../nothing/" * 40)
_NAMES = ("grid", "overlay", "dark", "planes", "grad-cam", "integrated-gradients", "zoo:vgg16", "zoo:nothing", "demo")
_FILES = ("/proc/self/mem", "/dev/null", "/nowhere/x.png", ".", "pipe")


def _odd(random: Random, folder: Path, depth: int = 0) -> Any:
    """A value that has no business where it stands."""
    kinds = (_NUMBERS, _TEXTS, _LONG, _NAMES, (None, True, False))
    makers: list[Callable[[], Any]] = [
        *(partial(random.choice, some) for some in kinds),
        lambda: str(folder / random.choice(_FILES)),
        lambda: sealed(random.randbytes(random.choice([0, 1, 40, 900]))),
        lambda: random.choice([{}, []]),
        lambda: "x" * random.randrange(40),
    ]
    if depth < 2:
        makers += [
            lambda: [_odd(random, folder, depth + 1) for _ in range(random.choice([1, 2, 3, 20]))],
            lambda: {str(_odd(random, folder, 9))[:50]: _odd(random, folder, depth + 1) for _ in range(3)},
            lambda: [random.choice((*_NUMBERS, *_TEXTS, *_NAMES, str(folder)))] * random.choice([5_000, 50_000]),
            lambda: _nested(random.choice([5, 200, 900])),
        ]
    return random.choice(makers)()


def _nested(depth: int) -> Any:
    value: Any = 1
    for number in range(depth):
        value = [value] if number % 2 else {"a": value}
    return value


def _places(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every value inside, as far down as anything of ours lies."""
    if len(above) == 3:
        return []
    keys: list[Any] = list(value) if isinstance(value, dict) else []
    if isinstance(value, list):
        keys = list(range(len(value)))
    return [way for key in keys for way in ((*above, key), *_places(value[key], (*above, key)))]


def _parts(random: Random, file: Path, folder: Path) -> str:
    """Some values are of another kind, missing, doubled, exchanged or new."""
    stored = json.loads(_left())
    os.mkfifo(folder / "pipe")
    told = []
    for _ in range(random.choice([1, 1, 2, 5])):
        *above, last = random.choice(_places(stored) or [("opened",)])
        holder = stored
        for key in above:
            holder = holder[key]
        match random.randrange(6):
            case 0:
                del holder[last]
            case 1 if isinstance(holder, dict):
                holder[random.choice(["version", "a\nb", "", "x" * 1000, "opened "])] = _odd(random, folder)
            case 2:
                _, *others = [None, *stored]
                stored[random.choice(others or ["mode"])] = holder[last]
            case _:
                holder[last] = _odd(random, folder)
        told.append("/".join(map(str, (*above, last))))
        if not stored:
            break
    content = json.dumps(stored)
    if random.random() < 0.05:
        content = content.replace("1", "1" * 5000, 1)
    file.write_text(content)
    return f"other values at {', '.join(told)}"[:200]


def _tree(random: Random, file: Path, folder: Path) -> str:
    """Every part holds something odd."""
    os.mkfifo(folder / "pipe")
    file.write_text(json.dumps({name: _odd(random, folder) for name in json.loads(_left()) if random.random() < 0.7}))
    return "odd values everywhere"


def _letters(random: Random, file: Path, folder: Path) -> str:
    """A good file with letters lost, changed or put in."""
    content = bytearray(_left().encode())
    for _ in range(random.choice([1, 1, 3, 20])):
        place = random.randrange(len(content))
        match random.randrange(4):
            case 0:
                content[place] = random.randrange(256)
            case 1:
                del content[place : place + random.choice([1, 10, 1000])]
            case 2:
                content[place:place] = random.randbytes(random.choice([1, 4]))
            case 3 if random.random() < 0.3:
                del content[place:]
        content = content or bytearray(b" ")
    file.write_bytes(content)
    return "letters changed"


def _whole(random: Random, file: Path, folder: Path) -> str:
    """No session at all."""
    good = _left()
    contents: dict[str, bytes] = {
        "empty": b"",
        "zeros": bytes(4096),
        "noise": random.randbytes(5000),
        "utf-16": good.encode("utf-16"),
        "byte order mark": b"\xef\xbb\xbf" + good.encode(),
        "latin-1": good.encode("latin-1"),
        "deep": b"[" * 10**5 + b"]" * 10**5,
        "deep parts": b'{"opened": ' + b'{"a":' * 10**4 + b"1" + b"}" * 10**4 + b"}",
        "twice": good.encode() * 2,
        "too long": b'{"model": "' + b"x" * (17 * 2**20) + b'"}',
        "scalar": random.choice([b"null", b"true", b"1", b'"text"', b"[]", b"NaN", b"1e999"]),
        "doubled names": good.encode()[:-1] + b', "opened": 5, "opened": {}}',
    }
    ways: dict[str, Callable[[], object]] = {
        **{name: partial(file.write_bytes, content) for name, content in contents.items()},
        "folder": file.mkdir,
        "full folder": lambda: (file / "inside").mkdir(parents=True),
        "pipe": lambda: os.mkfifo(file),
        "link to itself": lambda: file.symlink_to(file),
        "link to nothing": lambda: file.symlink_to(folder / "nothing"),
        "none": lambda: None,
        "its folder is a file": lambda: (file.parent.rmdir(), file.parent.write_text("")),
    }
    name = random.choice(sorted(ways))
    ways[name]()
    return name
