"""What can be set of pictures that are made for a filter or a class."""

from __future__ import annotations

from tfcore.errors import HeatlensError
from tfcore.registry.param import Param

PARAMS = (
    Param("steps", "int", 128, "steps uphill", low=1, high=100_000),
    Param("rate", "float", 0.1, "length of a step, in half the range from black to white", low=1e-6, high=10),
    Param(
        "basis", "choice", "pixels", "what is changed: pixels, or waves of all sizes alike", choices=("pixels", "waves")
    ),
    Param(
        "jitter",
        "int",
        8,
        "the picture is moved by up to so many pixels in every step; 0: not",
        low=0,
        high=512,
        unit="px",
    ),
    Param("rotation", "float", 10.0, "and turned by up to so many degrees; 0: not", low=0, high=180, unit="°"),
    Param("tv", "float", 1e-5, "weight of the total variation; 0: none", low=0, high=1e6),
    Param("l2", "float", 1e-4, "weight of the squared distance from grey; 0: none", low=0, high=1e6),
    Param("style", "float", 1e-2, "weight of how unlike the mean picture of the data it is; 0: none", low=0, high=1e6),
    Param("seed", "int", 0, "of the noise that is begun with and of how it is moved", low=0, high=2**31 - 1),
)
# What disturbs the picture, and what is penalised in it: these can differ from picture to picture.
DISTURB, PENALISE = ("jitter", "rotation"), ("tv", "l2", "style")
SWEPT = (*DISTURB, *PENALISE)

# What is made of what is asked, and how it is said to people.
EACH, EFFECT, LAYERS, SWEEPS = "each", "effect", "layers", "sweeps"
FIGURES = {
    EACH: "a picture of each filter or class",
    EFFECT: "each twice: free, and held to be a picture (002, figure 6)",
    LAYERS: "one filter of each layer (002, figure 12)",
    SWEEPS: "one filter with jitter, style and tv from little to much (002, figure 13)",
}
# As the paper sweeps them.
SWEPT_FROM_LITTLE_TO_MUCH = {
    "jitter": (0, 1, 6, 12, 20),
    "style": (1e-2, 1e-1, 1.0, 5.0, 10.0),
    "tv": (1e-7, 1e-6, 1e-5, 1e-4, 1e-3),
}


def filters_in(text: str) -> list[int]:
    """Filters by number.

    >>> filters_in("0, 3, 8-10")
    [0, 3, 8, 9, 10]
    """
    found: list[int] = []
    for part in text.split(","):
        first, dash, last = (each.strip() for each in part.partition("-"))
        if not first.isdigit() or (dash and not last.isdigit()):
            raise HeatlensError(f"{text!r} names no filters; write numbers and ranges, such as 0,3,8-11.")
        found += range(int(first), int(last or first) + 1)
    return found
