"""Many files, one after the other: each is read, passed through, told and let go; broken ones are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.errors import HeatlensError
from tfcore.explain.files import Left
from tfcore.explain.runners import Progress, silent
from tfcore.pictures import read
from tfcore.results import Sureness
from tfcore.uncertainty.network import dropout_network
from tfcore.uncertainty.passes import checked
from tfcore.uncertainty.prediction import sureness_of, uncertainty

if TYPE_CHECKING:
    from tfcore.models.model import Model


def uncertain_files(
    model: Model,
    paths: Iterable[Path],
    passes: int = 100,
    seed: int = 0,
    insert: float | None = None,
    progress: Progress = silent,
) -> Iterator[Sureness | Left]:
    """How sure the model is of each file; memory does not grow with their number.

    A request that no file could answer (no passes, a model without dropout) is refused at once.
    """
    passes, seed, insert = checked(passes, seed, insert)
    dropout_network(model, insert)
    return (_one(model, path, passes, seed, insert, progress) for path in paths)


def _one(model: Model, path: Path, passes: int, seed: int, insert: float | None, progress: Progress) -> Sureness | Left:
    try:
        picture = read(path)
        batch, boxes = model.prepare_with_boxes([picture])
        return sureness_of(model, picture, uncertainty(model, batch, passes, seed, insert, progress), boxes[0], 0)
    except HeatlensError as error:
        return Left(path, str(error))
