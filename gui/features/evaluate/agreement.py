"""What comes first by each metric, and whether the metrics agree about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QTableWidget, QTableWidgetItem, QWidget

from gui.panels.labels import label
from gui.panels.scrolled import scrolled
from gui.pieces import column, held, named
from gui.texts import tr
from gui.theme import colour

_NOTHING = tr("Once all pictures are measured it stands here what comes first by each metric.")
_ABOUT = tr("Kendall's τ of two metrics: 1 if they rank the rows alike, −1 if the other way round")
_FEW = tr("Two metrics can agree or not from three rows (methods at layers) on.")
_STRONGEST = 130
# Room for a number; the names stand whole at the left.
_WIDTH = 46


class Agreement(QWidget):
    """Setters in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tau: Mapping[tuple[str, str], float | None] = {}
        self._words, self._about = named(label(_NOTHING), tr("what comes first")), label(role="quiet")
        self._table = named(QTableWidget(), tr("agreement of the metrics"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._table.setShowGrid(False)
        self._table.setCornerButtonEnabled(False)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._table.horizontalHeader().setDefaultSectionSize(_WIDTH)
        self._table.horizontalHeader().setTextElideMode(Qt.TextElideMode.ElideRight)
        self._about.hide()
        self._table.hide()
        whole = held(column(self._about, self._table, self._words, ..., margins=(0, 6, 0, 0), spacing=6))
        self.setLayout(column(scrolled(whole)))

    def show_agreement(self, sentences: Sequence[str], tau: Mapping[tuple[str, str], float | None]) -> None:
        """What is said of the ranks, and τ of every pair of metrics, where it is known."""
        self._tau = tau
        self._words.setText("\n".join(sentences) or _NOTHING)
        known = any(value is not None for value in tau.values())
        self._about.setText(_ABOUT if known else _FEW)
        self._about.setVisible(bool(tau))
        self._table.setVisible(known)
        self._fill()

    def _fill(self) -> None:
        metrics = list(dict.fromkeys(name for pair in self._tau for name in pair))
        self._table.setRowCount(len(metrics))
        self._table.setColumnCount(len(metrics))
        self._table.setVerticalHeaderLabels(metrics)
        self._table.setHorizontalHeaderLabels(metrics)
        for row, one in enumerate(metrics):
            for across, other in enumerate(metrics):
                value = 1.0 if one == other else self._tau.get((one, other), self._tau.get((other, one)))
                item = QTableWidgetItem("–" if value is None else f"{value:.2f}".replace("-", "−"))
                item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                shade = colour("warning" if (value or 0) < 0 else "accent")
                shade.setAlpha(round(_STRONGEST * abs(value or 0)))
                item.setBackground(shade)
                item.setToolTip(tr("{one} and {other}: τ {item}", one=one, other=other, item=item.text()))
                self._table.setItem(row, across, item)
        # As high as its rows: all of the page is scrolled, not a part of it.
        header = self._table.horizontalHeader().sizeHint().height()
        bar = self._table.horizontalScrollBar().sizeHint().height()
        self._table.setFixedHeight(header + self._table.verticalHeader().length() + bar + 4)

    def changeEvent(self, event: QEvent) -> None:
        """Colours are those of the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_tau"):
            self._fill()
