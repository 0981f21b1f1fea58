"""Mean and spread of a heatmap under dropout, as heats that the canvas shows and the figure draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from gui.features.uncertainty.panel import MEAN
from gui.features.uncertainty.words import origin
from tfcore.results import Heat, HeatSpread, Sureness

_PREDICTION = "; the prediction is that with dropout off"


def heat_under_dropout(heat: Heat, found: HeatSpread, shown: str, with_passes: bool) -> Heat:
    """The map that ``shown`` names, for the same picture, layer and class as the heat with dropout off.

    ``with_passes``: the prediction beside it is that of many passes as well.
    """
    which = "mean" if shown == MEAN else "sd"
    map = found.mean if shown == MEAN else found.sd
    return replace(
        heat,
        method=_title(which, found),
        map=map,
        native=map,
        signed=found.signed and shown == MEAN,
        # No spread is a finding, not a lack of evidence.
        degenerate=shown == MEAN and not map.any(),
        box=found.box,
        seconds=found.seconds,
        note=f"{origin(found.passes, found.seed, found.insert)}{'' if with_passes else _PREDICTION}",
        facts={},
        made=_made(which, found),
    )


def heat_of_pixels(heat: Heat, found: Sureness, shown: str) -> Heat | None:
    """How unsure the passes are at every pixel, in red; what the network draws is seen over it (002, figure 7)."""
    if found.structures is None:
        return None
    map: np.ndarray = getattr(found, shown.replace(" ", "_"))
    return replace(
        heat,
        method=f"{shown} over {found.passes} passes{', '.join(['', *found.origin[:-2]])}",
        layer="",
        stage="",
        params={},
        map=map,
        native=map,
        signed=False,
        # To be sure everywhere is a finding, not a lack of evidence.
        degenerate=False,
        box=found.box,
        seconds=found.seconds,
        region="",
        note=f"{shown}, pixel by pixel; {origin(found.passes, found.seed, found.insert)}",
        facts={},
        colours="red",
        made={
            "map": f"{shown} over passes with dropout on",
            "passes": found.passes,
            "seed": found.seed,
            "inserted": found.inserted,
            "inserted_dropout": found.insert,
            "left_inactive": found.left_inactive,
            "words": found.words,
        },
    )


def _title(which: str, found: HeatSpread) -> str:
    """What the map is: ``sd of grad-cam over 100 passes, dropout 0.2 inserted``."""
    passes = f"{found.passes} pass{'es' * (found.passes != 1)}"
    inserted = f", dropout {found.insert:g} inserted" if found.insert is not None else ""
    return f"{which} of {found.method} over {passes}{inserted}"


def _made(which: str, found: HeatSpread) -> dict[str, object]:
    """Everything that :func:`tfcore.uncertainty.of_explanation` needs to make the map again."""
    return {
        "map": f"{which} over passes with dropout on",
        "method": found.method,
        "passes": found.passes,
        "seed": found.seed,
        "inserted": found.insert is not None,
        "inserted_dropout": found.insert,
        "left_inactive": found.left_inactive,
        "rank_correlation": found.agreement,
        "passes_without_a_map": found.flat,
    }
