"""Whether values per pixel add up to what they are shares of: the score less that of the baseline, ΔS."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tfcore.explain.finite import WHY

# A gap of less than this share of ΔS is not worth a word.
_CLOSE = 0.01


def completeness(values: np.ndarray, differences: np.ndarray) -> dict[str, np.ndarray]:
    """The facts of a method that promises Σ values = ΔS: by how much each image misses it, and ΔS."""
    gaps = values.sum((1, 2, 3), dtype=np.float64) - differences
    return {"completeness_gap": gaps.astype(np.float32), "score_difference": differences}


def warning(params: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """What a reader has to know of one image's values: why there are none, that they do not add up, that they are an
    estimate; mostly empty.
    """
    if facts.get(WHY):
        return str(facts[WHY])
    if "completeness_gap" not in facts:
        return str(facts.get("said", ""))
    gap, difference = abs(facts["completeness_gap"]), abs(facts["score_difference"])
    if gap <= _CLOSE * difference:
        return ""
    share = f"by {100 * gap / difference:.2g} %" if gap < difference else "altogether"
    finer = next((name for name in ("steps", "samples") if name in params), "")
    remedy = f"; more {finer} bring them nearer" if finer else ""
    return f"values miss the score difference {share}{remedy}"
