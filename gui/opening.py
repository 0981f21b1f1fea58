"""Opening models: one at a time, with the question whether to trust a file that carries code."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.engine_client import EngineClient
from gui.panels import ask_trust
from gui.state import Opened
from tfcore.engine.protocol import Dropped, Event, Failed, Job, Result
from tfcore.results import ModelInfo


class Opening(QObject):
    """Keeps the model that the window uses, and those it used before."""

    began = Signal(str)
    opened = Signal(object)
    failed = Signal(str)

    def __init__(self, engine: EngineClient, window: QWidget) -> None:
        super().__init__(window)
        self._engine = engine
        self._window = window
        self._job: Job | None = None
        self.now: Opened | None = None
        # By source.
        self.known: dict[str, Opened] = {}
        engine.happened.connect(self._heard)

    @property
    def idle(self) -> bool:
        """No model is being opened."""
        return self._job is None

    @property
    def info(self) -> ModelInfo | None:
        """What is known of the model in use."""
        return self.now.info if self.now is not None else None

    def use(self, model: Opened) -> None:
        """Ask this model from now on."""
        self.now = self.known[model.info.source] = model
        self.opened.emit(model)

    def open(self, source: str, trust: bool = False) -> None:
        """Open a model; an earlier one that is still being opened is no longer waited for."""
        self._submit(Job("open_model", {"model": source, "trust": trust}, title=f"open {_short(source)}", priority=1))
        self.began.emit(source)

    def save_card(self, changes: dict[str, Any]) -> None:
        """Write what the user stated into the card, and open the model anew with it."""
        if self.now is not None:
            self._submit(Job("save_card", self.now.asked(changes=changes), title="save card", priority=1))

    def _submit(self, job: Job) -> None:
        if self._job is not None:
            self._engine.withdraw(self._job.id)
        self._job = job
        self._engine.submit(job)

    def _heard(self, event: Event) -> None:
        if not isinstance(event, Result | Failed | Dropped) or self._job is None or event.job.id != self._job.id:
            return
        job, self._job = self._job, None
        if isinstance(event, Result):
            self.use(Opened(event.value, job.arguments["trust"]))
        elif isinstance(event, Failed):
            self._ask_or_fail(job, event)
        else:
            self.failed.emit(f"Opening {_short(job.arguments['model'])} was cancelled.")

    def _ask_or_fail(self, job: Job, event: Failed) -> None:
        source = job.arguments["model"]
        code = event.sentence.partition(" contains ")[2].partition(",")[0]
        if event.error == "NeedsTrust" and ask_trust(source, code, self._window):
            self.open(source, trust=True)
        else:
            self.failed.emit(event.sentence)


def _short(source: str) -> str:
    return source.replace("\\", "/").rpartition("/")[2]
