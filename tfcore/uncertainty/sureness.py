"""One picture's share of the passes, as the window and the tables take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.heat import hashes_of
from tfcore.results import Box, Sureness
from tfcore.uncertainty.words import in_words

if TYPE_CHECKING:
    from tfcore.models.model import Model
    from tfcore.pictures import Picture
    from tfcore.uncertainty.result import Uncertainty


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
