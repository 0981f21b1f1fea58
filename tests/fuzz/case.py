"""One odd input, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """``run`` may end or raise a HeatlensError of one sentence; anything else is a finding."""

    name: str
    run: Callable[[], object]
