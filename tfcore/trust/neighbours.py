"""The nearest training picture of another class: what the network would have to see to say something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.data.sources.lookup import real_path
from tfcore.errors import HeatlensError
from tfcore.evaluate.subjects import subjects
from tfcore.explain.files import explain_files
from tfcore.explain.runners import Progress, silent
from tfcore.pictures import Picture
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.results import Neighbour
from tfcore.trust.calibrate import side

if TYPE_CHECKING:
    from tfcore.models.model import Model

_TOGETHER = 32


def counterfactual(
    model: Model,
    picture: Picture | str | Path,
    data: Dataset | str | Path,
    split: str | None = None,
    progress: Progress = silent,
) -> Neighbour:
    """The picture of the data nearest to this one, in the features of the last feature map, that is of another class
    than the one predicted.

    >>> tfcore.trust.counterfactual(model, "slice.png", "data").path                        # doctest: +SKIP
    """
    if model.card.task != "classification":
        raise HeatlensError(f"{model.name} answers for every pixel; neighbours of another class are of whole pictures.")
    model.check_inside("The distance between pictures")
    data = data if isinstance(data, Dataset) else open_data(data)
    data = side(model, data, split).labelled()
    (subject,) = subjects(model, data)
    logits, (features,) = model.seen(model.prepare([picture]))
    itself = real_path(picture.path if isinstance(picture, Picture) else Path(picture))
    predicted = int(model.outputs.probabilities(logits)[0].argmax())

    def seen(some: list[Ready[Sample]]) -> Iterator[np.ndarray]:
        yield from model.seen(stacked(some))[1]

    found: list[np.ndarray] = []
    kept: list[Sample] = []
    answers = many(data, model.prepare_with_boxes, seen, _TOGETHER, reading.picture)
    for done, (sample, answer) in enumerate(zip(data, answers, strict=True)):
        progress(done, len(data))
        if not isinstance(answer, Left) and np.isfinite(answer).all():
            kept.append(sample)
            found.append(answer)
    progress(len(data), len(data))
    labels = subject.labels(kept)
    # A picture that is told wrong would be its own neighbour.
    labels[[real_path(sample.path) == itself for sample in kept]] = -1
    others = np.flatnonzero((labels >= 0) & (labels != predicted))
    if not len(others):
        raise HeatlensError(f"{data.root} has no picture of another class than {model.classes[predicted]}; add some.")
    array = np.array(found, np.float64)
    deviations = array.std(0)
    away = np.linalg.norm((array - features) / np.where(deviations > 0, deviations, 1), axis=1)
    own = away[labels == predicted]
    nearest = others[away[others].argmin()]
    return Neighbour(
        kept[nearest].path,
        model.classes[labels[nearest]],
        float(away[nearest]),
        float(own.min()) if len(own) else float("inf"),
    )


def with_heats(
    model: Model,
    picture: Path,
    found: Neighbour,
    method: str = "grad-cam",
    layer: str | None = None,
    params: Mapping[str, Any] | None = None,
) -> Neighbour:
    """The neighbour with both pictures and their heat for the class predicted of the first."""
    items, target = [], None
    settings = {method: params} if params else None
    for path in (picture, found.path):
        (one,) = explain_files(model, [path], [method], [layer], target, settings)
        if isinstance(one, Left):
            raise HeatlensError(one.sentence)
        target = one.heats[0].target
        items.append((one.heats[0], one.picture))
    return replace(found, items=tuple(items))
