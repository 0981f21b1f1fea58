"""Small versions of the pictures in sight, made in threads and kept within a number of bytes."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QPixmap

from gui.browser.workers import Workers, send
from gui.texts import tr
from gui.whole import count_of
from tfcore import pictures
from tfcore.errors import HeatlensError

THREADS = min(4, max(2, (os.cpu_count() or 2) - 1))
BYTES = 64 * 1024 * 1024


@dataclass(frozen=True)
class Thumbnail:
    """A picture at most ``size`` device pixels on a side, or the sentence that says why there is none."""

    pixmap: QPixmap | None
    reason: str
    size: int

    def bytes(self) -> int:
        return 512 if self.pixmap is None else self.pixmap.width() * self.pixmap.height() * 4


class Thumbnails(QObject):
    """The least recently seen thumbnails are forgotten first; requests for what went out of sight are dropped."""

    # A path; an object, since Qt's own strings lose file names that are not valid Unicode.
    arrived = Signal(object)
    counted = Signal()
    _made = Signal(object, object, str, int, int)

    def __init__(self, limit: int = BYTES) -> None:
        super().__init__()
        self._limit = limit
        self._kept: OrderedDict[str, Thumbnail] = OrderedDict()
        self._bytes = 0
        # How many slices a picture stands for, of those that are more than one.
        self.slices: dict[str, int] = {}
        self._workers: Workers[tuple[str, int]] = Workers(
            self._make, THREADS, "thumbnails", lambda task: str(Path(task[0]).parent)
        )
        self._made.connect(self._keep)

    @property
    def idle(self) -> bool:
        """Nothing is being made."""
        return self._workers.idle

    def get(self, path: str) -> Thumbnail | None:
        """What is there now, perhaps of an earlier size."""
        thumbnail = self._kept.get(path)
        if thumbnail is not None:
            self._kept.move_to_end(path)
        return thumbnail

    def want(self, paths: Iterable[str], size: int) -> None:
        """Make these, the first ones first, and nothing else that was asked for before."""
        self._workers.replace([(path, size) for path in paths if not self._fits(path, size)])

    def count(self, path: str, slices: int) -> None:
        """So many slices are behind this picture."""
        if slices > 1 and self.slices.get(path) != slices:
            self.slices[path] = slices
            self.counted.emit()

    def forget(self, paths: Iterable[str]) -> None:
        """Read them again when they are next in sight."""
        for path in paths:
            if (thumbnail := self._kept.pop(path, None)) is not None:
                self._bytes -= thumbnail.bytes()

    def _fits(self, path: str, size: int) -> bool:
        thumbnail = self._kept.get(path)
        return thumbnail is not None and (thumbnail.pixmap is None or thumbnail.size == size)

    def _make(self, task: tuple[str, int]) -> None:
        path, size = task
        image, reason, slices = _read(path, size)
        send(self._made, path, image, reason, size, slices)

    def _keep(self, path: str, image: QImage | None, reason: str, size: int, slices: int) -> None:
        self.forget([path])
        self.count(path, slices)
        thumbnail = Thumbnail(None if image is None else QPixmap.fromImage(image), reason, size)
        self._kept[path] = thumbnail
        self._bytes += thumbnail.bytes()
        while self._bytes > self._limit and len(self._kept) > 1:
            self._bytes -= self._kept.popitem(last=False)[1].bytes()
        self.arrived.emit(path)


def _read(path: str, size: int) -> tuple[QImage | None, str, int]:
    try:
        array = np.ascontiguousarray(pictures.thumbnail(Path(path), size))
        height, width, _ = array.shape
        image = QImage(array.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        # A format that is painted without conversion, and a copy that outlives the array.
        return image.convertToFormat(QImage.Format.Format_RGB32), "", count_of(path)
    except HeatlensError as error:
        return None, str(error), 1
    except Exception as error:  # whatever a broken file makes a decoder say, it costs this tile only
        return None, tr("{name} could not be read: {error}.", name=Path(path).name, error=error), 1
