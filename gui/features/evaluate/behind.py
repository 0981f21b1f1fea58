"""The pictures behind a cell, the worst first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from gui.browser.scan import name_of, visible
from gui.browser.thumbnails import Thumbnails
from gui.texts import tr
from tfcore.results import Behind

_SIDE = 48
# More rows than this nobody goes through; the rest is in the tables.
_MOST = 2000
_PATH = Qt.ItemDataRole.UserRole


class BehindList(QListWidget):
    """A row per picture with its thumbnail and its number; thumbnails are read for the rows in sight only."""

    # The path of a picture that somebody wants to see explained.
    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("pictures behind the cell"))
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._blank = QPixmap(_SIDE, _SIDE)
        self._blank.fill(Qt.GlobalColor.transparent)
        self._shown: list[Behind] = []
        self._thumbnails = Thumbnails()
        self._thumbnails.arrived.connect(self._draw)
        self.itemClicked.connect(self._open)
        self.itemActivated.connect(self._open)

    def show_pictures(self, pictures: Sequence[Behind], better: str) -> None:
        """Sorted by their number; those without one come last, with the reason."""
        sign = 1 if better == "higher" else -1
        numbered = sorted(
            (each for each in pictures if each.value is not None), key=lambda each: sign * (each.value or 0)
        )
        shown = [*numbered, *(each for each in pictures if each.value is None)][:_MOST]
        if shown == self._shown:
            return
        self._shown = shown
        chosen = self.currentItem().data(_PATH) if self.currentItem() is not None else None
        self.clear()
        for each in shown:
            number = each.left_out if each.value is None else f"{each.value:.4g}"
            item = QListWidgetItem(QIcon(self._blank), f"{number}   {name_of(each.picture)}", self)
            item.setData(_PATH, each.picture)
            item.setToolTip(visible(each.picture))
            if each.picture == chosen:
                self.setCurrentItem(item)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Whatever comes into sight is read."""
        first, last = self.indexAt(self.viewport().rect().topLeft()), self.indexAt(self.viewport().rect().bottomLeft())
        if first.isValid():
            rows = range(first.row(), (last.row() if last.isValid() else self.count() - 1) + 1)
            paths = [self._shown[row].picture for row in rows]
            self._thumbnails.want(paths, round(_SIDE * self.devicePixelRatioF()))
            for row in rows:
                self._dress(row)
        super().paintEvent(event)

    def _draw(self, path: str) -> None:
        for row, each in enumerate(self._shown):
            if each.picture == path:
                self._dress(row)

    def _dress(self, row: int) -> None:
        thumbnail, item = self._thumbnails.get(self._shown[row].picture), self.item(row)
        if thumbnail is not None and thumbnail.pixmap is not None and not item.data(_PATH + 1):
            item.setData(_PATH + 1, True)
            item.setIcon(QIcon(_framed(thumbnail.pixmap, self.devicePixelRatioF())))

    def _open(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_PATH))


def _framed(pixmap: QPixmap, ratio: float) -> QPixmap:
    """Of the same width for every picture, so that names begin below each other."""
    side = round(_SIDE * ratio)
    frame = QPixmap(side, side)
    frame.fill(Qt.GlobalColor.transparent)
    painter = QPainter(frame)
    painter.drawPixmap((side - pixmap.width()) // 2, (side - pixmap.height()) // 2, pixmap)
    painter.end()
    frame.setDevicePixelRatio(ratio)
    return frame
