"""Figures are drawn away from the window's thread: matplotlib takes a second to import and a moment to draw."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer

from gui.texts import tr
from tfcore.errors import HeatlensError

# One thread, since matplotlib draws one figure at a time.
_thread = ThreadPoolExecutor(1, thread_name_prefix="figure")
_EVERY_MS = 15
_log = logging.getLogger(__name__)


class Drawing(QObject):
    """Work on its way: calls ``done`` with what it returns, or ``failed`` with one sentence, in the window's thread.

    The window looks after it instead of being told: nothing of Qt is touched in the other thread, so a dialog that
    is closed meanwhile takes nothing away from under it.
    """

    def __init__(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._done, self._failed = done, failed
        self._future = _thread.submit(work)
        self._look = QTimer(self, interval=_EVERY_MS)
        self._look.timeout.connect(self._deliver)
        self._look.start()

    def drop(self) -> None:
        """Nobody waits for it any more: it is not begun if it was not, and its result goes nowhere."""
        self._look.stop()
        self._future.cancel()
        self.deleteLater()

    def _deliver(self) -> None:
        if not self._future.done():
            return
        self._look.stop()
        self.deleteLater()
        error = self._future.exception()
        if error is None:
            self._done(self._future.result())
        elif isinstance(error, HeatlensError):
            self._failed(str(error))
        else:
            _log.error(tr("drawing a figure failed"), exc_info=error)
            self._failed(
                tr(
                    "The figure could not be drawn ({name}: {error}); try other settings.",
                    name=type(error).__name__,
                    error=error,
                )
            )
