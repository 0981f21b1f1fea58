"""The models that were opened in this window, asked as one: their mean and spread stand on the bars."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.menus import Command
from gui.shown import Layer, Steps
from gui.state import Opened, Questions
from tfcore.dropped import models_of
from tfcore.engine.protocol import Job
from tfcore.results import Heat

if TYPE_CHECKING:
    from gui.desk import Desk


class AskingTogether(QObject):
    """Switched on from the menu, for every picture that is looked at, until it is switched off or the model changes."""

    # Before what many passes say, which was asked for one model.
    place = 19

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._on = False
        # The models of a cross-validation that was opened, as long as its first one is in use.
        self._folds: list[str] = []
        self._answers = Questions(desk.engine, self, impatient=True)
        self._answers.ended.connect(lambda _: self._ended())
        desk.explaining.heat_changed.connect(self._ask)
        desk.opening.opened.connect(self._opened)
        desk.arrivals.folds_came.connect(self._open_folds)
        desk.shown.offer(self._layer, self._bring)
        what = "Mean and spread of all models opened here that know the classes of this one; again: of this one alone"
        desk.menus.add(
            [Command("E&xplain", "Ask the open models as &one", self.switch, "", "mdi6.account-group-outline", what)]
        )

    @property
    def settled(self) -> bool:
        """Nothing is awaited."""
        return self._answers.idle

    def switch(self) -> None:
        """On or off, with a word where there is nothing to ask together."""
        if not self._on and len(self._models()) < 2:
            said = "Open another model of the same classes first: those that were open are asked as one."
            self._desk.jobs.history.add(said, "warning")
            return
        self._on = not self._on
        self._ask()
        self._desk.shown.refresh()

    def _open_folds(self, folder: str) -> None:
        self._folds = models_of(folder)
        self._desk.opening.open(self._folds[0])

    def _opened(self, model: Opened) -> None:
        """The folds of a cross-validation are asked as one at once; any other model is asked alone."""
        self._folds = self._folds if model.info.source in self._folds[:1] else []
        self._on = bool(self._folds)
        if self._on:
            self._desk.jobs.history.add(f"{len(self._folds)} folds are asked as one; heat is of the first.")

    def _models(self) -> list[tuple[str, bool]]:
        """Sources, each with whether it is trusted."""
        now = self._desk.opening.now
        if self._folds or now is None:
            return [(source, False) for source in self._folds]
        alike = self._desk.opening.known.values()
        return [
            (each.info.source, each.trusted)
            for each in alike
            if each.info.classes == now.info.classes and not each.info.mask_classes
        ]

    def _question(self, path: str) -> Hashable:
        now = self._desk.opening.now
        return (path, now and now.key, *self._models())

    def _job(self, path: str) -> Job:
        models = self._models()
        arguments = {"picture": path, "models": models}
        return Job("ensemble", arguments, title=f"{len(models)} models as one · {Path(path).name}")

    def _ask(self) -> None:
        heat = self._desk.explaining.heat
        if self._on and heat is not None and (question := self._question(heat.path)) not in self._answers:
            self._answers.ask(question, self._job(heat.path))

    def _ended(self) -> None:
        heat = self._desk.explaining.heat
        if heat is not None and (problem := self._answers.problem(self._question(heat.path))):
            self._desk.jobs.history.add(problem, "error")
        self._desk.shown.refresh()

    def _layer(self, heat: Heat) -> Layer | None:
        found = self._answers.get(self._question(heat.path)) if self._on else None
        return None if found is None else Layer(sureness=found)

    def _bring(self, heat: Heat) -> Steps:
        if self._on and self._answers.get(question := self._question(heat.path)) is None:
            yield self._answers, question, self._job(heat.path)


FEATURE = AskingTogether
