"""The rows of an evaluation: a picture's number, and what a method does over all pictures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from tfcore.evaluate.metric import Curve

# Row after row is of the same pictures.
_path = lru_cache(1 << 12)(Path)


@dataclass(frozen=True)
class Value:
    """One image's number for one row, or why it has none, and the curve that it is the area of, where it is one."""

    picture: str
    model: str
    method: str
    layer: str
    metric: str
    value: float | None
    left_out: str
    curve: Curve | None = None

    def row(self) -> dict[str, Any]:
        """Its cells; a curve is none."""
        cells = {**vars(self), "picture": _path(self.picture)}
        del cells["curve"]
        return cells


VALUE_COLUMNS = tuple(name for name in Value.__dataclass_fields__ if name != "curve")


@dataclass(frozen=True)
class Row:
    """A model's method at a layer by a metric over all images; ``left_out`` counts those without a number by reason."""

    model: str
    method: str
    layer: str
    metric: str
    better: str
    n: int
    mean: float | None
    median: float | None
    sd: float | None
    low: float | None
    high: float | None
    left_out: Mapping[str, int]

    @property
    def why_left_out(self) -> str:
        """In words, the most frequent reason first."""
        return ", ".join(f"{count} {reason}" for reason, count in Counter(self.left_out).most_common())
