"""What is typed to narrow the list: words, and numbers that are compared."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from gui.browser.scan import searchable

# How it is typed: without a gap, since a gap parts what is looked for.
_COMPARED = re.compile(r"(p|entropy|rating)(<=|>=|<|>|=)(\d*\.?\d+)")
_HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}
HELP = "p<0.7, entropy>0.5 and rating>=3 compare the probability, how unsure it is, and the rating"


class Compared(NamedTuple):
    """A number of each picture, and what it must be."""

    of: str
    holds: Callable[[float, float], bool]
    limit: float

    def among(self, numbers: Iterable[int], value: Callable[[int], float]) -> list[int]:
        """Those for which it holds; what is not known (NaN) is never so."""
        return [number for number in numbers if self.holds(value(number), self.limit)]


def taken_apart(text: str) -> tuple[list[str], list[Compared]]:
    """Words that all have to be there, and comparisons that all have to hold."""
    words, compared = [], []
    for part in searchable(text).split():
        if found := _COMPARED.fullmatch(part):
            compared.append(Compared(found[1], _HOLDS[found[2]], float(found[3])))
        else:
            words.append(part)
    return words, compared
