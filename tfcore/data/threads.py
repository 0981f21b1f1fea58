"""Reading many pictures at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from tfcore.pictures.many import WORKERS

# Called with how many are done and how many there are; what it raises ends the work.
Progress = Callable[[int, int], None]


@contextmanager
def threads() -> Iterator[ThreadPoolExecutor]:
    """Threads that drop what they have not begun when the block is left early."""
    pool = ThreadPoolExecutor(WORKERS)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
