"""What only a process of its own can promise: it may die without harm."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.tfcore.engine.conftest import SOME, Watched
from tfcore.engine import process
from tfcore.engine.protocol import Dropped, Failed, Job, Lost, Ready, Result, Started, Starting


def test_killing_the_engine_costs_the_running_job_only(engine: Watched, tmp_path: Path) -> None:
    engine.ready()
    victim = engine.submit("deaf", started=str(tmp_path / "started"))
    waiting = engine.submit("echo", word="survivor")
    _until((tmp_path / "started").exists)
    pid = [event for event in engine.events if isinstance(event, Ready)][-1].pid
    os.kill(pid, signal.SIGKILL)
    end = engine.ending(victim)
    assert isinstance(end, Failed)
    assert "killed" in end.sentence
    after = engine.ending(waiting)
    assert isinstance(after, Result)
    assert after.value == "survivor"


def test_a_job_deaf_to_cancelling_is_ended_with_its_process(engine: Watched, tmp_path: Path) -> None:
    job = engine.submit("deaf", started=str(tmp_path / "started"))
    waiting = engine.submit("echo", word="next")
    _until((tmp_path / "started").exists)
    engine.backend.cancel(job.id)
    assert isinstance(engine.ending(job), Dropped)
    assert isinstance(engine.ending(waiting), Result)


@pytest.mark.parametrize("name", ["put_away", "slow_pass"])
def test_a_job_that_is_ending_or_has_told_a_part_may_put_away_what_it_has(
    name: str, engine: Watched, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "SECONDS_TO_STOP", 0.5)
    job = engine.submit(name, started=str(tmp_path / "started"), seconds=1.5)
    _until((tmp_path / "started").exists)
    engine.backend.cancel(job.id)
    end = engine.ending(job)
    assert isinstance(end, Result)
    assert end.value == "kept"


def test_restarting_drops_the_running_job_and_keeps_the_waiting_ones(engine: Watched, tmp_path: Path) -> None:
    job = engine.submit("deaf", started=str(tmp_path / "started"))
    waiting = engine.submit("echo", word="next")
    _until((tmp_path / "started").exists)
    engine.backend.restart("cpu")
    assert isinstance(engine.ending(job), Dropped)
    assert isinstance(engine.ending(waiting), Result)


def test_restarting_an_idle_engine_gives_a_new_one(engine: Watched) -> None:
    engine.ending(engine.submit("echo", word="idle"))
    before = [event.pid for event in engine.events if isinstance(event, Ready)]
    engine.backend.restart("cpu")
    engine.ready(len(before) + 1)
    after = [event.pid for event in engine.events if isinstance(event, Ready)]
    assert after[-1] not in before


def test_an_engine_that_dies_again_and_again_is_not_started_for_ever() -> None:
    watched = Watched("without_tensorflow")
    try:
        jobs = [watched.submit("die") for _ in range(process.MOST_DEATHS + 2)]
        lost = watched.wait(lambda event: isinstance(event, Lost))
        assert isinstance(lost, Lost)
        assert "in a row" in lost.sentence
        ends = [watched.ending(job) for job in jobs]
        assert all(isinstance(end, Failed) for end in ends)
        ran = [event for event in watched.events if isinstance(event, Started)]
        assert len(ran) == process.MOST_DEATHS
        starts = [event for event in watched.events if isinstance(event, Starting)]
        assert len(starts) == process.MOST_DEATHS

        watched.backend.restart()
        end = watched.ending(watched.submit("echo", word="again"))
        assert isinstance(end, Result)
    finally:
        watched.backend.close()


def test_an_engine_that_dies_while_it_starts_takes_no_job_with_it() -> None:
    watched = Watched("dies_at_the_first_start")
    try:
        assert isinstance(watched.ending(watched.submit("echo", word="patient")), Result)
        assert sum(isinstance(event, Starting) for event in watched.events) == 2
    finally:
        watched.backend.close()


def test_a_device_that_is_not_there_is_said_once_and_not_retried() -> None:
    events: list[object] = []
    backend = process.EngineProcess(events.append, "gpu:7", SOME + "finds_no_device")
    try:
        _until(lambda: any(isinstance(event, Lost) for event in events))
        lost = next(event for event in events if isinstance(event, Lost))
        assert "gpu:7" in lost.sentence
        assert sum(isinstance(event, Starting) for event in events) == 1
    finally:
        backend.close()


@pytest.mark.parametrize("how", [signal.SIGSEGV, signal.SIGTERM])
def test_the_way_an_engine_ended_is_named(engine: Watched, how: signal.Signals) -> None:
    job = Job("tests.tfcore.engine.some_jobs:die", {"how": int(how)}, title="grad-cam of a.png")
    engine.backend.submit(job)
    end = engine.ending(job)
    assert isinstance(end, Failed)
    assert "grad-cam of a.png" in end.sentence
    assert ("SIGSEGV" in end.sentence) == (how is signal.SIGSEGV)


def _until(true: object, seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)
