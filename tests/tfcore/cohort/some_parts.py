"""Jobs of parts that need no network, for tests of those who do them."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.errors import Cancelled, HeatlensError

SLOW = "tests.tfcore.cohort.some_parts:slow"


def slow(
    context: Context,
    parts: Sequence[Sequence[Sequence[str]]],
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


def without_tensorflow(device: str | None) -> tuple[str, tuple[str, ...], dict[str, str]]:
    return "cpu", ("cpu",), {}
