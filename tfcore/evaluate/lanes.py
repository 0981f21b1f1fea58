"""Two groups of pictures at a time: while Python works for one, the passes of the other keep the cores busy.

On a single core they would only take each other's place in its cache: a tenth slower than one after the other.

They share the network. Who changes its weights for a while has it alone; the others give way between two passes.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from queue import Empty, SimpleQueue
from typing import TypeVar

import numpy as np

from tfcore.device import cores_here
from tfcore.evaluate.reading import TOGETHER
from tfcore.explain.pieces import MOST_IMAGES, copies_per_pass
from tfcore.lazy import tf
from tfcore.models.model import Model

T = TypeVar("T")
# What a work has found, and behind the last of it nothing.
Queue = SimpleQueue[tuple[T] | None]

# Pictures of a light network that are measured as one: few, so that workers end at nearly the same time.
_LIGHT = 10
# Taken for the side of pictures where the network leaves it open.
_OPEN = 256
# Between two looks at whether it is to end.
_SECONDS = 0.2


def is_light(model: Model) -> bool:
    """Whether passes are so quick that a good part of the time goes to Python between them."""
    shape = [side or _OPEN for side in model.input_shape]
    return copies_per_pass(model, np.empty((1, *shape), np.float32)) == MOST_IMAGES


def together(model: Model) -> int:
    """How many pictures are measured, and kept, as one."""
    return _LIGHT if is_light(model) else TOGETHER


def lanes(model: Model) -> int:
    """How many groups of pictures at once: large passes fill all cores by themselves."""
    several = is_light(model) and cores_here() > 1 and not tf.config.list_physical_devices("GPU")
    return 2 if several else 1


class _Ended(Exception):
    """Nobody waits for the rest."""


class Turns:
    """Whose turn with the network it is."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._using = self._wanting = 0
        self._owner: int | None = None
        self._ended = False

    @contextmanager
    def sharing(self) -> Iterator[None]:
        """The network as it is, together with others."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def pause(self) -> None:
        """Between two passes: give way to who wants it alone."""
        if self._ended:
            raise _Ended
        if self._wanting and self._owner != threading.get_ident():
            self._leave()
            self._enter()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """One of those who share it has it for itself."""
        with self._changed:
            self._using -= 1
            self._wanting += 1
            self._changed.notify_all()
            self._changed.wait_for(lambda: not self._using)
            self._using, self._owner = 1, threading.get_ident()
        try:
            yield
        finally:
            with self._changed:
                self._wanting -= 1
                self._owner = None
                self._changed.notify_all()

    def end(self) -> None:
        """Everybody stops at the next pause."""
        self._ended = True

    def _enter(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: not self._wanting)
            self._using += 1

    def _leave(self) -> None:
        with self._changed:
            self._using -= 1
            self._changed.notify_all()


def side_by_side(
    works: Iterable[Iterator[T]], count: int, turns: Turns, tell: Callable[[], None]
) -> Generator[Iterator[T]]:
    """What each work finds, in the order of the works, while the next ones have begun.

    Works are asked for in the caller's thread; ``tell`` is called there meanwhile, and what it raises ends them all.
    """
    begun: deque[tuple[Queue[T], Future[None]]] = deque()
    with ThreadPoolExecutor(count) as pool:
        try:
            for work in works:
                found: Queue[T] = SimpleQueue()
                begun.append((found, pool.submit(_run, work, turns, found)))
                # One more waits, for where a later work ends before the first.
                if len(begun) > count:
                    yield _given(*begun.popleft(), tell)
            while begun:
                yield _given(*begun.popleft(), tell)
        finally:
            turns.end()


def _run(work: Iterator[T], turns: Turns, found: Queue[T]) -> None:
    try:
        with turns.sharing():
            for one in work:
                found.put((one,))
    finally:
        found.put(None)


def _given(found: Queue[T], work: Future[None], tell: Callable[[], None]) -> Iterator[T]:
    while True:
        tell()
        try:
            one = found.get(timeout=_SECONDS)
        except Empty:
            continue
        if one is None:
            work.result()
            return
        yield one[0]
