"""The pictures that a network is looked into with, in batches, as often as it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Sample
from tfcore.errors import HeatlensError
from tfcore.explain.pieces import images_per_pass
from tfcore.inside.concepts import Concepts, Marks
from tfcore.models.model import Model
from tfcore.pictures.many import Left, Ready, of_one_shape, stacked, windows

# Pictures that are read ahead and go through together: few, since what was seen of them waits while the next ones go.
_TOGETHER = 8


@dataclass(frozen=True, eq=False)
class Some:
    """Pictures of one shape as the network eats them, their numbers, and what is marked in them."""

    numbers: list[int]
    inputs: np.ndarray
    marks: list[Marks]


class Feed(Protocol):
    """Gives pictures by number, as often as they are asked for."""

    # A sentence for each picture that cannot be used.
    unread: dict[int, str]

    def __len__(self) -> int: ...
    def some(self, numbers: Sequence[int]) -> Iterator[Some]: ...
    def name(self, number: int) -> str: ...


class OfBatch:
    """Images at hand."""

    def __init__(self, model: Model, batch: np.ndarray, marks: Sequence[Marks]) -> None:
        self._batch, self._marks = batch, marks
        self._together = min(_TOGETHER, images_per_pass(model, batch))
        self.unread: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._batch)

    def some(self, numbers: Sequence[int]) -> Iterator[Some]:
        for start in range(0, len(numbers), self._together):
            part = [*numbers[start : start + self._together]]
            yield Some(part, self._batch[part], [self._marks[number] for number in part])

    def name(self, number: int) -> str:
        return f"image {number}"


class OfData:
    """Pictures of a data set, read ahead; the broken ones are named and left out."""

    def __init__(self, model: Model, samples: Sequence[Sample], concepts: Concepts) -> None:
        self._model, self._samples, self._concepts = model, samples, concepts
        self.unread: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self._samples)

    def some(self, numbers: Sequence[int]) -> Iterator[Some]:
        samples = (self._samples[number] for number in numbers)
        left = iter(numbers)
        with closing(windows(samples, self._model.prepare_with_boxes, _TOGETHER, reading.picture)) as ahead:
            for window in ahead:
                here = [next(left) for _ in window]
                self.unread |= {here[at]: one.sentence for at, one in enumerate(window) if isinstance(one, Left)}
                for alike in of_one_shape(window):
                    if marks := self._marked({here[at]: one for at, one in alike.items()}):
                        inputs = stacked(one for at, one in alike.items() if here[at] in marks)
                        yield Some([*marks], inputs, [*marks.values()])

    def name(self, number: int) -> str:
        return self._samples[number].name

    def address(self, number: int) -> str:
        """What tells the picture from all others."""
        return self._samples[number].address

    def _marked(self, some: Mapping[int, Ready[Sample]]) -> dict[int, Marks]:
        """By number what is marked; where that cannot be told the picture is of no use."""
        found = {}
        for number, one in some.items():
            try:
                found[number] = self._concepts.of(one.source, one.picture, one.input.shape)
            except HeatlensError as error:
                self.unread[number] = str(error)
        return found
