"""What is typed to narrow the list: words, numbers that are compared, and what is predicted or true."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Collection, Iterable
from typing import NamedTuple

from gui.browser.scan import searchable
from gui.texts import tr

# How it is typed: without a gap, since a gap parts what is looked for.
_COMPARED = re.compile(r"([\w-]+)(<=|>=|<|>|=)(-?\d*\.?\d+)")
_CALLED = re.compile(r"(predicted|label)=(.+)")
_HOLDS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}
NUMBERS = ("p", "entropy", "rating")
HELP = tr(
    "wrong and right find predictions by their label\n"
    "predicted=glioma and label=glioma find a class by how its name begins\n"
    "p<0.7, entropy>0.5 and rating>=3 compare the probability, how unsure it is, and the rating\n"
    "iou<0.5 compares the metric that is picked in an evaluation"
)


class Compared(NamedTuple):
    """A number of each picture, and what it must be."""

    of: str
    holds: Callable[[float, float], bool]
    limit: float

    def among(self, numbers: Iterable[int], value: Callable[[int], float]) -> list[int]:
        """Those for which it holds; what is not known (NaN) is never so."""
        return [number for number in numbers if self.holds(value(number), self.limit)]


class Called(NamedTuple):
    """How the class begins that is predicted, or true."""

    of: str
    begins: str

    def among(self, numbers: Iterable[int], name: Callable[[int], str]) -> list[int]:
        """Those whose class is called so, whatever gaps its name has."""
        return [number for number in numbers if "".join(searchable(name(number)).split()).startswith(self.begins)]


class Wanted(NamedTuple):
    """Words that all have to be there, and conditions that all have to hold."""

    words: list[str]
    compared: list[Compared]
    called: list[Called]


def taken_apart(text: str, metrics: Collection[str] = ()) -> Wanted:
    """What is typed; ``metrics`` are names of further numbers."""
    wanted = Wanted([], [], [])
    for part in searchable(text).split():
        found = _COMPARED.fullmatch(part)
        if found and (found[1] in NUMBERS or found[1] in metrics):
            wanted.compared.append(Compared(found[1], _HOLDS[found[2]], float(found[3])))
        elif found := _CALLED.fullmatch(part):
            wanted.called.append(Called(found[1], found[2]))
        else:
            wanted.words.append(part)
    return wanted
