"""How long a reader looks at a case."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """How long a case was looked at, and how long it was not."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now, self.seconds, self.paused = now, 0.0, 0.0
        self._since, self._runs = now(), False

    def run(self, runs: bool) -> None:
        spent = self._now() - self._since
        self.seconds += spent if self._runs else 0.0
        self.paused += 0.0 if self._runs else spent
        self._since, self._runs = self._now(), runs
