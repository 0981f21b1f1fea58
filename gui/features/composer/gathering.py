"""Heatmaps of pictures that were dragged into a figure, explained as the one on show is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.export.many import Many, Outcome
from gui.shown import Steps
from gui.state import OneJob
from gui.sweep import PRIORITY
from gui.texts import tr
from tfcore.figure.alike import LESS
from tfcore.figure.spreads import MEAN, OVER_MODELS, SD
from tfcore.pictures import read
from tfcore.plain import plain
from tfcore.results import FigureParts, Heat

if TYPE_CHECKING:
    from gui.desk import Desk
    from tfcore.figure.panel import Item


class Gathering(QObject):
    """Asks, reads, and hands on all at once, in the order in which they were dragged."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running: set[Many] = set()
        self._models = OneJob(desk.engine, "figure_parts", self)
        self._models.answered.connect(self._found)
        self._models.failed.connect(lambda why: desk.jobs.history.add(why, "error"))
        self._then: Callable[[Item], None] = lambda _: None

    @property
    def idle(self) -> bool:
        return not self._running and self._models.idle

    def gather(self, paths: Sequence[str], then: Callable[[list[Item]], None]) -> None:
        """The items of these pictures; why some have none is said."""
        desk, found = self._desk, dict[str, list["Item"]]()
        if desk.explaining.asking(paths[0], PRIORITY) is None:
            desk.jobs.history.add(tr("No model is open yet; add pictures when one is."), "warning")
            return
        subject = desk.figures.subject()
        again = subject.again if subject is not None and subject.again is not None else self._plain

        def read_in(path: str, heats: list[Heat]) -> None:
            picture = read(path)
            found[path] = [(heat, picture) for heat in heats]

        many = Many(paths, again, read_in, self)

        def ended(outcome: Outcome) -> None:
            self._running.discard(many)
            for problem in outcome.problems:
                desk.jobs.history.add(problem, "error")
            then([item for path in paths for item in found.get(path, ())])

        self._running.add(many)
        many.ended.connect(ended)
        many.start()

    def of_models(self, heat: Heat) -> tuple[str, str]:
        """What of several models a map is (their mean, their spread, none), and why it cannot be another."""
        kind = str(heat.made.get("map", ""))
        which = kind.removesuffix(OVER_MODELS)
        if (heat.made and (which == kind or which not in (MEAN, SD))) or LESS in heat.method:
            return "", tr("This map was made in another way, which has no mean over models")
        few = (
            ""
            if len(self._desk.opening.together()) > 1
            else tr("A second model of the same classes is needed; open one")
        )
        return which, few

    def over_models(self, item: Item, which: str, then: Callable[[Item], None]) -> None:
        """The same map of the model in use, or what all models of its classes have in common."""
        heat, picture = item
        several = self._desk.opening.together()
        asked = {"picture": heat.path, "method": heat.made.get("method", heat.method), "target": heat.target}
        asked |= {"layer": heat.made.get("layer", heat.layer) or None, "region": heat.region or None}
        asked |= {"params": {name: value for name, value in heat.params.items() if name not in ("layer", "target")}}
        asked |= {"model": several[0][0], "window": list(picture.window)}
        if which:
            asked["made"] = {"map": f"{which}{OVER_MODELS}", "members": [source for source, _ in several]}
        elif (info := self._desk.opening.info) is not None:
            asked["model"] = info.source
        self._then = then
        recipe = {"cells": [[plain(asked)]]}
        trust = all(trusted for _, trusted in several)
        self._models.ask(
            {"recipe": recipe, "trust": trust}, tr("heat of several models") if which else tr("heat of one model")
        )

    def _found(self, found: FigureParts) -> None:
        for problem in found.problems:
            self._desk.jobs.history.add(problem, "error")
        self._then(found.items[0])

    def _plain(self, path: str) -> Steps:
        asking = self._desk.explaining.asking(path, PRIORITY)
        assert asking is not None
        heat = yield asking
        return [heat]
