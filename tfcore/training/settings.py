"""The settings every recipe has; a recipe is little more than its own defaults for them."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.models.card import SCALINGS
from tfcore.registry import Param

OPTIMISERS = ("adam", "adamw", "adamax")
DECAYS = ("none", "cosine")
# The figures of the validation pictures by which an epoch can be the best one, and how a report says it.
BEST = {
    "loss": "the least validation loss",
    "accuracy": "the best validation accuracy",
    "macro-f1": "the best validation macro F1",
    "mean-recall": "the best mean validation recall",
}
PIXELS_BEST = {"dice": "the best mean validation Dice", "loss": BEST["loss"]}
BALANCES = ("none", "down", "over")

_COMMON = (
    Param("epochs", "int", 20, "passes over the training pictures", low=1, high=10_000),
    Param("batch", "int", 32, "pictures per step", low=1, high=4096),
    Param("optimizer", "choice", "adam", "how weights are changed", choices=OPTIMISERS),
    Param("lr", "float", 1e-3, "learning rate", low=1e-8, high=10),
    Param(
        "warm_up",
        "float",
        0.0,
        "share of the steps over which the learning rate rises to its full height",
        low=0,
        high=0.9,
        before=0.0,
    ),
    Param(
        "decay",
        "choice",
        "none",
        "how the learning rate falls then: not at all, or along half a cosine to nothing at the last step",
        choices=DECAYS,
        before="none",
    ),
    Param(
        "averaging",
        "float",
        0.0,
        "judge and keep the mean of the weights over about so many epochs, the latest counting most; 0: the weights "
        "as they are",
        low=0,
        high=10_000,
        unit="epochs",
        before=0.0,
    ),
    Param("weight_decay", "float", 0.0, "share of each weight taken away per step, times the rate", low=0, high=1),
    Param("best", "choice", "loss", "validation figure that chooses the epoch to keep", choices=tuple(BEST)),
    Param(
        "focus",
        "text",
        None,
        "classes whose mean recall counts, with commas; left out: all but those that mean healthy",
        optional=True,
    ),
    Param(
        "patience",
        "int",
        None,
        "stop after so many epochs without improvement; left out: never",
        low=1,
        high=10_000,
        optional=True,
    ),
    Param("label_smoothing", "float", 0.0, "share of certainty spread over all classes", low=0, high=0.5),
    Param("class_weights", "bool", False, "pictures of rare classes count more"),
    Param(
        "balance",
        "choice",
        "none",
        "down: cut every class to the smallest; over: repeat training pictures of rare classes",
        choices=BALANCES,
    ),
    Param("augment", "text", "", "augmentations of training pictures, as 'flip, rotation:degrees=15'; empty: none"),
    Param(
        "split",
        "text",
        "80/10/10",
        "shares of training, validation and test pictures in percent, or the split.csv of another run",
    ),
    Param("merge", "bool", False, "forget the splits that come with the data"),
    Param(
        "size",
        "int",
        None,
        "side of the input in pixels; left out: the architecture's own",
        low=8,
        high=4096,
        optional=True,
    ),
    Param(
        "scaling",
        "choice",
        None,
        "how grey levels become numbers; left out: the architecture's own",
        choices=SCALINGS,
        optional=True,
    ),
    Param("frozen", "bool", None, "train the head alone; left out: as the architecture does", optional=True),
    Param("fine_tune_epochs", "int", 0, "epochs that train the frozen base too, afterwards", low=0, high=10_000),
    Param("fine_tune_lr", "float", 1e-5, "learning rate of these epochs", low=1e-9, high=1),
    Param(
        "memory",
        "int",
        2048,
        "most memory for pictures kept from epoch to epoch; beyond it they are read anew",
        low=16,
        high=100_000_000,
        unit="MB",
    ),
    Param(
        "precision",
        "choice",
        "auto",
        "auto: 16-bit arithmetic on a GPU, 32-bit on a CPU",
        choices=("auto", "float32"),
    ),
)


_PIXELS = {
    param.name: param
    for param in (
        Param("best", "choice", "dice", "validation figure that chooses the epoch to keep", choices=tuple(PIXELS_BEST)),
        Param(
            "empty",
            "float",
            0.6,
            "share of the training pictures with an empty mask that are learnt from; all others always are",
            low=0.0,
            high=1.0,
        ),
        Param(
            "intensity",
            "text",
            "",
            "which values become black and white, as 'z-score' or 'percentile 1 99'; empty: the picture's own window",
        ),
    )
}


def params(*more: Param, **defaults: Any) -> tuple[Param, ...]:
    """The common settings with a recipe's own defaults, and what it adds to them.

    >>> next(each.default for each in params(lr=1e-4) if each.name == "lr")
    0.0001
    """
    known = {param.name: param for param in _COMMON}
    changed = {
        name: replace(known[name], default=default, optional=default is None or known[name].optional)
        for name, default in defaults.items()
    }
    return (*({**known, **changed}.values()), *more)


# What means nothing to a network that segments.
_OF_CLASSES = ("focus", "balance", "frozen", "fine_tune_epochs", "fine_tune_lr")


def pixel_params(*more: Param, **defaults: Any) -> tuple[Param, ...]:
    """The settings of a recipe that segments."""
    common = params(lr=1e-3, optimizer="adam", **{n: each for n, each in defaults.items() if n not in _PIXELS})
    own = [replace(param, default=defaults.get(name, param.default)) for name, param in _PIXELS.items()]
    return (*(param for param in common if param.name not in (*_OF_CLASSES, *_PIXELS)), *own, *more)


def usual() -> dict[str, Any]:
    """The settings of every recipe where it says nothing of its own."""
    return {param.name: param.default for param in _COMMON}


def is_file(split: str) -> bool:
    """Whether a split is one that was saved, and not shares.

    >>> is_file("run/split.csv"), is_file("60/20/20")
    (True, False)
    """
    return split.lower().endswith((".csv", ".json"))


def shares(text: str) -> tuple[float, float, float]:
    """Shares of training, validation and test from their percentages.

    >>> shares("60/20/20")
    (0.6, 0.2, 0.2)
    """
    try:
        train, val, test = (float(part) / 100 for part in text.split("/"))
    except ValueError:
        train = val = test = math.nan
    # Written so that NaN fails it.
    if not (min(train, val, test) > 0 and math.isclose(train + val + test, 1, abs_tol=1e-6)):
        raise HeatlensError(f"split = {text!r} is not three percentages above 0 that add up to 100, as 80/10/10.")
    return train, val, test
