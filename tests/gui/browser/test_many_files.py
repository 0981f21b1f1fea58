"""A folder of 100,000 pictures is listed within the memory of an ordinary window."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.shared import telling

_MOST_MB = 400

_CHILD = """
import json, sys
from PySide6.QtWidgets import QApplication
from gui import theme
from gui.browser import Browser
from tests.benchmarks.browser import all_in_sight, peak_mb, rest

app = QApplication([])
theme.apply(app)
browser = Browser()
browser.resize(300, 900)
browser.show()
browser.add([sys.argv[1]])
while browser.looking or not all_in_sight(browser):
    rest(0.02)
print(json.dumps({"listed": len(browser.paths()), "mb": peak_mb()}))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of a process's memory is read from /proc")
@pytest.mark.parametrize("count", telling([10_000], [10_000, 100_000]))
def test_a_hundred_thousand_files_are_listed_within_the_memory_budget(count: int, tmp_path: Path) -> None:
    from tests.benchmarks.browser import ROOT, fill

    fill(tmp_path, count)
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD, str(tmp_path)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=170,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["listed"] == count
    assert found["mb"] <= _MOST_MB
