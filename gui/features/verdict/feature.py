"""The verdict in the window: asked for one map, kept under its question, and exported with its figure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.browser.cases import counted_cases
from gui.features.verdict.line import VerdictLine
from gui.menus import Command
from gui.panels.labels import Badge
from gui.shown import Layer, Steps
from gui.state import Opened, Questions
from gui.sweep import PRIORITY, Sweep
from gui.texts import tr
from tfcore.engine.protocol import Event, Job, Progress
from tfcore.results import Heat, Verdict

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.panels import Request

_GROUP = "verdict"
# As the list calls maps of which a mark speaks against, in the order of the marks.
_AGAINST = (tr("Maps no better than chance"), tr("Maps that move"), tr("Maps that owe nothing to learning"))


class Judging(QObject):
    """Hears which heat is on show, and asks about it when told to."""

    # Before the features that lay other maps over the picture: those have no verdict.
    place = 7

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self.line = VerdictLine()
        desk.method.add_below(self.line)
        # Browsing on ends the judging of the picture before.
        self._verdicts = Questions(desk.engine, self, impatient=True)
        # The heats that were judged, with their verdicts: the same objects as long as they are on show.
        self._judged: tuple[Heat, Heat] | None = None
        # Of all listed pictures, by the question about each; and which mark speaks against whose map, how much.
        self._background = Questions(desk.engine, self)
        self._sweep = Sweep(self._background, desk.jobs, tr("judged"), self)
        self._sweep.answered.connect(self._told_of)
        self._sweep.finished.connect(self._told_of_all)
        self._asked_of_all: tuple[Opened, Request] | None = None
        self._against: dict[str, dict[str, float]] = {}
        self._verdicts.ended.connect(lambda _: self._refresh())
        self._verdicts.told.connect(self._told)
        desk.explaining.heat_changed.connect(self._heat_changed)
        desk.shown.offer(self._layer, self._bring)
        desk.shown.offer_badge(self._badge)
        self.line.asked.connect(self.ask)
        self.line.cancelled.connect(self._verdicts.cancel)
        what = tr("Does the map on show deserve belief? Its deletion curve, stability, what it owes to learning")
        every = tr(
            "Do so for every listed picture, in the background; those to look at are then under “Show” above the list"
        )
        desk.menus.add(
            [
                Command("Eval&uate", "&Judge this heatmap", self.ask, "Ctrl+J", "mdi6.scale-balance", what),
                Command("Eval&uate", "Judge a&ll listed pictures", self.ask_all, "", "mdi6.scale-balance", every),
            ]
        )
        desk.opening.opened.connect(lambda _: self._forget())

    @property
    def settled(self) -> bool:
        """No verdict is awaited."""
        return self._verdicts.idle and self._background.idle

    def ask(self) -> None:
        """Judge the map on show, in sight of whoever asked."""
        self._desk.docks["Method"].show()
        self._desk.docks["Method"].raise_()
        heat, asked = self._desk.explaining.heat, self._asked()
        if heat is None or asked is None or (question := self._question(asked, heat.path)) in self._verdicts:
            return
        self._verdicts.ask(question, self._job(asked, heat.path))
        self.line.show_waiting(tr("waiting for the engine …"))

    def ask_all(self) -> None:
        """Judge the maps of all listed pictures, as the one on show is made."""
        asked, pictures = self._asked(), self._desk.browser.paths()
        if asked is None or not pictures:
            self._desk.jobs.history.add(
                tr("Open pictures and a model first: the maps of all of them are judged."), "warning"
            )
            return
        self._forget()
        self._asked_of_all = asked
        for path in pictures:
            if (known := self._verdicts.get(question := self._question(asked, path))) is not None:
                self._background.put(question, known)
        title = tr("judge {method} of {n} pictures", method=asked[1].method, n=len(pictures))
        self._sweep.start(title, pictures, partial(self._question, asked), partial(self._job, asked, priority=PRIORITY))

    def _told_of(self, path: str, found: Verdict) -> None:
        """Where a mark speaks against it, the picture is named in the list."""
        assert self._asked_of_all is not None
        self._verdicts.put(self._question(self._asked_of_all, path), found)
        ranks = (found.drop, -(found.moves or 0), -(found.remains or 0))
        for name, mark, rank in zip(_AGAINST, found.remarks(), ranks, strict=False):
            if mark.good is False:
                self._against.setdefault(name, {})[path] = rank or 0.0
        self._desk.browser.cases.offer(_GROUP, self._cases())

    def _cases(self) -> dict[str, dict[str, float]]:
        return {name: self._against[name] for name in _AGAINST if name in self._against}

    def _told_of_all(self) -> None:
        counts = counted_cases(self._cases())
        found = (
            tr("Maps judged, under “Show” above the list: {cases}.", cases=counts)
            if counts
            else tr("Maps judged: no mark speaks against any.")
        )
        self._desk.jobs.history.add(found)

    def _forget(self) -> None:
        """What was found holds for another model or another method."""
        self._sweep.stop()
        if self._against:
            self._against = {}
            self._desk.browser.cases.offer(_GROUP, {})

    def _asked(self) -> tuple[Opened, Request] | None:
        model, asked = self._desk.opening.now, self._desk.explaining.request
        return None if model is None or asked is None else (model, asked)

    @staticmethod
    def _question(asked: tuple[Opened, Request] | None, path: str) -> Hashable:
        return (path, None if asked is None else (asked[0].key, repr(asked[1])))

    @staticmethod
    def _job(asked: tuple[Opened, Request], path: str, priority: int = 0) -> Job:
        model, request = asked
        arguments = model.asked(picture=path, **{**vars(request), "region": request.region or None})
        return Job(
            "verdict",
            arguments,
            title=tr("judge {method} · {name}", method=request.method, name=Path(path).name),
            priority=priority,
        )

    def _heat_changed(self) -> None:
        heat = self._desk.explaining.heat
        self._verdicts.withdraw(but=None if heat is None else self._question(self._asked(), heat.path))
        self._refresh()

    def _refresh(self) -> None:
        heat = self._desk.explaining.heat
        if heat is None:
            self.line.show_nothing(tr("There is no map on show"))
            return
        question = self._question(self._asked(), heat.path)
        if (found := self._verdicts.get(question)) is not None:
            self.line.show_verdict(found)
            self._desk.shown.refresh()
            self._desk.shown.refresh_badges()
        elif self._verdicts.awaited(question):
            self.line.show_waiting(tr("judging …"))
        elif problem := self._verdicts.problem(question):
            self.line.show_problem(problem)
        else:
            self.line.show_nothing()

    def _told(self, question: Hashable, event: Event) -> None:
        heat = self._desk.explaining.heat
        if heat is not None and isinstance(event, Progress) and question == self._question(self._asked(), heat.path):
            self.line.show_waiting(tr("judging … {done:.0%}", done=event.done / max(event.total, 1)))

    def _layer(self, heat: Heat) -> Layer | None:
        """The same map with its verdict, for the record beside a figure."""
        asked = self._asked()
        found: Verdict | None = self._verdicts.get(self._question(asked, heat.path))
        if found is None or asked is None or asked[1].method != heat.method:
            return None
        if self._judged is None or self._judged[0] is not heat:
            self._judged = heat, replace(heat, verdict=found)
        return Layer(heat=self._judged[1])

    def _badge(self) -> Badge | None:
        """Over the map, how many findings speak against it."""
        heat = self._desk.explaining.heat
        found: Verdict | None = None if heat is None else self._verdicts.get(self._question(self._asked(), heat.path))
        if found is None:
            return None
        against = [remark for remark in found.remarks() if remark.good is False]
        told = tr("verdict: {n} against", n=len(against)) if against else tr("verdict: none against")
        return Badge(told, "warning" if against else "quiet", found.words)

    def _bring(self, heat: Heat) -> Steps:
        """Other pictures of a figure are judged when somebody asks (for all of them): a hundred passes for each."""
        yield from ()
