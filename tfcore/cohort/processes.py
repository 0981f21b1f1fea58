"""Workers on this machine: this process itself, or engine processes that share its cores."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tfcore import places
from tfcore.device import cores_here
from tfcore.engine import worker
from tfcore.engine.context import OpenModels
from tfcore.engine.process import SECONDS_TO_END, EngineProcess
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Lost, Ready, Result
from tfcore.jobs.part import Line, Source

_STARTER = "tfcore.device:start"
# On a share of the cores a pass takes longer than in the window, and only between two of them is an end heard.
_SECONDS_TO_HEAR = 20.0


class Here:
    """This process, which has the models open already; parts of which a line is known overlap."""

    def __init__(self, models: OpenModels, line: Iterable[Sequence[Source]] = ()) -> None:
        self.events: queue.SimpleQueue[tuple[int, Event]] = queue.SimpleQueue()
        self._models, self._line = models, Line(line)

    def __len__(self) -> int:
        return 1

    def submit(self, worker_number: int, job: Job) -> None:
        """Done when this returns."""
        log = places.logs() / "command-line.log"
        job = replace(job, arguments={**job.arguments, "line": self._line})
        worker.run(job, lambda event: self.events.put((worker_number, event)), self._models, threading.Event(), log)

    def replace(self, worker_number: int) -> bool:
        return False

    def close(self) -> None:
        """What was begun is left."""
        self._line.close()


class Processes:
    """Engine processes, each with its share of the cores; each loads the models once."""

    def __init__(
        self, count: int, device: str | None = None, cores: int | None = None, starter: str = _STARTER
    ) -> None:
        self.events: queue.SimpleQueue[tuple[int, Event]] = queue.SimpleQueue()
        self._device, self._starter = device, starter
        self._cores = cores or max(1, cores_here() // count)
        self._ready: set[int] = set()
        # By worker, the job that it does.
        self._doing: dict[int, int] = {}
        self._all = [self._started(number) for number in range(count)]

    def __len__(self) -> int:
        return len(self._all)

    def submit(self, worker_number: int, job: Job) -> None:
        self._doing[worker_number] = job.id
        self._all[worker_number].submit(job)

    def replace(self, worker_number: int) -> bool:
        if worker_number not in self._ready:
            return False
        self._all[worker_number].close()
        self._ready.discard(worker_number)
        self._all[worker_number] = self._started(worker_number)
        return True

    def close(self) -> None:
        # What runs puts away what it has, if it can.
        end = time.monotonic() + _SECONDS_TO_HEAR + SECONDS_TO_END
        try:
            for worker_number, job in list(self._doing.items()):
                self._all[worker_number].cancel(job, _SECONDS_TO_HEAR)
            while self._doing and time.monotonic() < end:
                time.sleep(0.05)
        finally:
            for each in self._all:
                each.close()

    def _started(self, number: int) -> EngineProcess:
        def hear(event: Event) -> None:
            if isinstance(event, (Result, Failed, Dropped, Lost)):
                self._doing.pop(number, None)
            if isinstance(event, Ready):
                self._ready.add(number)
            if isinstance(event, Lost) and number not in self._ready:
                event = Lost(f"No worker can be started: {event.sentence}")
            self.events.put((number, event))

        return EngineProcess(hear, self._device, self._starter, f"worker {number + 1}", self._cores)
