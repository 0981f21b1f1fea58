"""Pictures are read away from the window's thread; the last few stay at hand while their files stay the same."""

from __future__ import annotations

import time
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.browser.workers import PATIENCE_S, Workers, send
from gui.texts import tr
from gui.whole import Whole, whole_of
from tfcore import pictures
from tfcore.errors import HeatlensError
from tfcore.pictures import Picture
from tfcore.pictures.address import file_of

_AT_HAND = 64
_BYTES = 512 * 1024**2
# How often it is asked whether the file of the picture on show has changed.
_WATCH_MS = 700
# A file changed later than this may still be being written.
_SETTLED = 1.0

# What changes with the content of a file: time, size, number on its disk.
Stamp = tuple[int, int, int] | None


class Reader(QObject):
    """``ask`` for a path; ``arrived`` brings (path, Picture or the sentence that says why not).

    What was read before and is another file by now is announced by ``outdated`` and read again: when it is next asked
    for, and while it is watched.
    """

    # The path is an object, since Qt's own strings lose file names that are not valid Unicode.
    arrived = Signal(object, object)
    outdated = Signal(object)
    _came = Signal(object, object, object, object)
    _seen = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # What was asked for last comes first, what may be wanted next comes after it.
        self._workers, self._looks = (
            Workers(self._read, 2, "reading", _folder),
            Workers(self._see, 1, "looking", _folder),
        )
        self._at_hand: OrderedDict[str, Picture] = OrderedDict()
        self._wholes: dict[str, Whole | None] = {}
        self._asked: set[str] = set()
        # Of every file as it was read, and of the watched one as it was last seen.
        self._stamps: dict[str, Stamp] = {}
        self._last: Stamp = None
        self._looking: set[str] = set()
        self.watched: str | None = None
        self._watch = QTimer(self, interval=_WATCH_MS)
        self._watch.timeout.connect(self._look)
        self._came.connect(self._keep)
        self._seen.connect(self._compare)

    @property
    def idle(self) -> bool:
        """Nothing is on its way, or a drive hangs."""
        return not self._asked or self._workers.hangs

    def get(self, path: str) -> Picture | None:
        """The picture if it is at hand."""
        return self._at_hand.get(path)

    def whole(self, path: str) -> Whole | None:
        """What the picture at hand is a slice of."""
        return self._wholes.get(path)

    def ask(self, path: str, ahead: bool = False) -> None:
        """Read a picture unless it is being read already."""
        if path not in self._asked:
            self._asked.add(path)
            self._workers.put([path], first=not ahead)

    def watch(self, path: str | None) -> None:
        """Notice from now on, and at once, when this file is no longer as it was read."""
        self.watched, self._last = path, None
        if path is None:
            self._watch.stop()
        else:
            self._watch.start()
            self._look()

    def close(self) -> None:
        """Nothing more is read; what is being read is waited for, unless it hangs."""
        self._watch.stop()
        self._workers.replace([])
        self._looks.replace([])
        until = time.monotonic() + PATIENCE_S
        while not (self._workers.idle and self._looks.idle) and time.monotonic() < until:
            time.sleep(0.005)

    def _look(self) -> None:
        if self.watched is not None and self.watched not in self._looking and self.watched in self._stamps:
            self._looking.add(self.watched)
            self._looks.put([self.watched])

    def _compare(self, path: str, stamp: Stamp) -> None:
        self._looking.discard(path)
        if path != self.watched or stamp is None or stamp == self._stamps.get(path):
            return
        if stamp == self._last or time.time() - stamp[0] / 1e9 > _SETTLED:
            self.ask(path)
        self._last = stamp

    def _keep(self, path: str, found: Picture | str, whole: Whole | None, stamp: Stamp) -> None:
        self._asked.discard(path)
        if self._stamps.setdefault(path, stamp) != stamp:
            self._forget_file(path)
            self._stamps[path] = stamp
            self.outdated.emit(path)
        if isinstance(found, Picture):
            self._at_hand[path], self._wholes[path] = found, whole
            self._at_hand.move_to_end(path)
            while len(self._at_hand) > 1 and (len(self._at_hand) > _AT_HAND or self._bytes() > _BYTES):
                del self._wholes[self._at_hand.popitem(last=False)[0]]
        self.arrived.emit(path, found)

    def _forget_file(self, path: str) -> None:
        """All slices that were read of the file are of the old one."""
        file = file_of(path)
        for other in [each for each in self._stamps if file_of(each) == file]:
            self._at_hand.pop(other, None)
            self._wholes.pop(other, None)
            if other != path:
                del self._stamps[other]
                self.outdated.emit(other)

    def _bytes(self) -> int:
        return sum(picture.array.nbytes for picture in self._at_hand.values())

    # --- in the threads ---

    def _read(self, path: str) -> None:
        found: Picture | str
        whole: Whole | None = None
        # Before it is read: what changes meanwhile is noticed.
        stamp = _stamp(path)
        try:
            found = pictures.read(path)
            whole = whole_of(found)
        except HeatlensError as error:
            found = str(error)
        except Exception as error:  # a thread has nobody above it to catch this
            found = tr("{path} could not be read ({name}: {error}).", path=path, name=type(error).__name__, error=error)
        send(self._came, path, found, whole, stamp)

    def _see(self, path: str) -> None:
        send(self._seen, path, _stamp(path))


def _folder(path: str) -> str:
    return str(Path(path).parent)


def _stamp(path: str) -> Stamp:
    try:
        state = file_of(path).stat()
    except (OSError, ValueError):
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
