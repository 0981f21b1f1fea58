"""Volumes in the window: the first slice after the drop, the longest stall, memory, and slices with heat per second.

Run ``python -m tests.benchmarks.volumes``. A CT series of 512 × 512 × 300 and the same as NIfTI, each in a process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from tests.benchmarks.pictures import made
from tests.benchmarks.window import ROOT, _start, _wait

SHAPE = (512, 512, 300)


def main() -> None:
    """Measure each kind and print it beside the goals."""
    with tempfile.TemporaryDirectory(prefix="heatlens-volumes-") as name:
        # Arrays are no pictures; they are there for what only reads.
        kinds = {kind: path for kind, path in made(Path(name), SHAPE).items() if path.suffix != ".npy"}
        for kind, path in kinds.items():
            found = _child(path)
            print(
                f"{kind:16} first slice {found['first']:5.2f} s (goal ≤ 0.5)   longest stall {found['stall']:4.0f} ms "
                f"(goal ≤ 50; own work {found['work']:3.0f})   window {found['memory']:5.0f} MB   "
                f"slices {found['slices']:4.0f}/s   with heat "
                f"{found['heat']:4.0f}/s (goal ≥ 20)   three planes {found['planes']:4.0f}/s",
                flush=True,
            )


def _child(path: Path) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="heatlens-home-") as home:
        environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "HEATLENS_HOME": home}
        command = [sys.executable, "-m", "tests.benchmarks.volumes", str(path)]
        answer = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(answer.stdout)
    return found


def measure(path: str) -> dict[str, float]:
    """One volume opened, gone through, explained in part, and gone through again."""
    from tests.benchmarks.browser import peak_mb
    from tests.gui.heartbeat import Heartbeat

    _, window = _start()
    _wait(lambda: window.settled and window.explaining.heat is not None)
    pulse = Heartbeat()
    pulse.start()
    began = time.perf_counter()
    window.open_pictures([path])
    _wait(lambda: window.explaining.picture is not None and str(window.explaining.picture.path).startswith(path))
    first = time.perf_counter() - began
    _wait(lambda: window.settled, 300)
    stall = pulse.stop()
    whole = window.explaining.whole
    assert whole is not None
    found = {"first": first, "stall": 1000 * stall, "work": 1000 * pulse.busiest, "slices": _through(window, 60)}
    # As after Explain whole volume: the heat of every slice is at hand.
    _wait(lambda: window.settled and window.explaining.heat is not None, 300)
    heat = window.explaining.heat
    assert heat is not None
    for index in range(whole.count):
        asking = window.explaining.asking(whole.at(index), 0)
        assert asking is not None
        window.explaining.keep(asking[1], replace(heat, path=whole.at(index)))
    found["heat"] = _through(window, 60)
    window.canvas.set_mode("planes")
    _wait(lambda: window.settled, 300)
    found["planes"] = _through(window, 30)
    found["memory"] = peak_mb()
    window.close()
    return found


def _through(window: Any, count: int) -> float:
    """Slices per second by the wheel, each painted with its heat, where it has some, before the next is asked for."""
    from PySide6.QtWidgets import QApplication

    from tests.gui.hands import turn

    explaining, view = window.explaining, window.canvas.views.shown()[0]
    whole = explaining.whole
    start = min(whole.index, whole.count - count - 1)
    window.browser.turn_to(whole.at(start))
    _wait(lambda: window.settled, 300)
    paints = Paints(view.viewport())
    began = time.perf_counter()
    for step in range(1, count + 1):
        paints.count, wanted = 0, whole.at(start + step)
        turn(view)
        while not paints.count or explaining.picture is None or str(explaining.picture.path) != wanted:
            QApplication.processEvents()
            time.sleep(0.001)
    return count / (time.perf_counter() - began)


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(sys.argv[1])))
    else:
        main()
