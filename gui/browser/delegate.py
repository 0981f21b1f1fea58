"""How one tile of the browser looks."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QHelpEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from gui import theme
from gui.browser.files import Files
from gui.browser.scan import name_of, visible
from gui.browser.thumbnails import Thumbnail, Thumbnails
from gui.texts import tr
from tfcore.review import Judgment

INSET = 5  # between the tile's edge and the picture
ROUND = 6
RING = 2
MARK = 16
TEXT_GAP = 4  # between the tile and its name

Index = QModelIndex | QPersistentModelIndex


class Tile(QStyledItemDelegate):
    """A picture fitted in a neutral square, its name and its note below, a ring where it is selected.

    The note's lines take room only once any picture has that many.
    """

    def __init__(self, files: Files, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.files, self.listing = files, files.listing
        self._thumbnails = thumbnails

    def text_height(self, font: QFont) -> int:
        """What the lines below the square need."""
        return TEXT_GAP + (1 + self.listing.note_lines()) * self._line(font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return option.rect.size()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell, palette = option.rect, option.palette
        square = QRect(cell.topLeft(), QSize(cell.width(), cell.width()))
        state = option.state
        current = bool(state & QStyle.StateFlag.State_HasFocus)
        path = self.listing.path(index.row())
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)

        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mixed(palette, 0.13 if hovered else 0.07))
        painter.drawRoundedRect(square, ROUND, ROUND)
        thumbnail = self._thumbnails.get(path)
        if thumbnail is not None:
            self._paint_thumbnail(painter, square, palette, thumbnail)
        if (slices := self._thumbnails.slices.get(path)) is not None:
            self._paint_count(painter, square, option.font, slices)
        if judged := self.listing.judgments.get(path):
            self._paint_judged(painter, square, option.font, judged)
        if (mark := self.listing.mark_of(path)) in ("right", "wrong"):
            _paint_mark(painter, square, palette, mark == "right")
        if path in self.listing.remarks:
            _paint_remark(painter, square, palette)
        if current or state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Highlight), RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            # Half a pen inwards, so that the ring's outer edge is the square's.
            painter.drawRoundedRect(QRectF(square).adjusted(1, 1, -1, -1), ROUND - 1, ROUND - 1)

        font = small(option.font)
        painter.setFont(font)
        line = QRect(cell.left(), square.bottom() + 1 + TEXT_GAP, cell.width(), self._line(option.font))
        self._paint_name(painter, line, palette, name_of(path), current)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        for note in self.listing.note_of(self.listing.path(index.row())).splitlines():
            line.translate(0, line.height())
            text = QFontMetrics(font).elidedText(note, Qt.TextElideMode.ElideRight, cell.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        """The whole path, and under it what is said of the file."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return False
        path = self.listing.path(index.row())
        QToolTip.showText(event.globalPos(), self.tool_tip(path), view)
        return True

    def tool_tip(self, path: str) -> str:
        """What the pointer is told about a file."""
        thumbnail = self._thumbnails.get(path)
        reason = thumbnail.reason if thumbnail is not None else ""
        note = self.listing.note_of(path)
        count = self._thumbnails.slices.get(path)
        slices = tr("{count:,} slices", count=count) if count else ""
        return "\n".join(part for part in (visible(path), slices, note, self.files.verdict(path), reason) if part)

    def _paint_count(self, painter: QPainter, square: QRect, font: QFont, slices: int) -> None:
        """How many there are in it, in the corner."""
        room = self._room(painter, font, text := f"{slices:,}")
        room.moveBottomRight(square.bottomRight() - QPoint(INSET, INSET))
        self._paint_plate(painter, room, text)

    def _paint_judged(self, painter: QPainter, square: QRect, font: QFont, judged: Judgment) -> None:
        """A star, the rating, and that there are tags or a note, in the other one."""
        room = self._room(painter, font, text := judged.signs)
        room.moveBottomLeft(square.bottomLeft() + QPoint(INSET, -INSET))
        self._paint_plate(painter, room, text)

    def _room(self, painter: QPainter, font: QFont, text: str) -> QRect:
        painter.setFont(small(font))
        return QRect(0, 0, painter.fontMetrics().horizontalAdvance(text) + 10, self._line(font))

    def _paint_plate(self, painter: QPainter, room: QRect, text: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 170))
        painter.drawRoundedRect(room, 3, 3)
        painter.setPen(QColor(255, 255, 255))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_thumbnail(self, painter: QPainter, square: QRect, palette: QPalette, thumbnail: Thumbnail) -> None:
        room = square.adjusted(INSET, INSET, -INSET, -INSET)
        if thumbnail.pixmap is None:
            _paint_unreadable(painter, room, palette)
            return
        ratio = painter.device().devicePixelRatioF()
        width, height = thumbnail.pixmap.width() / ratio, thumbnail.pixmap.height() / ratio
        # One device pixel per thumbnail pixel wherever it was made for this size.
        if thumbnail.size != picture_pixels(square.width(), ratio) or max(width, height) < room.width() - 1:
            scale = room.width() / max(width, height)
            width, height = width * scale, height * scale
        left = round((room.left() + (room.width() - width) / 2) * ratio) / ratio
        top = round((room.top() + (room.height() - height) / 2) * ratio) / ratio
        painter.drawPixmap(QRectF(left, top, width, height), thumbnail.pixmap, QRectF(thumbnail.pixmap.rect()))

    def _paint_name(self, painter: QPainter, line: QRect, palette: QPalette, name: str, current: bool) -> None:
        metrics = painter.fontMetrics()
        text = metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, line.width() - 8)
        if current:
            pill = QRect(0, 0, min(line.width(), metrics.horizontalAdvance(text) + 12), line.height())
            pill.moveCenter(line.center())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.color(QPalette.ColorRole.Highlight))
            painter.drawRoundedRect(pill, 4, 4)
        role = QPalette.ColorRole.HighlightedText if current else QPalette.ColorRole.Text
        painter.setPen(palette.color(role))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, text)

    def _line(self, font: QFont) -> int:
        return QFontMetrics(small(font)).height() + 2


def picture_pixels(side: int, ratio: float) -> int:
    """How many device pixels a picture has for itself in a square of ``side``."""
    return round((side - 2 * INSET) * ratio)


def small(font: QFont) -> QFont:
    """The letters under a tile."""
    smaller = QFont(font)
    if font.pointSizeF() > 0:
        smaller.setPointSizeF(max(7.0, font.pointSizeF() - 1))
    return smaller


def mixed(palette: QPalette, share: float) -> QColor:
    """The view's background with a share of its text colour: a grey for dark and light alike."""
    base, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    pairs = ((base.red(), text.red()), (base.green(), text.green()), (base.blue(), text.blue()))
    return QColor(*(round(b + share * (t - b)) for b, t in pairs))


def _paint_mark(painter: QPainter, square: QRect, palette: QPalette, right: bool) -> None:
    """A disc in the corner: a tick where the prediction is the label, a cross where it is not."""
    disc = QRectF(square.right() - INSET - MARK, square.top() + INSET, MARK, MARK)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
    painter.setBrush(theme.colour("quiet" if right else "error"))
    painter.drawEllipse(disc)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 2, c=Qt.PenCapStyle.RoundCap))
    shapes = [[(4, 9), (7, 12), (12, 5)]] if right else [[(5, 5), (11, 11)], [(11, 5), (5, 11)]]
    for shape in shapes:
        painter.drawPolyline([QPointF(disc.left() + x, disc.top() + y) for x, y in shape])


def _paint_remark(painter: QPainter, square: QRect, palette: QPalette) -> None:
    """A disc in the other corner: there is something to know about the picture."""
    disc = QRectF(square.left() + INSET, square.top() + INSET, MARK, MARK)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 1.5))
    painter.setBrush(theme.colour("warning"))
    painter.drawEllipse(disc)
    painter.setPen(QPen(palette.color(QPalette.ColorRole.Base), 2, c=Qt.PenCapStyle.RoundCap))
    for start, end in (((8, 4), (8, 9)), ((8, 12), (8, 12))):
        painter.drawLine(disc.topLeft() + QPointF(*start), disc.topLeft() + QPointF(*end))


def _paint_unreadable(painter: QPainter, room: QRect, palette: QPalette) -> None:
    painter.save()
    metrics = painter.fontMetrics()
    glyph = QRect(0, 0, 28, 28)
    glyph.moveCenter(room.center() - QRect(0, 0, 0, metrics.height()).center())
    painter.setOpacity(0.6)
    theme.icon("mdi6.image-broken-variant").paint(painter, glyph)
    painter.setOpacity(1.0)
    painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
    below = QRect(room.left(), glyph.bottom() + 2, room.width(), metrics.height())
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, tr("unreadable"))
    painter.restore()
