"""A confusion matrix: rows are what pictures show, columns what is predicted of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from gui.canvas.wrapping import wrapped
from gui.panels.labels import ElidedLabel
from gui.pieces import button, column
from gui.texts import tr
from gui.theme import colour

Pair = tuple[str, str]
_NOTHING = tr("No picture has both a prediction and a label (of a folder or a table: see Labels).")


class ConfusionPanel(QWidget):
    """Signals out, setters in."""

    predict_wanted = Signal()
    save_wanted = Signal()
    meaning_wanted = Signal()
    # A label and a prediction whose pictures are wanted, or nothing where all are.
    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: Mapping[Pair, int] = {}
        self._classes: Sequence[str] = ()
        self._table = QTableWidget()
        self._table.setAccessibleName(tr("confusion matrix"))
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._table.setShowGrid(False)
        self._table.setCornerButtonEnabled(False)
        for header in (self._table.horizontalHeader(), self._table.verticalHeader()):
            header.setHighlightSections(False)
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table.cellClicked.connect(self._pick)
        self._table.cellActivated.connect(self._pick)
        self._says = ElidedLabel(_NOTHING)
        self._says.setAccessibleName(tr("how often the model is right"))
        ask = tr("Ask the model about every listed picture, in the background (Ctrl+Shift+P)")
        predict = button(tr("Predict all"), ask, self.predict_wanted.emit, "mdi6.playlist-check")
        leave = tr("Leave the pictures of a cell: list all again")
        every = button(tr("Show all"), leave, lambda: self.picked.emit(None), "mdi6.image-multiple-outline")
        what = tr("A row per picture: file, prediction, label, right or wrong, probabilities")
        self._save = button(tr("Save CSV…"), what, self.save_wanted.emit, "mdi6.content-save-outline")
        called = tr("Which class is meant by folders and labels that are called otherwise")
        meaning = button(tr("What labels mean…"), called, self.meaning_wanted.emit, "mdi6.tag-text-outline")
        buttons = wrapped(predict, every, meaning, self._save)
        self.setLayout(column(self._says, (self._table, 1), buttons, margins=None))

    def show_counts(self, classes: Sequence[str], counts: Mapping[Pair, int], predicted: int) -> None:
        """How many pictures of each label got each prediction; ``predicted`` have a prediction, with a label or not."""
        self._save.setEnabled(predicted > 0)
        if (classes, counts) == (self._classes, self._counts):
            return
        self._classes, self._counts = classes, counts
        labelled, right = sum(counts.values()), sum(count for (real, said), count in counts.items() if real == said)
        share = (
            tr(
                "{right} of {labelled} pictures with a label are right ({share:.1%})",
                right=right,
                labelled=labelled,
                share=right / labelled,
            )
            if labelled
            else ""
        )
        self._says.setText(tr("{share}; rows: label, columns: prediction", share=share) if share else _NOTHING)
        self._table.setVisible(bool(labelled))
        self._fill()

    def text(self, label: str, predicted: str) -> str:
        """What a cell says."""
        item = self._table.item(self._classes.index(label), self._classes.index(predicted))
        return "" if item is None else item.text()

    def _fill(self) -> None:
        classes, table = self._classes, self._table
        table.setRowCount(len(classes))
        table.setColumnCount(len(classes) + 1)
        table.setVerticalHeaderLabels(list(classes))
        table.setHorizontalHeaderLabels([*classes, tr("recall")])
        for down, real in enumerate(classes):
            total = sum(self._counts.get((real, said), 0) for said in classes)
            for across, said in enumerate(classes):
                count = self._counts.get((real, said), 0)
                shade = QColor(colour("accent" if real == said else "error"))
                shade.setAlpha(round(150 * count / total) if total else 0)
                item = _item(
                    str(count) if count else "·",
                    tr("{count} of label {real}, predicted as {said}", count=count, real=real, said=said),
                )
                item.setBackground(shade)
                table.setItem(down, across, item)
            recall = self._counts.get((real, real), 0) / total if total else None
            tip = tr("{real}: share of its {total} pictures that are predicted so", real=real, total=total)
            table.setItem(down, len(classes), _item("–" if recall is None else f"{recall:.0%}", tip))

    def _pick(self, row: int, column: int) -> None:
        if column < len(self._classes):
            pair = self._classes[row], self._classes[column]
            if self._counts.get(pair):
                self.picked.emit(pair)

    def changeEvent(self, event: QEvent) -> None:
        """Colours are those of the scheme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_table"):
            self._fill()


def _item(text: str, tip: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
    item.setToolTip(tip)
    return item
