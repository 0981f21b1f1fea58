"""Pictures are read away from the window's thread; the last few stay at hand."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from tfcore import pictures
from tfcore.errors import HeatlensError
from tfcore.pictures import Picture

_AT_HAND = 8
_BYTES = 512 * 1024**2


class Reader(QObject):
    """``ask`` for a path; ``arrived`` brings (path, Picture or the sentence that says why not)."""

    # The path is an object, since Qt's own strings lose file names that are not valid Unicode.
    arrived = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self, maxThreadCount=2)
        self._at_hand: OrderedDict[str, Picture] = OrderedDict()
        self._asked: set[str] = set()
        self.arrived.connect(self._keep)

    def get(self, path: str) -> Picture | None:
        """The picture if it is at hand."""
        return self._at_hand.get(path)

    def ask(self, path: str) -> None:
        """Read a picture unless it is being read already."""
        if path not in self._asked:
            self._asked.add(path)
            self._pool.start(_Read(path, self))

    def close(self) -> None:
        """Wait for what is being read."""
        self._pool.clear()
        self._pool.waitForDone()

    def _keep(self, path: str, found: Picture | str) -> None:
        self._asked.discard(path)
        if isinstance(found, Picture):
            self._at_hand[path] = found
            self._at_hand.move_to_end(path)
            while len(self._at_hand) > 1 and (len(self._at_hand) > _AT_HAND or self._bytes() > _BYTES):
                self._at_hand.popitem(last=False)

    def _bytes(self) -> int:
        return sum(picture.array.nbytes for picture in self._at_hand.values())


class _Read(QRunnable):
    def __init__(self, path: str, reader: Reader) -> None:
        super().__init__()
        self._path, self._reader = path, reader

    def run(self) -> None:
        found: Picture | str
        try:
            found = pictures.read(self._path)
        except HeatlensError as error:
            found = str(error)
        except Exception as error:  # a thread has nobody above it to catch this
            found = f"{self._path} could not be read ({type(error).__name__}: {error})."
        self._reader.arrived.emit(self._path, found)
