"""Which signal tells wrong answers on these pictures: risk against coverage, signal by signal."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from gui.canvas.graphics import pg
from gui.panels.labels import label
from gui.panels.plot import TONES, Plot
from gui.panels.rows_table import RowsTable
from gui.pieces import beside, column, held, named
from gui.texts import tr
from tfcore.results import RiskCoverage

_ASK = tr("Triage listed pictures whose labels or masks are known: then it is seen which signal tells wrong answers.")
_ALIKE = tr(
    "All of the answers are right, all are wrong, or their truth is not known: no signal can be told from another."
)
_TIPS = {
    "AURC": tr("Mean risk over all coverages: the lower, the more of what is wrong comes late"),
    tr("excess"): tr("What an order that knows the truth would spare"),
}


class RiskPanel(QWidget):
    """Setters in."""

    def __init__(self) -> None:
        super().__init__()
        said = tr("Risk among the answers that are given, if only so many of the surest are")
        self._plot = Plot(tr("risk and coverage"), said, tr("share of pictures that are answered"), tr("risk"))
        self._words, self._table = (
            named(label(_ASK), tr("which signal tells")),
            RowsTable(tr("signals of failure"), _TIPS),
        )
        right = held(column(self._words, (self._table, 1), margins=(0, 9, 9, 9)))
        self.setLayout(column(beside(self._plot, right, (330, 420)), margins=(9, 6, 0, 6)))

    def show_risks(self, risks: Mapping[str, RiskCoverage] | None) -> None:
        """The curves, and a row for each, the best one first; nothing before pictures are triaged."""
        nothing = _ASK if risks is None else _ALIKE
        risks = risks or {}
        ordered = dict(sorted(risks.items(), key=lambda one: one[1].aurc))
        self._plot.clear()
        for tone, found in zip(TONES, ordered.values(), strict=False):
            self._plot.plot(found.coverage, found.risk, pen=pg.mkPen(tone, width=2))
        self._table.show_rows(
            [
                {
                    tr("signal"): name,
                    tr("pictures"): str(len(found.risk)),
                    "AURC": f"{found.aurc:.4f}",
                    tr("excess"): f"{found.eaurc:.4f}",
                }
                for name, found in ordered.items()
            ]
        )
        for down, tone in enumerate(TONES[: len(ordered)]):
            if (name := self._table.item(down, 0)) is not None:
                name.setForeground(QColor(tone))
        best = next(iter(ordered), "")
        said = (
            tr("{best} tells best what is wrong here; {without}.", best=best.capitalize(), without=_without(ordered))
            if best
            else nothing
        )
        self._words.setText(said)


def _without(risks: Mapping[str, RiskCoverage]) -> str:
    """What answering all would come to."""
    whole = float(np.max([found.risk[-1] for found in risks.values()]))
    return tr("of all answers {whole:.0%} are wrong", whole=whole)
