"""The verdict on one map: its deletion curve, small, and a remark per finding."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gui.panels.labels import label
from gui.pieces import button, column, named, row
from gui.texts import tr
from gui.theme import colour, set_role
from tfcore.results import Verdict

_CURVE = tr(
    "Probability while the picture gives way to its mean, cell by cell: hottest first "
    "(bright) and in random orders (grey). The further the bright line runs below the grey "
    "ones, the more the answer hangs on what is hot."
)


class VerdictLine(QWidget):
    """A button; then the findings of the map on show, for as long as it is."""

    asked = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask = button(tr("Judge this heatmap"), run=self.asked.emit, icon="mdi6.scale-balance")
        self._cancel = button(tr("Cancel"), tr("Stop judging"), self.cancelled.emit, "mdi6.stop")
        self._state, self._spark = named(label(role="quiet"), tr("verdict")), Sparkline()
        self._remarks = QGridLayout()
        self._remarks.setColumnStretch(1, 1)
        buttons = row((self._ask, 1), (self._cancel, 1))
        parts = (buttons, self._state, self._spark, self._remarks)
        self.setLayout(column(*parts, margins=(0, 6, 0, 0), spacing=4))
        self.show_nothing(tr("Open a picture and a model first"))

    def show_nothing(self, why: str = "") -> None:
        """Nobody asked yet, or there is nothing to ask about."""
        self._show("", why, busy=False)

    def show_waiting(self, text: str) -> None:
        """It is on its way."""
        self._show(text, tr("It is being judged"), busy=True)

    def show_problem(self, sentence: str) -> None:
        """There is no verdict, and why; it can be asked for again."""
        self._show(sentence, "", busy=False)
        set_role(self._state, "error")

    def show_verdict(self, verdict: Verdict) -> None:
        """What was found."""
        self._show("", tr("It is judged"), busy=False)
        self._ask.hide()
        self._spark.show_curves(verdict.curve, verdict.random_curves)
        for place, remark in enumerate(verdict.remarks()):
            mark, text = label(remark.mark, wrap=False), label(remark.text)
            for part in (mark, text):
                set_role(part, "warning" if remark.good is False else "quiet")
            text.setAccessibleName(tr("finding"))
            limit = tr("\n✓ {limit}, as of maps that point to the lesions of phantoms", limit=remark.limit) * bool(
                remark.limit
            )
            text.setToolTip(f"{remark.text}{limit}\n{_settings(verdict)}")
            self._remarks.addWidget(mark, place, 0, Qt.AlignmentFlag.AlignTop)
            self._remarks.addWidget(text, place, 1)

    def _show(self, text: str, why_not: str, busy: bool) -> None:
        while (item := self._remarks.takeAt(0)) is not None and (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
        self._spark.show_curves(None, None)
        self._ask.setVisible(not busy)
        self._ask.setEnabled(not why_not)
        self._ask.setToolTip(
            why_not
            or tr("Does it deserve belief? Deletion curve, stability under noise, what it owes to learning (Ctrl+J)")
        )
        self._cancel.setVisible(busy)
        self._state.setText(text)
        self._state.setVisible(bool(text))
        set_role(self._state, "quiet")


def _settings(verdict: Verdict) -> str:
    said = verdict.settings
    return tr(
        "{grid} × {grid} cells, {orders} random orders, {changes} noisy pictures, {networks} "
        "randomised networks, seed {seed}",
        grid=said["grid"],
        orders=said["orders"],
        changes=said["changes"],
        networks=said["networks"],
        seed=said["seed"],
    )


class Sparkline(QWidget):
    """Two kinds of curves without axes."""

    def __init__(self) -> None:
        super().__init__()
        self._curve: np.ndarray | None = None
        self._others: np.ndarray | None = None
        self.setAccessibleName(tr("deletion curve"))
        self.setToolTip(_CURVE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, 48)

    def show_curves(self, curve: np.ndarray | None, others: np.ndarray | None) -> None:
        """The one that counts and those it is held against; nothing where it is not known."""
        self._curve, self._others = curve, others
        self.setVisible(curve is not None)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._curve is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour("base"))
        every = [self._curve, *(() if self._others is None else self._others)]
        low, high = min(curve.min() for curve in every), max(curve.max() for curve in every)
        # A curve that hardly moves must not look like one that falls.
        middle, reach = (low + high) / 2, max(high - low, 0.1) / 2
        for curve, tone, width in (*((other, "quiet", 1.0) for other in every[1:]), (self._curve, "focus", 2.0)):
            painter.setPen(QPen(colour(tone), width))
            x = np.linspace(3, self.width() - 3, len(curve))
            y = self.height() / 2 - (curve - middle) / reach * (self.height() / 2 - 4)
            painter.drawPolyline(QPolygonF([QPointF(*point) for point in zip(x.tolist(), y.tolist(), strict=True)]))
