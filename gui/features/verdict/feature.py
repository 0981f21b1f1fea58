"""The verdict in the window: asked for one map, kept under its question, and exported with its figure."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.features.verdict.line import VerdictLine
from gui.menus import Command
from gui.shown import Layer, Steps
from gui.state import Questions
from tfcore.engine.protocol import Event, Job, Progress
from tfcore.registry import find
from tfcore.results import Heat, Verdict

if TYPE_CHECKING:
    from gui.desk import Desk


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
        self._verdicts.ended.connect(lambda _: self._refresh())
        self._verdicts.told.connect(self._told)
        desk.explaining.heat_changed.connect(self._heat_changed)
        desk.shown.offer(self._layer, self._bring)
        self.line.asked.connect(self.ask)
        self.line.cancelled.connect(self._verdicts.cancel)
        what = "Does the map on show deserve belief? Its deletion curve, stability, what it owes to learning"
        desk.menus.add([Command("Eval&uate", "&Judge this heatmap", self.ask, "Ctrl+J", "mdi6.scale-balance", what)])

    @property
    def settled(self) -> bool:
        """No verdict is awaited."""
        return self._verdicts.idle

    def ask(self) -> None:
        """Judge the map on show, in sight of whoever asked."""
        self._desk.docks["Method"].show()
        self._desk.docks["Method"].raise_()
        heat, model = self._desk.explaining.heat, self._desk.opening.now
        if heat is None or model is None or (question := self._question(heat)) in self._verdicts:
            return
        arguments = model.asked(
            picture=heat.path,
            method=heat.method,
            layer=heat.layer if find("method", heat.method).has_layers else None,
            target=heat.target,
            params=heat.params,
            region=heat.region or None,
        )
        self._verdicts.ask(question, Job("verdict", arguments, title=f"judge {heat.method} · {Path(heat.path).name}"))
        self.line.show_waiting("waiting for the engine …")

    def _question(self, heat: Heat) -> Hashable:
        model = self._desk.opening.now
        asked = (heat.method, heat.layer, heat.target, heat.region, repr(sorted(heat.params.items())))
        return (heat.path, model and model.key, asked)

    def _heat_changed(self) -> None:
        heat = self._desk.explaining.heat
        self._verdicts.withdraw(but=None if heat is None else self._question(heat))
        self._refresh()

    def _refresh(self) -> None:
        heat = self._desk.explaining.heat
        if heat is None:
            self.line.show_nothing("There is no map on show")
            return
        question = self._question(heat)
        if (found := self._verdicts.get(question)) is not None:
            self.line.show_verdict(found)
            self._desk.shown.refresh()
        elif self._verdicts.awaited(question):
            self.line.show_waiting("judging …")
        elif problem := self._verdicts.problem(question):
            self.line.show_problem(problem)
        else:
            self.line.show_nothing()

    def _told(self, question: Hashable, event: Event) -> None:
        heat = self._desk.explaining.heat
        if heat is not None and isinstance(event, Progress) and question == self._question(heat):
            self.line.show_waiting(f"judging … {event.done / max(event.total, 1):.0%}")

    def _layer(self, heat: Heat) -> Layer | None:
        """The same map with its verdict, for the record beside a figure."""
        found: Verdict | None = self._verdicts.get(self._question(heat))
        if found is None:
            return None
        if self._judged is None or self._judged[0] is not heat:
            self._judged = heat, replace(heat, verdict=found)
        return Layer(heat=self._judged[1])

    def _bring(self, heat: Heat) -> Steps:
        """Other pictures of a figure are judged when somebody asks: it takes a hundred passes for each."""
        yield from ()
