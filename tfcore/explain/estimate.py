"""What is known of a map so far, and how sure it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from tfcore.words import percent


class Estimate(NamedTuple):
    """The map (H, W), the standard error of each of its pixels, and what is to be said beside it."""

    map: np.ndarray
    error: np.ndarray | None = None
    facts: Mapping[str, Any] = {}

    @property
    def relative(self) -> float | None:
        """The largest standard error as a share of the map's range."""
        if self.error is None:
            return None
        spread, error = float(np.ptp(self.map)), float(self.error.max())
        return error / spread if spread > 0 else float(error > 0)

    def with_facts(self, passes: int, planned: int, unfinished: bool) -> Estimate:
        """How much was asked for it, how sure it is, and a sentence where it was ended early."""
        relative = self.relative
        facts = {**self.facts, "passes": passes, "planned": max(passes, planned), "unfinished": unfinished}
        if relative is not None:
            facts["error"] = relative
        sure = "" if relative is None else f", ±{percent(relative)} of its range"
        said = f"estimate from {passes:,} of {planned:,} passes{sure}" if unfinished else ""
        facts["said"] = "; ".join(filter(None, (said, facts.get("said", ""))))
        return self._replace(facts=facts)
