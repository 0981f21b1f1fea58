"""What is asked of the engine, what is kept, and what becomes of answers that nobody waits for any more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from gui.features.compare.asking import Asking
from gui.features.compare.plan import Question
from gui.state import Opened
from tests.gui.canvas.samples import heat
from tests.gui.panels.samples import INFO
from tfcore.engine.protocol import Dropped, Failed, Job, Partial, Progress, Result
from tfcore.results import Box, Heat

PLAIN = Question("a.png", "demo", "", "grad-cam", "stage4", None, ())
OTHER = replace(PLAIN, layer="stage3")
SALIENCY = replace(PLAIN, method="saliency", layer=None)


class Engine(QObject):
    """Writes down what is asked of it and says what the test wants."""

    happened = Signal(object)
    outdated = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[Job] = []
        self.withdrawn: list[int] = []
        self.cancelled: list[int] = []

    def submit(self, job: Job) -> None:
        self.jobs.append(job)

    def withdraw(self, id: int) -> None:
        self.withdrawn.append(id)

    def cancel(self, id: int) -> None:
        self.cancelled.append(id)

    def answer(self, job: Job, **changes: Any) -> dict[tuple[str, str | None], Heat]:
        """End a job with a heat for everything it asked."""
        value = {
            (method, layer): heat(np.ones((4, 4)), Box(0, 0, 4, 4), method=method, layer=str(layer), **changes)
            for method in job.arguments["methods"]
            for layer in job.arguments["layers"]
        }
        self.happened.emit(Result(job, value, 0.1))
        return value


@pytest.fixture
def engine(qtbot: QtBot) -> Engine:
    return Engine()


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def asking(engine: Engine, clock: list[float]) -> Asking:
    return Asking(engine, None, lambda: clock[0])  # type: ignore[arg-type]


def test_all_cells_of_one_model_go_in_one_job(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN, OTHER, SALIENCY], {"demo": Opened(INFO, trusted=True)})
    (job,) = engine.jobs
    assert job.kind == "compare"
    assert job.arguments == {
        "model": "demo",
        "picture": "a.png",
        "methods": ["grad-cam", "saliency"],
        "layers": ["stage4", "stage3"],
        "target": None,
        "params": {"grad-cam": {}, "saliency": {}},
        "trust": True,
    }
    assert all(map(asking.awaited, (PLAIN, OTHER, SALIENCY)))
    assert not asking.idle
    engine.answer(job)
    assert isinstance(asking.answer(OTHER), Heat)
    assert isinstance(asking.answer(SALIENCY), Heat)
    assert asking.idle


def test_every_model_has_a_job_of_its_own(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN, replace(PLAIN, model="net.keras")], {})
    assert [job.arguments["model"] for job in engine.jobs] == ["demo", "net.keras"]


def test_what_is_known_or_on_its_way_is_not_asked_again(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN], {})
    asking.want([PLAIN, OTHER], {})
    engine.answer(engine.jobs[0])
    engine.answer(engine.jobs[1])
    asking.want([OTHER, PLAIN], {})
    assert [job.arguments["layers"] for job in engine.jobs] == [["stage4"], ["stage3"]]
    assert engine.withdrawn == []


def test_another_target_or_parameter_is_another_question(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN], {})
    engine.answer(engine.jobs[0])
    asking.want([replace(PLAIN, target=1)], {})
    asking.want([replace(PLAIN, params=(("steps", 3),))], {})
    assert len(engine.jobs) == 3


def test_parts_are_there_before_the_end(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN, OTHER], {})
    part = {("grad-cam", "stage4"): heat(np.ones((4, 4)), Box(0, 0, 4, 4))}
    engine.happened.emit(Partial(engine.jobs[0], part))
    assert isinstance(asking.answer(PLAIN), Heat)
    assert asking.answer(OTHER) is None
    assert not asking.idle


def test_jobs_of_the_last_picture_are_withdrawn_and_their_answers_kept_for_it(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN], {})
    moved = replace(PLAIN, path="b.png")
    asking.want([moved], {})
    assert engine.withdrawn == [engine.jobs[0].id]
    late = engine.answer(engine.jobs[0])
    assert asking.answer(moved) is None
    assert asking.answer(PLAIN) is late["grad-cam", "stage4"]


def test_coming_back_waits_for_the_job_that_still_runs(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN], {})
    asking.want([], {})
    assert asking.idle
    asking.want([PLAIN], {})
    assert len(engine.jobs) == 1
    assert not asking.idle


def test_a_withdrawn_job_that_never_ran_is_asked_again_when_wanted_again(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN], {})
    asking.want([], {})
    engine.happened.emit(Dropped(engine.jobs[0]))
    assert asking.answer(PLAIN) is None
    asking.want([PLAIN], {})
    assert len(engine.jobs) == 2


def test_a_long_job_that_nobody_waits_for_is_cancelled_only_if_it_listens(
    asking: Asking, engine: Engine, clock: list[float]
) -> None:
    asking.want([PLAIN], {})
    asking.want([], {})
    for clock[0] in (5.0, 10.0):
        engine.happened.emit(Progress(engine.jobs[0], 1, 9))
        assert engine.cancelled == [], "a job that reports every 5 s would be ended by force"
    clock[0] = 10.3
    engine.happened.emit(Progress(engine.jobs[0], 2, 9))
    assert engine.cancelled == [engine.jobs[0].id]
    asking.want([PLAIN], {})
    assert len(engine.jobs) == 2, "what is being cancelled cannot be waited for"


def test_a_job_that_is_waited_for_is_never_cancelled(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN], {})
    for done in range(5):
        engine.happened.emit(Progress(engine.jobs[0], done, 9))
    assert engine.cancelled == []


def test_sentences_stand_for_cells_that_failed_until_they_are_asked_again(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN, OTHER], {})
    engine.happened.emit(Result(engine.jobs[0], {("grad-cam", "stage4"): "no such layer"}, 0.1))
    assert asking.answer(PLAIN) == "no such layer"
    asking.want([PLAIN], {})
    assert len(engine.jobs) == 1
    asking.forget_failures()
    asking.want([PLAIN], {})
    assert len(engine.jobs) == 2


def test_a_job_that_failed_says_why_in_all_its_cells(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN, OTHER], {})
    engine.happened.emit(Failed(engine.jobs[0], "the model is gone"))
    assert asking.answer(PLAIN) == asking.answer(OTHER) == "the model is gone"


def test_a_job_the_user_cancelled_says_how_to_go_on(asking: Asking, engine: Engine) -> None:
    asking.want([PLAIN], {})
    engine.happened.emit(Dropped(engine.jobs[0]))
    assert asking.answer(PLAIN) == "Cancelled; press Compare to compute it."
    assert asking.idle


def test_old_answers_make_room_for_new_ones(engine: Engine) -> None:
    asking = Asking(engine, room=300)  # type: ignore[arg-type]
    for question in (PLAIN, OTHER, replace(PLAIN, layer="stage2")):
        asking.want([question], {})
        engine.answer(engine.jobs[-1])
    assert asking.answer(PLAIN) is None
    assert isinstance(asking.answer(replace(PLAIN, layer="stage2")), Heat)


def test_events_of_other_jobs_are_nothing_to_it(asking: Asking, engine: Engine) -> None:
    told: list[bool] = []
    asking.changed.connect(lambda: told.append(True))
    engine.happened.emit(Result(Job("explain", {}), "whatever", 0.1))
    assert told == []
