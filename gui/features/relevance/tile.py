"""One layer of the strip: its heat over the picture, its name, and the sum of relevance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from gui.canvas.camera import MARGIN, Camera
from gui.canvas.heat_item import PaintedHeat
from gui.canvas.painting import qimage, through
from gui.features.relevance.words import number
from gui.texts import tr
from gui.theme import colour
from tfcore.figure.display import Display, scale_of
from tfcore.pictures import Picture
from tfcore.results import Heat

_PAD = 4


class Tile(QAbstractButton):
    """A picture to click on."""

    def __init__(self, picture: QImage, heat: Heat, name: str, total: float | None, short: str = "") -> None:
        super().__init__()
        self.heat, self.name, self.total = heat, short or name, total
        self._picture = picture
        self._heat = PaintedHeat(heat)
        self._display = Display()
        self._frame, self._camera = QRectF(0, 0, 1, 1), Camera(self)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(
            tr("{total} at {name}", total=tr("heat") if total is None else tr("relevance"), name=name)
        )
        rows, columns = heat.native.shape
        what = heat.method if total is None else tr("sum of relevance {total}", total=number(total))
        self.setToolTip(
            tr(
                "{layer} · {rows} × {columns}\n"
                "{what}, from {min} to {max}\n"
                "Click to see it large; click again for the heatmap of the method",
                layer=heat.layer if name != "pixels" else tr("the picture itself"),
                rows=rows,
                columns=columns,
                what=what,
                min=number(float(heat.native.min())),
                max=number(float(heat.native.max())),
            )
        )

    def show_display(self, display: Display, picture: Picture) -> None:
        """How the heat is drawn, and over which picture."""
        self._display, self._frame = replace(display, outline=None), QRectF(0, 0, picture.width, picture.height)
        self._camera.hang(picture, display)
        self._camera.set_picture(picture.width, picture.height, picture.tall)
        self.update()

    def fit(self, height: int) -> None:
        """Be so high, and as wide as the picture and the name need."""
        side = max(24, height - 2 * self.fontMetrics().height() - 2 * _PAD)
        self.setFixedSize(QSize(max(side, self.fontMetrics().horizontalAdvance("−0.0000e-00")) + 2 * _PAD, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        line = self.fontMetrics().height()
        room = QRectF(self.rect()).adjusted(_PAD, _PAD, -_PAD, -_PAD - 2 * line)
        self._camera.set_viewport(room.width() + 2 * MARGIN, room.height() + 2 * MARGIN)
        shown = QRectF(0, 0, self._frame.width() * self._camera.scale, self._frame.height() * self._camera.down)
        shown.moveCenter(room.center())
        painter.save()
        through(painter, shown, self._camera, self._frame)
        painter.drawImage(self._frame, self._picture)
        if not self.heat.degenerate:
            self._heat.paint(painter, self._display, scale_of(self.heat, [self.heat], self._display))
        painter.restore()
        if self.isChecked() or self.hasFocus() or self.underMouse():
            role = "accent" if self.isChecked() else "focus" if self.hasFocus() else "border"
            painter.setPen(QPen(colour(role), 2))
            painter.drawRect(shown.adjusted(-1, -1, 1, 1))
        self._paint_words(painter, line)

    def _paint_words(self, painter: QPainter, line: int) -> None:
        middle = int(Qt.AlignmentFlag.AlignCenter)
        low = QRectF(0, self.height() - 2 * line, self.width(), line)
        painter.setPen(colour("text"))
        name = self.fontMetrics().elidedText(self.name, Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(low, middle, name)
        painter.setPen(colour("quiet"))
        said = " × ".join(map(str, self.heat.native.shape)) if self.total is None else f"Σ {number(self.total)}"
        painter.drawText(low.translated(0, line), middle, said)


def small(picture: Picture, side: int = 256) -> QImage:
    """The picture as shown, small enough for a tile."""
    image = qimage(np.ascontiguousarray(picture.display()))
    if max(image.width(), image.height()) <= side:
        return image
    keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(side, side, keep, smooth)
