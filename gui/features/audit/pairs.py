"""Pairs of pictures that are equal or nearly so, side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from gui import theme
from gui.browser.thumbnails import Thumbnails
from gui.texts import tr

Pair = Mapping[str, Any]
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
# Side of a picture, between pictures, around a row.
SIDE, GAP, AROUND = 128, 8, 10

# What can be listed: its name and which pairs belong to it.
KINDS: dict[str, Callable[[Pair], bool]] = {
    tr("All pairs"): lambda _: True,
    tr("On two sides of the split"): lambda pair: pair["across"],
    tr("Labelled differently"): lambda pair: pair["torn"],
    tr("Equal"): lambda pair: pair["exact"],
    tr("Nearly equal"): lambda pair: not pair["exact"],
}


class PairsView(QListView):
    """As many pairs as there are; thumbnails are read in threads, for the rows in sight only."""

    # The two files of a pair that somebody wants to see in the window.
    opened = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("pairs of pictures"))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.thumbnails = Thumbnails()
        self.thumbnails.arrived.connect(self._repaint)
        self._model = _Pairs(self)
        self.setModel(self._model)
        self.setItemDelegate(_Row(self.thumbnails, self))
        self.activated.connect(lambda index: self.opened.emit(_paths(index.data(Qt.ItemDataRole.UserRole))))

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        self._model.show_pairs(pairs)
        self.scrollToTop()

    def pairs(self) -> Sequence[Pair]:
        return self._model.pairs

    def _repaint(self) -> None:
        # A method, for Qt lets go of it with the list: pictures may still arrive when that is gone.
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whatever comes into sight is read."""
        top, bottom = self.indexAt(self.rect().topLeft()), self.indexAt(self.viewport().rect().bottomLeft())
        if top.isValid():
            last = bottom.row() if bottom.isValid() else len(self._model.pairs) - 1
            seen = self._model.pairs[top.row() : last + 1]
            paths = dict.fromkeys(path for pair in seen for path in _paths(pair))
            self.thumbnails.want(paths, round(SIDE * self.devicePixelRatioF()))
        super().paintEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Colours are looked up while painting."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.viewport().update()


class _Pairs(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pairs: Sequence[Pair] = ()

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        self.beginResetModel()
        self.pairs = pairs
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.pairs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        pair = self.pairs[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return pair
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join([*_paths(pair), tr("Double click shows both in the window")])
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.DisplayRole:
                return "; ".join([*(name_of(pair[side]) for side in ("first", "second")), *_findings(pair)])
        return None


class _Row(QStyledItemDelegate):
    """Two pictures with their names, and beside them what is odd about the two."""

    def __init__(self, thumbnails: Thumbnails, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(3 * SIDE, SIDE + 2 * option.fontMetrics.height() + 2 * AROUND + 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        pair: Pair = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("hover"))
        room = option.rect.adjusted(AROUND, AROUND, -AROUND, -AROUND)
        line = option.fontMetrics.height()
        for number, side in enumerate(("first", "second")):
            square = QRect(room.left() + number * (SIDE + GAP), room.top(), SIDE, SIDE)
            self._paint_picture(painter, square, pair[side])
            below = QRect(square.left(), square.bottom() + 4, SIDE, line)
            _write(painter, below, name_of(pair[side]), "text")
            _write(painter, below.translated(0, line), caption(pair[side]), "quiet")
        beside = QRect(room.left() + 2 * (SIDE + GAP) + 8, room.top(), 0, line)
        beside.setRight(room.right())
        bold = QFont(option.font)
        bold.setBold(True)
        for number, text in enumerate(_findings(pair)):
            painter.setFont(option.font if number else bold)
            _write(painter, beside.translated(0, number * (line + 4)), text, "error" if number else "text")
        painter.setPen(theme.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def _paint_picture(self, painter: QPainter, square: QRect, sample: Mapping[str, Any]) -> None:
        painter.fillRect(square, theme.colour("window"))
        thumbnail = self._thumbnails.get(sample["path"])
        if thumbnail is None:
            return
        if thumbnail.pixmap is None:
            glyph = QRect(0, 0, 28, 28)
            glyph.moveCenter(square.center())
            theme.icon("mdi6.image-broken-variant").paint(painter, glyph)
            return
        shown = QRect(
            0, 0, *thumbnail.pixmap.size().scaled(square.size(), Qt.AspectRatioMode.KeepAspectRatio).toTuple()
        )
        shown.moveCenter(square.center())
        painter.drawPixmap(shown, thumbnail.pixmap)


def name_of(sample: Mapping[str, Any]) -> str:
    """The file, and the frame of a video or volume.

    >>> name_of({"path": "a/b.avi", "frame": 12})
    'b.avi frame 12'
    """
    name = Path(sample["path"]).name
    return name if sample["frame"] is None else tr("{name} frame {frame}", name=name, frame=sample["frame"])


def caption(sample: Mapping[str, Any]) -> str:
    """Split, label and patient.

    >>> caption({"split": "train", "label": None, "patient": "7"})
    'train · unannotated · patient 7'
    """
    patient = tr("patient {patient}", patient=sample["patient"]) if sample["patient"] is not None else ""
    return " · ".join(filter(None, (sample["split"], sample["label"] or tr("unannotated"), patient)))


def _findings(pair: Pair) -> list[str]:
    first, second = pair["first"], pair["second"]
    found = [
        tr("Equal pixels")
        if pair["exact"]
        else tr("Nearly equal, correlation {correlation:.3f}", correlation=pair["correlation"])
    ]
    if pair["across"]:
        found.append(tr("On two sides: {split} and {second_split}", split=first["split"], second_split=second["split"]))
    if pair["torn"]:
        found.append(
            tr("Labelled differently: {label} and {second_label}", label=first["label"], second_label=second["label"])
        )
    return found


def _paths(pair: Pair) -> list[str]:
    return [pair["first"]["path"], pair["second"]["path"]]


def _write(painter: QPainter, room: QRect, text: str, role: str) -> None:
    painter.setPen(theme.colour(role))
    elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, elided)
