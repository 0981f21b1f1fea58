"""What is known of a listed file, and by what of it the list is narrowed and ordered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Order = (
    Literal["name", "newest", "largest", "by class", "by note", "best rated"]
    | Literal["least sure", "least probable", "most probable", "wrong first"]
)
# What a prediction is beside the label, and by what of it the list can be narrowed.
Mark = Literal["", "right", "wrong", "no label"]
# Files by path with their ranks, the lowest first, or all of one rank: a named part of the list.
Case = Mapping[str, float]


class Note(NamedTuple):
    """The lines under a file, how unsure the model is of it, the class it predicts, when it did, how probable it is."""

    text: str
    level: float | None = None
    predicted: str = ""
    when: float = 0.0
    probability: float | None = None


def is_ranked(case: Case) -> bool:
    """Whether it has an order of its own; one that a reviewer makes has none."""
    return any(case.values())
