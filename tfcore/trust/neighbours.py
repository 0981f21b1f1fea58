"""The nearest training picture of another class: what the network would have to see to say something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.subjects import subjects
from tfcore.explain.runners import Progress, silent
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.trust.calibrate import side

if TYPE_CHECKING:
    from tfcore.models.model import Model

_TOGETHER = 32


@dataclass(frozen=True)
class Neighbour:
    """A picture of the data, its class, and how far its features lie, each counted in its standard deviation."""

    path: Path
    label: str
    distance: float
    # Of the nearest picture of the class that was predicted, to compare with; infinite where there is none.
    own_distance: float


def counterfactual(
    model: Model, picture: Any, data: Dataset | str | Path, split: str | None = None, progress: Progress = silent
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
