"""Jobs of parts that need no network, for tests of those who do them."""

from __future__ import annotations

import os
import signal
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.errors import Cancelled, HeatlensError

SLOW, LATE = "tests.tfcore.cohort.some_parts:slow", "tests.tfcore.cohort.some_parts:late"


def slow(
    context: Context,
    parts: Iterable[Sequence[Sequence[str]]],
    seconds: float = 0,
    kills: str = "",
    refuses: str = "",
    deep: bool = False,
    tidies: str = "",
) -> Iterator[dict[str, Any]]:
    """The size of every file; ``kills`` names one that ends the worker, ``refuses`` one that ends the part, ``deep``
    asks below how many folders it is read, and ``tidies`` is a file for whoever hears that he is to end.
    """
    for (address,) in chain.from_iterable(parts):
        context.check()
        if tidies:
            Path(tidies).with_suffix(".begun").write_text(address)
        if kills and Path(address).name == kills:
            os.kill(os.getpid(), signal.SIGKILL)
        if refuses and Path(address).name == refuses:
            raise HeatlensError(f"{address} is not wanted.")
        time.sleep(seconds)
        if tidies and context.ended():
            Path(tidies).write_text(address)
            raise Cancelled
        more = {"deep": len(Path(address).parts), "said": f"{address} is read"} if deep else {}
        size = Path(address).stat().st_size
        yield {"path": Path(address), "bytes": size, "share": 1 / 3, "each": [1, {"a": None}], **more}


def late(context: Context, parts: Iterable[Sequence[Sequence[str]]], **asked: Any) -> Iterator[dict[str, Any]]:
    """The same, each row when the work at the next part but one has begun."""
    held: deque[dict[str, Any]] = deque()
    for row in slow(context, parts, **asked):
        held.append(row)
        if len(held) > 3:
            yield held.popleft()
    yield from held


def without_tensorflow(device: str | None) -> tuple[str, tuple[str, ...], dict[str, str]]:
    return "cpu", ("cpu",), {}
