"""The models that were opened in this window, asked as one: their mean and spread stand on the bars."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui.features.ensemble.choice import Choice
from gui.figures import Subject
from gui.menus import Command
from gui.said import answer
from gui.shown import Layer, Steps
from gui.state import Questions
from gui.texts import tr
from tfcore.dropped import models_of
from tfcore.engine.protocol import Job
from tfcore.figure.spreads import heat_of_pixels
from tfcore.registry import find
from tfcore.results import Heat, Sureness

if TYPE_CHECKING:
    from gui.desk import Desk


# Of pictures, the maps of all models.
_KEPT = 20


class AskingTogether(QObject):
    """Switched on from the menu, for every picture that is looked at, until it is switched off or the model changes."""

    # Before what many passes say, which was asked for one model.
    place = 19

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._answers = Questions(desk.engine, self, impatient=True)
        self._heats = Questions(desk.engine, self, kept=_KEPT, impatient=True)
        self._choice = Choice()
        desk.method.add_below(self._choice)
        self._choice.changed.connect(self._ask)
        self._choice.changed.connect(desk.shown.refresh)
        self._choice.export_wanted.connect(self._export)
        for each in (self._answers, self._heats):
            each.ended.connect(lambda _: self._ended())
        desk.explaining.heat_changed.connect(self._ask)
        desk.opening.opened.connect(lambda _: self._opened())
        desk.opening.joined.connect(self._ask)
        desk.opening.joined.connect(desk.shown.refresh)
        desk.arrivals.folds_came.connect(self._open_folds)
        desk.shown.offer(self._layer, self._bring)
        what = tr("What all models opened here that know the classes of this one say together; again: this one alone")
        desk.menus.add(
            [Command("E&xplain", "Ask the open models as &one", self.switch, "", "mdi6.account-group-outline", what)]
        )

    @property
    def settled(self) -> bool:
        """Nothing is awaited."""
        return self._answers.idle and self._heats.idle

    def switch(self) -> None:
        """On or off, with a word where there is nothing to ask together."""
        opening = self._desk.opening
        if not opening.as_one and len(opening.together()) < 2:
            said = tr("Open another model of the same classes, in the same order, first: they are asked as one.")
            self._desk.jobs.history.add(said, "warning")
            return
        opening.join(not opening.as_one)

    def _open_folds(self, folder: str) -> None:
        opening = self._desk.opening
        opening.folds = models_of(folder)
        opening.open(opening.folds[0])

    def _opened(self) -> None:
        if folds := self._desk.opening.folds:
            self._desk.jobs.history.add(
                tr("{n} runs are asked as one; Heat, below the method, says whose heat is seen.", n=len(folds))
            )

    def _question(self, path: str) -> Hashable:
        now = self._desk.opening.now
        return (path, now and now.decides, *self._desk.opening.together())

    def _job(self, path: str) -> Job:
        models = self._desk.opening.together()
        arguments: dict[str, Any] = {"picture": path, "models": models}
        if (now := self._desk.opening.now) is not None and now.threshold is not None:
            arguments["threshold"] = now.threshold
        return Job("ensemble", arguments, title=tr("{n} models as one · {name}", n=len(models), name=Path(path).name))

    def _heats_of(self, heat: Heat) -> tuple[Hashable, Job]:
        """The same question as that of the heat on show, put to all of them, for its class."""
        asked = self._desk.explaining.request
        arguments = {
            "method": heat.method,
            "layer": asked.layer if asked is not None and find("method", heat.method).has_layers else None,
            "target": heat.target,
            "params": heat.params,
            "region": heat.region or None,
        }
        question = (self._question(heat.path), repr(sorted(arguments.items(), key=str)))
        title = tr(
            "{method} of {n} models · {name}",
            method=heat.method,
            n=len(self._desk.opening.together()),
            name=Path(heat.path).name,
        )
        return question, Job("ensemble_heat", {**self._job(heat.path).arguments, **arguments}, title=title)

    def _ask(self) -> None:
        """What all say together, and where another heat than the open model's was picked, the heat of all."""
        heat = self._desk.explaining.heat
        if self._desk.opening.as_one and heat is not None and not heat.unfinished:
            if (question := self._question(heat.path)) not in self._answers:
                self._answers.ask(question, self._job(heat.path))
            asked, job = self._heats_of(heat)
            if self._choice.place is not None and asked not in self._heats:
                self._heats.withdraw(but=asked)
                self._heats.ask(asked, job)
        self._tell()

    def _ended(self) -> None:
        self._tell()
        self._desk.shown.refresh()

    def _tell(self) -> None:
        """What stands below the method."""
        heat = self._desk.explaining.heat
        if not (on := bool(self._desk.opening.as_one)):
            self._choice.offer([])
        if heat is None or not on:
            # What was picked holds for the next picture.
            return
        found: Sureness | None = self._answers.get(self._question(heat.path))
        asked, _ = self._heats_of(heat)
        problem = self._answers.problem(self._question(heat.path)) or self._heats.problem(asked)
        if found is not None:
            self._choice.offer(found.members, pixels=found.structures is not None)
        self._choice.show_said(found, self._heats.get(asked), problem)

    def _layer(self, heat: Heat) -> Layer | None:
        """Mean and spread on the bars, and over the picture the heat that was picked."""
        if not self._desk.opening.as_one or (found := self._answers.get(self._question(heat.path))) is None:
            return None
        if (place := self._choice.place) is None:
            over = heat_of_pixels(heat, found, self._choice.pixels) if self._choice.pixels else None
            return Layer(over, over.method if over is not None else "", sureness=found)
        asked, _ = self._heats_of(heat)
        if (heats := self._heats.get(asked)) is None:
            state = tr("not computed") if self._heats.problem(asked) else tr("computing …")
            return Layer(answer=tr("heat {picked}: {state}", picked=self._choice.picked, state=state), sureness=found)
        of: Heat = heats[place]
        alone = place < len(found.members)
        return Layer(of, f"{self._choice.picked}: {answer(of)}" if alone else of.method, sureness=found)

    def _bring(self, heat: Heat) -> Steps:
        if not self._desk.opening.as_one:
            return
        if self._answers.get(question := self._question(heat.path)) is None:
            yield self._answers, question, self._job(heat.path)
        asked, job = self._heats_of(heat)
        if self._choice.place is not None and self._heats.get(asked) is None:
            yield self._heats, asked, job

    def _export(self) -> None:
        """Side by side the heat of each, their mean and their spread."""
        heat, picture = self._desk.explaining.heat, self._desk.explaining.picture
        if heat is not None and picture is not None and (heats := self._heats.get(self._heats_of(heat)[0])):
            self._desk.figures.export(Subject([(each, picture) for each in heats], "models", None))


FEATURE = AskingTogether
