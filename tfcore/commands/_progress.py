"""A progress bar on stderr for people who wait; nothing for pipes and for a handful of pictures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

_FEW = 3
T = TypeVar("T")


@contextmanager
def progress_bar(total: int, text: str) -> Iterator[Callable[[], None]]:
    """Call what this gives once per piece done."""
    if total <= _FEW or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=total)
        yield lambda: bar.advance(task)


@contextmanager
def counted(total: int, text: str) -> Iterator[Callable[[int, int], None]]:
    """The same, told how many pieces are done."""
    with progress_bar(total, text) as advance:
        done = 0

        def told(now: int, _total: int) -> None:
            nonlocal done
            for _ in range(now - done):
                advance()
            done = now

        yield told


def advanced(some: Iterable[T], advance: Callable[[], None]) -> Iterator[T]:
    """The same pieces; the bar goes on by each."""
    for one in some:
        advance()
        yield one
