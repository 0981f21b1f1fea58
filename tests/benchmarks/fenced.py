"""Work that is fenced to cores: whoever asks, the workers and all of their threads, by what the system lets run where.

A number of threads fences nothing: two threads of one worker take two cores as two workers do. A part of ``cohort``.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from tests.benchmarks.sleeping import Source, Warm, consumed
from tfcore.cohort.plan import Asked
from tfcore.cohort.processes import Processes
from tfcore.cohort.rows import Where, rows
from tfcore.cohort.work import Workers
from tfcore.engine.context import OpenModels

_SPAWN = multiprocessing.get_context("spawn")
_TURNS = 40_000_000


@dataclass(frozen=True)
class Pool:
    """So many workers of one core each: processes, or of the cluster at an address."""

    count: int
    address: str | None = None

    def begin(self) -> Workers:
        if self.address is None:
            return Processes(self.count, "cpu", 1)
        from tfcore.cohort.rays import Rays

        return Rays(self.address, self.count, self.count, 1)


@contextmanager
def fence(cores: Sequence[int]) -> Iterator[None]:
    """Processes begun within run on these cores only, and so does all that they begin."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def begun(pool: Pool, cores: Sequence[int]) -> Iterator[Callable[[Asked, Sequence[Source], Path], float]]:
    """The workers with the one who asks, fenced to these cores: seconds until all rows of some pictures are back."""
    process, theirs = _begun(cores, _worked, pool)

    def seconds(asked: Asked, some: Sequence[Source], folder: Path) -> float:
        theirs.send((asked, some, folder))
        spent: float = theirs.recv()
        return spent

    yield seconds
    theirs.send(None)
    process.join()


def busy(cores: Sequence[int]) -> float:
    """Seconds that they have computed so far, whoever for."""
    lines = (line.split() for line in Path("/proc/stat").read_text().splitlines())
    ticks = {words[0]: sum(map(int, words[1:4])) for words in lines if words[0].startswith("cpu")}
    return sum(ticks[f"cpu{core}"] for core in cores) / os.sysconf("SC_CLK_TCK")


def ceiling(cores: Sequence[int]) -> float:
    """How many times as much plain computing is done by a core's worth of it on each core at once: what there is to
    be had on this machine, whoever shares the work out.
    """
    alone = _burnt_on(cores[:1])
    together = _burnt_on(cores)
    times: float = len(cores) * alone / together
    return times


def _burnt_on(cores: Sequence[int]) -> float:
    """Seconds of a process on each of them, all at once."""
    line = _SPAWN.Barrier(len(cores))
    processes = [_begun([core], _burnt, line) for core in cores]
    found = [theirs.recv() for _, theirs in processes]
    for process, _ in processes:
        process.join()
    return sum(found) / len(found)


def _begun(cores: Sequence[int], work: Callable[..., None], *arguments: Any) -> tuple[SpawnProcess, Connection]:
    """A process begun within a fence, and the way to it."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_fenced, args=(work, list(cores), (theirs, *arguments)))
    with fence(cores):
        process.start()
    theirs.close()
    return process, ours


def _fenced(work: Callable[..., None], cores: list[int], arguments: tuple[Any, ...]) -> None:
    assert os.sched_getaffinity(0) == set(cores), "it is not fenced"
    work(*arguments)


def _worked(told: Connection, pool: Pool) -> None:
    workers = pool.begin()
    while (given := told.recv()) is not None:
        asked, some, folder = given
        began = time.perf_counter()
        consumed(rows(asked, some, OpenModels(), Where(folder), begin=lambda _: Warm(workers)))
        told.send(time.perf_counter() - began)
    workers.close()


def _burnt(told: Connection, line: Any) -> None:
    line.wait()
    began = time.perf_counter()
    number = 0
    while number < _TURNS:
        number += 1
    told.send(time.perf_counter() - began)
