"""Jobs that wait for their turn: higher priority first, then in the order they came."""

from __future__ import annotations

import heapq
import math

from tfcore.engine.protocol import Job


class Waiting:
    """A queue a job can be taken out of before its turn."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Job]] = []

    def add(self, job: Job) -> None:
        heapq.heappush(self._heap, (-job.priority, job.id, job))

    def put_back(self, job: Job) -> None:
        """A job whose turn had come already is the next one again."""
        heapq.heappush(self._heap, (-math.inf, job.id, job))

    def next(self) -> Job | None:
        return heapq.heappop(self._heap)[2] if self._heap else None

    def take_out(self, id: int) -> Job | None:
        """The job with that id, no longer waiting."""
        for entry in self._heap:
            if entry[1] == id:
                self._heap.remove(entry)
                heapq.heapify(self._heap)
                return entry[2]
        return None

    def take_all(self) -> list[Job]:
        jobs = [entry[2] for entry in sorted(self._heap)]
        self._heap.clear()
        return jobs
