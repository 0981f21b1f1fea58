"""Whether what a file claims to hold can be in it."""

from __future__ import annotations

# Weights hardly shrink when they are packed; what unpacks to a hundred times its size is made to fill memory.
_FLOOR = 64 << 20
_EXPANSION = 100


def absurd(claimed: int, held: int) -> bool:
    """Whether so many bytes cannot come from so few; a small file may be anything."""
    return claimed > max(_FLOOR, _EXPANSION * held)
