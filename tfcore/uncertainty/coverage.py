"""Does the network know when it is wrong? Accuracy, or Dice, when what it is least sure of is left to a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure.save import save
from tfcore.figure.style import INK, PALE, drawing
from tfcore.results import Insert
from tfcore.results.prediction import inserted_words
from tfcore.tables import write_table

if TYPE_CHECKING:
    from matplotlib.figure import Figure


_STEPS = 20
_RESAMPLED = 1000


@dataclass(frozen=True, eq=False)
class Coverage:
    """One row per share of the pictures kept, the surest first; ``low`` to ``high`` is a bootstrap 95 % interval.

    ``accuracy`` is the mean of what ``score`` names.
    """

    share: np.ndarray
    kept: np.ndarray
    accuracy: np.ndarray
    low: np.ndarray
    high: np.ndarray
    # The least sure picture kept has this uncertainty.
    limit: np.ndarray
    score: str = "accuracy"


def coverage(uncertain: Any, correct: Any, seed: int = 0, score: str = "accuracy") -> Coverage:
    """Accuracy against the share kept, from each picture's uncertainty (entropy, say) and whether it was right.

    Scores from 0 to 1 in place of right and wrong give their mean: Dice, for ``score="dice"``.

    >>> coverage([0.1, 0.9], [True, False]).accuracy[[9, 19]]
    array([1. , 0.5])
    """
    uncertain, correct = np.asarray(uncertain, float), np.asarray(correct, float)
    if uncertain.ndim != 1 or uncertain.shape != correct.shape or not len(uncertain):
        raise HeatlensError(
            f"{uncertain.size} uncertainties and {correct.size} labels make no curve; give one of both per picture."
        )
    order = np.argsort(uncertain, kind="stable")
    kept = np.unique((np.arange(1, _STEPS + 1) * len(order) + _STEPS - 1) // _STEPS)
    sorted_ = correct[order]
    accuracy = np.cumsum(sorted_)[kept - 1] / kept
    draw = np.random.default_rng(seed)
    if np.isin(correct, (0, 1)).all():
        # Drawing n pictures again, each right with this probability, is the bootstrap of an accuracy.
        again = draw.binomial(kept, accuracy, (_RESAMPLED, len(kept))) / kept
    else:
        again = np.stack([draw.choice(sorted_[:count], (_RESAMPLED, count)).mean(1) for count in kept], 1)
    low, high = np.quantile(again, [0.025, 0.975], axis=0)
    return Coverage(kept / len(order), kept, accuracy, low, high, uncertain[order][kept - 1], score)


_COLUMNS = ("left_out_by", "share_kept", "pictures", "{}", "low_95", "high_95", "limit", "inserted_dropout")
# From the colour maps for colour-blind readers; the line style tells them apart in grey, too.
_LINES = (("#0072b2", "-"), ("#d55e00", "--"), ("#009e73", ":"))
_MM = 1 / 25.4


def columns(score: str = "accuracy") -> tuple[str, ...]:
    """The heading of the table of curves."""
    return tuple(name.format(score) for name in _COLUMNS)


def rows(curves: Mapping[str, Coverage], insert: Insert = None) -> list[dict[str, Any]]:
    """One row per measure and share kept; ``insert`` is the rate of the dropout that was put in."""
    return [
        {
            "left_out_by": measure,
            "share_kept": float(share),
            "pictures": int(kept),
            curve.score: float(accuracy),
            "low_95": float(low),
            "high_95": float(high),
            "limit": float(limit),
            "inserted_dropout": insert,
        }
        for measure, curve in curves.items()
        for share, kept, accuracy, low, high, limit in zip(
            curve.share, curve.kept, curve.accuracy, curve.low, curve.high, curve.limit, strict=True
        )
    ]


def save_table(curves: Mapping[str, Coverage], path: Path, insert: Insert = None, overwrite: bool = False) -> Path:
    score = next(iter(curves.values())).score
    return write_table(path, columns(score), rows(curves, insert), overwrite)


def save_plot(curves: Mapping[str, Coverage], path: Path, insert: Insert = None, overwrite: bool = False) -> Path:
    """The path of the plot, as PNG, TIFF, PDF or SVG by its ending."""
    with drawing():
        return save(plot(curves, insert), path, overwrite=overwrite)


def plot(curves: Mapping[str, Coverage], insert: Insert = None) -> Figure:
    """Accuracy against the share kept, one line per measure with its 95 % interval."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(85 * _MM, 65 * _MM), layout="constrained")
    axes = figure.add_subplot()
    for (measure, curve), (colour, style) in zip(curves.items(), _LINES, strict=False):
        axes.fill_between(curve.share, curve.low, curve.high, color=colour, alpha=0.12, linewidth=0)
        axes.plot(curve.share, curve.accuracy, style, color=colour, linewidth=1.2, label=f"by {measure}")
    everything = next(iter(curves.values()))
    axes.axhline(everything.accuracy[-1], color=PALE, linewidth=0.6, linestyle=":", label="left out at random")
    axes.set_xlim(1.0, 0.0)
    # Up to 1, and from no higher than 0.9: a model that errs once does not look as if it failed.
    axes.set_ylim(min(axes.get_ylim()[0], 0.9), 1.005)
    axes.xaxis.set_major_formatter(lambda share, _: f"{share:.0%}")
    axes.set_xlabel("share kept, the surest first", fontsize=7, color=INK)
    axes.set_ylabel(everything.score, fontsize=7, color=INK)
    axes.tick_params(labelsize=6, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)
    inserted = "" if insert is None else f", {inserted_words(insert)}"
    told = f"n = {everything.kept[-1]}, band: bootstrap 95 %{inserted}"
    axes.set_title(told, fontsize=7, color=PALE, loc="left")
    axes.legend(fontsize=6, frameon=False, loc="best")
    return figure
