"""The reliability diagram: of the answers, or of one class against all others."""

from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QEvent

from gui.canvas.graphics import pg
from gui.panels.plot import TONES, Plot
from gui.texts import tr
from gui.theme import colour
from tfcore.results import Calibrated, Calibration

_SAID = tr("Bars: as the network answers; points: with the temperature, held out")


class Diagram(Plot):
    """Setters in."""

    def __init__(self) -> None:
        super().__init__(tr("reliability diagram"), _SAID, "", "")
        self.setRange(xRange=(0, 1), yRange=(0, 1), padding=0.02)
        self.setMinimumWidth(170)
        self._found: Calibrated | None = None
        self._row = 0
        self.show_found(None)

    def show_found(self, found: Calibrated | None, row: int = 0) -> None:
        """What was found, if anything: in row 0 of the answers, from 1 on of each class."""
        self._found, self._row = found, row
        self._draw()

    def _draw(self) -> None:
        self.clear()
        self.plot([0, 1], [0, 1], pen=pg.mkPen(colour("quiet"), width=1))
        name, before, after = self._found.diagrams[self._row] if self._found is not None else ("", None, None)
        self.say(
            *(
                (tr("probability of {name}", name=name), tr("share of {name}", name=name))
                if name
                else (tr("probability"), tr("share that is right"))
            )
        )
        if before is not None:
            self.addItem(_bars(before))
        if after is not None:
            self.addItem(_points(after))

    def changeEvent(self, event: QEvent) -> None:
        if self._labels and event.type() == QEvent.Type.PaletteChange:
            self._draw()
        super().changeEvent(event)


def _bars(bins: Calibration) -> Any:
    """How often answers of each probability are right."""
    filled = bins.count > 0
    middle, width = (bins.edges[:-1] + bins.edges[1:]) / 2, np.diff(bins.edges)
    return pg.BarGraphItem(
        x=middle[filled], height=bins.accuracy[filled], width=width[filled] * 0.96, brush=(74, 155, 224, 170), pen=None
    )


def _points(bins: Calibration) -> Any:
    """The same after the temperature."""
    filled = bins.count > 0
    return pg.ScatterPlotItem(x=bins.confidence[filled], y=bins.accuracy[filled], size=7, brush=TONES[1], pen=None)
