"""An evaluation that was killed goes on where it was, and gives what it would have given."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import main as front_door
from tfcore import cli
from tfcore.data.phantom import write


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".heatlens-")
    }


@pytest.mark.slow
def test_killed_and_run_again_it_gives_the_same_bytes(tmp_path: Path) -> None:
    data = write(tmp_path / "data", n=20, size=32, seed=5).parent
    # The last one changes the network while other pictures are measured.
    metrics = "iou,insertion,sanity"
    asked = [
        "evaluate",
        data,
        "--model",
        "demo",
        "--methods",
        "grad-cam",
        "--metrics",
        metrics,
        "--samples",
        1,
        "--json",
    ]

    def run(out: Path) -> list[str]:
        return [str(each) for each in (*asked, "--out", out)]

    killed, whole = tmp_path / "killed", tmp_path / "whole"
    running = subprocess.Popen([sys.executable, front_door.__file__, *run(killed)], stdout=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while not list(killed.glob("parts/*.npz")) and time.monotonic() < until and running.poll() is None:
        time.sleep(0.02)
    os.kill(running.pid, signal.SIGKILL)
    assert running.wait() == -signal.SIGKILL
    finished = set(killed.glob("parts/*.npz"))
    assert 1 <= len(finished) < 3
    assert not (killed / "summary.json").exists()
    times = {path: path.stat().st_mtime_ns for path in finished}

    assert cli.main(run(killed), lambda _: 0) == cli.DONE
    assert {path: path.stat().st_mtime_ns for path in finished} == times, "what was finished is not done again"
    assert cli.main(run(whole), lambda _: 0) == cli.DONE
    assert files(killed) == files(whole)
