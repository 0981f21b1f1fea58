"""What takes long has a process of its own: nothing waits for it, and its end costs nobody else anything."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tfcore.engine.conftest import SOME, Watched
from tfcore.engine import engines
from tfcore.engine.protocol import Failed, Memory, Partial, Ready, Result, Started

STARTER = SOME + "without_tensorflow"


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watched]:
    """Two engines without TensorFlow, of which the second counts."""
    monkeypatch.setattr(engines, "APART", {SOME + "count": "training"})
    monkeypatch.setattr(engines, "_STARTERS", {SOME + "count": STARTER})
    one = Watched(open=lambda hear: engines.Engines(hear, "cpu", STARTER))
    one.ready()
    yield one
    one.backend.close()


def memory(watched: Watched) -> dict[str, int]:
    return {event.engine: event.bytes for event in list(watched.events) if isinstance(event, Memory)}


def test_a_quick_job_is_answered_while_a_long_one_runs(both: Watched) -> None:
    long = both.submit("count", total=3000)
    both.wait(lambda event: isinstance(event, Started) and event.job.id == long.id)
    assert isinstance(both.ending(both.submit("echo", word="heat")), Result)
    assert not any(isinstance(event, Result) and event.job.id == long.id for event in both.events)
    # The window is told of one engine only.
    assert sum(isinstance(event, Ready) for event in both.events) == 1
    both.wait(lambda event: isinstance(event, Memory) and event.engine == "training")
    assert all(bytes > 5e6 for bytes in memory(both).values())


def test_the_end_of_one_engine_costs_only_its_own_job(both: Watched) -> None:
    long = both.submit("count", total=150)
    both.wait(lambda event: isinstance(event, Started) and event.job.id == long.id)
    assert isinstance(both.ending(both.submit("die")), Failed)
    assert isinstance(both.ending(both.submit("echo", word="on")), Result)
    both.backend.restart()
    assert isinstance(both.ending(long), Result)


def test_an_idle_engine_ends_and_the_next_long_job_starts_another(
    both: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "SECONDS_IDLE", 0.1)
    assert isinstance(both.ending(both.submit("count", total=1)), Result)
    both.wait(lambda event: isinstance(event, Memory) and event == Memory("training", 0))
    assert isinstance(both.ending(both.submit("count", total=1)), Result)


def test_a_kept_job_ends_after_the_window_and_a_process_left_idle_does_not_stay(tmp_path: Path) -> None:
    done = tmp_path / "done"
    script = tmp_path / "window.py"
    script.write_text(
        "from tests.tfcore.engine.test_engines import leave_behind\n"
        f"if __name__ == '__main__':\n    leave_behind({str(done)!r})\n"
    )
    # Whoever reads from a pipe waits until the last process that has it is gone.
    said = tmp_path / "said.txt"
    with said.open("w") as stream:
        there = {**os.environ, "PYTHONPATH": str(Path.cwd())}
        ended = subprocess.run([sys.executable, script], stdout=stream, stderr=stream, timeout=120, env=there)
    assert ended.returncode == 0, said.read_text()
    assert not done.exists()
    pid = int(said.read_text())
    until(done.exists)
    until(lambda: not _alive(pid))


def leave_behind(done: str) -> None:
    """Body of a window that leaves while a job runs, and names the process of that job."""
    engines.APART, engines._STARTERS = {SOME + "wait_and_touch": "training"}, {SOME + "wait_and_touch": STARTER}
    watched = Watched(open=lambda hear: engines.Engines(hear, "cpu", STARTER))
    job = watched.submit("wait_and_touch", path=done)
    pid = watched.wait(lambda event: isinstance(event, Partial) and event.job.id == job.id)
    assert isinstance(pid, Partial)
    watched.backend.close(keep=job.id)
    print(pid.value)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A process that has ended stays in the table until somebody asks for its end.
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")


def until(true: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.05)
