"""Who sees which case when, and with what beside it: seeded by reader, the arms counterbalanced over the readers."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from tfcore.review.study import Study


class Sight(NamedTuple):
    """One showing of one case: the numbers of the case and of the arm, and which time through all cases it is."""

    case: int
    arm: int
    part: int


def order(study: Study, number: int) -> tuple[Sight, ...]:
    """What the reader of that number (from 1) sees, first to last.

    A Latin square: within a part each arm has its share of the cases, of every label alike; from part to part and from
    reader to reader the arms move on, so that every case is seen in every arm and no arm comes first. Between two
    sights of a case lie at least ``study.washout`` others.
    """
    arms, cases = len(study.arms), len(study.cases)
    group = _groups(study)
    draw = np.random.default_rng([study.seed, number])
    found: list[Sight] = []
    place = np.full(cases, -cases)
    for part in range(study.parts):
        # How soon each may come again.
        earliest = np.maximum(place + study.washout + 1 - cases, 0) if part else np.zeros(cases, int)
        left = np.ones(cases, bool)
        for position in range(cases):
            may = np.flatnonzero(left & (earliest <= position))
            case = int(draw.choice(may))
            left[case], place[case] = False, position
            found.append(Sight(case, int((group[case] + part + number - 1) % arms), part))
    return tuple(found)


def _groups(study: Study) -> np.ndarray:
    """For every case the arm it begins in: shares of one size, of each label alike."""
    shuffled = np.random.default_rng([study.seed, 0]).permutation(len(study.cases))
    by_label = sorted(shuffled, key=lambda case: study.cases[case].truth)
    group = np.empty(len(study.cases), int)
    group[by_label] = np.arange(len(study.cases)) % len(study.arms)
    return group
