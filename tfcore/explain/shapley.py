"""KernelSHAP: Shapley values of super-pixels, exact or from paired coalitions (METHODS.md §5)."""

from __future__ import annotations

from functools import partial
from itertools import product
from math import comb

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.asking import FAMILY, Asking, Copies, Subject, asking
from tfcore.explain.estimate import Estimate
from tfcore.explain.params import BASELINE, SEED, samples
from tfcore.explain.superpixels import SUPERPIXELS, Pieces
from tfcore.registry import MethodSpec


@asking(
    MethodSpec(
        "kernel-shap",
        family=FAMILY,
        summary="Shapley value of each super-pixel: shares that add up to the score less that of the baseline",
        params=(samples(2000, "coalitions"), SUPERPIXELS, BASELINE, SEED),
        given=("segments",),
        signed=True,
        passes=lambda params, *_: int(params["samples"]),
    )
)
def kernel_shap(subject: Subject) -> Asking:
    """φ that best explains the scores of coalitions, Σ φ = S(x) − S(baseline) exactly."""
    pieces = Pieces(subject)
    wished = subject.params["samples"]
    exact = pieces.count < 31 and 2**pieces.count <= min(wished, subject.most)
    count = 2**pieces.count if exact else subject.within(wished)
    rows, weights = _all(pieces.count) if exact else _pairs(subject, pieces.count, count)
    needed = len(rows) if exact else 2 * pieces.count - 1
    if count < needed:
        raise HeatlensError(
            f"{count} coalitions are too few for {pieces.count} super-pixels; give samples and budget of at least "
            f"{needed}, or fewer superpixels."
        )
    scores = np.zeros(0)

    def so_far() -> Estimate:
        # Whole pairs only; the first row is the baseline.
        known = len(scores) if exact else len(scores) - (len(scores) - 1) % 2
        found, errors = _solved(rows[1:known], scores[1:known], weights[1:known], scores[0], subject.whole, exact)
        return Estimate(pieces.painted(found), pieces.painted(errors), {"said": pieces.said})

    for some in subject.parts(len(rows)):
        present = rows[some]
        known = so_far if len(scores) > needed else None
        found = yield Copies(len(present), partial(pieces.seen, present), len(rows), known)
        scores = np.concatenate([scores, found])
    return so_far()


def _all(players: int) -> tuple[np.ndarray, np.ndarray]:
    """Every coalition but the full one, whose score is known, the empty one first; and what each of them counts."""
    rows = np.array(list(product((False, True), repeat=players)))[:-1]
    sizes = rows.sum(1)
    kernel = [0.0, *((players - 1) / (comb(players, size) * size * (players - size)) for size in range(1, players))]
    return rows, np.array(kernel)[sizes]


def _pairs(subject: Subject, players: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """The empty coalition, then pairs of one drawn by the kernel and its complement."""
    draw, pairs = subject.drawn(), max(0, count - 1) // 2
    sizes = np.arange(1, players)
    share = 1 / (sizes * (players - sizes))
    chosen = draw.choice(sizes, pairs, p=share / share.sum())
    ranks = draw.random((pairs, players)).argsort(1).argsort(1)
    one = ranks < chosen[:, None]
    both = np.stack([one, ~one], 1).reshape(-1, players)
    return np.concatenate([np.zeros((1, players), bool), both]), np.ones(1 + 2 * pairs)


def _solved(
    rows: np.ndarray, scores: np.ndarray, weights: np.ndarray, nothing: float, whole: float, exact: bool
) -> tuple[np.ndarray, np.ndarray]:
    """φ and its standard errors; the last value is what the others leave of the sum, so the sum is exact."""
    total = whole - nothing
    if rows.shape[1] == 1:
        return np.array([total]), np.zeros(1)
    last = rows[:, -1].astype(float)
    free = rows[:, :-1] - last[:, None]
    wanted = scores - nothing - last * total
    weighted = free.T * weights
    inverse = np.linalg.pinv(weighted @ free, hermitian=True)
    found = inverse @ (weighted @ wanted)
    phi = np.append(found, total - found.sum())
    if exact:
        return phi, np.zeros(len(phi))
    # A coalition and its complement are one draw.
    pulls = ((inverse @ weighted) * (wanted - free @ found)).reshape(len(found), -1, 2).sum(-1)
    draws = pulls.shape[1]
    if draws <= len(found):
        # What just determines the values tells nothing of their error: then it is all of them.
        return phi, np.abs(phi)
    pulls = np.concatenate([pulls, -pulls.sum(0, keepdims=True)])
    return phi, np.sqrt((pulls**2).sum(1) * draws / max(1, draws - len(found)))
