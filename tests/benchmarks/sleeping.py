"""Workers that only sleep: from how many on is the one who hands parts out the slowest? A part of ``cohort``."""

from __future__ import annotations

import heapq
import queue
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.tfcore.cohort.nodes import two_nodes
from tests.tfcore.cohort.some_parts import SLOW
from tfcore.cohort.plan import Asked, cut
from tfcore.cohort.rows import Where, rows
from tfcore.cohort.work import Workers
from tfcore.engine.context import OpenModels
from tfcore.engine.protocol import Event, Job, Result

Say = Callable[[str], None]
Source = tuple[str, ...]


def consumed(some: Iterable[Any]) -> int:
    """How many there are."""
    return sum(1 for _ in some)


class Warm:
    """Workers that are used several times, so that starting them is not measured."""

    def __init__(self, workers: Workers) -> None:
        self._workers, self.events = workers, workers.events

    def __len__(self) -> int:
        return len(self._workers)

    def submit(self, worker: int, job: Job) -> object:
        return self._workers.submit(worker, job)

    def replace(self, worker: int) -> bool:
        return self._workers.replace(worker)

    def close(self) -> None:
        """They go on."""


class Sleeping:
    """So many workers that only wait, for as long as a part would take."""

    def __init__(self, count: int, seconds: float) -> None:
        self.events: queue.SimpleQueue[tuple[int, Event]] = queue.SimpleQueue()
        self._count, self._seconds = count, seconds
        self._due: list[tuple[float, int, Job]] = []
        self._more = threading.Condition()
        self._open = True
        threading.Thread(target=self._tell, daemon=True).start()

    def __len__(self) -> int:
        return self._count

    def submit(self, worker: int, job: Job) -> None:
        with self._more:
            heapq.heappush(self._due, (time.perf_counter() + self._seconds, worker, job))
            self._more.notify()

    def replace(self, worker: int) -> bool:
        return False

    def close(self) -> None:
        self._open = False

    def _tell(self) -> None:
        while self._open:
            with self._more:
                if not self._due or self._due[0][0] > time.perf_counter():
                    self._more.wait(0.001)
                    continue
                _, worker, job = heapq.heappop(self._due)
            found = [{"path": source[0], "share": 0.5} for source in job.arguments["sources"]]
            self.events.put((worker, Result(job, {"rows": found, "data": {}}, self._seconds)))


def simulated(say: Say, folder: Path, parts: int) -> None:
    """Parts that sleep: from how many workers on is the one who hands them out the slowest?"""
    asked = Asked("explain_pictures", {})
    sources: list[Source] = [(f"{number}.png",) for number in range(64 * parts)]
    say(f"\n{parts} parts of 64 pictures that sleep, handed out by one process")
    for count, seconds in ((1, 0.05), (16, 0.5), (256, 2.0), (1000, 8.0)):
        some = sources[: 64 * min(parts, max(40, 4 * count))]
        many = len(cut(asked, some))
        where = Where(folder / f"sleeping {count}")
        began = time.perf_counter()
        begin = lambda _, c=count, s=seconds: Sleeping(c, s)  # noqa: E731
        consumed(rows(asked, some, OpenModels(), where, begin=begin))
        spent = time.perf_counter() - began
        ideal = -(-many // count) * seconds
        ours = (spent - ideal) / many * 1e3
        say(
            f"  {count:5d} workers, {many:5d} parts of {seconds:g} s: {spent:7.2f} s, of sleep alone {ideal:7.2f} s "
            f"({ours:.1f} ms a part more)"
        )


def through_ray(say: Say, folder: Path, count: int) -> None:
    """Parts as fast as a thousand workers with parts of 8 s would ask for them, by fewer workers with shorter ones."""
    workers, seconds = 8, 8 * 8 / 1000
    data = folder / "asleep"
    data.mkdir()
    sources = [(str(data / f"{number}.bin"),) for number in range(count)]
    for (file,) in sources:
        Path(file).write_bytes(b"x")
    with TemporaryDirectory(prefix="r", dir="/tmp") as short, two_nodes(Path(short), workers // 2) as address:
        from tfcore.cohort.rays import Rays

        pool = Rays(address, workers, workers, 1)
        # One picture to a part.
        asked = Asked(SLOW, {"seconds": seconds}, passes=10**6)
        begin = lambda _: Warm(pool)  # noqa: E731
        consumed(rows(asked, sources[: 4 * workers], OpenModels(), Where(folder / "asleep warm"), begin=begin))
        began = time.perf_counter()
        consumed(rows(asked, sources, OpenModels(), Where(folder / "asleep parts"), begin=begin))
        spent = time.perf_counter() - began
        pool.close()
    ideal = count / workers * seconds
    say(f"\n{count} parts that sleep through Ray's scheduler, as fast as 1,000 workers with parts of 8 s ask for them")
    say(
        f"  {workers} workers, parts of {seconds * 1e3:.0f} ms: {spent:.2f} s, of sleep alone {ideal:.2f} s: "
        f"{count / spent:.0f} parts a second, as {8 * count / spent:.0f} workers with parts of 8 s"
    )
