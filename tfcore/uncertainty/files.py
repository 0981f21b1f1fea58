"""How sure a model is of many files, one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.explain.runners import Progress, silent
from tfcore.models.model import Model
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.results import Insert, Sureness
from tfcore.uncertainty.network import dropout_network
from tfcore.uncertainty.passes import checked
from tfcore.uncertainty.prediction import sureness_of, uncertainty
from tfcore.uncertainty.truth import judged


def uncertain_files(
    model: Model,
    paths: Iterable[Path],
    passes: int = 100,
    seed: int = 0,
    insert: Insert = None,
    progress: Progress = silent,
) -> Iterator[Sureness | Left]:
    """How sure the model is of each file, masks held against the true ones where the data have some; memory does not
    grow with their number.

    A request that no file could answer (no passes, a model without dropout) is refused at once.
    """
    passes, seed, insert = checked(passes, seed, insert)
    dropout_network(model, insert)

    def passed(one: list[Ready[Path]]) -> Iterator[Sureness | Left]:
        ((path, picture, _, box),) = one
        try:
            found = uncertainty(model, stacked(one), passes, seed, insert, progress)
            yield judged(model, picture, sureness_of(model, picture, found, box, 0))
        except HeatlensError as error:
            yield Left(path, str(error))

    return many(paths, model.prepare_with_boxes, passed, 1)
