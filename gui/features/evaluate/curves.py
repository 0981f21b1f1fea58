"""Probability as pixels go or come, the mean over the pictures: a curve per method and layer."""

from __future__ import annotations

import html
from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from gui.canvas.graphics import pg
from gui.panels.plot import TONES, Plot
from gui.pieces import column
from gui.texts import tr
from tfcore.results import Cell, CellKey
from tfcore.words import model_names

_SIDEWAYS = {"sanity": tr("parts forgotten, from the scores down")}


class EvaluationCurves(QWidget):
    """The curves of one metric; the picked method stands out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        self._heading.setAccessibleName(tr("curves"))
        self._plot = Plot(tr("the curves"), tr("The mean over the pictures"), "", "")
        self.setLayout(column(self._heading, (self._plot, 1)))

    def show_curves(self, cells: Mapping[CellKey, Cell], picked: CellKey | None) -> None:
        """Those of the picked metric where it has any, else of the first that has."""
        drawn = {key: cell for key, cell in cells.items() if cell.curve is not None}
        metrics = list(dict.fromkeys(key.metric for key in drawn))
        metric = picked.metric if picked is not None and picked.metric in metrics else next(iter(metrics), "")
        self._plot.clear()
        if not metric:
            self._heading.setText(tr("No metric here has curves: aopc, insertion, deletion and sanity have."))
            return
        marks = []
        here = {key: cell for key, cell in drawn.items() if key.metric == metric}
        models = model_names(dict.fromkeys(key.model for key in here))
        for number, (key, cell) in enumerate(here.items()):
            assert cell.curve is not None
            tone = TONES[number % len(TONES)]
            wide = key == picked or picked is None or picked.metric != metric
            self._plot.plot(*cell.curve, pen=pg.mkPen(tone, width=2.4 if wide else 1.1))
            name = " · ".join([*[models[key.model]] * (len(models) > 1), key.method, key.layer])
            marks.append(f"<span style='color:{tone}'>■</span>&nbsp;{_whole(name)}&nbsp;{cell.mean:.3f}")
        self._heading.setText(f"<b>{metric}</b>&nbsp; " + "&nbsp; ".join(marks))
        across, up = (
            (_SIDEWAYS[metric], tr("similarity"))
            if metric in _SIDEWAYS
            else (tr("share of the picture"), tr("probability"))
        )
        self._plot.say(across, up)

    def text(self) -> str:
        """What is read above the curves."""
        return self._heading.text()


def _whole(name: str) -> str:
    """Not broken at the end of a line."""
    return html.escape(name).replace(" ", "&nbsp;").replace("-", "&#8209;")
