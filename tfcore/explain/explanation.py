"""What an explanation is: raw maps and everything needed to make them again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.runners import Told


@dataclass(frozen=True, eq=False)
class Explanation:
    """The heatmaps of one method at one layer for a batch of N images; maps are raw, never normalised."""

    method: str
    layer: str
    params: Mapping[str, Any]
    # (N, H, W) at the size of the input.
    maps: np.ndarray
    # (N, h, w) at the size of the layer, after the method's own ReLU.
    native: np.ndarray
    # (N, H, W, C) for methods at input resolution, else None.
    values: np.ndarray | None
    logits: np.ndarray
    targets: np.ndarray
    seconds: float
    signed: bool = False
    # Facts that single methods report: a completeness gap, relevance at the layer and absorbed above it …
    facts: Mapping[str, Any] = field(default_factory=dict)
    relevances: Mapping[str, np.ndarray] = field(default_factory=dict)
    # (N, H, W) of maps that are estimated from samples, else None.
    standard_error: np.ndarray | None = None
    # What the network was asked for it; give the explanation as ``resume`` to go on where it was ended.
    told: Sequence[Told] = ()
    # Methods with their layers, this one too, that came out of the same pass: the last digits hang on it.
    beside: Sequence[tuple[str, str]] = ()
    # What the layer by which pictures are held against those learnt from holds (N, K), found when it is asked for.
    features: Callable[[], np.ndarray] | None = None

    @cached_property
    def degenerate(self) -> np.ndarray:
        """Which maps hold nothing: zero everywhere (no positive evidence)."""
        empty: np.ndarray = ~np.any(self.native, axis=(1, 2))
        return empty

    def begun(self, index: int) -> bool:
        """Whether an image had its turn before the work was ended."""
        return "unfinished" not in self.facts or bool(
            self.facts["passes"][index] or not self.facts["unfinished"][index]
        )

    def relevance(self, path: str) -> np.ndarray:
        """Relevance at a layer of the same run (LRP only)."""
        try:
            return self.relevances[path]
        except KeyError:
            kept = ", ".join(self.relevances) or "none"
            raise HeatlensError(f"{self.method} kept no relevance at layer {path!r}; it kept: {kept}.") from None
