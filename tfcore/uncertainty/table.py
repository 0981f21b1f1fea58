"""One row per picture: everything many passes say of it, in columns that a spreadsheet reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfcore.results import Sureness, untrained

_FACTS = ("path", "label", "correct", "prediction", "probability", "sd", "low", "high", "votes")
_FIGURES = ("entropy", "mutual_information", "variance", "passes", "seed", "inserted_dropout", "words")


def columns(classes: Sequence[str], weights: str = "file") -> list[str]:
    """The heading: the prediction, the figures, then mean and variance of every class.

    That nobody has trained the network is a column where it is so.
    """
    facts = [*_FACTS, *(["weights"] if untrained(weights) else []), *_FIGURES]
    return [*facts, *(f"mean {name}" for name in classes), *(f"variance {name}" for name in classes)]


def row(found: Sureness, label: str | None = None) -> dict[str, Any]:
    """A picture's figures; those of a network that answers per pixel are means over the pixels.

    ``low`` and ``high`` hold the middle 90 % of the passes; ``correct`` is empty where no label is known.
    """
    mean = _over_pixels(found.mean)
    first = int(mean.argmax())
    variance = found.variance if found.samples is not None else None
    return {
        "path": found.path,
        "label": label,
        "correct": None if label is None else found.classes[first] == label,
        **({"weights": found.weights} if untrained(found.weights) else {}),
        "prediction": found.classes[first],
        "probability": float(mean[first]),
        "sd": None if variance is None else float(np.sqrt(variance[first])),
        "low": None if found.intervals is None else float(found.intervals[first, 0]),
        "high": None if found.intervals is None else float(found.intervals[first, 1]),
        "votes": float(_over_pixels(found.votes)[first]),
        "entropy": float(found.entropy.mean()),
        "mutual_information": float(found.mutual_information.mean()),
        "variance": float(found.variance.mean()),
        "passes": found.passes,
        "seed": found.seed,
        "inserted_dropout": found.insert,
        "words": found.words,
        **{f"mean {name}": float(value) for name, value in zip(found.classes, mean, strict=True)},
        **(
            {f"variance {name}": float(value) for name, value in zip(found.classes, variance, strict=True)}
            if variance is not None
            else {}
        ),
    }


def _over_pixels(values: np.ndarray) -> np.ndarray:
    averaged: np.ndarray = values.reshape(-1, values.shape[-1]).mean(0)
    return averaged
