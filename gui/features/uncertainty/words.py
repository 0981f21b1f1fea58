"""What many passes say, in the short forms that headings, thumbnails and rows use."""

from __future__ import annotations

import math

import numpy as np

from tfcore.results import HeatSpread, Insert, Structures, Sureness
from tfcore.results.prediction import origin as origin_of


def note(found: Sureness) -> str:
    """The lines under a thumbnail, short enough for it: answer, spread, by what it is ranked, ``inserted``."""
    if found.structures is None:
        sure = f"± {found.spread}, entropy {found.level:.2f}"
    else:
        sure = f"pairwise Dice {found.structures.lowest:.2f}"
    return "\n".join([found.decision, sure, *(["inserted"] if found.inserted else [])])


def drawn(found: Structures) -> str:
    """A line for each structure that any pass draws: Dice between two passes, how much, and how many draw it."""
    passes = found.shared.shape[-1]
    lines = ["Dice between two passes, and size:"]
    for index, name in enumerate(found.names):
        if times := int(found.drawn[index]):
            some = f", in {times} of {passes} passes" if times < passes else ""
            lines.append(f"{name} {found.agreement[index]:.2f}, {found.size(index)}{some}")
    return "\n".join(lines if len(lines) > 1 else [])


def origin(passes: int, seed: int, insert: Insert) -> str:
    """Where the figures come from: ``dropout 0.2 inserted · 100 passes · seed 0``."""
    return " · ".join(origin_of(passes, seed, insert))


def figures(found: Sureness) -> tuple[str, str]:
    """Mutual information and entropy, with their unit and the end of the scale; means where there are pixels."""
    mutual, entropy = float(np.mean(found.mutual_information)), float(np.mean(found.entropy))
    return f"{mutual:.3f} nats (mutual information)", f"{entropy:.3f} of {found.largest_entropy:.3f} nats (entropy)"


def agreement(found: HeatSpread) -> str:
    """How alike the heatmaps of the passes are."""
    if math.isnan(found.agreement):
        return "rank correlation: undefined, fewer than two passes gave a heatmap that varies"
    if not found.sd.any():
        return "rank correlation 1.00: every pass gave the same heatmap"
    if found.agreement >= 0.9:
        words = "the heatmap hardly changes from pass to pass"
    elif found.agreement >= 0.6:
        words = "the heatmap keeps its rough shape from pass to pass"
    else:
        words = "the heatmap changes from pass to pass; do not read its details"
    return f"rank correlation {found.agreement:.2f}: {words}"
