"""What the engine process promises."""

from __future__ import annotations

from pathlib import Path

from tests.tfcore.engine.conftest import Watched
from tfcore.engine.protocol import Dropped, Failed, Job, Partial, Progress, Ready, Result, Started


def test_a_job_comes_back_with_its_result(watched: Watched) -> None:
    job = watched.submit("echo", word="heat")
    end = watched.ending(job)
    assert isinstance(end, Result)
    assert end.value == "heat"
    started = [event for event in watched.events if isinstance(event, Started) and event.job.id == job.id]
    assert len(started) == 1


def test_ready_names_device_and_versions(watched: Watched) -> None:
    watched.ready()
    ready = next(event for event in watched.events if isinstance(event, Ready))
    assert ready.device == "cpu"
    assert ready.versions["tensorflow"][0].isdigit()


def test_progress_is_told_while_it_runs(watched: Watched) -> None:
    job = watched.submit("count", total=10)
    assert isinstance(watched.ending(job), Result)
    told = [event for event in watched.events if isinstance(event, Progress) and event.job.id == job.id]
    assert told
    assert all(event.total == 10 for event in told)


def test_pieces_arrive_in_order_before_the_end(watched: Watched) -> None:
    job = watched.submit("in_rows", rows=5)
    watched.ending(job)
    mine = [event for event in watched.events if isinstance(event, Partial | Result) and event.job.id == job.id]
    assert [event.value for event in mine] == [0, 1, 2, 3, 4, 5]


def test_a_running_job_that_listens_is_cancelled_between_batches(watched: Watched) -> None:
    job = watched.submit("count", total=3000)
    watched.wait(lambda event: isinstance(event, Progress) and event.job.id == job.id)
    watched.backend.cancel(job.id)
    assert isinstance(watched.ending(job), Dropped)
    assert isinstance(watched.ending(watched.submit("echo", word="on")), Result)


def test_a_waiting_job_is_dropped_without_running(watched: Watched) -> None:
    first = watched.submit("count", total=20)
    second = watched.submit("echo", word="never")
    watched.backend.cancel(second.id)
    assert isinstance(watched.ending(second), Dropped)
    assert isinstance(watched.ending(first), Result)
    assert not any(isinstance(event, Started) and event.job.id == second.id for event in watched.events)


def test_a_withdrawn_job_is_dropped_while_it_waits_and_finishes_once_it_runs(watched: Watched) -> None:
    running = watched.submit("count", total=20)
    waiting = watched.submit("echo", word="never")
    watched.wait(lambda event: isinstance(event, Started) and event.job.id == running.id)
    watched.backend.withdraw(running.id)
    watched.backend.withdraw(waiting.id)
    assert isinstance(watched.ending(waiting), Dropped)
    assert isinstance(watched.ending(running), Result)


def test_urgent_jobs_overtake_those_prepared_ahead(watched: Watched) -> None:
    watched.submit("count", total=20)
    later = Job("tests.tfcore.engine.some_jobs:echo", {"word": "later"}, priority=-1)
    sooner = Job("tests.tfcore.engine.some_jobs:echo", {"word": "sooner"})
    watched.backend.submit(later)
    watched.backend.submit(sooner)
    watched.ending(later)
    started = [event.job.id for event in watched.events if isinstance(event, Started)]
    assert started.index(sooner.id) < started.index(later.id)


def test_a_complaint_is_passed_on_as_its_sentence(watched: Watched) -> None:
    end = watched.ending(watched.submit("complain"))
    assert isinstance(end, Failed)
    assert end.sentence == "The picture is missing; choose another."
    assert not end.log


def test_a_fault_inside_ends_the_job_and_names_the_log(watched: Watched) -> None:
    end = watched.ending(watched.submit("stumble"))
    assert isinstance(end, Failed)
    assert "ZeroDivisionError" in end.sentence
    assert "inside" in Path(end.log).read_text()
    assert isinstance(watched.ending(watched.submit("echo", word="on")), Result)


def test_an_unknown_kind_of_job_is_refused_by_name(watched: Watched) -> None:
    job = Job("paint", {})
    watched.backend.submit(job)
    end = watched.ending(job)
    assert isinstance(end, Failed)
    assert "'paint'" in end.sentence
