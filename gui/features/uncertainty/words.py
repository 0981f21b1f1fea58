"""What many passes say, in the short forms that headings, thumbnails and rows use."""

from __future__ import annotations

import math

import numpy as np

from gui.texts import tr
from tfcore.results import HeatSpread, Insert, Structures, Sureness
from tfcore.results.prediction import origin as origin_of


def note(found: Sureness) -> str:
    """The lines under a thumbnail, short enough for it: answer, spread, by what it is ranked, ``inserted``."""
    if found.structures is None:
        sure = tr("± {spread}, entropy {level:.2f}", spread=found.spread, level=found.level)
    else:
        sure = tr("pairwise Dice {lowest:.2f}", lowest=found.structures.lowest)
    return "\n".join([found.decision, sure, *([tr("inserted")] if found.inserted else [])])


def drawn(found: Structures) -> str:
    """A line for each structure that any pass draws: Dice between two passes, how much, and how many draw it."""
    passes = found.shared.shape[-1]
    lines = [tr("Dice between two passes, and size:")]
    for index, name in enumerate(found.names):
        if times := int(found.drawn[index]):
            some = tr(", in {times} of {passes} passes", times=times, passes=passes) if times < passes else ""
            lines.append(f"{name} {found.agreement[index]:.2f}, {found.size(index)}{some}")
    return "\n".join(lines if len(lines) > 1 else [])


def origin(passes: int, seed: int, insert: Insert) -> str:
    """Where the figures come from: ``dropout 0.2 inserted · 100 passes · seed 0``."""
    return " · ".join(origin_of(passes, seed, insert))


def figures(found: Sureness) -> tuple[str, str]:
    """Mutual information and entropy, with their unit and the end of the scale; means where there are pixels."""
    mutual, entropy = float(np.mean(found.mutual_information)), float(np.mean(found.entropy))
    return tr("{mutual:.3f} nats (mutual information)", mutual=mutual), tr(
        "{entropy:.3f} of {largest_entropy:.3f} nats (entropy)", entropy=entropy, largest_entropy=found.largest_entropy
    )


def agreement(found: HeatSpread) -> str:
    """How alike the heatmaps of the passes are."""
    if math.isnan(found.agreement):
        return tr("rank correlation: undefined, fewer than two passes gave a heatmap that varies")
    if not found.sd.any():
        return tr("rank correlation 1.00: every pass gave the same heatmap")
    if found.agreement >= 0.9:
        words = tr("the heatmap hardly changes from pass to pass")
    elif found.agreement >= 0.6:
        words = tr("the heatmap keeps its rough shape from pass to pass")
    else:
        words = tr("the heatmap changes from pass to pass; do not read its details")
    return tr("rank correlation {agreement:.2f}: {words}", agreement=found.agreement, words=words)
