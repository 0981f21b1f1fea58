"""The one way through many pictures: read and made ready ahead, worked on in batches of one shape, told in order."""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

import numpy as np

from tfcore.errors import HeatlensError, known_fault
from tfcore.pictures.picture import Picture
from tfcore.pictures.read import read
from tfcore.results import Box

# Decoding is the processor's work, and each thread holds a picture at its full size.
WORKERS = min(4, os.cpu_count() or 1)
# Of pictures that are ready or being worked on; beyond it each thread finishes the one it has begun.
MOST_BYTES = 512 * 1024**2

S = TypeVar("S")
R = TypeVar("R")
# From pictures to the batch that a network takes, and the part of each picture that it covers.
Prepare: TypeAlias = "Callable[[list[Picture]], tuple[np.ndarray, list[Box]]]"


class Ready(NamedTuple, Generic[S]):
    """What was asked for, its picture as read, the network's input (H, W, C), and the part of the picture it covers."""

    source: S
    picture: Picture
    input: np.ndarray
    box: Box

    @property
    def size(self) -> int:
        """Bytes it holds."""
        return self.picture.array.nbytes + self.input.nbytes


@dataclass(frozen=True)
class Left:
    """A picture without a result, and the sentence why."""

    path: Path
    sentence: str
    # So that it has its place among those that are ready.
    size = 0


def of_path(source: Any) -> Picture:
    """The picture in a file."""
    return read(source)


def made_ready(source: S, prepare: Prepare, picture_of: Callable[[S], Picture] = of_path) -> Ready[S]:
    """One picture, read and prepared."""
    picture = picture_of(source)
    batch, (box,) = prepare([picture])
    return Ready(source, picture, batch[0], box)


def many(
    sources: Iterable[S],
    prepare: Prepare,
    work: Callable[[list[Ready[S]]], Iterable[R | Left]],
    together: int,
    picture_of: Callable[[S], Picture] = of_path,
) -> Iterator[R | Left]:
    """What ``work`` says of each picture, in the order of the sources; a :class:`Left` for each that is broken.

    ``work`` gets at most ``together`` pictures of one shape, while threads read and prepare the next. Memory does not
    grow with the number of pictures.
    """
    with closing(windows(sources, prepare, together, picture_of)) as ahead:
        for some in ahead:
            said: dict[int, R | Left] = {place: one for place, one in enumerate(some) if isinstance(one, Left)}
            turn = 0
            for alike in of_one_shape(some):
                said |= zip(alike, work(list(alike.values())), strict=True)
                while turn in said:
                    yield said.pop(turn)
                    turn += 1
            for place in sorted(said):
                yield said[place]


def of_one_shape(some: Sequence[Ready[S] | Left]) -> list[dict[int, Ready[S]]]:
    """The pictures by their places, apart by shape: networks of open size take one size at a time."""
    groups: dict[tuple[int, ...], dict[int, Ready[S]]] = {}
    for place, one in enumerate(some):
        if not isinstance(one, Left):
            groups.setdefault(one.input.shape, {})[place] = one
    return list(groups.values())


def stacked(some: Iterable[Ready[Any]]) -> np.ndarray:
    """The batch of pictures of one shape."""
    return np.stack([one.input for one in some])


def windows(
    sources: Iterable[S], prepare: Prepare, together: int, picture_of: Callable[[S], Picture] = of_path
) -> Generator[list[Ready[S] | Left], None, None]:
    """Up to ``together`` pictures at a time (fewer where they are large), in order, while the next are made ready."""
    ahead = _Ahead(sources, lambda source: made_ready(source, prepare, picture_of), max(together, WORKERS))
    try:
        ahead.fill()
        while ahead.waiting:
            some = [ahead.next()]
            taken = some[0].size
            ahead.fill()
            while ahead.waiting and len(some) < together and taken < MOST_BYTES // 2:
                some.append(ahead.next())
                taken += some[-1].size
                ahead.fill()
            yield some
            del some
            ahead.release(taken)
    finally:
        ahead.close()


class _Ahead(Generic[S]):
    """Threads that make pictures ready before they are asked for, bounded in their number and in bytes."""

    def __init__(self, sources: Iterable[S], make: Callable[[S], Ready[S]], count: int) -> None:
        self._sources, self._make, self._count = enumerate(sources), make, count
        self.waiting: deque[Future[Ready[S] | Left]] = deque()
        self._pool = ThreadPoolExecutor(WORKERS)
        self._room = threading.Condition()
        self._held = self._asked = 0
        self._closed = False

    def fill(self) -> None:
        """Begin with as many as may wait."""
        while len(self.waiting) < self._count and (following := next(self._sources, None)):
            self.waiting.append(self._pool.submit(self._one, *following))

    def next(self) -> Ready[S] | Left:
        """The next in order, as soon as it is there; what ends a run ends it here."""
        with self._room:
            self._asked += 1
            self._room.notify_all()
        return self.waiting.popleft().result()

    def release(self, size: int) -> None:
        """So many bytes are no longer needed."""
        with self._room:
            self._held -= size
            self._room.notify_all()

    def close(self) -> None:
        """Begin nothing more, and wait for nothing."""
        with self._room:
            self._closed = True
            self._room.notify_all()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _one(self, number: int, source: S) -> Ready[S] | Left:
        with self._room:
            # The one that is asked for goes on in any case, or all would wait for each other.
            self._room.wait_for(lambda: self._closed or self._held < MOST_BYTES or number < self._asked)
        named: Any = source
        path = Path(getattr(named, "path", named))
        if self._closed:
            return Left(path, "")
        try:
            ready = self._make(source)
        except HeatlensError as error:
            return Left(path, str(error))
        except OSError as error:
            if sentence := known_fault(error):
                return Left(path, sentence)
            raise
        with self._room:
            self._held += ready.size
        return ready
