"""Probability as pixels go or come, the mean over the pictures: a curve per method and layer."""

from __future__ import annotations

import html
from collections.abc import Mapping

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.canvas.graphics import pg
from gui.features.evaluate.words import model_name
from gui.pieces import column
from gui.theme import colour
from tfcore.results import Cell, CellKey

# Middle tones that stand out from white and from near black alike.
_TONES = ("#4a9be0", "#e08e2b", "#2ca58d", "#c9689e", "#8e7cc3", "#6f9e3a", "#d1584a", "#7d7d7d")
_SIDEWAYS = {"sanity": "parts forgotten, from the scores down"}


class EvaluationCurves(QWidget):
    """The curves of one metric; the picked method stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self._heading.setAccessibleName("curves")
        self._plot = pg.PlotWidget()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self.setLayout(column(self._heading, (self._plot, 1)))
        self._dress()

    def show_curves(self, cells: Mapping[CellKey, Cell], picked: CellKey | None) -> None:
        """Those of the picked metric where it has any, else of the first that has."""
        drawn = {key: cell for key, cell in cells.items() if cell.curve is not None}
        metrics = list(dict.fromkeys(key.metric for key in drawn))
        metric = picked.metric if picked is not None and picked.metric in metrics else next(iter(metrics), "")
        self._plot.clear()
        if not metric:
            self._heading.setText("No metric here has curves: aopc, insertion, deletion and sanity have.")
            return
        marks = []
        here = {key: cell for key, cell in drawn.items() if key.metric == metric}
        for number, (key, cell) in enumerate(here.items()):
            assert cell.curve is not None
            tone = _TONES[number % len(_TONES)]
            wide = key == picked or picked is None or picked.metric != metric
            self._plot.plot(*cell.curve, pen=pg.mkPen(tone, width=2.4 if wide else 1.1))
            name = " · ".join([*[model_name(key.model)] * (len({k.model for k in here}) > 1), key.method, key.layer])
            marks.append(f"<span style='color:{tone}'>■</span>&nbsp;{html.escape(name)}&nbsp;{cell.mean:.3f}")
        self._heading.setText(f"<b>{metric}</b>&nbsp; " + "&nbsp; ".join(marks))
        self._plot.getAxis("bottom").setLabel(_SIDEWAYS.get(metric, "share of the picture"))
        self._plot.getAxis("left").setLabel("similarity" if metric in _SIDEWAYS else "probability")

    def text(self) -> str:
        """What is read above the curves."""
        return self._heading.text()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between dark and light."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_plot"):
            self._dress()

    def _dress(self) -> None:
        self._plot.setBackground(colour("base"))
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(colour("border"))
            axis.setTextPen(colour("quiet"))
