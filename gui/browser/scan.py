"""Finding pictures, and asking the disk about them, without the window waiting."""

from __future__ import annotations

import os
import re
import threading
import time
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal, SignalInstance

from gui import whole
from gui.browser.gathering import as_cases, gathered
from gui.browser.workers import MOST_HUNG, Workers, send, within
from gui.texts import tr
from tfcore import pictures
from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.pictures.address import file_of

# The first batch is one screen; later ones are as much as the window can take in without a stutter.
FIRST, BATCH = 40, 1000
SECONDS = 0.1
# So long the first screen has the processor to itself, and at most so long until its thumbnails are there.
FIRST_SEEN, SEEN_BY = 0.15, 0.6
# A drive that has shown nothing for so long is not waited for by others.
HUNG_S = 2.0

_DIGITS = re.compile(r"\d+")


class Entry(NamedTuple):
    """A path, what it is sorted by (2 comes before 10), and what a filter searches."""

    path: str
    key: str
    words: str


class Facts(NamedTuple):
    """What the disk says about a file, NaN where it says nothing."""

    path: str
    date: float
    size: float


def entry(path: str) -> Entry:
    """The path with its natural sorting key and its folder's and own name as the text to search."""
    plain = searchable(path)
    key = _DIGITS.sub(lambda digits: digits[0].zfill(12), plain).replace(os.sep, "\0")
    return Entry(path, key, "/".join(plain.rsplit(os.sep, 2)[-2:]))


def absolute(path: str | Path) -> str:
    """The one name under which a file is listed; links are kept, since the user knows the file by them."""
    return os.path.abspath(path)  # noqa: PTH100


def visible(path: str) -> str:
    """A path for reading, with bytes that are no text made visible."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def name_of(path: str) -> str:
    """The file name, for reading."""
    return visible(whole.name_of(path))


def searchable(text: str) -> str:
    """Text in the one spelling that is compared: no capitals, accents composed."""
    return unicodedata.normalize("NFC", text).casefold()


class Scan(QObject):
    """Batches of entries, then of facts, from one thread that does one request after the other."""

    found = Signal(list)
    # Files beside the pictures that are masks of them.
    masks = Signal(list)
    facts = Signal(list)
    # Of how many DICOM files, how many are sorted into series.
    sorting = Signal(int, int)
    problem = Signal(str)
    ended = Signal()
    _done = Signal(object, object)  # when it was begun, what to send

    def __init__(self) -> None:
        super().__init__()
        self._workers = _one()
        # When something was found last, or the thread had nothing to do.
        self._alive = time.monotonic()
        self._stopped = threading.Event()
        # Whether the thumbnails of the first screen are there.
        self.seen: Callable[[], bool] = lambda: True
        self._done.connect(self._send)

    def look(self, paths: list[Path]) -> None:
        stopped = self._stopped
        if self._workers.idle:
            self._alive = time.monotonic()
        elif time.monotonic() - self._alive > HUNG_S:
            # A drive that hangs holds up nobody else; should it come back, its pictures are listed, too.
            self._workers, self._alive = _one(), time.monotonic()
        self._workers.put([lambda: self._look(paths, stopped)])

    def ask(self, paths: list[str]) -> None:
        """Find the dates and sizes of these files."""
        stopped = self._stopped
        self._workers.put([lambda: self._ask(paths, stopped)])

    def stop(self) -> None:
        """Forget everything asked so far; no batch of it is sent any more."""
        self._stopped.set()
        self._stopped = threading.Event()
        self._workers.replace([])
        self._workers = _one()

    def _look(self, paths: list[Path], stopped: threading.Event) -> None:
        def sorting(done: int, total: int) -> None:
            self._alive = time.monotonic()
            send(self._done, stopped, partial(self.sorting.emit, done, total))

        # What hangs comes last, so that the rest is listed.
        there = answering(paths)
        for some in (list(there), [path for path in paths if path not in there]):
            found = map(entry, as_cases(gathered(self._below(some, stopped), sorting)))
            for batch in batches(found, FIRST, BATCH, self.seen):
                if stopped.is_set():
                    return
                send(self._done, stopped, partial(self.found.emit, batch))
        send(self._done, stopped, self.ended.emit)

    def _below(self, paths: list[Path], stopped: threading.Event) -> Iterator[str]:
        def tell(signal: SignalInstance, told: object) -> None:
            send(self._done, stopped, partial(signal.emit, told))

        masks: list[Path] = []
        closed: list[str] = []
        for path in paths:
            found = False
            try:
                file_of(path).stat()  # says what is wrong with a path that is not there
                for each in map(str, pictures.find([path], stopped.is_set, masks)):
                    found, self._alive = True, time.monotonic()
                    # A folder that may not be opened is handed on like a file.
                    if pictures.is_picture(each) or not Path(each).is_dir():
                        yield each
                    else:
                        closed.append(each)
            except HeatlensError as error:
                # Too much to list: what was found so far stays.
                tell(self.problem, visible(str(error)))
                continue
            except OSError as error:
                tell(
                    self.problem, tr("{path} could not be opened: {error}.", path=visible(str(path)), error=why(error))
                )
                continue
            if not found:
                nothing = tr("holds no picture Heatlens can read; choose another folder.")
                tell(self.problem, f"{visible(str(path))} {nothing}")
        if masks:
            tell(self.masks, list(map(str, masks)))
        if closed:
            more = tr(" and {n} more could", n=len(closed) - 1) if len(closed) > 1 else tr(" could")
            tell(
                self.problem,
                tr(
                    "{closed}{more} not be opened; ask for permission to read there.",
                    closed=visible(closed[0]),
                    more=more,
                ),
            )

    def _ask(self, paths: list[str], stopped: threading.Event) -> None:
        for batch in batches(map(_facts, paths), BATCH, BATCH):
            if stopped.is_set():
                return
            self._alive = time.monotonic()
            send(self._done, stopped, partial(self.facts.emit, batch))

    def _send(self, stopped: threading.Event, send: Callable[[], None]) -> None:
        # What was under way when everything was forgotten arrives here later, and is forgotten too.
        if not stopped.is_set():
            send()


def _one() -> Workers[Callable[[], None]]:
    """A thread that does one thing after the other."""
    return Workers(lambda task: task(), 1, "scan")


def answering(paths: Iterable[Path]) -> dict[Path, None]:
    """Those that can be asked about soon; the first that do not answer are passed over, and then all others."""
    rest, there, hung = deque(paths), dict[Path, None](), 0

    def ask(some: list[Path]) -> bool:
        for path in some:
            with suppress(OSError):
                file_of(path).stat()
            there[path] = None
        return True

    while rest and hung < MOST_HUNG and not within(partial(ask, list(rest)), False):
        hung += 1
        while rest and rest[0] in there:
            rest.popleft()
        rest.popleft()
    return dict(there)


def batches(items: Iterable, first: int, most: int, seen: Callable[[], bool] = lambda: True) -> Iterator[list]:
    """The items in lists: a short one at once, then, when it is ``seen``, long ones, none collected for long."""
    batch: list = []
    limit, began = first, time.monotonic()
    for item in items:
        batch.append(item)
        if len(batch) >= limit or time.monotonic() - began > SECONDS:
            handed = time.monotonic()
            yield batch
            # Python runs one thread at a time; the window gets its turn here, and the first screen is seen at once.
            time.sleep(FIRST_SEEN if limit < most else 0.002)
            while limit < most and not seen() and time.monotonic() - handed < SEEN_BY:
                time.sleep(0.02)
            batch, limit, began = [], most, time.monotonic()
    if batch:
        yield batch


def _facts(path: str) -> Facts:
    try:
        status = file_of(path).stat()
    except OSError:
        return Facts(path, float("nan"), float("nan"))
    return Facts(path, status.st_mtime, float(status.st_size))
