"""The pictures of a data set as batches with their marks; memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.errors import HeatlensError
from tfcore.evaluate.marks import Marked, marked

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Pictures in memory at once; when a run is interrupted, so many at most were explained in vain.
TOGETHER = 8


@dataclass
class Batch:
    """Samples of one size as the network eats them."""

    samples: list[Sample] = field(default_factory=list)
    inputs: list[np.ndarray] = field(default_factory=list)
    marks: list[Marked | str] = field(default_factory=list)


def chosen(data: Dataset, limit: int | None, seed: int) -> Dataset:
    """At most ``limit`` samples, drawn at random and left in their order."""
    if limit is not None and limit < 1:
        raise HeatlensError(f"limit = {limit} leaves no pictures; give 1 or more, or none for all of them.")
    if not len(data):
        raise HeatlensError(f"{data.root} has no pictures; check the folder.")
    if limit is None or limit >= len(data):
        return data
    drawn = np.random.default_rng(seed).choice(len(data), limit, replace=False)
    return data.with_samples(data.samples[index] for index in sorted(drawn))


def batches(model: Model, data: Dataset, unread: list[str]) -> Iterator[Batch]:
    """Every readable sample; a sentence for each of the others goes to ``unread``."""
    samples = iter(data)
    while some := list(islice(samples, TOGETHER)):
        # Networks of open input size take pictures as large as they are, one size at a time.
        by_shape: dict[tuple[int, ...], Batch] = {}
        for sample in some:
            try:
                picture = reading.picture(sample)
                (ready,), (box,) = model.prepare_with_boxes([picture])
            except HeatlensError as error:
                unread.append(str(error))
                continue
            batch = by_shape.setdefault(ready.shape, Batch())
            size, shape = (picture.height, picture.width), (ready.shape[0], ready.shape[1])
            batch.samples.append(sample)
            batch.inputs.append(ready)
            batch.marks.append(marked(sample, data.mask_values, size, shape, box, model.card.fit))
        yield from by_shape.values()


def mean_input(model: Model, samples: Sequence[Sample]) -> np.ndarray:
    """The mean of every channel over all readable samples, as the network eats them."""
    total, count = np.zeros(1), 0
    for sample in samples:
        try:
            ready = model.prepare([reading.picture(sample)])[0]
        except HeatlensError:
            continue
        total, count = total + ready.sum((0, 1), dtype=np.float64), count + ready.shape[0] * ready.shape[1]
    mean: np.ndarray = (total / max(count, 1)).astype(np.float32)
    return mean
