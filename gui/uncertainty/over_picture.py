"""What lies over the picture: the method's own heat, or mean or spread of that heat over the passes."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from gui.shown import Layer
from gui.state import Questions
from gui.uncertainty.asking import Asking
from gui.uncertainty.heats import heat_under_dropout
from gui.uncertainty.panel import HEAT, SHOWN, SurePanel
from tfcore.engine.protocol import Event, Progress
from tfcore.results import Heat, HeatSpread

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class OverPicture(QObject):
    """Asks for the spread of the heat on show when it is picked, and offers it to the canvas once it is there."""

    # A spread came, or the sentence why there is none.
    changed = Signal()

    def __init__(self, window: MainWindow, panel: SurePanel, parent: QObject) -> None:
        super().__init__(parent)
        self._window, self._panel = window, panel
        self._asked: Hashable = None
        self.spreads = Questions(window.engine, self)
        self.spreads.ended.connect(self._ended)
        self.spreads.told.connect(self._told)

    def offer(self, possible: bool) -> None:
        """What may be picked for the heat on show."""
        heat = self._window.explaining.heat
        if heat is None:
            self._panel.offer([HEAT], "Needs a picture with its heat")
        else:
            self._panel.offer(list(SHOWN) if possible else [HEAT], "Needs dropout layers")

    def want(self, heat: Heat, asking: Asking, possible: bool) -> None:
        """Ask for what was picked, and say in the panel how it stands."""
        shown = self._panel.shown.currentText()
        self._asked = asking.of_heat(heat)
        found: HeatSpread | None = self.spreads.get(self._asked)
        if shown == HEAT or not possible:
            self._panel.show_spread(None, "" if shown == HEAT else "needs dropout layers")
        elif found is not None or (problem := self.spreads.problem(self._asked)):
            self._panel.show_spread(found, "" if found is not None else problem)
        else:
            self.spreads.withdraw(but=self._asked)
            self.spreads.ask(self._asked, asking.heat_job(heat))
            self._panel.show_spread(None, "computing …")

    def layer(self, heat: Heat, asking: Asking, possible: bool) -> Layer | None:
        """The map that was picked; until it is there, what is being done about it."""
        shown, question = self._panel.shown.currentText(), asking.of_heat(heat)
        found: HeatSpread | None = self.spreads.get(question)
        if shown == HEAT or not possible:
            return None
        if found is None:
            return Layer(answer=f"{shown}: not computed" if self.spreads.problem(question) else f"computing {shown} …")
        spread = heat_under_dropout(heat, found, shown)
        return Layer(heat=spread, answer=spread.method)

    def _ended(self, question: Hashable) -> None:
        if question == self._asked and not self.spreads.get(question) and not self.spreads.problem(question):
            # Cancelled before its first pass: it is not asked for again by itself.
            self._panel.shown.setCurrentText(HEAT)
        self.changed.emit()

    def _told(self, question: Hashable, event: Event) -> None:
        if question == self._asked and isinstance(event, Progress):
            self._panel.show_spread(None, f"{event.done} of {event.total} passes …")
