"""One picture's share of the passes, as the window and the tables take it; and the jobs that ask for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.engine.one_picture import one_picture
from tfcore.engine.protocol import Box, HeatSpread, Sureness
from tfcore.errors import HeatlensError
from tfcore.explain.heat import hashes_of
from tfcore.uncertainty.words import in_words

if TYPE_CHECKING:
    from tfcore.engine.context import Context
    from tfcore.models.model import Model
    from tfcore.pictures import Picture
    from tfcore.uncertainty.result import Uncertainty


def uncertainty(
    context: Context,
    model: str,
    picture: str,
    passes: int = 100,
    seed: int = 0,
    insert: float | None = None,
    trust: bool = False,
) -> Sureness:
    """How sure the model is of one picture; cancelled, the passes done by then."""
    from tfcore.uncertainty.prediction import uncertainty as uncertain

    opened, shown, batch, box = one_picture(context, model, picture, trust)
    found = uncertain(opened, batch, passes, seed, insert, context.progress)
    return sureness_of(opened, shown, found, box, 0)


def heat_spread(
    context: Context,
    model: str,
    picture: str,
    method: str,
    layer: str | None = None,
    target: int | str | None = None,
    params: Mapping[str, Any] | None = None,
    passes: int = 100,
    seed: int = 0,
    insert: float | None = None,
    trust: bool = False,
) -> HeatSpread:
    """How much a heatmap of one picture changes from pass to pass."""
    from tfcore.uncertainty.explanation import of_explanation

    opened, shown, batch, box = one_picture(context, model, picture, trust)
    found = of_explanation(
        opened, batch, method, layer, target, passes, seed, insert, context.progress, **(params or {})
    )
    return HeatSpread(
        path=str(shown.path),
        model=opened.source or opened.name,
        method=found.method,
        layer=found.layer,
        params=found.params,
        classes=opened.classes,
        target=int(found.targets[0]),
        mean=found.mean[0],
        sd=found.sd[0],
        signed=found.signed,
        agreement=float(found.agreement[0]),
        passes=found.passes,
        flat=int(found.flat[0]),
        seed=found.seed,
        insert=found.insert,
        left_inactive=found.left_inactive,
        box=box,
        seconds=found.seconds,
        hashes=hashes_of(opened, shown),
    )


def sureness_of(model: Model, picture: Picture, found: Uncertainty, box: Box, index: int) -> Sureness:
    """What image ``index`` of the batch got, with the facts that name its origin."""
    if not np.isfinite(found.mean[index]).all():
        raise HeatlensError(f"{picture.path}: passes of {model.name} answer with NaN or infinity; it was left out.")
    mean, votes = found.mean[index], found.votes[index]
    entropy, mutual_information = found.entropy[index], found.mutual_information[index]
    return Sureness(
        path=str(picture.path),
        model=model.source or model.name,
        classes=found.classes,
        mean=mean,
        variance=found.variance[index],
        entropy=entropy,
        mutual_information=mutual_information,
        votes=votes,
        intervals=None if found.intervals is None else found.intervals[index],
        samples=None if found.probabilities is None else found.probabilities[:, index],
        passes=found.passes,
        seed=found.seed,
        insert=found.insert,
        left_inactive=found.left_inactive,
        largest_entropy=found.largest_entropy,
        words=in_words(found.classes, mean, votes, entropy, mutual_information, found.largest_entropy, found.passes),
        box=box,
        seconds=found.seconds,
        hashes=hashes_of(model, picture),
    )
