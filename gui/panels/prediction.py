"""How sure the model is of each class."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QAbstractItemView, QListView, QStackedLayout, QWidget

from gui.panels.bars import Bar, BarDelegate, BarModel
from gui.panels.labels import badge, label
from gui.panels.scrolled import scrolled
from gui.pieces import column, held, named
from gui.texts import tr
from tfcore.results import Shift

# Up to here all classes are seen at once in their own order; beyond it the most probable come first.
_MANY = 12
_VISIBLE = 10


class PredictionPanel(QWidget):
    """The probabilities as bars; a click (or Enter) on one asks to explain that class."""

    target_chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._message = label(role="quiet")
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._legend = label(role="quiet")
        self._legend.setToolTip(tr("Click a bar, or pick it with the arrow keys and Enter, to explain that class"))
        self._bars = BarModel(self)
        self._list = QListView()
        self._list.setModel(self._bars)
        self._list.setItemDelegate(BarDelegate(self._list))
        self._list.setAccessibleName(tr("class probabilities"))
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setFrameShape(QListView.Shape.NoFrame)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.viewport().setAutoFillBackground(False)
        self._list.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._list.clicked.connect(self._choose)
        self._list.activated.connect(self._choose)

        self._weights = badge()
        self._shift = named(label(role="warning"), tr("likeness to the training pictures"))
        self._nearest = named(
            label(), tr("nearest training pictures"), tr("What of its training pictures is nearest to this one")
        )
        self._pages = QStackedLayout()
        self._pages.addWidget(scrolled(held(column(self._message, ...))))
        # First what must not be cut off where there is little room.
        shown = held(column(self._shift, self._nearest, self._list, self._weights, self._legend, ...))
        self._pages.addWidget(scrolled(shown))
        self.setLayout(column(self._pages, margins=None))
        self.show_empty()

    def set(
        self,
        probabilities: Sequence[float] | np.ndarray,
        classes: Sequence[str],
        target: int,
        intervals: Sequence[tuple[float, float]] | np.ndarray | None = None,
        note: str = "",
        shift: Shift | None = None,
    ) -> None:
        """Show one picture's probabilities; ``intervals`` (low, high) per class are drawn as whiskers.

        ``note`` says below the bars what they are, where they are more than one prediction, ``shift`` how far the
        picture lies from those that were learnt from.
        """
        values = np.asarray(probabilities, dtype=float)
        predicted = int(np.argmax(values)) if values.size else -1
        order = np.argsort(-values, kind="stable") if len(values) > _MANY else np.arange(len(values))
        chosen = self._list.currentIndex().data(Qt.ItemDataRole.UserRole)
        self._bars.set_bars(
            [
                Bar(
                    index,
                    classes[index],
                    float(values[index]),
                    index == predicted,
                    index == target,
                    None if intervals is None else (float(intervals[index][0]), float(intervals[index][1])),
                )
                for index in map(int, order)
            ]
        )
        # The arrow keys go on from the class they were at, also on the next picture.
        for row, bar in enumerate(self._bars.bars()):
            if chosen is not None and bar.index == chosen.index:
                self._list.setCurrentIndex(self._bars.index(row))
        self._fit()
        most = tr("most probable of {n} first · ", n=len(values)) if len(values) > _MANY else ""
        legend = most + (
            tr("bold: predicted, ◂ explained") if predicted == target else tr("bold: predicted · ◂ explained")
        )
        self._legend.setText(f"{note}\n{legend}" if note else legend)
        said = "" if shift is None else shift.words
        self._shift.setText(said[:1].upper() + said[1:])
        self._shift.setVisible(bool(said))
        nearest = () if shift is None else shift.nearest
        self._nearest.setVisible(bool(nearest))
        if nearest:
            # Imported late: pyqtgraph would delay the first paint of the window.
            from gui.canvas.painting import qimage

            self._nearest.setPixmap(QPixmap.fromImage(qimage(np.concatenate(nearest, 1))))
        self._pages.setCurrentIndex(1)

    def _fit(self) -> None:
        """As high as its rows, however large their words are."""
        count = len(self._bars.bars())
        rows = count if count <= _MANY else _VISIBLE
        self._list.setFixedHeight(rows * self._list.sizeHintForRow(0) + 2 if rows else 0)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def show_weights(self, words: str) -> None:
        """Say below the bars that nobody has trained the network, where that is so."""
        self._weights.setText(words)
        self._weights.setVisible(bool(words))

    def show_empty(
        self, text: str = tr("What the model says of the picture appears here, once both are open.")
    ) -> None:
        """Nothing to show, and why."""
        self._bars.set_bars(())
        self._message.setText(text)
        self._pages.setCurrentIndex(0)

    def show_loading(self, text: str = tr("Waiting for the answer …")) -> None:
        self.show_empty(text)

    def _choose(self, index: QModelIndex) -> None:
        self.target_chosen.emit(index.data(Qt.ItemDataRole.UserRole).index)
