"""One row per picture: everything many passes say of it, in columns that a spreadsheet reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.results import Structures, Sureness, untrained
from tfcore.uncertainty.structures import structures_of

if TYPE_CHECKING:
    from tfcore.models.model import Model
    from tfcore.uncertainty.cases import Case

_FACTS = ("path", "label", "correct", "prediction", "probability", "sd", "low", "high", "votes")
_FIGURES = ("entropy", "mutual_information", "variance", "passes", "seed", "inserted_dropout", "words")
# Of a structure: Dice between two passes, what they draw with its spread, how many draw it, Dice with the true mask.
_OF_STRUCTURES = ("pairwise_dice", "size", "sd", "passes_with", "dice")


def columns(model: Model) -> list[str]:
    """The heading: the prediction, the figures, then mean and variance of every class; of a network that segments, what
    the passes draw of every structure.

    That nobody has trained the network is a column where it is so.
    """
    weights = ["weights"] if untrained(model.weights) else []
    if model.card.task == "segmentation":
        drawn = structures_of(model.classes, model.drawn)
        return ["path", *weights, "level", *_FIGURES, *_of_structures(drawn)]
    means = [f"{what} {name}" for what in ("mean", "variance") for name in model.classes]
    return [*_FACTS, *weights, *_FIGURES, *means]


def case_columns(model: Model) -> list[str]:
    """The heading of the table of volumes."""
    drawn = structures_of(model.classes, model.drawn)
    return ["path", "slices", "level", "entropy", "mutual_information", "words", *_of_structures(drawn)]


def row(found: Sureness, label: str | None = None) -> dict[str, Any]:
    """A picture's figures; those of a network that answers per pixel are means over the pixels.

    ``low`` and ``high`` hold the middle 90 % of the passes; ``correct`` is empty where no label is known. ``level`` is
    what pictures are ranked by.
    """
    figures = {
        "path": found.path,
        **({"weights": found.weights} if untrained(found.weights) else {}),
        "entropy": float(found.entropy.mean()),
        "mutual_information": float(found.mutual_information.mean()),
        "variance": float(found.variance.mean()),
        "passes": found.passes,
        "seed": found.seed,
        "inserted_dropout": found.insert,
        "words": found.words,
    }
    if found.structures is not None:
        return {**figures, "level": found.level, **_drawn(found.structures)}
    first, intervals = found.predicted, found.intervals
    assert intervals is not None
    return {
        **figures,
        "label": label,
        "correct": None if label is None else found.classes[first] == label,
        "prediction": found.classes[first],
        "probability": float(found.mean[first]),
        "sd": float(np.sqrt(found.variance[first])),
        "low": float(intervals[first, 0]),
        "high": float(intervals[first, 1]),
        "votes": float(found.votes[first]),
        **{f"mean {name}": float(each) for name, each in zip(found.classes, found.mean, strict=True)},
        **{f"variance {name}": float(each) for name, each in zip(found.classes, found.variance, strict=True)},
    }


def case_row(case: Case) -> dict[str, Any]:
    """A volume's figures."""
    return {
        "path": case.path,
        "slices": case.slices,
        "level": 1 - case.structures.lowest,
        "entropy": case.entropy,
        "mutual_information": case.mutual_information,
        "words": case.words,
        **_drawn(case.structures),
    }


def _of_structures(names: Iterable[str]) -> list[str]:
    return ["unit", *(f"{figure} {name}" for name in names for figure in _OF_STRUCTURES)]


def _drawn(found: Structures) -> dict[str, Any]:
    dice = found.true_dice
    figures: dict[str, Any] = {"unit": found.unit}
    for index, name in enumerate(found.names):
        sizes, agreed = found.sizes[index], float(found.agreement[index])
        values = (
            None if np.isnan(agreed) else agreed,
            float(sizes.mean()),
            float(sizes.std()),
            int(found.drawn[index]),
            None if dice is None else float(dice[index]),
        )
        figures |= {f"{figure} {name}": value for figure, value in zip(_OF_STRUCTURES, values, strict=True)}
    return figures
