"""LIME: a linear model of the score over super-pixels that are there or not (METHODS.md §5)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.asking import FAMILY, Asking, Copies, Subject, asking
from tfcore.explain.estimate import Estimate
from tfcore.explain.params import BASELINE, SEED, samples
from tfcore.explain.superpixels import SUPERPIXELS, Pieces, Shown
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
    shown = _shown(subject, pieces.count)
    scores = np.zeros(0)

    def so_far() -> Estimate:
        coefficients, errors, r2 = _ridge(shown, scores)
        return Estimate(pieces.painted(coefficients), pieces.painted(errors), {"r2": r2, "said": pieces.said})

    for some in subject.parts(len(shown)):
        present = shown.rows(some)
        found = yield Copies(len(present), partial(pieces.seen, present), len(shown), so_far if len(scores) else None)
        scores = np.concatenate([scores, found])
    return so_far()


def _shown(subject: Subject, pieces: int) -> Shown:
    """Which super-pixels a sample shows; the first shows all."""
    if "masks" in subject.given:
        rows = subject.given["masks"]
        if rows.ndim != 2 or rows.shape[1] != pieces:
            raise HeatlensError(
                f"given['masks'] are {rows.shape}; lime takes (n, {pieces}), one column per super-pixel."
            )
        return Shown(len(rows), pieces, lambda some: rows[some] != 0)
    return Shown(subject.params["samples"], pieces, _half(subject.drawn(), pieces))


def _half(draw: np.random.Generator, pieces: int) -> Callable[[slice], np.ndarray]:
    def rows(some: slice) -> np.ndarray:
        found = draw.random((some.stop - some.start, pieces)) < 0.5
        found[: some.start == 0] = True
        return found

    return rows


def _ridge(shown: Shown, scores: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Coefficients (K,), their standard errors and the weighted R², out of sums over blocks of samples."""
    weights, mean = np.zeros(len(scores)), np.zeros(shown.pieces)
    for some, rows in shown.blocks(len(scores)):
        distance = 1 - np.sqrt(rows.mean(1))  # of the cosine between the row and a row of ones
        weights[some] = np.sqrt(np.exp(-((distance / _WIDTH) ** 2)))
        mean += weights[some] @ rows
    mean /= weights.sum()
    wanted = scores - weights @ scores / weights.sum()
    normal, right = _RIDGE * np.eye(shown.pieces), np.zeros(shown.pieces)
    for some, rows in shown.blocks(len(scores)):
        weighted = (rows - mean).T * weights[some]
        normal += weighted @ (rows - mean)
        right += weighted @ wanted[some]
    inverse = np.linalg.inv(normal)
    coefficients = inverse @ right
    rest, squares = np.zeros(len(scores)), np.zeros(shown.pieces)
    for some, rows in shown.blocks(len(scores)):
        rest[some] = wanted[some] - (rows - mean) @ coefficients
        # Each sample pulls by its own residual.
        squares += (((inverse @ ((rows - mean).T * weights[some])) * rest[some]) ** 2).sum(1)
    below = weights @ wanted**2
    r2 = float(1 - weights @ rest**2 / below) if below > 0 else 1.0
    if len(scores) == 1:
        # A single sample tells nothing of the weights: then the error is all of the score.
        return coefficients, np.full(shown.pieces, abs(scores[0])), r2
    free = max(1, len(scores) - shown.pieces - 1)
    return coefficients, np.sqrt(squares * len(scores) / free), r2
