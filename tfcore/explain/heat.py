"""One picture's share of an explanation, as the canvas, the figure and the files take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfcore.engine.protocol import Box, Heat
from tfcore.registry import find

if TYPE_CHECKING:
    from tfcore.explain.explanation import Explanation
    from tfcore.models.model import Model
    from tfcore.pictures import Picture


def heat_of(model: Model, picture: Picture, found: Explanation, box: Box, index: int) -> Heat:
    """What image ``index`` of the batch got, with the facts that name its origin."""
    logits = found.logits[index]
    if logits.ndim > 1:
        logits = logits.mean((0, 1))
    return Heat(
        path=str(picture.path),
        model=model.source or model.name,
        method=found.method,
        layer=found.layer,
        params=dict(found.params),
        classes=model.classes,
        probabilities=model.probabilities(logits[None])[0],
        logits=logits,
        target=int(found.targets[index]),
        map=found.maps[index],
        native=found.native[index],
        signed=found.signed,
        degenerate=bool(found.degenerate[index]),
        box=box,
        seconds=found.seconds,
        hashes={"picture": picture.sha256, "model": model.card.sha256 or model.weights_hash},
        note=find("method", found.method).note,
    )
