"""A picture beside what the network sees of it."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.panels.labels import ElidedLabel, label
from gui.pieces import column, held, row
from gui.texts import tr
from gui.theme import colour
from tfcore.pictures import Picture
from tfcore.results import Box

_SIDE = 240
_NONE = tr("No picture is open, so there is nothing to preview: open one, then edit the card again.")


class CardPreview(QWidget):
    """Left the picture with the part that the network's input covers, right that input, its pixels enlarged."""

    def __init__(self) -> None:
        super().__init__()
        self._picture, self._seen = Image(tr("the picture")), Image(tr("what the network sees"))
        self._left, self._right = ElidedLabel(role="quiet"), ElidedLabel(role="quiet")
        self._nothing, self._problem = label(_NONE, "quiet"), label(role="error")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        shown = ((tr("PICTURE"), self._picture, self._left), (tr("WHAT THE NETWORK SEES"), self._seen, self._right))
        sides = ((column(label(title, "heading", wrap=False), (image, 1), text), 1) for title, image, text in shown)
        self._sides = held(row(*sides))
        self.setLayout(column(self._nothing, self._problem, (self._sides, 1)))
        self.show_picture(None)

    def show_picture(self, picture: Picture | None) -> None:
        """Another picture, or none; what the network sees of it is not known yet."""
        self._nothing.setVisible(picture is None)
        self._sides.setVisible(picture is not None)
        self.show_error("")
        self._seen.show_array(None)
        self._right.setText("")
        if picture is None:
            self._picture.show_array(None)
        else:
            self._picture.show_array(picture.display(), crisp=False, tall=picture.tall)
            self._left.setText(f"{picture.path.name} · {picture.width} × {picture.height} px")

    def show_seen(self, seen: np.ndarray, box: Box) -> None:
        """What the network sees, (H, W, 3) uint8, and the part of the picture that it covers."""
        self.show_error("")
        self._seen.show_array(seen)
        self._picture.show_box(box)
        height, width = seen.shape[:2]
        self._right.setText(f"{width} × {height} px")

    def show_error(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        if sentence:
            self._seen.show_array(None)
            self._right.setText("")

    def text(self) -> str:
        return " ".join(each.text() for each in (self._nothing, self._problem) if not each.isHidden())


class Image(QWidget):
    """An array as large as there is room, its pixels crisp or smooth, and perhaps a frame on it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._image = QImage()
        self._crisp, self._tall = True, 1.0
        self._box: Box | None = None

    def show_array(self, array: np.ndarray | None, crisp: bool = True, tall: float = 1.0) -> None:
        """Show (H, W, 3) uint8, its pixels so much higher than wide, or nothing."""
        self._box, self._crisp, self._tall = None, crisp, tall
        if array is None:
            self._image = QImage()
        else:
            array = np.ascontiguousarray(array)
            height, width, _ = array.shape
            # A copy that outlives the array.
            self._image = QImage(array.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self.update()

    def show_box(self, box: Box) -> None:
        """Frame this part, in pixels of the array; it may reach outside."""
        self._box = box
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    minimumSizeHint = sizeHint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour("base"))
        if self._image.isNull():
            return
        whole = self._shown()
        scale = min(self.width() / whole.width(), self.height() / (whole.height() * self._tall))
        painter.translate(self.width() / 2, self.height() / 2)
        painter.scale(scale, scale * self._tall)
        painter.translate(-whole.center())
        # Enlarged pixels are squares, a reduced picture is averaged.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._crisp or scale < 1)
        painter.drawImage(0, 0, self._image)
        if self._box is not None:
            pen = QPen(colour("focus"), 2)
            pen.setCosmetic(True)
            painter.setPen(pen)
            inset = 1 / scale
            painter.drawRect(_rect(self._box).adjusted(inset, inset, -inset, -inset))

    def _shown(self) -> QRectF:
        """The picture and the frame."""
        whole = QRectF(self._image.rect())
        return whole if self._box is None else whole.united(_rect(self._box))


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)
