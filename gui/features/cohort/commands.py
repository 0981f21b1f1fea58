"""``heatlens`` commands as processes of their own: what runs outlives the window."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from gui.panels import Request
from tfcore import places
from tfcore.errors import HeatlensError
from tfcore.marks import PROGRAM
from tfcore.registry import find

# How the command line is called here: the front door lies beside the window.
HEATLENS = [sys.executable, str(Path(__file__).resolve().parents[3] / "main.py")]
_LOOK_MS = 500
_EVERY = "2"
_LONGEST_LOG = 20_000


class Asking(QObject):
    """A command that answers soon, by lines of JSON or words."""

    line = Signal(object)
    failed = Signal(str)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        # With the window, of which nothing is left to be told.
        self.destroyed.connect(lambda: self.stop())

    @property
    def busy(self) -> bool:
        """It has not ended yet."""
        return self._process is not None

    def ask(self, arguments: Sequence[str]) -> None:
        """Begin; what was asked before is not waited for any more."""
        self.stop()
        process = self._process = QProcess(self)
        process.readyReadStandardOutput.connect(lambda: self._read(process))
        process.finished.connect(lambda code, _: self._end(process, code))
        process.errorOccurred.connect(lambda _: self._end(process, 1))
        process.start(HEATLENS[0], [*HEATLENS[1:], *arguments])

    def stop(self) -> None:
        """End it without a word."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _read(self, process: QProcess) -> None:
        while process is self._process and process.canReadLine():
            with suppress(ValueError):
                self.line.emit(json.loads(bytes(process.readLine().data())))

    def _end(self, process: QProcess, code: int) -> None:
        if process is not self._process:
            return
        self._read(process)
        self._process = None
        if code:
            said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
            self.failed.emit(last_words(said) or process.errorString())
        process.deleteLater()
        self.ended.emit()


class Command(QObject):
    """The one that computes."""

    # Its exit code, and the last that it said.
    ended = Signal(int, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process: subprocess.Popen[bytes] | None = None
        self._log = Path()
        self._looking = QTimer(self, interval=_LOOK_MS)
        self._looking.timeout.connect(self._look)

    @property
    def running(self) -> bool:
        """It was begun from here and has not ended."""
        return self._process is not None

    def start(self, arguments: Sequence[str], folder: str) -> None:
        """Begin in a folder; what it says goes into a log."""
        self._log = places.logs() / "cohort.log"
        with self._log.open("wb") as log:
            # A session of its own: it is not ended with the window, nor by Ctrl-C in the window's terminal.
            self._process = subprocess.Popen(
                [*HEATLENS, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder or None,
                start_new_session=True,
            )
        self._looking.start()

    def end(self) -> None:
        """Let it end, as by Ctrl-C."""
        if self._process is not None:
            self._process.terminate()

    def _look(self) -> None:
        if self._process is None or (code := self._process.poll()) is None:
            return
        self._process = None
        self._looking.stop()
        self.ended.emit(code, last_words(self._log.read_text("utf-8", "replace")[-_LONGEST_LOG:]))


class Watch(Asking):
    """Says again and again how far the work in a folder is."""

    def begin(self, out: str) -> None:
        self.ask(["cohort", "status", out, "--json", "--every", _EVERY])


def last_words(said: str) -> str:
    """The last line that is meant for people, or the last at all.

    >>> last_words("2026 loading\\nheatlens: no such folder; name another\\n\\n")
    'no such folder; name another'
    """
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    ours = [line.removeprefix(f"{PROGRAM}: ") for line in lines if line.startswith(f"{PROGRAM}: ")]
    return (ours or lines or [""])[-1]


def is_status(found: Any) -> bool:
    """Whether a line tells how far it is; else it says why that is not known."""
    return isinstance(found, dict) and "parts" in found


def question_of(line: Sequence[str]) -> Request | None:
    """What a command asked about every picture, as the window asks it; of several methods the first."""
    given = {flag[2:].replace("-", "_"): value for flag, value in pairwise(line) if flag.startswith("--")}
    with suppress(HeatlensError):
        spec = find("method", given.get("method", "grad-cam").partition(",")[0])
        params = {param.name: given[param.name] for param in spec.params if param.name in given}
        return Request(spec.name, spec.parse(params), given.get("layer", "").partition(",")[0] or None, None)
    return None
