"""What is seen of a picture that is shown reduced, read again from its file as fine as the screen shows it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, QRectF, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from tfcore.errors import HeatlensError
from tfcore.pictures import Picture

# Pixels on a side that are read at a time.
_LONGEST = 4096
# Read beyond what is seen, as a share of it, so that not every step to the side is a question.
_BESIDE = 0.25


class Finer(QObject):
    """Reads away from the window's thread; only the newest answer counts."""

    arrived = Signal()
    _came = Signal(int, object, object)

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self._asked, self._wanted, self._scale = 0, QRectF(), 0.0
        # For the screen, and which part of the picture it covers.
        self.image: QImage | None = None
        self.covered = QRectF()
        self._came.connect(self._keep)

    def look(self, visible: QRectF, scale: float) -> None:
        """Ask for what is seen, where ``scale`` device pixels per pixel of the picture show more than it has."""
        seen = visible.intersected(QRectF(0, 0, self._picture.width, self._picture.height))
        if scale <= 1.0 or seen.isEmpty():
            self.image = None
            self._wanted = QRectF()
            return
        if self._wanted.contains(seen) and scale <= 1.5 * self._scale:
            return
        dx, dy = seen.width() * _BESIDE, seen.height() * _BESIDE
        self._wanted, self._scale = seen.adjusted(-dx, -dy, dx, dy), scale
        self._asked += 1
        longest = min(_LONGEST, int(scale * max(self._wanted.width(), self._wanted.height())) + 1)
        QThreadPool.globalInstance().start(_Read(self, self._asked, self._picture, QRectF(self._wanted), longest))

    def _keep(self, number: int, image: QImage | None, covered: QRectF) -> None:
        if number == self._asked and not self._wanted.isEmpty():
            self.image, self.covered = image, covered
            self.arrived.emit()


class _Read(QRunnable):
    def __init__(self, finer: Finer, number: int, picture: Picture, wanted: QRectF, longest: int) -> None:
        super().__init__()
        self._finer, self._number, self._picture = finer, number, picture
        self._wanted, self._longest = wanted, longest

    def run(self) -> None:
        from tfcore.pictures import large

        picture, wanted = self._picture, self._wanted
        assert picture.full is not None
        down, across = picture.full[0] / picture.height, picture.full[1] / picture.width
        image, covered = None, QRectF()
        try:
            x, y = int(wanted.x() * across), int(wanted.y() * down)
            width, height = int(wanted.width() * across), int(wanted.height() * down)
            part = large.region(picture, x, y, width, height, self._longest)
        # The file may be gone by now; what is seen of it stays.
        except HeatlensError:
            part = None
        if part is not None:
            shown = replace(picture, array=np.ascontiguousarray(part.array), full=None).display()
            rows, columns = shown.shape[:2]
            image = QImage(shown.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888).copy()
            covered = QRectF(part.x / across, part.y / down, part.width / across, part.height / down)
        try:
            self._finer._came.emit(self._number, image, covered)
        except RuntimeError:
            # The picture is another by now, and nobody waits for this.
            return
