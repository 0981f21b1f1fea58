"""A job that came to an engine which was dying already was not what it died of: it gets one more."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.shared import telling
from tests.tfcore.engine.conftest import Watched
from tfcore.engine.process import EngineProcess
from tfcore.engine.protocol import Cancel, Dropped, Failed, Job, Result, Started, Submit
from tfcore.engine.waiting import Waiting

ROUNDS = 2


@pytest.fixture
def bare() -> Iterator[Watched]:
    one = Watched("without_tensorflow")
    one.ready()
    yield one
    one.backend.close()


def engine_of(watched: Watched) -> Any:
    """The backend, seen from inside."""
    assert isinstance(watched.backend, EngineProcess)
    return watched.backend


def kill(watched: Watched) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(engine_of(watched)._process.pid, signal.SIGKILL)


def engine_dies_of_commands(watched: Watched, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    """The next engines die when they are given a job, before they begin it."""
    backend = engine_of(watched)
    tell: Callable[[Submit | Cancel], None] = backend._tell
    left = [times]

    def dying(command: Submit | Cancel) -> None:
        if isinstance(command, Submit) and left[0]:
            left[0] -= 1
            kill(watched)
        else:
            tell(command)

    monkeypatch.setattr(backend, "_tell", dying)


def starts(watched: Watched, job: Job) -> int:
    return sum(isinstance(event, Started) and event.job.id == job.id for event in watched.events)


def test_jobs_submitted_while_an_engine_dies_are_done_by_the_next(bare: Watched) -> None:
    for number in range(ROUNDS):
        kill(bare)
        jobs = [bare.submit("echo", word=f"{number} {which}") for which in ("first", "second")]
        ends = [bare.ending(job) for job in jobs]
        assert all(isinstance(end, Result) for end in ends), ends
        assert [starts(bare, job) for job in jobs] == [1, 1]
        bare.ready(number + 2)


def test_a_job_is_given_to_a_second_engine_and_to_no_third(bare: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    engine_dies_of_commands(bare, monkeypatch, 1)
    assert isinstance(bare.ending(bare.submit("echo", word="patient")), Result)

    engine_dies_of_commands(bare, monkeypatch, 2)
    poisonous, next_one = bare.submit("echo", word="poison"), bare.submit("echo", word="next")
    end = bare.ending(poisonous)
    assert isinstance(end, Failed)
    assert "was killed" in end.sentence
    assert isinstance(bare.ending(next_one), Result)


def test_a_job_that_began_and_died_is_not_begun_again(bare: Watched) -> None:
    job = bare.submit("die")
    assert isinstance(bare.ending(job), Failed)
    assert starts(bare, job) == 1


def test_a_job_given_again_that_then_kills_the_engine_fails(bare: Watched, monkeypatch: pytest.MonkeyPatch) -> None:
    engine_dies_of_commands(bare, monkeypatch, 1)
    job = bare.submit("die")
    assert isinstance(bare.ending(job), Failed)
    assert starts(bare, job) == 1


@pytest.mark.parametrize("ask", telling(["cancel"], ["cancel", "withdraw"]))
def test_a_job_nobody_wants_any_more_is_not_begun_by_the_next_engine(
    bare: Watched, monkeypatch: pytest.MonkeyPatch, ask: str
) -> None:
    engine_dies_of_commands(bare, monkeypatch, 1)
    backend = engine_of(bare)
    # Nobody hears of the death before both are asked.
    with backend._lock:
        job = bare.submit("echo", word="unwanted")
        getattr(backend, ask)(job.id)
    assert isinstance(bare.ending(job), Dropped)
    assert isinstance(bare.ending(bare.submit("echo", word="next")), Result)
    assert starts(bare, job) == 0


@pytest.mark.parametrize("with_job", telling([True], [False, True]))
def test_restarting_an_engine_that_has_just_died_leaves_nothing_hanging(
    bare: Watched, tmp_path: Path, with_job: bool
) -> None:
    backend = engine_of(bare)
    job = bare.submit("deaf", started=str(tmp_path / "started")) if with_job else None
    if job is not None:
        bare.wait(lambda event: isinstance(event, Started) and event.job.id == job.id)
    with backend._lock:
        kill(bare)
        backend._process.join()
        backend.restart()
    if job is not None:
        assert isinstance(bare.ending(job), Dropped)
    assert isinstance(bare.ending(bare.submit("echo", word="on")), Result)


def test_what_is_put_back_comes_before_everything_that_waits() -> None:
    waiting = Waiting()
    back, urgent = Job("back", {}, priority=-1), Job("urgent", {}, priority=9)
    waiting.add(urgent)
    waiting.put_back(back)
    assert waiting.next() is back
    waiting.put_back(back)
    assert waiting.take_out(back.id) is back
    assert waiting.take_all() == [urgent]
