"""Many files through many methods."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.ending import Ending
from tfcore.explain.explanation import Explanation
from tfcore.explain.heads import attention_heads
from tfcore.explain.heat import heats_of
from tfcore.explain.many import explain_many
from tfcore.explain.region import Region
from tfcore.explain.runners import Progress, silent
from tfcore.models.model import Model
from tfcore.models.scores import check_positions
from tfcore.pictures import Picture
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.registry import find
from tfcore.results import Box, Heat

# Pictures in one batch.
TOGETHER = 16


@dataclass(frozen=True)
class Explained:
    """A picture with one heat per method and layer, in the order they were asked for."""

    path: Path
    picture: Picture
    heats: list[Heat]

    @property
    def size(self) -> int:
        """Bytes it holds."""
        return self.picture.array.nbytes + sum(heat.map.nbytes + heat.native.nbytes for heat in self.heats)


def explain_files(
    model: Model,
    paths: Iterable[Path],
    methods: Sequence[str] = ("grad-cam",),
    layers: Sequence[str | None] = (None,),
    target: Any = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    progress: Progress = silent,
    region: Region | None = None,
    heads: bool = False,
    ending: Ending | None = None,
) -> Iterator[Explained | Left]:
    """Explain each file; memory does not grow with their number. A picture without anything in the region is left.

    With ``heads`` it is attention alone, of every block and head. A run whose ``ending`` comes while methods ask has
    their estimates; what it did not come to is left without a sentence.
    """
    if region is not None:
        check_positions(model)

    def prepared(pictures: list[Picture]) -> tuple[np.ndarray, list[Box]]:
        batch, boxes = model.prepare_with_boxes(pictures)
        if region is not None:
            region.seen(pictures[0], boxes[0], *batch.shape[1:3])
        return batch, boxes

    def asked(batch: np.ndarray, seen: Any) -> Mapping[Any, Explanation]:
        if heads:
            return attention_heads(model, batch, target=target, progress=progress)
        how = (model, batch, methods, layers, target, params)
        if ending is not None and any(find("method", one).asks for one in methods):
            return ending.explained(partial(explain_many, *how, region=seen))
        return explain_many(*how, progress, seen)

    def explained(some: list[Ready[Path]]) -> Iterator[Explained | Left]:
        if ending is not None and ending.came:
            yield from (Left(one.source, "") for one in some)
            return
        batch = stacked(some)
        each = [region.seen(one.picture, one.box, *batch.shape[1:3]) for one in some] if region is not None else []
        seen = np.stack(each) if each and isinstance(each[0], np.ndarray) else each[0] if each else None
        found = asked(batch, seen)
        for index, (path, picture, _, box) in enumerate(some):
            begun = [one for one in found.values() if one.begun(index)]
            if not begun:
                yield Left(path, "")
                continue
            try:
                heats = heats_of(model, picture, begun, box, index, region)
            except HeatlensError as error:
                yield Left(path, str(error))
            else:
                yield Explained(path, picture, heats)

    return many(paths, prepared, explained, TOGETHER)
