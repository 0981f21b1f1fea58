"""What may tell, before anybody knows the truth, that an answer is wrong; and all of it as one score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from tfcore.evaluate.similar import ranks_alike
from tfcore.results import Shift, Sureness

if TYPE_CHECKING:
    from tfcore.explain.explanation import Explanation
    from tfcore.models.model import Model

_PASSES = 10
SIGNALS = {
    "entropy": "of the probabilities, in nats",
    "set size": "classes in the conformal set, where the card has sets",
    "shift": "Mahalanobis distance from the training pictures, where a reference lies beside the model",
    "methods": "1 less the rank correlation of the first two methods' heat",
    "pairwise Dice": "1 less the mean Dice between the masks of ten passes with dropout, of the structure least alike",
    "models": "what several models disagree about: mutual information, of masks 1 less their mean Dice, as above",
}


def signals(
    model: Model,
    p: np.ndarray,
    shift: Shift | None,
    explained: Sequence[Explanation],
    index: int,
    passes: Sureness | None = None,
) -> dict[str, float]:
    """Of one picture by its probabilities (C,); the higher, the less its answer should be relied on."""
    found = {"entropy": float(model.outputs.entropy_of(p))}
    if (members := model.belief(p).members) is not None:
        # A set without any class is the least usual of all.
        found["set size"] = float(len(members) or len(p) + 1)
    if shift is not None:
        found["shift"] = shift.mahalanobis
    if len(explained) > 1 and not any(each.degenerate[index] for each in explained[:2]):
        found["methods"] = float(1 - ranks_alike(explained[0].maps[index], explained[1].maps[index]))
    if passes is not None and (structures := passes[index].structures) is not None:
        found["pairwise Dice"] = 1 - structures.lowest
    return found


def passes_of(model: Model, inputs: np.ndarray) -> Sureness | None:
    """Through the dropout of a network that segments; of others nothing: their masks can not be held together."""
    from tfcore.uncertainty import uncertainty
    from tfcore.uncertainty.dropout import active

    there = model.card.task == "segmentation" and any(active(model.program))
    return uncertainty(model, inputs, _PASSES) if there else None


def apart(models: Sequence[Model], answers: Sequence[np.ndarray]) -> float | None:
    """How far several models are from agreeing on a picture, by their probabilities (C,) or (h, w, C); nothing where
    they know other classes or draw at other sizes.
    """
    from tfcore.lazy import tf
    from tfcore.uncertainty.structures import drawn_by

    first, each = models[0], [answer.astype(np.float64) for answer in answers]
    if any(model.classes != first.classes for model in models) or len({one.shape for one in each}) > 1:
        return None
    if each[0].ndim > 1:
        return 1 - drawn_by(first, first.outputs.votes(tf.constant(np.stack(answers))).numpy()).lowest
    entropy = first.outputs.entropy_of
    return max(float(entropy(np.mean(each, 0)) - entropy(np.stack(each)).mean()), 0.0)


def right_by(model: Model, answer: np.ndarray, marks: np.ndarray) -> float:
    """How right what is drawn is: the Dice of all of it with all that is marked (H, W), 1 where both are empty."""
    import cv2

    drawn = list(model.drawn)
    over = answer[..., drawn].max(-1)
    there = over >= model.card.threshold if model.thresholded else np.isin(answer.argmax(-1), drawn)
    inside = cv2.resize(there.astype(np.uint8), marks.shape[::-1], interpolation=cv2.INTER_NEAREST) > 0
    both = inside.sum() + marks.sum()
    return float(2 * (inside & marks).sum() / both) if both else 1.0


def combined(parts: Sequence[Mapping[str, float]]) -> np.ndarray:
    """(N,), 0 to 1: of each picture the mean over its signals of the share of pictures that have less of it."""
    from scipy.stats import rankdata

    total, count = np.zeros(len(parts)), np.zeros(len(parts))
    for name in SIGNALS:
        values = np.array([part.get(name, np.nan) for part in parts])
        known = np.isfinite(values)
        if known.sum() > 1:
            total[known] += (rankdata(values[known]) - 1) / (known.sum() - 1)
            count += known
    return np.divide(total, count, out=np.zeros(len(parts)), where=count > 0)
