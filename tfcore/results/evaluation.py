"""What an evaluation has found so far: a cell per method, layer and metric, and the pictures behind each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np


class CellKey(NamedTuple):
    """Whose number it is; the model by its source, the layer by the name it was asked for."""

    model: str
    method: str
    layer: str
    metric: str


class Behind(NamedTuple):
    """A picture's number in a cell, or why it has none."""

    picture: str
    value: float | None
    left_out: str


@dataclass(frozen=True, eq=False)
class Cell:
    """The mean over the pictures, with its 95 % interval once all are measured; ``curve`` is the mean of theirs."""

    better: str
    n: int
    mean: float | None
    low: float | None = None
    high: float | None = None
    # Pictures without a number, by reason, in words.
    left_out: str = ""
    curve: tuple[np.ndarray, np.ndarray] | None = None


@dataclass(frozen=True, eq=False)
class Evaluated:
    """Cells as they stand; on the way ``pictures`` are those that were measured since the last time, in the end all."""

    cells: Mapping[CellKey, Cell]
    pictures: Mapping[CellKey, tuple[Behind, ...]]
    # How it was asked for: methods, metrics, layers, target, params …
    facts: Mapping[str, Any] = field(default_factory=dict)
    # A sentence for each picture that could not be read.
    unread: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    interrupted: bool = False
    # What comes first by each metric, in words, and Kendall's τ of every two metrics, where it is known.
    sentences: tuple[str, ...] = ()
    agreement: Mapping[tuple[str, str], float | None] = field(default_factory=dict)
