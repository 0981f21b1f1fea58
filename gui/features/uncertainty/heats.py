"""Mean and spread of a heatmap under dropout, as heats that the canvas shows and the figure draws."""

from __future__ import annotations

from dataclasses import replace

from gui.features.uncertainty.panel import MEAN
from gui.features.uncertainty.words import origin
from tfcore.results import Heat, HeatSpread

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
