"""How far a card says that answers may be believed: a temperature for their probabilities, sets in place of one class.

Both are learnt by :mod:`tfcore.trust` from pictures that were not trained on, and kept in the card as plain facts.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.results import Belief

SCORES = ("lac", "aps")


def distances(p: np.ndarray, score: str, u: np.ndarray) -> np.ndarray:
    """How far from belonging to its set every class of every answer (n, C) is.

    ``lac`` is 1 − p of the class, ``aps`` the mass above it and a share ``u`` (n,) of its own.
    """
    if score == "lac":
        return 1 - p
    reached = np.array([row @ (row[:, np.newaxis] >= row) for row in p])
    return reached - u[:, np.newaxis] * p


def belief(calibration: Mapping[str, Any], sets: Mapping[str, Any], probabilities: np.ndarray) -> Belief:
    """What a card says of one answer (C,)."""
    temperature = float(calibration.get("temperature", 1.0))
    if not sets:
        return Belief(temperature)
    p = np.asarray(probabilities, np.float64)
    # By chance, but for the same answer always the same.
    u = np.random.default_rng(zlib.crc32(p.tobytes())).random(1)
    members = np.flatnonzero(distances(p[None], sets["score"], u)[0] <= sets["threshold"])
    return Belief(temperature, tuple(map(int, members)), 1 - float(sets["alpha"]))


def check(calibration: Any, sets: Any, missed: Any) -> None:
    """A sentence where a card says what cannot be."""
    for name, value in (("calibration", calibration), ("sets", sets), ("missed", missed)):
        if not isinstance(value, Mapping):
            raise HeatlensError(f"{name} = {value!r} is not a list of named facts; write it as {{…}}, or as {{}}.")
    if calibration and not _positive(calibration.get("temperature")):
        raise HeatlensError(
            f"calibration: temperature = {calibration.get('temperature')!r} is no number above 0; calibrate anew."
        )
    threshold = sets.get("threshold")
    reaches = type(threshold) in (int, float) and 0 <= threshold < math.inf
    if sets and not (reaches and sets.get("score") in SCORES and _positive(sets.get("alpha"), 1.0)):
        raise HeatlensError("sets needs score (lac or aps), alpha between 0 and 1 and a threshold; calibrate anew.")
    structures = missed.get("structures", {})
    told = isinstance(structures, Mapping) and all(
        isinstance(each, Mapping) and _positive(each.get("threshold"), 1.0) for each in structures.values()
    )
    if missed and not (told and _positive(missed.get("alpha"), 1.0)):
        raise HeatlensError("missed needs alpha and the threshold of each structure, between 0 and 1; calibrate anew.")


def _positive(value: Any, below: float = math.inf) -> bool:
    return type(value) in (int, float) and 0 < value < below
