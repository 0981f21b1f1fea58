"""What is seen of a picture that is shown reduced, read again from its file as fine as the screen shows it."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from PySide6.QtCore import QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QImage

from tfcore.errors import HeatlensError
from tfcore.pictures import Picture

# Pixels on a side that are read at a time.
_LONGEST = 4096
# Read beyond what is seen, as a share of it, so that not every step to the side is a question.
_BESIDE = 0.25
_EVERY_MS = 15

_thread = ThreadPoolExecutor(1, thread_name_prefix="finer")
# Pixels for the screen, and which part of the picture they cover.
_Part: TypeAlias = "tuple[np.ndarray, tuple[float, float, float, float]]"


class Finer(QObject):
    """Reads away from the window's thread; only the newest answer counts.

    It looks after the answer itself: nothing of Qt is touched, or ends its life, in the other thread.
    """

    arrived = Signal()

    def __init__(self, picture: Picture, parent: QObject) -> None:
        super().__init__(parent)
        self._picture = picture
        self._wanted, self._scale = QRectF(), 0.0
        self._future: Future[_Part | None] | None = None
        self._look = QTimer(self, interval=_EVERY_MS)
        self._look.timeout.connect(self._deliver)
        # For the screen, and which part of the picture it covers.
        self.image: QImage | None = None
        self.covered = QRectF()

    def look(self, visible: QRectF, scale: float) -> None:
        """Ask for what is seen, where ``scale`` device pixels per pixel of the picture show more than it has."""
        seen = visible.intersected(QRectF(0, 0, self._picture.width, self._picture.height))
        if scale <= 1.0 or seen.isEmpty():
            self.drop()
            self.image, self._wanted = None, QRectF()
            return
        if self._wanted.contains(seen) and scale <= 1.5 * self._scale:
            return
        dx, dy = seen.width() * _BESIDE, seen.height() * _BESIDE
        self._wanted, self._scale = seen.adjusted(-dx, -dy, dx, dy), scale
        longest = min(_LONGEST, int(scale * max(self._wanted.width(), self._wanted.height())) + 1)
        self.drop()
        wanted = (self._wanted.x(), self._wanted.y(), self._wanted.width(), self._wanted.height())
        self._future = _thread.submit(_read, self._picture, wanted, longest)
        self._look.start()

    def drop(self) -> None:
        """Nobody waits for an answer any more."""
        self._look.stop()
        if self._future is not None:
            self._future.cancel()
            self._future = None

    def _deliver(self) -> None:
        if self._future is None or not self._future.done():
            return
        part = self._future.result()
        self.drop()
        self.image = None
        if part is not None:
            shown, place = part
            height, width = shown.shape[:2]
            self.image = QImage(shown.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
            self.covered = QRectF(*place)
        self.arrived.emit()


def _read(picture: Picture, wanted: tuple[float, float, float, float], longest: int) -> _Part | None:
    from tfcore.pictures import large

    assert picture.full is not None
    down, across = picture.full[0] / picture.height, picture.full[1] / picture.width
    left, top, width, height = wanted
    place = int(left * across), int(top * down), int(width * across), int(height * down)
    try:
        part = large.region(picture, place[0], place[1], place[2], place[3], longest)
    # The file may be gone by now; what is seen of it stays.
    except HeatlensError:
        return None
    if part is None:
        return None
    shown = np.ascontiguousarray(replace(picture, array=np.ascontiguousarray(part.array), full=None).display())
    return shown, (part.x / across, part.y / down, part.width / across, part.height / down)
