"""Runs cases in a process apart, and watches its memory and time: one that dies, hangs or grows costs one case."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.fuzz.findings import PROJECT, Finding, Outcome
from tests.fuzz.watch import marked

_STARTS_WITHIN = 120.0
_LOOK = 0.05


@dataclass(frozen=True)
class Limits:
    """Of one case: time, and memory beyond what the process held before. ``batch`` cases share a process."""

    seconds: float = 60.0
    megabytes: float = 3000.0
    batch: int = 200


class Runner:
    """Runs cases one after another; a context, so that no process stays behind."""

    def __init__(self, folder: Path, seed: int = 0, limits: Limits | None = None, keep: bool = False) -> None:
        self.scratch = folder
        self._seed, self._limits, self._keep = seed, limits or Limits(), keep
        self._log = folder / "worker.log"
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Connection | None = None
        self._left = 0
        for name in ("home", "tmp", "cases"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        marked(folder)

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, t: TracebackType | None) -> None:
        self._end()

    def run(self, kind: str, index: int) -> Outcome:
        """Run one case to its end, or to ours."""
        if self._process is None or not self._left:
            self._end()
            self._start()
        self._left -= 1
        folder = self.scratch / "cases" / f"{kind.rpartition('.')[2]}-{index}"
        shutil.rmtree(folder, ignore_errors=True)
        name = ""
        began, before = time.monotonic(), self._memory("VmRSS")
        try:
            self._send((kind, index, str(folder)))
            answer = self._wait(before)
            if isinstance(answer, str):
                name = answer
                began, before = time.monotonic(), self._forget_peak()
                self._send("go")
                answer = self._wait(before)
        except _Ended as end:
            return Outcome(kind, index, name, (end.finding,), "", time.monotonic() - began)
        findings, refused = answer[-2:] if len(answer) == 2 else answer[1:]
        seconds, grown = time.monotonic() - began, self._memory("VmHWM") - before
        if grown > self._limits.megabytes:
            findings = [*findings, Finding("too much memory", "", f"{grown:.0f} MB")]
        if name:
            self._send(not (self._keep and findings))
        return Outcome(kind, index, name, tuple(findings), refused, seconds, max(grown, 0.0))

    # --- the process ---

    def _start(self) -> None:
        ours, theirs = Pipe()
        home, temporary = self.scratch / "home", self.scratch / "tmp"
        own = dict.fromkeys(("HEATLENS_HOME", "KERAS_HOME", "MPLCONFIGDIR", "HOME", "XDG_CACHE_HOME"), str(home))
        own |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR"), str(home))
        own |= {"TMPDIR": str(temporary), "PYTHONPATH": str(PROJECT), "PYTHONDONTWRITEBYTECODE": "1"}
        own |= {"QT_QPA_PLATFORM": "offscreen", "CUDA_VISIBLE_DEVICES": "-1", "TF_CPP_MIN_LOG_LEVEL": "2"}
        own |= {"KERAS_BACKEND": "tensorflow"}
        arguments = [str(theirs.fileno()), str(self.scratch), str(self._seed)]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.fuzz.worker", *arguments],
                pass_fds=[theirs.fileno()],
                env=os.environ | own,
                stdout=log,
                stderr=log,
                cwd=PROJECT,
            )
        theirs.close()
        self._connection, self._left = ours, self._limits.batch
        if not ours.poll(_STARTS_WITHIN):
            self._end()
            raise RuntimeError(f"The worker did not start; see {self._log}.")
        try:
            ours.recv()
        except EOFError:
            raise RuntimeError(f"The worker did not start: {self._told()}") from None

    def _end(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        if self._connection is not None:
            self._connection.close()
        self._process = self._connection = None

    def _send(self, what: object) -> None:
        assert self._connection is not None
        # One that has died is noticed where its answer is awaited.
        with contextlib.suppress(OSError):
            self._connection.send(what)

    def _wait(self, before: float) -> Any:
        """The next answer, or why there will be none."""
        assert self._connection is not None
        assert self._process is not None
        end = time.monotonic() + self._limits.seconds
        while not self._connection.poll(_LOOK):
            grown = self._memory("VmRSS") - before
            if grown > self._limits.megabytes:
                raise self._stopped("too much memory", f"{grown:.0f} MB and growing")
            if time.monotonic() > end:
                raise self._stopped("hangs", f"longer than {self._limits.seconds:g} s")
        try:
            return self._connection.recv()
        except (EOFError, OSError):
            code = self._process.wait()
            how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
            raise self._stopped(f"the process died ({how})", "") from None

    def _stopped(self, what: str, why: str) -> _Ended:
        """End the process, after it said where it is."""
        assert self._process is not None
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGUSR1)
            time.sleep(0.3)
        self._end()
        told = self._told()
        return _Ended(Finding(what, _deepest(told), f"{why}\n{told}"))

    def _told(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-6000:]

    def _memory(self, which: str) -> float:
        """Megabytes, 0 where the system does not say."""
        if self._process is None:
            return 0.0
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{self._process.pid}/status").read_text().splitlines():
                if line.startswith(which):
                    return int(line.split()[1]) / 1024
        return 0.0

    def _forget_peak(self) -> float:
        if self._process is not None:
            with contextlib.suppress(OSError):
                Path(f"/proc/{self._process.pid}/clear_refs").write_text("5")
        return self._memory("VmRSS")


class _Ended(Exception):
    def __init__(self, finding: Finding) -> None:
        self.finding = finding


def _deepest(told: str) -> str:
    """The innermost line of the project in what the fault handler wrote."""
    for line in told.splitlines():
        for room in ("tfcore", "gui", "tests"):
            if f"{PROJECT / room}/" in line:
                file, _, rest = line.partition('", line ')
                return f"{Path(file.partition(chr(34))[2]).relative_to(PROJECT)} {rest.partition(' in ')[2]}"
    return ""
