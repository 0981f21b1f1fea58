"""LIME: a linear model of the score over super-pixels that are there or not (METHODS.md §5)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.asking import FAMILY, Asking, Copies, Subject, asking
from tfcore.explain.estimate import Estimate
from tfcore.explain.params import BASELINE, SEED, samples
from tfcore.explain.superpixels import SUPERPIXELS, Pieces
from tfcore.registry import MethodSpec

# How fast a sample counts less the fewer of the super-pixels it shows.
_WIDTH = 0.25
_RIDGE = 1.0


@asking(
    MethodSpec(
        "lime",
        family=FAMILY,
        summary="Weight of each super-pixel in a linear model of the score around the image",
        params=(samples(1000, "samples"), SUPERPIXELS, replace(BASELINE, default="mean"), SEED),
        given=("segments", "masks"),
        signed=True,
        passes=lambda params, *_: int(params["samples"]),
    )
)
def lime(subject: Subject) -> Asking:
    """Coefficients of a ridge regression of S on which super-pixels are shown, near samples first."""
    pieces = Pieces(subject)
    rows = _rows(subject, pieces.count)
    scores = np.zeros(0)

    def so_far() -> Estimate:
        coefficients, errors, r2 = _ridge(rows[: len(scores)].astype(float), scores)
        return Estimate(pieces.painted(coefficients), pieces.painted(errors), {"r2": r2, "said": pieces.said})

    for some in subject.parts(len(rows)):
        present = rows[some]
        found = yield Copies(len(present), partial(pieces.seen, present), len(rows), so_far if len(scores) else None)
        scores = np.concatenate([scores, found])
    return so_far()


def _rows(subject: Subject, pieces: int) -> np.ndarray:
    """(n, K): which super-pixels a sample shows; the first shows all."""
    if "masks" in subject.given:
        rows = subject.given["masks"]
        if rows.ndim != 2 or rows.shape[1] != pieces:
            raise HeatlensError(
                f"given['masks'] are {rows.shape}; lime takes (n, {pieces}), one column per super-pixel."
            )
        return rows.astype(bool)
    rows = subject.drawn().random((subject.params["samples"], pieces)) < 0.5
    rows[0] = True
    return rows


def _ridge(rows: np.ndarray, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Coefficients (K,), their standard errors and the weighted R²."""
    shown = rows.mean(1)
    distance = 1 - np.sqrt(shown)  # of the cosine between the row and a row of ones
    weights = np.sqrt(np.exp(-((distance / _WIDTH) ** 2)))
    mean = weights @ rows / weights.sum()
    centred, level = rows - mean, weights @ scores / weights.sum()
    weighted = centred.T * weights
    inverse = np.linalg.inv(weighted @ centred + _RIDGE * np.eye(rows.shape[1]))
    coefficients = inverse @ (weighted @ (scores - level))
    rest = scores - level - centred @ coefficients
    below = weights @ (scores - level) ** 2
    r2 = float(1 - weights @ rest**2 / below) if below > 0 else 1.0
    if len(rows) == 1:
        # A single sample tells nothing of the weights: then the error is all of the score.
        return coefficients, np.full(rows.shape[1], abs(scores[0])), r2
    # Each sample pulls by its own residual.
    pulls = (inverse @ weighted) * rest
    free = max(1, len(rows) - rows.shape[1] - 1)
    return coefficients, np.sqrt((pulls**2).sum(1) * len(rows) / free), r2
