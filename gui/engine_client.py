"""The only place that talks to the engine: what the window asks goes in, what the engine says comes out as a signal."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Qt, Signal

from gui.words import in_window
from tfcore.engine.protocol import Backend, Event, Failed, Job, open_backend


class EngineClient(QObject):
    """A backend whose events arrive on the window's thread."""

    happened = Signal(object)
    submitted = Signal(object)
    # The path of a picture whose file is another one: no answer about it counts any more.
    outdated = Signal(object)
    # From the backend's thread to ours.
    _arrived = Signal(object)

    def __init__(self, device: str | None = None) -> None:
        super().__init__()
        self._device = device
        self._backend: Backend | None = None
        self._early: list[Job] = []
        self._kept: int | None = None
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Start the engine; what was submitted before goes to it now."""
        self._backend = open_backend(self._hear, self._device)
        early, self._early = self._early, []
        for job in early:
            self._backend.submit(job)

    def submit(self, job: Job) -> int:
        """Hand over a job; its id."""
        self.submitted.emit(job)
        if self._backend is None:
            self._early.append(job)
        else:
            self._backend.submit(job)
        return job.id

    def cancel(self, id: int) -> None:
        """End a job, by force if it does not listen."""
        if self._backend is not None:
            self._backend.cancel(id)

    def withdraw(self, id: int) -> None:
        """Nobody waits for this job any more; if it runs already it may finish."""
        if self._backend is not None:
            self._backend.withdraw(id)

    def restart(self, device: str | None = None) -> None:
        """A new engine, on another device if one is named."""
        if self._backend is not None:
            self._backend.restart(device)

    def keep(self, id: int) -> None:
        """Let this job go on by itself after ``close``."""
        self._kept = id

    def close(self) -> None:
        """End the engine."""
        if self._backend is not None:
            self._backend.close(self._kept)
            self._backend = None

    def _hear(self, event: Event) -> None:
        if isinstance(event, Failed):
            event = replace(event, sentence=in_window(event.sentence))
        self._arrived.emit(event)

    def _deliver(self, event: Event) -> None:
        self.happened.emit(event)
