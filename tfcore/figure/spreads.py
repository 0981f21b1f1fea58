"""What passes with dropout on say of a heatmap and of every pixel, as heats that the canvas shows and figures draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from tfcore.results import Heat, HeatSpread, Sureness
from tfcore.results.prediction import inserted_words, origin

# Of a heatmap under dropout.
MEAN, SD = "mean", "sd"
# Of the maps of several models, each divided by its highest value.
OVER_MODELS = " over models"
_PASSES = " over passes with dropout on"
_PREDICTION = "; the prediction is that with dropout off"


def heat_under_dropout(heat: Heat, found: HeatSpread, which: str, with_passes: bool) -> Heat:
    """Mean or sd of the heat over the passes, for the same picture, layer and class as the heat with dropout off.

    ``with_passes``: the prediction beside it is that of many passes as well.
    """
    map = found.mean if which == MEAN else found.sd
    return replace(
        heat,
        method=_title(which, found),
        map=map,
        native=map,
        signed=found.signed and which == MEAN,
        # No spread is a finding, not a lack of evidence.
        degenerate=which == MEAN and not map.any(),
        box=found.box,
        seconds=found.seconds,
        note=f"{_origin(found)}{'' if with_passes else _PREDICTION}",
        facts={},
        made=_made(which, found),
    )


def heat_of_pixels(heat: Heat, found: Sureness, shown: str) -> Heat | None:
    """How unsure the passes are at every pixel, in red; what the network draws is seen over it (002, figure 7)."""
    if found.structures is None:
        return None
    map: np.ndarray = getattr(found, shown.replace(" ", "_"))
    if found.members:
        over, told = f"{shown}{OVER_MODELS}", ", ".join(found.origin)
        made: dict[str, object] = {"map": over, "members": list(found.sources)}
    else:
        over, told = f"{shown}{_PASSES}", _origin(found)
        made = {
            "map": over,
            "passes": found.passes,
            "seed": found.seed,
            "inserted": found.inserted,
            "inserted_dropout": found.insert,
            "left_inactive": found.left_inactive,
        }
    each = "models" if found.members else "passes"
    return replace(
        heat,
        method=f"{shown} over {found.passes} {each}{', '.join(['', *found.origin[:-2]])}",
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
        note=f"{shown}, pixel by pixel; {told}",
        facts={},
        colours="red",
        made=made | {"words": found.words},
    )


def map_of(made: Mapping[str, Any]) -> str:
    """Which map it is, of what a record says of how it was made; nothing where it is another kind."""
    which, passes, rest = str(made.get("map", "")).partition(_PASSES)
    return which if passes and not rest else ""


def _origin(found: HeatSpread | Sureness) -> str:
    return " · ".join(origin(found.passes, found.seed, found.insert))


def _title(which: str, found: HeatSpread) -> str:
    """What the map is: ``sd of grad-cam over 100 passes, dropout 0.2 inserted``."""
    passes = f"{found.passes} pass{'es' * (found.passes != 1)}"
    inserted = f", {inserted_words(found.insert)}" if found.insert is not None else ""
    return f"{which} of {found.method} over {passes}{inserted}"


def _made(which: str, found: HeatSpread) -> dict[str, object]:
    """Everything that :func:`tfcore.uncertainty.of_explanation` needs to make the map again."""
    return {
        "map": f"{which}{_PASSES}",
        "method": found.method,
        "passes": found.passes,
        "seed": found.seed,
        "inserted": found.insert is not None,
        "inserted_dropout": found.insert,
        "left_inactive": found.left_inactive,
        "rank_correlation": found.agreement,
        "passes_without_a_map": found.flat,
    }
