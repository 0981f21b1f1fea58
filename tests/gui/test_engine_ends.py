"""An engine ends with what it was asked: that is said, and asked again of the next engine."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer

from gui.main_window import MainWindow
from tests.gui.hands import Settled
from tfcore.engine.protocol import Failed, Job, Ready


def test_what_an_engine_died_of_is_asked_again_of_the_next_one(
    window: MainWindow, demo: None, settled: Settled, pictures: list[Path]
) -> None:
    failing = str(pictures[0])

    def die(job: Job) -> None:
        if job.arguments.get("picture") == failing:
            QTimer.singleShot(0, lambda: window.engine.happened.emit(Failed(job, "The engine was killed.")))

    window.engine.submitted.connect(die)
    window.browser.add(pictures)
    window.browser.select(failing)
    settled()
    window.engine.submitted.disconnect(die)
    assert window.explaining.heat is None
    assert window.explaining.why == "The engine was killed."
    window.engine.happened.emit(Ready("CPU", ("CPU",), {}, 0))
    window.browser.select(pictures[1])
    window.browser.select(failing)
    settled()
    assert window.explaining.heat is not None
    assert window.explaining.heat.path == failing
