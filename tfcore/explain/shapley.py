"""KernelSHAP: Shapley values of super-pixels, exact or from paired coalitions (METHODS.md §5)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import product
from math import comb

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.asking import FAMILY, Asking, Copies, Subject, asking
from tfcore.explain.estimate import Estimate
from tfcore.explain.params import BASELINE, SEED, samples
from tfcore.explain.superpixels import SUPERPIXELS, Pieces, Shown
from tfcore.registry import MethodSpec


@asking(
    MethodSpec(
        "kernel-shap",
        family=FAMILY,
        summary="Shapley value of each super-pixel: shares that add up to the score less that of the baseline",
        params=(samples(2000, "coalitions"), SUPERPIXELS, BASELINE, SEED),
        given=("segments",),
        signed=True,
        # All coalitions of few pieces are fewer.
        passes=lambda params, *_: min(params["samples"], 2 ** params["superpixels"]),
    )
)
def kernel_shap(subject: Subject) -> Asking:
    """φ that best explains the scores of coalitions, Σ φ = S(x) − S(baseline) exactly."""
    pieces = Pieces(subject)
    wished = subject.params["samples"]
    exact = pieces.count < 31 and 2**pieces.count <= min(wished, subject.most)
    count = 2**pieces.count if exact else subject.within(wished)
    # All but the empty coalition, which is asked first, and the full one, whose score is known.
    some, weights = _all(pieces.count) if exact else _pairs(subject, pieces.count, max(0, count - 1) // 2)
    total = 1 + len(some)
    needed = total if exact else 2 * pieces.count - 1
    if count < needed:
        raise HeatlensError(
            f"{count} coalitions are too few for {pieces.count} super-pixels; give samples and budget of at least "
            f"{needed}, or fewer superpixels."
        )
    scores = np.zeros(0)

    def so_far() -> Estimate:
        # Whole pairs only.
        known = len(scores) if exact else len(scores) - (len(scores) - 1) % 2
        found, errors = _solved(some, scores[1:known], weights, scores[0], subject.whole, exact)
        return Estimate(pieces.painted(found), pieces.painted(errors), {"said": pieces.said})

    for part in subject.parts(total):
        present = some.rows(slice(max(0, part.start - 1), part.stop - 1))
        if part.start == 0:
            present = np.concatenate([np.zeros((1, pieces.count), bool), present])
        known = so_far if len(scores) > needed else None
        found = yield Copies(len(present), partial(pieces.seen, present), total, known)
        scores = np.concatenate([scores, found])
    return so_far()


def _all(players: int) -> tuple[Shown, np.ndarray]:
    """Every coalition but the empty and the full one; and what each of them counts."""
    rows = np.array(list(product((False, True), repeat=players)))[1:-1]
    kernel = [0.0, *((players - 1) / (comb(players, size) * size * (players - size)) for size in range(1, players))]
    return Shown(len(rows), players, lambda some: rows[some]), np.array(kernel)[rows.sum(1)]


def _pairs(subject: Subject, players: int, pairs: int) -> tuple[Shown, np.ndarray]:
    """Pairs of a coalition drawn by the kernel and its complement."""
    draw = subject.drawn()
    sizes = np.arange(1, players)
    share = 1 / (sizes * (players - sizes))
    chosen = draw.choice(sizes, pairs, p=share / share.sum())

    def rows(some: slice) -> np.ndarray:
        size = chosen[some.start // 2 : some.stop // 2, None]
        one = draw.random((len(size), players)).argsort(1).argsort(1) < size
        return np.stack([one, ~one], 1).reshape(-1, players)

    return Shown(2 * pairs, players, rows), np.ones(2 * pairs)


def _solved(
    shown: Shown, scores: np.ndarray, weights: np.ndarray, nothing: float, whole: float, exact: bool
) -> tuple[np.ndarray, np.ndarray]:
    """φ and its standard errors, out of sums over blocks of coalitions; the last value is what the others leave of the
    sum, so the sum is exact.
    """
    total, others = whole - nothing, shown.pieces - 1
    if not others:
        return np.array([total]), np.zeros(1)

    def blocks() -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """What is free, as it is and by what it counts, and what it is to explain."""
        for some, rows in shown.blocks(len(scores)):
            free = rows[:, :-1] - rows[:, -1:]
            yield free, free.T * weights[some], scores[some] - nothing - rows[:, -1] * total

    normal, right = np.zeros((others, others)), np.zeros(others)
    for free, weighted, wanted in blocks():
        normal += weighted @ free
        right += weighted @ wanted
    inverse = np.linalg.pinv(normal, hermitian=True)
    found = inverse @ right
    phi = np.append(found, total - found.sum())
    if exact:
        return phi, np.zeros(len(phi))
    draws = len(scores) // 2
    if draws <= others:
        # What just determines the values tells nothing of their error: then it is all of them.
        return phi, np.abs(phi)
    squares = np.zeros(len(phi))
    for free, weighted, wanted in blocks():
        # A coalition and its complement are one draw.
        pulls = ((inverse @ weighted) * (wanted - free @ found)).reshape(others, -1, 2).sum(-1)
        squares += (np.concatenate([pulls, -pulls.sum(0, keepdims=True)]) ** 2).sum(1)
    return phi, np.sqrt(squares * draws / max(1, draws - others))
