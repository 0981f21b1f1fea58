"""A window that went down: where it was in its own code is kept, and offered at the next start."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
import time
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.texts import tr
from tfcore import places

_RUNNING, _KEPT = "running-{}.log", "crash-{}.log"
# Logs that are kept, and days after which one is taken away that a window left empty: it was ended from outside.
_MOST, _DAYS = 5, 7
_LETTERS = 100_000


class Crashes:
    """A file that stays empty as long as nothing happens; it names lines of this program and of its libraries, and
    nothing that is open.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[str] | None = None

    def watch(self) -> None:
        """From now on, until :meth:`done`."""
        # Without a place for it there is no log.
        with contextlib.suppress(OSError):
            self._file = (self._folder / _RUNNING.format(os.getpid())).open("w", encoding="utf-8")
            faulthandler.enable(self._file)

    def done(self) -> None:
        """The window was closed as it should be."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            with contextlib.suppress(OSError):
                Path(self._file.name).unlink()
            self._file = None

    def offer(self, parent: QWidget) -> QMessageBox | None:
        """A sentence and the log, where a window went down since the last start."""
        if (log := self._last()) is None:
            return None
        words = tr("Heatlens went down last time. Your work is as it was up to two seconds before.")
        box = QMessageBox(QMessageBox.Icon.Warning, tr("Heatlens went down"), words, parent=parent)
        box.setInformativeText(tr("What it was doing is in {log}; send it along when you report the fault.", log=log))
        with contextlib.suppress(OSError):
            box.setDetailedText(log.read_text(encoding="utf-8", errors="replace")[:_LETTERS])
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
        return box

    def _last(self) -> Path | None:
        """The newest log of a window that went down, which is then kept under another name."""
        found: Path | None = None
        with contextlib.suppress(OSError):
            for path in sorted(self._folder.glob(_RUNNING.format("*")), key=lambda each: each.stat().st_mtime):
                state = path.stat()
                if self._file is not None and path == Path(self._file.name):
                    continue
                if state.st_size:
                    when = datetime.fromtimestamp(state.st_mtime)
                    found = path.replace(path.with_name(_KEPT.format(f"{when:%Y%m%d-%H%M%S}")))
                elif time.time() - state.st_mtime > _DAYS * 86400:
                    path.unlink()
            for old in sorted(self._folder.glob(_KEPT.format("*")))[:-_MOST]:
                old.unlink()
        return found


def note(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    """Keep what Qt has to say."""
    # What Qt has to say about platforms and plug-ins belongs into the log; a fatal message must be seen.
    with contextlib.suppress(OSError), (places.logs() / "window.log").open("a") as log:
        print(message, file=log)
    if kind == QtMsgType.QtFatalMsg:
        print(message, file=sys.stderr)


def reporter(say: Callable[[str], object]) -> Callable[..., None]:
    """For ``sys.excepthook``: a fault is said in one sentence."""

    def report(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        say(
            tr(
                "The window stumbled ({name}: {error}); the details are in {logged}.",
                name=kind.__name__,
                error=error,
                logged=logged(error),
            )
        )

    return report


def logged(error: BaseException) -> Path:
    """The file in which a fault stands."""
    log = places.logs() / "window.log"
    with contextlib.suppress(OSError), log.open("a") as stream:
        traceback.print_exception(error, file=stream)
    return log
