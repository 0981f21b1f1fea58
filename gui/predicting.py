"""What the model says of a picture whose heat waits to be asked for: the bars need not wait with it."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.engine_client import EngineClient
from gui.explaining import Explaining, State
from gui.opening import Opening
from gui.state import Questions
from gui.texts import tr
from tfcore.engine.protocol import Job


class Predicting(QObject):
    """Asks for the prediction alone where a slow method leaves the picture without a heat."""

    # The prediction of the picture that is looked at.
    known = Signal(object)
    # The sentence that says why there is none.
    failed = Signal(str)

    def __init__(self, engine: EngineClient, opening: Opening, explaining: Explaining) -> None:
        super().__init__(explaining)
        self._opening, self._explaining = opening, explaining
        self._answers = Questions(engine, self)
        self._answers.ended.connect(self._ended)
        explaining.heat_changed.connect(self._heat_changed)
        opening.failed.connect(lambda _: self._heat_changed())

    @property
    def idle(self) -> bool:
        """Nothing is awaited."""
        return self._answers.idle

    def _heat_changed(self) -> None:
        question, model, path = self._question(), self._opening.now, self._explaining.path
        without = self._explaining.state in (State.UNASKED, State.CANCELLED)
        # A model that is about to go is not asked.
        if not without or model is None or path is None or not self._opening.idle:
            return
        self._answers.withdraw(but=question)
        if self._answers.get(question) is not None:
            self._ended(question)
            return
        self._answers.ask(
            question,
            Job("predict", model.deciding(picture=path), title=tr("prediction · {name}", name=Path(path).name)),
        )

    def _ended(self, question: Hashable) -> None:
        if question != self._question() or self._explaining.heat is not None:
            return
        if (found := self._answers.get(question)) is not None:
            self.known.emit(found)
        else:
            self.failed.emit(self._answers.problem(question) or tr("The prediction was cancelled."))

    def _question(self) -> Hashable | None:
        """The picture and the model, with the card as it stands."""
        model = self._opening.now
        return None if model is None or self._explaining.path is None else (self._explaining.path, model.decides)
