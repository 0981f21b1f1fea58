"""The window's event loop goes on while the engine loads, traces, computes and dies, and so does what is on show."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

import resources
from gui.engine_client import EngineClient
from gui.main_window import MainWindow
from tests.gui.heartbeat import Heartbeat
from tfcore.engine.protocol import Job, Progress, Ready
from tfcore.review import Session

# So loose that only work on the window's thread can break it, however busy the machine is.
_BOUND = 1.0


def test_the_window_goes_on_ticking_while_the_engine_loads_and_traces(
    window: MainWindow, pictures: list[Path], tmp_path: Path, qtbot: QtBot
) -> None:
    model = shutil.copy(resources.path("demo.keras"), tmp_path / "never opened.keras")
    pulse = Heartbeat()
    pulse.start()
    window.open_model(str(model))
    window.open_pictures(pictures)
    qtbot.waitUntil(lambda: window.explaining.heat is not None, timeout=120_000)
    assert pulse.beats > 5
    assert pulse.stop() < _BOUND


@pytest.mark.slow
def test_the_window_goes_on_ticking_while_the_engine_starts_loads_traces_and_is_killed(qtbot: QtBot) -> None:
    engine = EngineClient("cpu")
    window = MainWindow(engine, Session())
    qtbot.addWidget(window)
    window.show()
    qtbot.wait(50)
    ready: list[Ready] = []
    engine.happened.connect(lambda event: ready.append(event) if isinstance(event, Ready) else None)
    pulse = Heartbeat()
    pulse.start()

    engine.start()
    window.open_demo()
    qtbot.waitUntil(lambda: bool(ready) and window.explaining.heat is not None, timeout=120_000)
    shown = window.explaining.heat
    os.kill(ready[-1].pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: len(ready) == 2, timeout=60_000)
    assert window.explaining.heat is shown
    seventh = window.browser.paths()[6]
    window.browser.select(seventh)
    qtbot.waitUntil(lambda: window.settled, timeout=60_000)
    assert window.explaining.heat is not None
    assert window.explaining.heat.path == seventh

    assert pulse.beats > 20
    assert pulse.stop() < _BOUND
    window.close()


def test_cancelling_a_running_job_does_not_hold_the_window(qtbot: QtBot, engine: EngineClient) -> None:
    job = Job("tests.tfcore.engine.some_jobs:count", {"total": 5000})
    events: list[object] = []
    engine.happened.connect(events.append)
    engine.submit(job)
    qtbot.waitUntil(lambda: any(isinstance(e, Progress) and e.job.id == job.id for e in events), timeout=60_000)
    pulse = Heartbeat()
    pulse.start()
    engine.cancel(job.id)
    qtbot.waitUntil(lambda: type(events[-1]).__name__ == "Dropped", timeout=60_000)
    assert pulse.stop() < _BOUND
