"""What lies over the picture: the method's own heat, or mean or spread of that heat over the passes."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Signal

from gui.desk import Desk
from gui.features.uncertainty.panel import HEAT, MEAN, PIXELS, SHOWN, SurePanel
from gui.features.uncertainty.passes import Passes
from gui.shown import Layer, Steps
from gui.state import Questions
from gui.texts import tr
from tfcore.engine.protocol import Event, Progress
from tfcore.figure import spreads
from tfcore.results import Heat, HeatSpread

_NEEDS = tr("Needs dropout layers")


class OverPicture(QObject):
    """Asks for the spread of the heat on show when it is picked, and offers it to the canvas once it is there."""

    # A spread came, or the sentence why there is none.
    changed = Signal()

    def __init__(self, desk: Desk, panel: SurePanel, passes: Passes) -> None:
        super().__init__(passes)
        self._explaining, self._panel, self._passes = desk.explaining, panel, passes
        self._asked: Hashable = None
        self.spreads = Questions(desk.engine, self)
        self.spreads.ended.connect(self._ended)
        self.spreads.told.connect(self._told)

    @property
    def of_pixels(self) -> bool:
        """Whether what lies over the picture is made of its passes."""
        return self._panel.shown.currentText() in PIXELS and self._passes.per_pixel

    def offer(self) -> None:
        """What may be picked for the heat on show."""
        pixels = PIXELS if self._passes.per_pixel else ()
        if not self._passes.possible:
            self._panel.offer([HEAT], _NEEDS)
        elif self._explaining.heat is None:
            # Maps of pixels are kept from slice to slice.
            self._panel.offer([HEAT, *pixels], tr("Needs a picture with its heatmap"))
        else:
            self._panel.offer([name for name in SHOWN if name not in PIXELS or name in pixels])

    def want(self, heat: Heat) -> None:
        """Ask for what was picked, and say in the panel how it stands."""
        asking, shown = self._passes.asking(), self._panel.shown.currentText()
        if asking is None:
            return
        if shown in PIXELS:
            self._panel.show_spread(None)
            return
        self._asked = asking.of_heat(heat)
        found: HeatSpread | None = self.spreads.get(self._asked)
        if shown == HEAT or not self._passes.possible:
            self._panel.show_spread(None, "" if shown == HEAT else tr("needs dropout layers"))
        elif found is not None or (problem := self.spreads.problem(self._asked)):
            self._panel.show_spread(found, "" if found is not None else problem)
        else:
            self.spreads.withdraw(but=self._asked)
            self.spreads.ask(self._asked, asking.heat_job(heat))
            self._panel.show_spread(None, tr("computing …"))

    def layer(self, heat: Heat) -> Layer | None:
        """The map that was picked; until it is there, what is being done about it."""
        asking, shown = self._passes.asking(), self._panel.shown.currentText()
        if asking is None or shown == HEAT or not self._passes.possible:
            return None
        if shown in PIXELS:
            sure = self._passes.of(heat.path)
            over = None if sure is None else spreads.heat_of_pixels(heat, sure, shown)
            return Layer(answer=tr("computing {shown} …", shown=shown)) if over is None else Layer(over, over.method)
        question = asking.of_heat(heat)
        if (found := self.spreads.get(question)) is None:
            return Layer(
                answer=tr("{shown}: not computed", shown=shown)
                if self.spreads.problem(question)
                else tr("computing {shown} …", shown=shown)
            )
        which, beside = spreads.MEAN if shown == MEAN else spreads.SD, self._passes.of(heat.path) is not None
        spread = spreads.heat_under_dropout(heat, found, which, beside)
        return Layer(heat=spread, answer=spread.method)

    def bring(self, heat: Heat) -> Steps:
        """Ask for the spread of any heat, where such a map is picked."""
        asking = self._passes.asking()
        if asking is not None and self._panel.shown.currentText() not in (HEAT, *PIXELS):
            yield self.spreads, asking.of_heat(heat), asking.heat_job(heat)

    def _ended(self, question: Hashable) -> None:
        if question == self._asked and not self.spreads.get(question) and not self.spreads.problem(question):
            # Cancelled before its first pass: it is not asked for again by itself.
            self._panel.shown.setCurrentText(HEAT)
        self.changed.emit()

    def _told(self, question: Hashable, event: Event) -> None:
        if question == self._asked and isinstance(event, Progress):
            self._panel.show_spread(None, tr("{done} of {total} passes …", done=event.done, total=event.total))
