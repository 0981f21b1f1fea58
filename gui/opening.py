"""Opening models, to use or beside the one in use, with the question whether to trust a file that carries code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from gui.engine_client import EngineClient
from gui.panels import ask_trust
from gui.state import OneJob, Opened
from gui.texts import tr
from gui.undo import Step
from tfcore.results import ModelInfo


class Opening(QObject):
    """Keeps the model that the window uses, and those it used before."""

    began = Signal(str)
    opened = Signal(object)
    failed = Signal(str)
    # Another one is opened in the place of one that was on its way.
    given_up = Signal(str)
    # A model came to those that are known without being used, or why it did not.
    added = Signal(object)
    not_added = Signal(str)
    # The threshold of the model in use was moved.
    moved = Signal()
    # Other models are asked as one from now on, or one alone.
    joined = Signal()
    # The way back: to the model in use while another is being opened (none afterwards), and from the one to the other.
    leaving = Signal(object)
    stepped = Signal(object)

    def __init__(self, engine: EngineClient, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        # What is asked, and whether with the user's trust.
        self._source, self._trust = "", False
        self._answers = {kind: OneJob(engine, kind, self) for kind in ("open_model", "save_card")}
        for answer in self._answers.values():
            answer.answered.connect(lambda info: self.use(Opened(info, self._trust)))
            answer.failed.connect(partial(self._ask_or_fail, answer))
            answer.cancelled.connect(
                lambda: self.failed.emit(tr("Opening {source} was cancelled.", source=_short(self._source)))
            )
        # The same of a model that is to be known beside the one in use.
        self._beside, self._beside_trust = "", False
        self._adding = OneJob(engine, "open_model", self)
        self._adding.answered.connect(self._add)
        self._adding.failed.connect(self._ask_or_not_add)
        self._adding.cancelled.connect(
            lambda: self.not_added.emit(tr("Opening {beside} was cancelled.", beside=_short(self._beside)))
        )
        self.now: Opened | None = None
        # By source.
        self.known: dict[str, Opened] = {}
        # The models of a cross-validation that was opened, as long as its first one is in use.
        self.folds: list[str] = []
        # Whether they are asked as one with that in use.
        self._joined = False
        for ended in (self.opened, self.failed):
            ended.connect(lambda _: self.leaving.emit(None))

    @property
    def idle(self) -> bool:
        """No model is being opened."""
        return self._adding.idle and all(answer.idle for answer in self._answers.values())

    @property
    def info(self) -> ModelInfo | None:
        """What is known of the model in use."""
        return self.now.info if self.now is not None else None

    def together(self) -> list[tuple[str, bool]]:
        """The models that can be asked as one with that in use: sources, each with whether it is trusted."""
        if self.folds or self.now is None:
            return [(source, False) for source in self.folds]
        alike = [each for each in self.known.values() if _answers(each) == _answers(self.now)]
        return [(each.info.source, each.trusted) for each in sorted(alike, key=lambda each: each is not self.now)]

    @property
    def as_one(self) -> list[tuple[str, bool]]:
        """Those that are asked as one, that in use first; none where it is asked alone."""
        return self.together() if self._joined else []

    def join(self, joined: bool) -> None:
        """Ask all of them as one from now on, or that in use alone."""
        self._joined = joined
        self.joined.emit()

    def use(self, model: Opened) -> None:
        """Ask this model from now on."""
        before = self.now
        self.known[model.info.source] = model
        self._take(model)
        if before is not None and before.info.source != model.info.source:
            self.stepped.emit(self._step(before, model))

    def move_threshold(self, threshold: float) -> None:
        """From now on a class is there from this probability on."""
        if self.now is not None:
            stated = self.now.info.card["threshold"]
            self.now = replace(self.now, threshold=None if threshold == stated else threshold)
            self.known[self.now.info.source] = self.now
            self.moved.emit()

    def _step(self, before: Opened, model: Opened) -> Step:
        back, again = (partial(self._return, each.info.source) for each in (before, model))
        return Step(
            tr("back to {name}", name=before.info.name), back, again, on=tr("on to {name}", name=model.info.name)
        )

    def _return(self, source: str) -> None:
        """Use a model that was used before; one that is being opened is no longer waited for."""
        for answer in self._answers.values():
            answer.forget()
        self._take(self.known[source])

    def _take(self, model: Opened) -> None:
        """The folds of a cross-validation are asked as one at once; any other model is asked alone."""
        self.now = model
        self.folds = self.folds if model.info.source in self.folds[:1] else []
        self._joined = bool(self.folds)
        self.opened.emit(model)

    def open(self, source: str, trust: bool = False) -> None:
        """Open a model; an earlier one that is still being opened is no longer waited for."""
        self._ask("open_model", {"model": source, "trust": trust}, tr("open {source}", source=_short(source)))
        self.began.emit(source)
        if self.now is not None:
            self.leaving.emit(self._step(self.now, self.now))

    def save_card(self, changes: dict[str, Any], stated: Sequence[str] = ()) -> None:
        """Write what the user stated into the card, and open the model anew with it."""
        if self.now is not None:
            self._ask("save_card", self.now.asked(changes=changes, stated=list(stated)), tr("save card"))

    def _ask(self, kind: str, arguments: dict[str, Any], title: str) -> None:
        if not self._answers["open_model"].idle and self._source != (source := arguments["model"]):
            self.given_up.emit(
                tr(
                    "{source} is no longer waited for: {short} is opened instead.",
                    source=_short(self._source),
                    short=_short(source),
                )
            )
        for answer in self._answers.values():
            answer.forget()
        self._source, self._trust = arguments["model"], arguments["trust"]
        self._answers[kind].ask(arguments, title, priority=1)

    def add(self, source: str, trust: bool = False) -> None:
        """Open a model without using it: others may ask it then."""
        self._beside, self._beside_trust = source, trust
        self._adding.ask({"model": source, "trust": trust}, tr("open {source}", source=_short(source)), priority=1)

    def _add(self, info: ModelInfo) -> None:
        self.added.emit(self.known.setdefault(info.source, Opened(info, self._beside_trust)))
        if self._joined:
            self.joined.emit()

    def _ask_or_fail(self, answer: OneJob, sentence: str) -> None:
        if self._is_trusted(answer, self._source, sentence):
            self.open(self._source, trust=True)
        else:
            self.failed.emit(sentence)

    def _ask_or_not_add(self, sentence: str) -> None:
        if self._is_trusted(self._adding, self._beside, sentence):
            self.add(self._beside, trust=True)
        else:
            self.not_added.emit(sentence)

    def _is_trusted(self, answer: OneJob, source: str, sentence: str) -> bool:
        """Whether it failed only for want of trust, and is given it."""
        code = sentence.partition(" contains ")[2].partition(",")[0]
        return answer.error == "NeedsTrust" and ask_trust(source, code, self._window)


def _answers(model: Opened) -> tuple[object, ...]:
    """Equal for models that answer the same question."""
    return model.info.task, model.info.classes, model.info.mask_classes


def _short(source: str) -> str:
    return source.replace("\\", "/").rpartition("/")[2]
