"""One backend of several processes: heatmaps are answered while a network is trained or a data set looked through.

What takes minutes to hours has a process of its own per kind of job, begun when first needed and ended when idle.
"""

from __future__ import annotations

import threading

from tfcore.engine.process import EngineProcess
from tfcore.engine.protocol import (
    APART,
    Dropped,
    Event,
    Failed,
    Job,
    Listener,
    Log,
    Lost,
    Ready,
    Result,
    Starting,
)

_STARTER = "tfcore.device:start"
# Looking at pictures needs no TensorFlow.
_STARTERS = {"audit": "tfcore.device:start_without_tensorflow"}
# A process with nothing to do is kept this long for the next job.
SECONDS_IDLE = 120.0


class Engines:
    """The backend of the window: what ends one process costs the others nothing."""

    def __init__(self, listener: Listener, device: str | None, starter: str = _STARTER) -> None:
        self._listener, self._device = listener, device
        self._lock = threading.RLock()
        self._first = EngineProcess(listener, device, starter)
        self._apart: dict[str, _Apart] = {}

    def submit(self, job: Job) -> int:
        """To the process of its kind, which is started if it is not there."""
        if job.kind not in APART:
            return self._first.submit(job)
        with self._lock:
            name = APART[job.kind]
            one = self._apart.get(name)
            if one is None or not one.take(job):
                starter = _STARTERS.get(job.kind, _STARTER)
                one = self._apart[name] = _Apart(name, starter, self._listener, self._device)
                one.take(job)
        return job.id

    def cancel(self, id: int) -> None:
        """Whoever has the job ends it."""
        for engine in self._all():
            engine.cancel(id)

    def withdraw(self, id: int) -> None:
        """Whoever has the job need not begin it."""
        for engine in self._all():
            engine.withdraw(id)

    def restart(self, device: str | None = None) -> None:
        """Begin the engine of the heatmaps anew; a training goes on, and the next one is on the device named."""
        self._device = device or self._device
        with self._lock:
            for one in self._apart.values():
                one.end_if_idle()
        self._first.restart(device)

    def close(self, keep: int | None = None) -> None:
        """End all processes, but for the one whose running job is to ``keep`` on."""
        for engine in self._all():
            engine.close(keep)

    def _all(self) -> list[EngineProcess]:
        with self._lock:
            return [self._first, *(one.engine for one in self._apart.values() if not one.over)]


class _Apart:
    """A process for one kind of job. Of itself it says little: a sentence where something went wrong, its memory."""

    def __init__(self, name: str, starter: str, listener: Listener, device: str | None) -> None:
        self._name, self._listener = name, listener
        self._lock = threading.RLock()
        self._awaited: set[int] = set()
        self._idle: threading.Timer | None = None
        # Nothing may be submitted any more.
        self.over = False
        self.engine = EngineProcess(self._hear, device, starter, name)

    def take(self, job: Job) -> bool:
        """Do the job, unless this process is at its end."""
        with self._lock:
            if self.over:
                return False
            self._awaited.add(job.id)
            self._stop_the_clock()
        self.engine.submit(job)
        return True

    def end_if_idle(self) -> None:
        with self._lock:
            if self._awaited or self.over:
                return
            self.over = True
            self._stop_the_clock()
        self.engine.close()

    def _hear(self, event: Event) -> None:
        match event:
            case Starting(reason=reason):
                if reason:
                    self._listener(Log("warning", f"The engine of the {self._name} is started again: {reason}."))
                return
            case Ready():
                return
            case Lost(sentence=sentence):
                # Each of its jobs has failed with this sentence; the next job gets a new process.
                self.over = True
                self._listener(Log("error", sentence))
                return
            case Result(job=job) | Failed(job=job) | Dropped(job=job):
                with self._lock:
                    self._awaited.discard(job.id)
                    if not self._awaited:
                        self._stop_the_clock()
                        self._idle = threading.Timer(SECONDS_IDLE, self.end_if_idle)
                        self._idle.daemon = True
                        self._idle.start()
        self._listener(event)

    def _stop_the_clock(self) -> None:
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
