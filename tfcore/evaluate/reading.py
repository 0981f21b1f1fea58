"""The pictures of a data set as batches with their marks; memory does not grow with their number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.evaluate.marks import Marked, marked
from tfcore.pictures.many import Left, Ready, windows

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Pictures in one batch; when a run is interrupted, so many at most were explained in vain.
TOGETHER = 8


@dataclass(frozen=True, eq=False)
class Seen:
    """A sample as the network eats it, and what is marked in it."""

    sample: Sample
    input: np.ndarray
    marks: Marked | str


@dataclass(frozen=True, eq=False)
class Batch:
    """Samples of one size as the network eats them."""

    samples: list[Sample]
    inputs: np.ndarray
    marks: list[Marked | str]


def seen(model: Model, data: Dataset, samples: Iterable[Sample]) -> Iterator[Seen | Left]:
    """Every sample in its order, or the sentence that says why it cannot be read."""
    with closing(windows(samples, model.prepare_with_boxes, TOGETHER, reading.picture)) as ahead:
        for one in chain.from_iterable(ahead):
            yield one if isinstance(one, Left) else Seen(one.source, one.input, _marks(model, data, one))


def batches(some: Iterable[Seen]) -> list[Batch]:
    """Those of one size together."""
    sizes: dict[tuple[int, ...], list[Seen]] = {}
    for one in some:
        sizes.setdefault(one.input.shape, []).append(one)
    return [
        Batch([one.sample for one in alike], np.stack([one.input for one in alike]), [one.marks for one in alike])
        for alike in sizes.values()
    ]


def _marks(model: Model, data: Dataset, one: Ready[Sample]) -> Marked | str:
    size, (height, width, _) = (one.picture.height, one.picture.width), one.input.shape
    return marked(one.source, data.mask_values, size, (height, width), one.box, model.card.fit)


def mean_input(model: Model, samples: Sequence[Sample]) -> np.ndarray:
    """The mean of every channel over all readable samples, as the network eats them."""
    total, count = np.zeros(1), 0
    with closing(windows(samples, model.prepare_with_boxes, TOGETHER, reading.picture)) as ahead:
        for one in chain.from_iterable(ahead):
            if not isinstance(one, Left):
                height, width, _ = one.input.shape
                total, count = total + one.input.sum((0, 1), dtype=np.float64), count + height * width
    mean: np.ndarray = (total / max(count, 1)).astype(np.float32)
    return mean
