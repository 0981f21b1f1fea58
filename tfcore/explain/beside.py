"""Files that are drawn and written while the next pictures pass through the network."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.errors import HeatlensError
from tfcore.files import NoRoom

if TYPE_CHECKING:
    from tfcore.explain.files import Explained
    from tfcore.pictures.many import Left


def beside(
    explained: Iterable[Explained | Left], write: Callable[[Explained], list[Path]], threads: int = 1
) -> Iterator[tuple[Explained | Left, list[Path]]]:
    """Each in its turn with its files, which are drawn and written while the next pictures pass through the network.

    A picture whose files cannot be written is left out, and the others go on. One thread where figures are drawn, since
    matplotlib draws one at a time, or where what is written goes on from the picture before.
    """
    from tfcore.pictures.many import MOST_BYTES, Left

    def written(one: Explained | Left) -> tuple[Explained | Left, list[Path]]:
        if isinstance(one, Left):
            return one, []
        try:
            return one, write(one)
        except NoRoom:
            raise
        except HeatlensError as error:
            return Left(one.path, str(error)), []

    waiting: deque[tuple[int, Future[tuple[Explained | Left, list[Path]]]]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for one in explained:
                waiting.append((one.size, pool.submit(written, one)))
                while waiting and (waiting[0][1].done() or sum(size for size, _ in waiting) > MOST_BYTES // 2):
                    yield waiting.popleft()[1].result()
            while waiting:
                yield waiting.popleft()[1].result()
        finally:
            pool.shutdown(cancel_futures=True)
