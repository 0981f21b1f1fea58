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
from pathlib import Path
from typing import Any

from tests.benchmarks.sleeping import Say, Source, Warm, consumed
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


def seconds_of(
    pool: Pool, asked: Asked, warm: Sequence[Source], some: Sequence[Source], folder: Path, cores: Sequence[int]
) -> tuple[float, float]:
    """Until the first parts are back, and of all others once the workers are there."""
    started, spent = _asked_of([cores], lambda each: (_worked, (each, pool, asked, warm, some, folder)))[0]
    return started, spent


def ceiling(say: Say, cores: Sequence[int]) -> float:
    """How many times as much plain computing is done by a core's worth of it on each core at once: what there is to
    be had on this machine, whoever shares the work out.
    """
    alone = _asked_of([cores[:1]], lambda each: (_burnt, (each, None)))[0]
    line = _SPAWN.Barrier(len(cores))
    together = _asked_of([[core] for core in cores], lambda each: (_burnt, (each, line)))
    times: float = len(cores) * alone / (sum(together) / len(together))
    say(f"  of this machine, by {len(cores)} processes that only count, a core each: {times:.2f} times one")
    return times


def _asked_of(fences: Sequence[Sequence[int]], work: Callable[[Connection], tuple[Any, tuple[Any, ...]]]) -> list[Any]:
    """What processes answer, each begun within a fence."""
    begun = []
    for cores in fences:
        ours, theirs = _SPAWN.Pipe()
        target, arguments = work(theirs)
        process = _SPAWN.Process(target=_fenced, args=(target, list(cores), arguments))
        with fence(cores):
            process.start()
        theirs.close()
        begun.append((process, ours))
    found = [ours.recv() for _, ours in begun]
    for process, _ in begun:
        process.join()
    return found


def _fenced(work: Callable[..., None], cores: list[int], arguments: tuple[Any, ...]) -> None:
    assert os.sched_getaffinity(0) == set(cores), "it is not fenced"
    work(*arguments)


def _worked(
    told: Connection, pool: Pool, asked: Asked, warm: Sequence[Source], some: Sequence[Source], folder: Path
) -> None:
    workers = pool.begin()
    spent = []
    for name, sources in (("warm", warm), ("all", some)):
        began = time.perf_counter()
        consumed(rows(asked, sources, OpenModels(), Where(folder / name), begin=lambda _: Warm(workers)))
        spent.append(time.perf_counter() - began)
    workers.close()
    told.send(spent)


def _burnt(told: Connection, line: Any) -> None:
    if line is not None:
        line.wait()
    began = time.perf_counter()
    number = 0
    while number < _TURNS:
        number += 1
    told.send(time.perf_counter() - began)
