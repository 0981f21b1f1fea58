"""Mean and spread of a heatmap under dropout, as heats that the canvas can show."""

from __future__ import annotations

from dataclasses import replace

from gui.uncertainty.panel import MEAN
from tfcore.engine.protocol import Heat, HeatSpread


def heat_under_dropout(heat: Heat, found: HeatSpread, shown: str) -> Heat:
    """The map that ``shown`` names, for the same picture, layer and class as the heat with dropout off."""
    map = found.mean if shown == MEAN else found.sd
    signed = found.signed and shown == MEAN
    return replace(
        heat,
        method=title(found, shown),
        map=map,
        native=map,
        signed=signed,
        # No spread is a finding, not a lack of evidence.
        degenerate=shown == MEAN and not map.any(),
        box=found.box,
        seconds=found.seconds,
        note="",
        facts={},
    )


def title(found: HeatSpread, shown: str) -> str:
    """What the map is: ``sd of grad-cam over 100 passes``."""
    inserted = ", dropout inserted" if found.insert is not None else ""
    return f"{'mean' if shown == MEAN else 'sd'} of {found.method} over {found.passes} passes{inserted}"
