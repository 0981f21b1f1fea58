"""The figures by which a classifier is judged, from probabilities and the true classes (scikit-learn's)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError

# What a class is called that shows nothing to find.
HEALTHY = ("normal", "healthy", "no", "none", "negative", "control", "background")


def cross_entropy(logits: np.ndarray, targets: np.ndarray) -> float:
    """The mean of −log p of the true class, in double precision."""
    from scipy.special import log_softmax

    return float(-log_softmax(logits.astype(np.float64), 1)[np.arange(len(targets)), targets].mean())


def focused(classes: Sequence[str], focus: str | None) -> list[int]:
    """The classes whose recall counts: the named ones, or all but those that mean healthy."""
    if focus:
        names = [name.strip() for name in focus.split(",")]
        unknown = [name for name in names if name not in classes]
        if unknown:
            raise HeatlensError(f"focus names {', '.join(unknown)}, but the classes are {', '.join(classes)}.")
        return [classes.index(name) for name in names]
    ill = [index for index, name in enumerate(classes) if not means_healthy(name)]
    return ill or list(range(len(classes)))


def means_healthy(name: str) -> bool:
    """Whether a class's name says that there is nothing to find.

    A benign lesion is one.

    >>> means_healthy("no_tumour"), means_healthy("nodule"), means_healthy("Normal"), means_healthy("benign")
    (True, False, True, False)
    """
    words = name.lower().replace("-", "_").replace(" ", "_").split("_")
    return words[0] in HEALTHY or words[0] in ("notumor", "notumour")


def per_class(targets: np.ndarray, predicted: np.ndarray, count: int) -> dict[str, np.ndarray]:
    """Precision, recall, F1 and support of every class; what is divided by nothing is 0."""
    from sklearn.metrics import precision_recall_fscore_support

    names = ("precision", "recall", "f1", "support")
    labels = np.arange(count)
    values = precision_recall_fscore_support(targets, predicted, labels=labels, zero_division=0.0)
    return dict(zip(names, values, strict=True))


def validation(
    logits: np.ndarray, targets: np.ndarray, classes: Sequence[str], focus: Sequence[int]
) -> dict[str, float]:
    """The figures of one epoch: what the best epoch can be chosen by, and every class's recall."""
    predicted = logits.argmax(1)
    each = per_class(targets, predicted, len(classes))
    present = each["support"] > 0
    counted = [index for index in focus if present[index]] or list(np.flatnonzero(present))
    return {
        "val_loss": cross_entropy(logits, targets),
        "val_accuracy": float(np.mean(predicted == targets)),
        "val_macro-f1": float(each["f1"][present].mean()),
        "val_mean-recall": float(each["recall"][counted].mean()),
        **{f"val_recall {name}": float(each["recall"][index]) for index, name in enumerate(classes)},
    }


def report(probabilities: np.ndarray, targets: np.ndarray, classes: Sequence[str]) -> dict[str, Any]:
    """Everything the report says about one set of pictures; classes without pictures are left out of the means."""
    from sklearn.metrics import confusion_matrix

    predicted = probabilities.argmax(1)
    each = per_class(targets, predicted, len(classes))
    support = each["support"].astype(int)
    present = support > 0
    areas = [None if curve is None else curve["auc"] for curve in roc(probabilities, targets)]
    rows = {
        name: {
            "precision": float(each["precision"][index]),
            "recall": float(each["recall"][index]) if present[index] else None,
            "f1": float(each["f1"][index]) if present[index] else None,
            "support": int(support[index]),
            "auc": areas[index],
        }
        for index, name in enumerate(classes)
    }
    defined = [area for area in areas if area is not None]
    correct = int((predicted == targets).sum())
    return {
        "n": len(targets),
        "accuracy": correct / len(targets),
        "accuracy interval": wilson(correct, len(targets)),
        "loss": float(-np.log(np.maximum(probabilities[np.arange(len(targets)), targets], 1e-12)).mean()),
        "macro": {name: float(each[name][present].mean()) for name in ("precision", "recall", "f1")},
        "weighted": {name: float(np.average(each[name], weights=support)) for name in ("precision", "recall", "f1")},
        "macro auc": float(np.mean(defined)) if defined else None,
        "classes": rows,
        "confusion": confusion_matrix(targets, predicted, labels=np.arange(len(classes))).tolist(),
    }


def roc(probabilities: np.ndarray, targets: np.ndarray) -> list[dict[str, Any] | None]:
    """Each class against the others: false and true positive rates and the area; ``None`` where one side is missing."""
    from sklearn.metrics import auc, roc_curve

    curves: list[dict[str, Any] | None] = []
    for index in range(probabilities.shape[1]):
        positive = targets == index
        if positive.all() or not positive.any():
            curves.append(None)
            continue
        false, true, _ = roc_curve(positive, probabilities[:, index])
        curves.append({"false": false, "true": true, "auc": float(auc(false, true))})
    return curves


def wilson(correct: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson's score), sensible also near 0 and 1 and for few pictures.

    >>> tuple(round(end, 3) for end in wilson(9, 10))
    (0.596, 0.982)
    """
    from scipy.stats import binomtest

    interval = binomtest(correct, count).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)
