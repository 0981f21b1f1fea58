"""What is asked of many passes, checked."""

from __future__ import annotations

from typing import Any

from tfcore.errors import HeatlensError
from tfcore.registry import Param

PASSES = Param("passes", "int", 100, "passes with dropout on", low=1, high=100_000)
SEED = Param(
    "seed", "int", 0, "start of the random numbers; the same seed gives the same figures", low=0, high=2**31 - 1
)


def checked(passes: Any, seed: Any, insert: Any) -> tuple[int, int, float | None]:
    """Number of passes, seed and rate of the dropout to put in, or a sentence that says what is allowed."""
    return PASSES.parse(passes), SEED.parse(seed), _rate(insert)


def _rate(insert: Any) -> float | None:
    if insert is None:
        return None
    try:
        rate = float(insert)
    except (TypeError, ValueError):
        rate = -1.0
    # Not a Param: 0 and 1 themselves are no rates either.
    if isinstance(insert, bool) or not 0 < rate < 1:
        raise HeatlensError(f"insert = {insert} is no dropout rate; give a number between 0 and 1, for example 0.2.")
    return rate
