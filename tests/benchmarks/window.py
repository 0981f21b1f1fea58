"""The window: first paint, longest stall, start of the command line, a huge folder, the first heatmap, a desk of many.

Run ``python -m tests.benchmarks.window``. Each figure is taken in a fresh process; goals are those of the design.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QAbstractScrollArea

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.main_window import MainWindow

ROOT = Path(__file__).resolve().parents[2]
# A network large enough that tracing it takes seconds.
LARGE = "zoo:densenet201"


def main() -> None:
    """Measure everything and print it beside its goal."""
    # The first start writes the bytecode that later ones read.
    paint = [_child("paint") for _ in range(6)][1:]
    _print("window visible after start", statistics.median(p["paint_s"] for p in paint), "s", 0.7)
    _print("TensorFlow imported by then", float(any(p["tensorflow"] for p in paint)), "(0 = no)", 0)
    _print("--help", statistics.median(_seconds([sys.executable, "main.py", "--help"]) for _ in range(5)), "s", 0.5)
    _print("start to the demo's heatmap", statistics.median(_child("demo")["heat_s"] for _ in range(3)), "s")
    stalls = _child("stalls")
    for phase, longest in stalls.items():
        # What the window's thread computes itself is no waiting for a core.
        _print(phase, 1000 * longest, "ms", 50)
    folder = _with_many_files("folder")
    _print("100,000 files: first thumbnails", folder["first_thumbnails_s"], "s", 1)
    _print("100,000 files: window's memory", folder["memory_mb"], "MB", 400)
    desk = _with_many_files("desk", 10_000)
    _print("desk of 10,000: time of a frame", desk["frame_ms"], "ms", 33)
    _print("desk of 10,000: slowest of twenty", desk["slow_ms"], "ms")
    _print("desk of 10,000: memory by scrolling", desk["more_mb"], "MB")
    composer = _child("composer")
    _print("composer, 4 × 6 cells, one changed", composer["one_ms"], "ms", 100)
    _print("composer, 4 × 6 cells, all anew", composer["all_ms"], "ms")
    _print("10,000 judged: one more", desk["judge_ms"], "ms", 50)
    _print("10,000 judged: stall while saved", desk["save_ms"], "ms", 50)


def _print(what: str, value: float, unit: str, goal: float | None = None) -> None:
    print(f"{what:34} {value:8.2f} {unit:8}" + (f" goal ≤ {goal:g}" if goal is not None else ""), flush=True)


def _seconds(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


def _child(what: str, *arguments: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="heatlens-home-") as home:
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "HEATLENS_HOME": home}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "tests.benchmarks.window", what, str(time.time()), *arguments]
        answer = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def _with_many_files(what: str, count: int = 100_000) -> dict[str, Any]:
    from tests.benchmarks.browser import fill

    with tempfile.TemporaryDirectory(prefix="heatlens-pictures-") as folder:
        fill(Path(folder), count)
        return _child(what, folder)


# --- what the children do ---


def _given(*pictures: str) -> argparse.Namespace:
    # The way through the front door is part of the start.
    from tfcore import cli

    return cli.parser("window").parse_args(["window", *pictures, "--device", "cpu", "--scheme", "dark"])


def _start(*pictures: str) -> tuple[QApplication, MainWindow]:
    # As the front door does.
    gc.disable()
    from gui import app as gui_app

    app = gui_app.application()
    window = gui_app.build(app, _given(*pictures))
    gui_app.show(app, window, _given(*pictures))
    return app, window


def _wait(true: Callable[[], object], seconds: float = 120) -> None:
    from tests.benchmarks.browser import rest

    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            raise TimeoutError
        rest(0.01)


def paint(began: float) -> dict[str, Any]:
    """``show`` returns when the window has been painted."""
    _, window = _start()
    found = {"paint_s": time.time() - began, "tensorflow": "tensorflow" in sys.modules}
    window.close()
    return found


def demo(began: float) -> dict[str, Any]:
    """From the start of the process to the heat on the canvas."""
    _, window = _start()
    _wait(lambda: window.explaining.heat is not None)
    found = {"heat_s": time.time() - began}
    window.close()
    return found


def stalls(began: float) -> dict[str, Any]:
    """The longest pause of a 10 ms heartbeat while the engine loads, traces, runs and is killed."""
    from tests.gui.heartbeat import Heartbeat
    from tfcore.engine.protocol import Ready

    _, window = _start()
    ready: list[Ready] = []
    window.engine.happened.connect(lambda event: ready.append(event) if isinstance(event, Ready) else None)
    pulse = Heartbeat()
    found = {}

    def measured(phase: str, do: Callable[[], object], until: Callable[[], object]) -> None:
        pulse.start()
        do()
        _wait(until, 300)
        found[f"longest stall: {phase}"] = pulse.stop()
        found[f"of it, own work: {phase}"] = pulse.busiest

    measured("TensorFlow and the demo load", lambda: None, lambda: window.explaining.heat is not None)
    measured("a large network loads and is traced", lambda: window.open_model(LARGE), lambda: _settled(window, LARGE))
    paths = window.browser.paths()
    measured("pictures run through it", lambda: window.browser.select(paths[5]), lambda: window.settled)
    measured("the engine is killed", lambda: os.kill(ready[-1].pid, signal.SIGKILL), lambda: len(ready) == 2)
    window.close()
    return found


def _settled(window: MainWindow, model: str) -> bool:
    heat = window.explaining.heat
    return window.settled and heat is not None and heat.model == model


def folder(began: float, path: str) -> dict[str, Any]:
    """The whole window over a folder of 100,000 files."""
    from tests.benchmarks.browser import all_in_sight, peak_mb

    _, window = _start()
    _wait(lambda: window.settled)
    window.clear()
    opened = time.perf_counter()
    window.open_pictures([path])
    _wait(lambda: all_in_sight(window.browser))
    first = time.perf_counter() - opened
    _wait(lambda: window.settled)
    found = {"first_thumbnails_s": first, "memory_mb": peak_mb()}
    window.close()
    return found


def desk(began: float, path: str) -> dict[str, Any]:
    """Three hundred frames down the desk of many, a third of a row each, while what comes into sight is computed."""
    from tests.benchmarks.browser import peak_mb, rest
    from tests.gui.heartbeat import Heartbeat
    from tfcore.review import Judgment

    app, window = _start()
    _wait(lambda: window.settled)
    window.clear()
    window.open_pictures([path])
    _wait(lambda: not window.browser.looking and window.explaining.heat is not None, 300)
    window.menus.actions["Desk of &many pictures"].trigger()
    rows = window.docks.pages.currentWidget()
    assert isinstance(rows, QAbstractScrollArea)
    bar, times = rows.verticalScrollBar(), []

    def scroll(frames: int) -> None:
        for _ in range(frames):
            began = time.perf_counter()
            bar.setValue(bar.value() + bar.singleStep())
            app.processEvents()
            times.append(time.perf_counter() - began)
            time.sleep(0.005)

    scroll(100)
    before = peak_mb()
    times.clear()
    for place in (1, 2, 3):
        bar.setValue(place * bar.maximum() // 4)
        _wait(lambda: window.settled, 300)
        scroll(100)
    found = {"frame_ms": 1000 * statistics.mean(times), "slow_ms": 1000 * sorted(times)[-len(times) // 20]}
    found["more_mb"] = peak_mb() - before
    window.session.judgments = {each: Judgment(rating=3, tags=("edge",)) for each in window.browser.paths()}
    window.sessions.changed.emit()
    # Answers that come in meanwhile are no part of it.
    _wait(lambda: window.settled, 300)
    app.processEvents()
    began = time.perf_counter()
    window.menus.actions["&Star"].trigger()
    app.processEvents()
    found["judge_ms"] = 1000 * (time.perf_counter() - began)
    pulse = Heartbeat()
    pulse.start()
    window.autosave.touch()
    rest(4)
    found["save_ms"] = 1000 * pulse.stop()
    window.close()
    return found


def composer(began: float) -> dict[str, Any]:
    """Four rows of six overlays: processor time of the window until a cell that came nearer is seen, and until all
    that changed their letters are.
    """
    _app, window = _start()
    _wait(lambda: window.explaining.heat is not None and window.settled)
    window.menus.actions["Figure &composer"].trigger()
    page: Any = window.docks.pages.currentWidget()
    page.figure.across.setValue(6)
    for _ in range(2):
        page.sheet.dropped.emit(window.browser.paths()[:12], None)
        _wait(lambda: window.settled)

    def seconds(change: Callable[[int], object]) -> float:
        times = []
        for number in range(8):
            began = time.process_time()
            change(number)
            _wait(lambda: window.settled)
            times.append(time.process_time() - began)
        return 1000 * statistics.median(times)

    found = {"one_ms": seconds(lambda number: page.sheet.zoomed.emit((1, number % 6), 1.3, (0.5, 0.5)))}
    found["all_ms"] = seconds(lambda number: page.figure.choices["letters"].setCurrentIndex(1 + number % 4))
    window.close()
    return found


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(globals()[sys.argv[1]](float(sys.argv[2]), *sys.argv[3:])))
    else:
        main()
