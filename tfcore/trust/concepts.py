"""Concepts that are named by folders of pictures, or by what is marked in them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.marks import Marked
from tfcore.evaluate.reading import Seen, seen
from tfcore.explain.runners import Progress, silent
from tfcore.pictures import find
from tfcore.results import ConceptScore
from tfcore.trust.tcav import Within, tcav

if TYPE_CHECKING:
    from tfcore.models.model import Model


def marked_in(model: Model, data: str | Path) -> Within:
    """Of the pictures of a data set in which something is marked, that."""
    found = open_data(data)
    some = [
        (one.input, one.marks.mask)
        for one in seen(model, found, found.masked)
        if isinstance(one, Seen) and isinstance(one.marks, Marked) and one.marks.mask.any()
    ]
    if not some:
        raise HeatlensError(f"{data} has no masks with anything in them; a concept of masks is what lies inside.")
    inputs, masks = zip(*some, strict=True)
    return Within(np.stack(inputs), np.stack(masks))


def of_folders(
    model: Model,
    data: str | Path,
    target: int | str,
    concepts: Mapping[str, str | Path],
    random: str | Path,
    layers: Sequence[str | None] = (None,),
    runs: int = 20,
    seed: int = 0,
    masked: Collection[str] = (),
    progress: Progress = silent,
) -> tuple[ConceptScore, ...]:
    """:func:`tcav` of folders: pictures of the class, of each concept, and those that are drawn from. Of the concepts
    in ``masked`` the folder is a data set with masks, and what lies inside them is the concept.
    """

    def prepared(folder: str | Path) -> np.ndarray:
        if not (paths := list(find([str(folder)]))):
            raise HeatlensError(f"There are no pictures in {folder}; check the folder.")
        return model.prepare(paths)

    sets = {name: marked_in(model, at) if name in masked else prepared(at) for name, at in concepts.items()}
    return tcav(model, prepared(data), target, sets, prepared(random), layers, runs, seed, progress)
