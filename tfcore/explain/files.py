"""Many files through many methods: pictures are read, explained and let go batch by batch, broken ones are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.heat import heat_of
from tfcore.explain.many import explain_many
from tfcore.explain.runners import Progress, silent
from tfcore.pictures import Picture, read
from tfcore.results import Box, Heat

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Pictures in memory at once.
TOGETHER = 16


@dataclass(frozen=True)
class Explained:
    """A picture with one heat per method and layer, in the order they were asked for."""

    path: Path
    picture: Picture
    heats: list[Heat]


@dataclass(frozen=True)
class Left:
    """A picture that could not be explained, and why."""

    path: Path
    sentence: str


def explain_files(
    model: Model,
    paths: Iterable[Path],
    methods: Sequence[str] = ("grad-cam",),
    layers: Sequence[str | None] = (None,),
    target: Any = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress = silent,
) -> Iterator[Explained | Left]:
    """Explain each file; memory does not grow with their number."""
    paths = iter(paths)
    while some := list(islice(paths, TOGETHER)):
        ready: list[tuple[Path, Picture, np.ndarray, Box]] = []
        for path in some:
            try:
                picture = read(path)
                batch, boxes = model.prepare_with_boxes([picture])
            except HeatlensError as error:
                yield Left(path, str(error))
            else:
                ready.append((path, picture, batch[0], boxes[0]))
        for alike in _of_one_shape(ready):
            found = explain_many(model, np.stack([one[2] for one in alike]), methods, layers, target, params, progress)
            for index, (path, picture, _, box) in enumerate(alike):
                try:
                    heats = [heat_of(model, picture, explanation, box, index) for explanation in found.values()]
                except HeatlensError as error:
                    yield Left(path, str(error))
                else:
                    yield Explained(path, picture, heats)


def _of_one_shape(
    ready: list[tuple[Path, Picture, np.ndarray, Box]],
) -> Iterator[list[tuple[Path, Picture, np.ndarray, Box]]]:
    """Networks of open input size take pictures as large as they are, one size at a time."""
    groups: dict[tuple[int, ...], list[tuple[Path, Picture, np.ndarray, Box]]] = {}
    for one in ready:
        groups.setdefault(one[2].shape, []).append(one)
    yield from groups.values()
