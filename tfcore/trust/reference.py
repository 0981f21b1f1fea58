"""What a network's training pictures look like to it, learnt so that a picture unlike them is noticed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.evaluate.subjects import subjects
from tfcore.explain.runners import Progress, silent
from tfcore.files import sha256
from tfcore.models.reference import Reference, beside, mahalanobis, neighbours
from tfcore.pictures import Picture
from tfcore.pictures.many import Left, Ready, many, stacked
from tfcore.pictures.plain_look import plain_look, usual
from tfcore.trust.calibrate import side
from tfcore.words import counted

if TYPE_CHECKING:
    from tfcore.models.model import Model

# With fewer, the furthest of them says little about how far is too far.
FEWEST = 50
# More change no figure that is shown; of so many the features are kept for the neighbours.
MOST, POINTS = 2000, 300
# Directions that are kept; the variance along all others is shared.
_AXES = 128
_FOLDS = 5
_STEPS = 501
_TOGETHER = 32
# Pixels a side of a thumbnail.
_SMALL = 48


def reference(
    model: Model,
    data: Dataset | str | Path,
    split: str | None = None,
    progress: Progress = silent,
    thumbnails: bool = False,
) -> Reference:
    """Learn what is usual from the pictures that the network learnt from; ``model.reference`` takes it.

    Of more than 2,000 pictures as many are drawn by chance. Where they have labels, distances are those to the nearest
    class. With ``thumbnails`` some of the pictures are kept with it, small, to be seen beside a picture unlike them: by
    whoever gets the file. :func:`keep` writes it beside the model.

    >>> model.reference = tfcore.trust.reference(model, "phantoms")                         # doctest: +SKIP
    """
    model.check_inside("What is usual")
    data = data if isinstance(data, Dataset) else open_data(data)
    data = side(model, data, split).drawn(MOST, 0)
    if len(data) < FEWEST:
        raise HeatlensError(
            f"{data.root}: {counted(len(data), 'picture')} are too few to tell what is usual; {FEWEST} are the least."
        )
    (subject,) = subjects(model, data)
    samples, features, looks = list(data), [], []
    known: list[Sample] = []
    small: list[np.ndarray] = []

    def seen(some: list[Ready[Sample]]) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray | None] | Left]:
        for one, found in zip(some, model.seen(stacked(some))[1], strict=True):
            if np.isfinite(found).all():
                yield found, plain_look(one.picture), _small(one.picture) if thumbnails else None
            else:
                yield Left(one.source.path, f"{one.source.name}: {model.name} finds NaN or infinity in it.")

    answers = many(samples, model.prepare_with_boxes, seen, _TOGETHER, reading.picture)
    for done, (sample, answer) in enumerate(zip(samples, answers, strict=True)):
        progress(done, len(samples))
        if not isinstance(answer, Left):
            known.append(sample)
            features.append(answer[0])
            looks.append(answer[1])
            if answer[2] is not None:
                small.append(answer[2])
    progress(len(samples), len(samples))
    if len(known) < FEWEST:
        raise HeatlensError(
            f"{data.root}: {len(known)} of {len(samples)} pictures can be used; {FEWEST} are the least."
        )
    named = f"{Path(data.root).name} ({split})" if split else Path(data.root).name
    facts = {"on": named, "pictures": len(known), "layer": model.feature_layer}
    # Pictures of no class, and networks that answer per pixel, make one group.
    groups = subject.labels(known) if model.card.task == "classification" else np.full(len(known), -1)
    return learnt(np.array(features, np.float64), groups, usual(looks), facts, np.stack(small) if small else None)


def _small(picture: Picture) -> np.ndarray:
    """Too small to read a name that is burned in; in its own shape on black."""
    import cv2

    shown = picture.display()
    height, width = (max(1, round(_SMALL * side / max(shown.shape[:2]))) for side in shown.shape[:2])
    made = np.zeros((_SMALL, _SMALL, 3), np.uint8)
    top, left = (_SMALL - height) // 2, (_SMALL - width) // 2
    made[top : top + height, left : left + width] = cv2.resize(shown, (width, height), interpolation=cv2.INTER_AREA)
    return made


def learnt(
    features: np.ndarray, labels: np.ndarray, usual: dict, facts: dict, thumbnails: np.ndarray | None = None
) -> Reference:
    """From features (N, K) and classes (N,); each fifth of the pictures is measured by the four others."""
    if not features.std(0).any():
        raise HeatlensError("All pictures give the same features, so none is further away than another.")
    order = np.random.default_rng(0).permutation(len(features))
    features, labels = features[order], labels[order]
    points = min(POINTS, len(features))
    own = np.empty((2, len(features)))
    for fold in range(_FOLDS):
        judged = np.arange(len(features)) % _FOLDS == fold
        learns, of = features[~judged], labels[~judged]
        own[0, judged] = mahalanobis(features[judged], *_classes(learns, of))
        # As many neighbours as the next picture will have.
        deviations = _deviations(learns)
        own[1, judged] = neighbours(features[judged] / deviations, learns[:points] / deviations)
    steps = np.quantile(own, np.linspace(0, 1, min(_STEPS, len(features))), axis=1).T
    deviations = _deviations(features)
    shown = None if thumbnails is None else thumbnails[order[:points]]
    if shown is not None:
        facts = {**facts, "thumbnails": len(shown)}
    return Reference(
        *_classes(features, labels), features[:points] / deviations, deviations, steps, usual, facts, shown
    )


def _classes(features: np.ndarray, labels: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means (C, K), leading axes (r, K) of the shared covariance, shrunk (Ledoit–Wolf), and deviations (r + 1)."""
    from sklearn.covariance import ledoit_wolf

    there = np.unique(labels)
    means = np.stack([features[labels == label].mean(0) for label in there])
    away = features - means[np.searchsorted(there, labels)]
    variances, axes = np.linalg.eigh(ledoit_wolf(away, assume_centered=True)[0])
    kept = min(_AXES, len(variances))
    rest = variances[:-kept] if kept < len(variances) else variances[:1]
    least = variances[-1] * 1e-9
    scales = np.sqrt(np.maximum([*variances[-kept:], rest.mean()], least))
    return means, axes.T[-kept:], scales


def _deviations(features: np.ndarray) -> np.ndarray:
    deviations = features.std(0)
    # A feature that never varies counts as the least varying one does.
    return np.maximum(deviations, deviations[deviations > 0].min())


def keep(found: Reference, file: Path | None, digest: str) -> dict[str, Any]:
    """Write it beside a model's file, whose hash is given; what the card says of it comes back."""
    if file is None:
        raise HeatlensError("The model has no file beside which a reference could lie; open a model file of your own.")
    return {**found.facts, "model": digest, "sha256": sha256(found.save(beside(file)))}
