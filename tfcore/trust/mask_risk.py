"""How low a probability still counts as the structure, so that no more of it is missed than was wished.

Conformal risk control (Angelopoulos et al. 2024): the missed share of a structure only grows with the threshold, so
that its mean over n cases bounds what is expected of the case still to come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.explain.runners import Progress, silent
from tfcore.models.prepare import unfitted
from tfcore.pictures.address import file_of
from tfcore.results import MaskRisk
from tfcore.trust.calibrate import learnt, unlearnt

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Thresholds that are tried.
GRID = np.linspace(0, 1, 1001)


def risk_control(misses: np.ndarray, alpha: float = 0.1) -> float:
    """The highest threshold of :data:`GRID` at which the missed share is at most alpha, from the shares (n, thresholds)
    of n cases: n/(n + 1) of their mean, and 1/(n + 1) for the case still to come.

    >>> float(risk_control(np.zeros((99, 1001)))), float(risk_control(np.ones((99, 1001))))
    (1.0, 0.0)
    """
    if misses.ndim != 2 or not len(misses) or misses.shape[1] != len(GRID):
        raise HeatlensError(f"Missed shares: a row per case, {len(GRID)} thresholds each, got {misses.shape}.")
    if not 0 < alpha < 1:
        raise HeatlensError(f"alpha={alpha:g}: the share that may be missed lies between 0 and 1, 0.1 for a tenth.")
    bound = (misses.sum(0) + 1) / (len(misses) + 1)
    allowed = np.flatnonzero(bound <= alpha)
    return float(GRID[allowed[-1]]) if len(allowed) else 0.0


def mask_risks(
    model: Model,
    data: Dataset | str | Path,
    split: str | None = None,
    alpha: float = 0.1,
    force: bool = False,
    progress: Progress = silent,
    left: Callable[[str], object] = lambda _: None,
) -> tuple[MaskRisk, ...]:
    """Of every structure that the network draws, on data with true masks; pictures that it has learnt from are refused
    unless ``force``.

    A case is a patient, or a volume; where neither is known a picture. ``left`` hears a sentence about each picture
    that cannot be used, and about those that were learnt from.
    """
    if model.card.task != "segmentation":
        raise HeatlensError(f"{model.name} answers for whole pictures; its sets are learnt by calibrate.")
    data = data if isinstance(data, Dataset) else open_data(data)
    data, learnt_from = unlearnt(model, data, split, force)
    data = data.masked
    if learnt_from:
        left(learnt(learnt_from))
    if not len(data):
        raise HeatlensError(f"{data.root} has no masks; what is missed is told against these.")
    values = None if data.mask_values is None else dict(data.mask_values)
    missed: dict[int, dict[str, np.ndarray]] = {index: {} for index in model.drawn}
    unread: list[str] = []
    for done, sample in enumerate(data):
        progress(done, len(data))
        try:
            truth = reading.mask(sample, values)
            batch, _ = model.prepare_with_boxes([reading.picture(sample)])
        except HeatlensError as error:
            left(str(error))
            unread.append(str(error))
            continue
        answer = unfitted(model.predict(batch)[0], truth.shape, model.card.fit, model.around)
        case = sample.patient or str(file_of(sample.path))
        # Masks count the classes that are drawn from 1 on, whatever lies around.
        for number, (index, cases) in enumerate(missed.items(), start=1):
            inside = np.sort(answer[..., index][truth == number])
            # How many places lie below each threshold, and how many there are.
            counts = np.append(np.searchsorted(inside, GRID), len(inside))
            cases[case] = cases.get(case, 0) + counts
    progress(len(data), len(data))
    if len(unread) == len(data):
        raise HeatlensError(f"{data.root}: none of the {len(data)} pictures can be used; the first: {unread[0]}")
    return tuple(_risk(model.classes[index], cases.values(), alpha, learnt_from) for index, cases in missed.items())


def _risk(name: str, counts: Iterable[np.ndarray], alpha: float, learnt_from: int) -> MaskRisk:
    there = [each for each in counts if each[-1]]
    if not there:
        return MaskRisk(name, 0.0, None, None, 0, learnt_from)
    misses = np.stack([each[:-1] / each[-1] for each in there])
    found = risk_control(misses, alpha)
    at, before = (float(misses[:, np.searchsorted(GRID, place)].mean()) for place in (found, 0.5))
    return MaskRisk(name, found, at, before, len(there), learnt_from)


def kept(model: Model, found: Sequence[MaskRisk], alpha: float, on: str) -> dict[str, Any]:
    """What the card is to say: of each structure its threshold, and of a single one that it is there from that on."""
    told = {
        # Cards hold probabilities between 0 and 1; a lower threshold misses less.
        each.structure: {"threshold": min(each.threshold, 0.999), "missed": each.missed, "cases": each.cases}
        for each in found
        if each.threshold
    }
    if not told:
        return {}
    own = {"threshold": told[found[0].structure]["threshold"]} if model.thresholded and len(found) == 1 else {}
    trained_on = {"learnt from": count} if (count := found[0].learnt_from) else {}
    return {**own, "missed": {"alpha": alpha, "on": on, **trained_on, "structures": told}}
