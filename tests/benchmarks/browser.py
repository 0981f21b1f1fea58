"""The browser over 100,000 files: how soon the first thumbnails are there, how much memory and how long a stall.

Run ``python -m tests.benchmarks.browser``; :func:`measure` gives the figures, taken in a fresh process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gui.browser import Browser

FILES = 100_000
ROOT = Path(__file__).resolve().parents[2]


def measure(files: int = FILES) -> dict[str, float]:
    """``first_thumbnails_s``, ``memory_mb`` (peak), ``all_listed_s`` and ``longest_stall_ms`` of a fresh process."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="heatlens-pictures-") as folder:
        fill(Path(folder), files)
        command = [sys.executable, "-m", "tests.benchmarks.browser", folder]
        answer = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(answer.stdout)


def fill(folder: Path, files: int) -> None:
    """That many JPEG files of 256 × 256: a few written ones and, since only names matter, links to them."""
    import cv2
    import numpy as np

    random = np.random.default_rng(0)
    sources: list[Path] = []
    for number in range(files):
        path = folder / f"patient {number // 100:04d} slice {number % 100}.jpg"
        # File systems limit the links to one file.
        if number % 5000 == 0:
            noise = random.integers(0, 255, (32, 32), dtype=np.uint8)
            path.write_bytes(cv2.imencode(".jpg", cv2.resize(noise, (256, 256)))[1].tobytes())
            sources.append(path)
        else:
            os.link(sources[-1], path)


def figures(folder: str) -> dict[str, float]:
    """What :func:`measure` returns, of this process."""
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QApplication

    from gui import theme
    from gui.browser import Browser

    app = QApplication([])
    theme.apply(app)
    browser = Browser()
    browser.resize(300, 900)
    browser.show()
    rest(0.3)

    beats: list[float] = []
    heart = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
    heart.timeout.connect(lambda: beats.append(time.perf_counter()))
    heart.start()
    listed: list[float] = []
    browser.count_changed.connect(lambda _: listed.append(time.perf_counter()))
    began = time.perf_counter()
    browser.add([folder])
    while not all_in_sight(browser):
        rest(0.005)
    first = time.perf_counter() - began
    while len(beats) < 10 or time.perf_counter() - listed[-1] < 1:
        rest(0.05)
    use(browser)
    return {
        "first_thumbnails_s": first,
        "memory_mb": peak_mb(),
        "all_listed_s": listed[-1] - began,
        "longest_stall_ms": 1000 * max(after - before for before, after in pairwise(beats)),
    }


def use(browser: Browser) -> None:
    """Everything that touches all rows, and a walk through some screens of thumbnails."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    grid, header = browser._grid, browser._header
    for key in [Qt.Key.Key_End, Qt.Key.Key_Home] + 40 * [Qt.Key.Key_PageDown]:
        QTest.keyClick(grid, key)
        rest(0.05)
    for words in ("p", "slice 7", "slice 77", "nothing", ""):
        header.filter.setText(words)
        rest(0.1)
    for place in (1, 2, 3, 0):
        header.order.setCurrentIndex(place)
        rest(1.5)


def all_in_sight(browser: Browser) -> bool:
    """Whether every tile on screen has its thumbnail."""
    rows, listing = browser._grid.rows_in_sight(), browser._files.listing
    return len(rows) > 0 and all(browser._thumbnails.get(listing.path(row)) for row in rows)


def rest(seconds: float) -> None:
    """Let the window live for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, alarm = QEventLoop(), QTimer(singleShot=True, interval=round(1000 * seconds))
    alarm.timeout.connect(loop.quit)
    alarm.start()
    loop.exec()


def peak_mb() -> float:
    """The most memory this process ever held; Linux counts a parent's into ``getrusage``, so not that."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(figures(sys.argv[1])))
    else:
        for name, value in measure().items():
            print(f"{name:20} {value:8.2f}")
