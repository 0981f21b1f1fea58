"""Where the linked views look: one centre and one scale for all of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QWheelEvent

from tfcore.figure.display import Display
from tfcore.pictures import Picture
from tfcore.pictures.sides import as_seen

# Screen pixels left free around a fitted picture.
MARGIN = 12
# The largest picture pixel on screen, unless fitting a tiny picture already needs larger ones.
LARGEST_PIXEL = 64.0
# One notch of a wheel zooms by a fifth.
NOTCH = 120
ZOOM_PER_DELTA = 1.0015


class Camera(QObject):
    """The part of the picture that is seen.

    ``x``, ``y`` is the picture position at the middle of a view, ``scale`` the screen pixels per picture pixel across,
    ``tall`` how much higher than wide a picture pixel is; ``mirrored`` turns left and right round.
    Sharing one camera is what links views: they cannot disagree, whatever their sizes.
    """

    changed = Signal()
    # So many slices on by the wheel.
    scrolled = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.x = self.y = 0.5
        self.scale = self.tall = 1.0
        self.fitted = True
        # Whether there are slices, for the wheel to go through.
        self.slices = False
        self.mirrored = False
        # What stands at the edges: the sides of the patient at the top, the bottom, the left and the right of the
        # view, and how many mm rows and columns are apart.
        self.sides = ""
        self.spacing: tuple[float, float] | None = None
        self._turned = 0
        self._picture = QSizeF(1, 1)
        self._viewport = QSizeF(1, 1)
        self._said: object = None

    @property
    def across(self) -> float:
        """Screen pixels per picture pixel from column to column, to the left where the picture is mirrored."""
        return -self.scale if self.mirrored else self.scale

    @property
    def down(self) -> float:
        """Screen pixels per picture pixel from row to row."""
        return self.scale * self.tall

    def hang(self, picture: Picture, display: Display) -> None:
        """Which way round a picture is seen, and what stands at its edges."""
        self.mirrored = display.mirrors(picture)
        self.sides = as_seen(picture.sides, display.convention) if display.marks else ""
        self.spacing = picture.spacing if display.marks else None
        self._say()

    def set_picture(self, width: int, height: int, tall: float = 1.0) -> None:
        """Look at a picture of this size: fitted, or, when the last one had the same size, at the same place."""
        size = QSizeF(width, height)
        if self.fitted or (size, tall) != (self._picture, self.tall):
            self._picture, self.tall = size, tall
            self.fit()

    def set_viewport(self, width: float, height: float, same_field: bool = False) -> None:
        """The views became this large: a fitted picture stays fitted, a zoomed one keeps its centre and its scale, or
        (``same_field``) how much of it is seen.
        """
        before = self._fitting_scale()
        self._viewport = QSizeF(max(width, 1.0), max(height, 1.0))
        if self.fitted:
            self.fit()
            return
        if same_field:
            self.scale *= self._fitting_scale() / before
        self._say()

    def fit(self) -> None:
        """Show the whole picture."""
        self.fitted = True
        self.scale = self._fitting_scale()
        self.x, self.y = self._picture.width() / 2, self._picture.height() / 2
        self._say()

    def zoom(self, factor: float, x: float | None = None, y: float | None = None) -> None:
        """Zoom in by ``factor``, with picture position ``x``, ``y`` (default: the middle) staying where it is."""
        x, y = self.x if x is None else x, self.y if y is None else y
        fitting = self._fitting_scale()
        scale = min(max(self.scale * factor, min(fitting, 1.0) / 4), max(fitting, LARGEST_PIXEL))
        kept = self.scale / scale
        self._move(x + (self.x - x) * kept, y + (self.y - y) * kept, scale)

    def wheel(self, event: QWheelEvent, x: float, y: float) -> None:
        """Slice by slice where there are any; else, and with Ctrl, zoom about this picture position."""
        event.accept()
        delta = event.angleDelta().y()
        if not self.slices or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(ZOOM_PER_DELTA**delta, x, y)
            return
        # Fine wheels and touchpads turn by less than a notch; another direction begins anew.
        self._turned = delta + (self._turned if self._turned * delta > 0 else 0)
        steps = int(self._turned / NOTCH)
        self._turned -= steps * NOTCH
        if steps:
            self.scrolled.emit(-steps)

    def pan(self, dx: float, dy: float) -> None:
        """Drag the picture by screen pixels."""
        self._move(self.x - dx / self.across, self.y - dy / self.down, self.scale)

    def visible(self, width: float, height: float) -> QRectF:
        """The picture rectangle a view of this size on screen shows."""
        w, h = max(width, 1.0) / self.scale, max(height, 1.0) / self.down
        return QRectF(self.x - w / 2, self.y - h / 2, w, h)

    def position(self, point: QPointF, width: float, height: float) -> QPointF:
        """The picture position at a point of a view of this size."""
        x, y = (point.x() - width / 2) / self.across, (point.y() - height / 2) / self.down
        return QPointF(self.x + x, self.y + y)

    def point(self, position: QPointF, width: float, height: float) -> QPointF:
        """The way back."""
        x, y = (position.x() - self.x) * self.across, (position.y() - self.y) * self.down
        return QPointF(width / 2 + x, height / 2 + y)

    def seen(self, width: float, height: float) -> QRectF:
        """Where all of the picture lies in a view of this size on screen."""
        corners = (QPointF(0, 0), QPointF(self._picture.width(), self._picture.height()))
        return QRectF(*(self.point(corner, width, height) for corner in corners)).normalized()

    def shows(self, position: QPointF) -> bool:
        """Whether the picture is there."""
        return QRectF(QPointF(0, 0), self._picture).contains(position)

    def _say(self) -> None:
        """Everybody who looks through it draws anew: not for each slice of one volume, which all lie in one place."""
        where = (self.x, self.y, self.scale, self.tall), self._picture, self._viewport
        how = self.fitted, self.mirrored, self.sides, self.spacing
        if (where, how) != self._said:
            self._said = where, how
            self.changed.emit()

    def _fitting_scale(self) -> float:
        width, height = self._viewport.width() - 2 * MARGIN, self._viewport.height() - 2 * MARGIN
        return max(min(width / self._picture.width(), height / (self._picture.height() * self.tall)), 1e-3)

    def _move(self, x: float, y: float, scale: float) -> None:
        # The middle of the view stays on the picture, so it cannot be lost off screen.
        self.x = min(max(x, 0.0), self._picture.width())
        self.y = min(max(y, 0.0), self._picture.height())
        self.scale = scale
        self.fitted = False
        self._say()
