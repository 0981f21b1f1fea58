"""Saved soon after every change, beside the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from gui.texts import tr
from tfcore.errors import HeatlensError

_SAVE_AFTER_MS = 2000
_AGAIN_AFTER_MS = 60_000
_EVERY_MS = 50
# A disk that has not taken what is being written for so long is not waited for.
_HUNG_S, _HUNG = 5.0, tr("the disk does not answer")

Write = Callable[[], object]


class Autosave(QObject):
    """Saves at most two seconds after a change, so that a crash loses no more; no disk is waited for meanwhile.

    The window looks after what is being written instead of being told: nothing of Qt is touched in the other thread.
    """

    # Why it could not be saved; said once until it can be again.
    failed = Signal(str)

    def __init__(self, parent: QObject, keep: Callable[[], Write] = lambda: lambda: None) -> None:
        super().__init__(parent)
        # Takes hold of what there is to save; what it gives writes that.
        self.keep = keep
        self._came = list[Exception | None]()
        self._thread: threading.Thread | None = None
        self._failing = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._aside)
        self._look = QTimer(self, interval=_EVERY_MS)
        self._look.timeout.connect(self._looked)

    def touch(self) -> None:
        """Something changed; what goes on changing does not put it off."""
        if not 0 <= self._timer.remainingTime() <= _SAVE_AFTER_MS:
            self._timer.start(_SAVE_AFTER_MS)

    def now(self) -> None:
        """Save at once, and wait for it; a full disk must not take the window down with it."""
        self._timer.stop()
        write = self.keep()
        if self._thread is not None:
            # One after the other, and never the older over the newer.
            self._thread.join(_HUNG_S)
            self._looked()
        self._tell(_tried(write) if self._thread is None else TimeoutError(_HUNG))

    def _aside(self) -> None:
        if self._thread is not None:
            self._tell(TimeoutError(_HUNG))
            self.touch()
            return
        came, write = self._came, self.keep()
        self._thread = threading.Thread(target=lambda: came.append(_tried(write)), name="autosave", daemon=True)
        self._thread.start()
        self._look.start()

    def _looked(self) -> None:
        if self._came:
            self._look.stop()
            self._thread = None
            self._tell(self._came.pop())

    def _tell(self, error: Exception | None) -> None:
        if error is not None and not isinstance(error, HeatlensError | OSError):
            raise error
        if error is not None:
            self._timer.start(_AGAIN_AFTER_MS)
            if not self._failing:
                self.failed.emit(tr("What is open will not be remembered: {error}", error=error))
        self._failing = error is not None


def _tried(write: Write) -> Exception | None:
    """Why it could not be written."""
    try:
        write()
    except Exception as error:  # of whatever kind, it is the window's to say
        return error
    return None
