"""Who looks on while a network learns: the terminal, the window, or nobody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


def _nobody(*_: Any) -> None:
    """Hears it and does nothing."""


@dataclass(frozen=True)
class Watch:
    """``tick(done, total, text)`` comes after every step and may raise ``Cancelled``; ``epoch(row)`` brings a row of
    the history; ``say(sentence)`` what a reader of the results should know."""

    tick: Callable[[int, int, str], None] = _nobody
    epoch: Callable[[Mapping[str, Any]], None] = _nobody
    say: Callable[[str], None] = _nobody
