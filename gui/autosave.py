"""What is open is saved by itself, whatever the disk does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count

from PySide6.QtCore import QObject, QTimer, Signal

from gui.browser.workers import Workers, send
from tfcore.errors import HeatlensError

_SAVE_AFTER_MS = 2000
_AGAIN_AFTER_MS = 60_000
# A disk that has not taken what is being written for so long is not waited for.
_HUNG_S, _HUNG = 5.0, "the disk does not answer"


class Autosave(QObject):
    """Saves at most two seconds after a change, so that a crash loses no more; no disk is waited for meanwhile."""

    # Why it could not be saved; said once until it can be again.
    failed = Signal(str)
    _ended = Signal(object)

    def __init__(self, parent: QObject, keep: Callable[[], Callable[[], object]] = lambda: lambda: None) -> None:
        super().__init__(parent)
        # Takes hold of what there is to save; what it gives writes that.
        self.keep = keep
        self._failing = False
        # What is kept is numbered: the older is not written over the newer.
        self._numbers, self._newest = count(), -1
        self._one_by_one = threading.Lock()
        self._workers: Workers[tuple[int, Callable[[], object]]] = Workers(
            lambda kept: send(self._ended, self._tried(*kept)), 1, "autosave"
        )
        self._ended.connect(self._tell)
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._aside)

    def touch(self) -> None:
        """Something changed; what goes on changing does not put it off."""
        if not 0 <= self._timer.remainingTime() <= _SAVE_AFTER_MS:
            self._timer.start(_SAVE_AFTER_MS)

    def now(self) -> None:
        """Save at once, and wait for it; a full disk must not take the window down with it."""
        self._timer.stop()
        self._tell(self._tried(next(self._numbers), self.keep()))

    def _aside(self) -> None:
        if self._workers.idle:
            self._workers.put([(next(self._numbers), self.keep())])
        else:
            self._tell(TimeoutError(_HUNG))
            self.touch()

    def _tried(self, number: int, write: Callable[[], object]) -> Exception | None:
        """Why it could not be written."""
        if not self._one_by_one.acquire(timeout=_HUNG_S):
            return TimeoutError(_HUNG)
        try:
            if number > self._newest:
                write()
                self._newest = number
        except Exception as error:  # of whatever kind, it is the window's to say
            return error
        finally:
            self._one_by_one.release()
        return None

    def _tell(self, error: Exception | None) -> None:
        if error is not None and not isinstance(error, HeatlensError | OSError):
            raise error
        if error is not None:
            self._timer.start(_AGAIN_AFTER_MS)
            if not self._failing:
                self.failed.emit(f"What is open will not be remembered: {error}")
        self._failing = error is not None
