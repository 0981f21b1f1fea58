"""What a heatmap is: one picture explained, its spread under dropout, its way down through the layers."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Box:
    """The part of a picture that the network's input covers, in picture pixels (it may reach outside: padding)."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Heat:
    """One picture explained: what the canvas, the bars and the export need."""

    path: str
    model: str
    method: str
    layer: str
    params: dict[str, Any]
    classes: tuple[str, ...]
    probabilities: np.ndarray
    logits: np.ndarray
    target: int
    # The raw map at the network's input size, and at the layer's own.
    map: np.ndarray
    native: np.ndarray
    signed: bool
    degenerate: bool
    box: Box
    seconds: float
    hashes: dict[str, str]
    # Of the probabilities, in nats; NaN for plain numbers.
    entropy: float = math.nan
    note: str = ""
    # What single methods report beside the map: a completeness gap, relevance at the output, at the input, absorbed.
    facts: dict[str, Any] = field(default_factory=dict)
    # How the map was made where it is not the method's own: which map, of which method, from how many passes …
    made: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HeatSpread:
    """One picture's heatmap over many passes with dropout on: its mean, its spread, and how alike the passes are."""

    path: str
    model: str
    method: str
    layer: str
    params: dict[str, Any]
    classes: tuple[str, ...]
    target: int
    # (H, W) at the network's input size, raw.
    mean: np.ndarray
    sd: np.ndarray
    signed: bool
    # Mean Spearman rank correlation between two passes; NaN where fewer than two maps held anything.
    agreement: float
    passes: int
    # Passes whose map was the same value everywhere, left out of the agreement.
    flat: int
    seed: int
    insert: float | None
    left_inactive: tuple[str, ...]
    box: Box
    seconds: float
    hashes: dict[str, str]


@dataclass(frozen=True)
class RelevanceStrip:
    """Relevance of one picture on its way down: a heat per layer, from the output to the pixels."""

    path: str
    method: str
    target: int
    classes: tuple[str, ...]
    # Σ of the relevance the outputs begin with.
    total: float
    heats: tuple[Heat, ...]
    # Per heat the sum of its relevance.
    sums: tuple[float, ...]
