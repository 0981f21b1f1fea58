"""Ctrl-C while methods ask many times: what is known by then is the answer, and the same command goes on from there."""

from __future__ import annotations

import io
import signal
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import Cancelled, HeatlensError
from tfcore.explain.explanation import Explanation
from tfcore.explain.runners import Told
from tfcore.files import write_whole
from tfcore.marks import MEMBER, version

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Ending:
    """Whether a run was told to end; what the network said by then is kept in ``file`` for the next one.

    ``cancelled`` says so where somebody else hears it: then the end is ``Cancelled``, and not that of a command.
    """

    def __init__(self, file: Path, cancelled: Callable[[], bool] = lambda: False) -> None:
        self._cancelled = cancelled
        self._end: BaseException = KeyboardInterrupt()
        self.came = False
        self._file = file
        # What an earlier run was told, by question; and which of it was of use.
        self._known = {told.key: told for told in _read(file)}
        self._used: set[str] = set()
        self._kept = False

    def explained(self, ask: Callable[..., Mapping[Any, Explanation]]) -> Mapping[Any, Explanation]:
        """What :func:`tfcore.explain_many` finds, or what is known of it when the run is told to end."""
        found: Mapping[Any, Explanation] = {}
        resume = list(self._known.values())
        with suppress(Cancelled), self._heard():
            found = ask(progress=self._go_on, resume=resume, estimates=True)
        told = {each.key: each for one in found.values() for each in one.told if each.scores}
        self._used |= told.keys() & self._known.keys()
        if self.came and (every := self._known | told):
            # On a full disk the estimates may find room yet.
            with suppress(HeatlensError):
                write_whole(self._file, _packed(every.values()))
                self._kept = True
        return found

    def over(self) -> None:
        """The end of the run; one that was not told to needs no more what was kept for it."""
        if self.came:
            if self._kept:
                self._end.add_note(f"What the network said is in {self._file}; the same command goes on from there.")
            raise self._end
        if self._known and self._used == self._known.keys():
            with suppress(OSError):
                self._file.unlink()
                self._file.parent.rmdir()

    @contextmanager
    def _heard(self) -> Iterator[None]:
        """Ctrl-C and its kin end the work at the next pass; said twice, at once."""
        here = threading.current_thread() is threading.main_thread()
        # What somebody else listens to or has switched off stays as it is.
        taken = [number for number in _SIGNALS if here and signal.getsignal(number) is signal.default_int_handler]
        for number in taken:
            signal.signal(number, self._hear)
        try:
            yield
        finally:
            for number in taken:
                signal.signal(number, signal.default_int_handler)

    def _hear(self, *_: object) -> None:
        if self.came:
            raise KeyboardInterrupt
        self.came = True

    def _go_on(self, done: int, total: int) -> None:
        if not self.came and self._cancelled():
            self.came, self._end = True, Cancelled()
        if self.came:
            raise Cancelled


def _packed(every: Iterable[Told]) -> bytes:
    arrays: dict[str, Any] = {MEMBER: np.array(version())}
    for number, told in enumerate(every):
        arrays[f"key_{number}"] = np.array(told.key)
        arrays[f"passes_{number}"] = np.array([len(scores) for scores in told.scores])
        arrays[f"scores_{number}"] = np.concatenate(told.scores)
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


def _read(file: Path) -> Iterator[Told]:
    """What cannot be read is asked again."""
    with suppress(OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile), np.load(file) as arrays:
        for number in range(len(arrays.files) // 3):
            ends = np.cumsum(arrays[f"passes_{number}"])[:-1]
            yield Told(str(arrays[f"key_{number}"]), np.split(arrays[f"scores_{number}"], ends))
