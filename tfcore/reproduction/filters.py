"""What a single filter finds in a picture, as a map."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from tfcore.figure.record import Line
    from tfcore.models.model import Model
    from tfcore.pictures import Picture
    from tfcore.results import Heat


def fires(line: Line, model: Model, picture: Picture, heat: Heat) -> Heat:
    """How strongly a filter of the line's layer fires, in place of this heat of the same picture.

    ``strongest 2`` is the filter with the second highest peak in it.
    """
    from tfcore.explain.resize import to_input
    from tfcore.inside.looks import activations
    from tfcore.models.layers import resolve

    wanted, batch = line.made["filter"], model.prepare([picture])
    (maps,) = activations(model, [resolve(model.program, line.layer)])(batch)
    if isinstance(wanted, str):
        strongest = np.argsort(-maps[0].max((0, 1)), kind="stable")
        number = int(strongest[int(wanted.removeprefix("strongest ")) - 1])
    else:
        number = int(wanted)
    native = np.ascontiguousarray(maps[0][..., number])
    return replace(
        heat,
        method=f"filter {number}",
        params={},
        map=to_input(native[None], *batch.shape[1:3])[0],
        native=native,
        signed=bool((native < 0).any()),
        degenerate=not native.any(),
        note=f"how strongly filter {number} fires",
        facts={},
        made={"map": f"what filter {number} finds", "filter": number},
    )
