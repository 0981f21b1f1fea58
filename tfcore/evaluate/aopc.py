"""Area over the perturbation curve (METHODS.md §6; 003): the picture is spoilt cell by cell, the hottest first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.evaluate.imputation import imputed_in_turn
from tfcore.evaluate.metric import ZERO_MAP, Curve, Outcome
from tfcore.evaluate.perturbations import perturbed
from tfcore.evaluate.probing import Way, answers, of_copies, probability, step_by_step
from tfcore.explain.params import SEED
from tfcore.explain.pieces import images_per_pass
from tfcore.registry import MetricSpec, Param, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

# Of the noise that imputed pixels get, as theirs who proposed it.
_ROAD_NOISE = 0.01


@register(
    MetricSpec(
        "aopc",
        family="faithfulness",
        summary="Mean loss of probability while the picture is perturbed cell by cell, the hottest first",
        params=(
            Param("grid", "int", 9, "cells along each side", low=1, high=64),
            Param(
                "perturbation",
                "choice",
                "noise",
                "what happens to a cell: noise added (normal, 0.1 of black to white), or in its place uniform noise, "
                "the picture's mean, its blur, zero, or what its surroundings suggest (road)",
                choices=("noise", "uniform", "mean", "blur", "zero", "road"),
            ),
            Param(
                "order",
                "choice",
                "most",
                "which cells go first: the most or the least relevant, or any",
                choices=("most", "least", "random"),
            ),
            SEED,
        ),
        needs=("probabilities",),
        note="of pictures the network classifies as labelled; with order=least lower is better, and order=random is "
        "what a map without knowledge gets",
        worse={"order": "least"},
        correct_only=True,
    )
)
def aopc(images: Images, found: Explanation, settings: Mapping[str, Any]) -> list[Outcome]:
    """Σ_k (p(x⁰) − p(xᵏ)) / (L + 1) for k = 0 … L cells perturbed, one after the other and all in the end."""
    known = _Shared(images, settings)
    cells, many = known.cells
    share = np.linspace(0, 1, many + 1)
    outcomes: list[Outcome] = []
    for index, (heat, empty) in enumerate(zip(found.maps, found.degenerate, strict=True)):
        if empty or known.wrong[index]:
            outcomes.append(ZERO_MAP if empty else "classified otherwise than labelled")
            continue
        if settings["order"] == "random":
            curve = known.at_random(index)
        else:
            curve = known.curve(index, ranked(heat, cells, many, settings["order"] == "least"))
        outcomes.append(Curve(share, curve, float((curve[0] - curve).mean())))
    return outcomes


def grid_cells(height: int, width: int, grid: int) -> tuple[np.ndarray, int]:
    """The number of the cell that each pixel lies in (H, W), in reading order, and how many there are.

    Cells have ⌈H/g⌉ × ⌈W/g⌉ pixels; the last ones are cut, and there are fewer where nothing is left for them.
    """
    rows, columns = (np.arange(side) // math.ceil(side / grid) for side in (height, width))
    across = columns[-1] + 1
    return rows[:, np.newaxis] * across + columns, int((rows[-1] + 1) * across)


def ranked(heat: np.ndarray, cells: np.ndarray, many: int, least: bool = False) -> np.ndarray:
    """Cells by their mean heat, the highest first (or the lowest); ties in reading order."""
    sums = np.bincount(cells.ravel(), heat.ravel().astype(np.float64), many)
    means = sums / np.bincount(cells.ravel(), minlength=many)
    return np.argsort(means if least else -means, kind="stable")


class _Shared:
    """What the pictures of a batch have in common under these settings, whatever the maps."""

    def __init__(self, images: Images, settings: Mapping[str, Any]) -> None:
        self._images, self._how, self._seed = images, settings["perturbation"], settings["seed"]
        self.cells = grid_cells(images.batch.shape[1], images.batch.shape[2], settings["grid"])
        self.wrong = np.zeros(len(images.batch), bool)
        if images.labels is not None and images.model.outputs.kind != "labels":
            self.wrong = (images.labels >= 0) & (answers(images).argmax(-1) != images.labels)
        self._other = self._perturbed() if self._how != "road" else None

    def at_random(self, index: int) -> np.ndarray:
        """The curve of cells in any order, which is the same for all maps of a picture."""
        given = self._images.given.get("order")
        drawn = np.random.default_rng([self._seed, 1]).permutation(self.cells[1])
        if given is not None and not np.array_equal(np.sort(given[index]), np.sort(drawn)):
            raise HeatlensError(f"given['order'] is no order of the {len(drawn)} cells; name each once, from 0.")
        return self.curve(index, drawn if given is None else given[index])

    def curve(self, index: int, order: np.ndarray) -> np.ndarray:
        """p with 0 … L cells perturbed (L + 1,)."""
        cells, many = self.cells
        # When each pixel's turn comes.
        turn = np.argsort(order)[cells]
        if self._other is None:
            key = "road", many, self._seed, index, order.tobytes()
            spoilt = self._images.once(key, lambda: of_copies(self._images, index, self._filled(index, turn, many)))
            return np.concatenate([probability(self._images)[[index]], spoilt])
        of = self._how, self._seed
        return step_by_step(self._images, index, {of: Way(self._other[index])}, turn, many)[of]

    def _perturbed(self) -> np.ndarray:
        key = ("perturbed", self._how, self._seed)
        return self._images.once(key, lambda: perturbed(self._images, self._how, self._seed))

    def _filled(self, index: int, turn: np.ndarray, many: int) -> Iterator[np.ndarray]:
        image, together = self._images.batch[index], images_per_pass(self._images.model, self._images.batch)
        steps = imputed_in_turn(image, turn, many, _ROAD_NOISE * float(np.ptp(image)), self._seed)
        while some := list(islice(steps, together)):
            yield np.stack(some)
