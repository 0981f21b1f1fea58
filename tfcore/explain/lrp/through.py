"""Concept relevance: only what passes chosen channels of a layer goes on down (CRP; Achtibat et al. 2023).

Relevance is linear in where it comes from, so the maps of all channels of a layer add up to what passes the layer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.models.layers import resolve
from tfcore.models.program import Program
from tfcore.registry import Param

THROUGH = Param(
    "through",
    "text",
    None,
    "only relevance that passes these channels of a layer: LAYER:CHANNEL, counted from 0, more with commas "
    "(concept relevance; empty: all)",
    optional=True,
)


@dataclass(frozen=True, eq=False)
class Through:
    """A value of the program, 1 at its chosen channels, and the values that come later than it.

    What is traced for a layer serves all of its channels: it is given the mask.
    """

    number: int
    mask: np.ndarray
    later: frozenset[int]

    def cut(self, found: dict[int, Any], mask: Any) -> dict[int, Any]:
        """Of the relevance so far what goes on: what went past the layer does not, what lies above is known."""
        kept = {number: relevance for number, relevance in found.items() if number in self.later}
        return {**kept, self.number: found[self.number] * mask}


def through(program: Program, text: str | None) -> Through | None:
    """Which channels a setting names."""
    if text is None:
        return None
    name, _, listed = text.rpartition(":")
    if not name:
        raise HeatlensError(f"through = {text!r} names no channel of a layer; give for example stage3:17.")
    step = resolve(program, name.strip())
    count = int(step.shape[-1] or 0)
    chosen = [int(one) if one.strip().isdecimal() else -1 for one in listed.split(",")]
    if not all(0 <= one < count for one in chosen):
        raise HeatlensError(f"through = {text!r}: the channels of {step.path} are numbers from 0 to {count - 1}.")
    later = program.steps[program.steps.index(step) + 1 :]
    mask = np.isin(np.arange(count), chosen).astype(np.float32)
    return Through(step.output, mask, frozenset(number for each in later for number in each.outputs))
