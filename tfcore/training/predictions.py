"""What a network says about many files, one after the other; broken ones are named and the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.models.model import Model

# Pictures in memory at once.
TOGETHER = 32


@dataclass(frozen=True)
class Predicted:
    """Probabilities of every class for one file."""

    path: Path
    probabilities: np.ndarray


@dataclass(frozen=True)
class Left:
    """A file nothing could be said about, and why."""

    path: Path
    sentence: str


def predict_files(model: Model, paths: Iterable[Path]) -> Iterator[Predicted | Left]:
    """Each file in its turn; memory does not grow with their number."""
    if model.card.task != "classification":
        raise HeatlensError(f"{model.name} segments pictures; predict is for networks that classify them.")
    paths = iter(paths)
    while some := list(islice(paths, TOGETHER)):
        ready: dict[Path, np.ndarray] = {}
        left: dict[Path, str] = {}
        for path in some:
            try:
                ready[path] = model.prepare([path])[0]
            except HeatlensError as error:
                left[path] = str(error)
        said = _predicted(model, ready)
        for path in some:
            if path not in left and not np.isfinite(said[path]).all():
                left[path] = f"{path}: {model.name} answers with NaN or infinity, so there is no prediction."
            yield Left(path, left[path]) if path in left else Predicted(path, said[path])


def _predicted(model: Model, ready: dict[Path, np.ndarray]) -> dict[Path, np.ndarray]:
    """Networks of open input size take one size at a time."""
    said: dict[Path, np.ndarray] = {}
    for shape in {image.shape for image in ready.values()}:
        alike = [path for path, image in ready.items() if image.shape == shape]
        said |= zip(alike, model.predict(np.stack([ready[path] for path in alike])), strict=True)
    return said
