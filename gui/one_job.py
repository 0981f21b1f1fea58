"""One question to the engine at a time: only the answer to the latest is heard."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from gui.engine_client import EngineClient
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Partial, Progress, Result, Started


class OneJob(QObject):
    """Submits jobs of one kind and follows the last of them; what an earlier one still says is stale.

    Every question ends with exactly one of ``answered``, ``failed`` and ``cancelled``, unless it is forgotten.
    """

    started = Signal()
    progressed = Signal(object)
    part = Signal(object)
    answered = Signal(object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, engine: EngineClient, kind: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._kind = engine, kind
        self._id: int | None = None
        engine.happened.connect(self._heard)

    @property
    def idle(self) -> bool:
        """Nothing was asked that is not answered."""
        return self._id is None

    def ask(self, arguments: dict[str, Any], title: str, priority: int = 0) -> None:
        """Put a question; an earlier one is no longer waited for."""
        self.forget()
        job = Job(self._kind, arguments, title=title, priority=priority)
        self._id = job.id
        self._engine.submit(job)

    def cancel(self) -> None:
        """End the job, by force if it does not listen; ``cancelled`` follows."""
        if self._id is not None:
            self._engine.cancel(self._id)

    def forget(self) -> None:
        """Do not wait for the answer any more."""
        if self._id is not None:
            forgotten, self._id = self._id, None
            self._engine.withdraw(forgotten)

    def _heard(self, event: Event) -> None:
        job = getattr(event, "job", None)
        if job is None or job.id != self._id:
            return
        if isinstance(event, Result | Failed | Dropped):
            self._id = None
        match event:
            case Started():
                self.started.emit()
            case Progress():
                self.progressed.emit(event)
            case Partial(value=value):
                self.part.emit(value)
            case Result(value=value):
                self.answered.emit(value)
            case Failed(sentence=sentence):
                self.failed.emit(sentence)
            case Dropped():
                self.cancelled.emit()
