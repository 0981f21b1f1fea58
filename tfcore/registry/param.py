"""A setting as data: what a form field, a command-line flag and a check need to know."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Literal

from tfcore.errors import HeatlensError


@dataclass(frozen=True)
class Param:
    """One setting of a method, recipe or architecture: enough to draw a form field and a command-line flag.

    ``type`` is ``int``, ``float``, ``bool``, ``choice``, ``text`` or ``table`` (from texts to texts, kept as JSON);
    ``low`` and ``high`` are inclusive.
    """

    name: str
    type: Literal["int", "float", "bool", "choice", "text", "table"]
    default: Any
    help: str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = ""
    # A value outside ``choices`` is allowed too (for example a file beside named baselines).
    open: bool = False
    # What the rows of a table are usually called; ``choices`` are their usual values.
    names: tuple[str, ...] = ()
    optional: bool = False
    # Of use to a program only: the window has no field for it, the command line no flag.
    in_code: bool = False
    # What may be named by its path: a window lets it be chosen.
    path: Literal["", "folder", "picture"] = ""
    # What a text has to look like: a regular expression, and the same in words.
    like: tuple[str, str] = ("", "")
    # What it was before it could be set: so runs mean it that do not name it.
    before: Any = None

    def parse(self, value: Any) -> Any:
        """The value in its own type, or a sentence that says what is allowed."""
        if value is None or (self.optional and value == ""):
            if self.optional:
                return None
            raise HeatlensError(f"{self.name} needs a value ({self.allowed()}).")
        try:
            parsed = _PARSERS[self.type](value)
        except (TypeError, ValueError, OverflowError, RecursionError):
            raise HeatlensError(f"{self.name} = {value!r} is not {self.allowed()}.") from None
        low, high = self.low, self.high
        if (low is not None and parsed < low) or (high is not None and parsed > high):
            raise HeatlensError(f"{self.name} = {value} is not {self.allowed()}.")
        if self.choices and not self.open and parsed not in self.choices:
            raise HeatlensError(f"{self.name} = {value!r} is not {self.allowed()}.")
        if self.like[0] and not re.fullmatch(self.like[0], parsed.strip()):
            raise HeatlensError(f"{self.name} = {value!r} is not {self.allowed()}.")
        return parsed

    @property
    def blank(self) -> str:
        """What holds where nothing is stated, as the help has it: ``side in pixels; left out: the network's own``."""
        said = re.search(r"(?:left out|empty): (.+?)\)?$", self.help)
        return said[1] if said else ""

    def allowed(self) -> str:
        """What may be given, in words."""
        if self.type == "bool":
            return "yes or no"
        if self.type == "table":
            return 'a table, in JSON {"name": "value"}'
        if self.choices:
            return "one of " + ", ".join(self.choices) + (" or a value of your own" if self.open else "")
        if self.like[1]:
            return self.like[1]
        what = {"int": "a whole number", "float": "a number", "text": "a text", "choice": "a choice"}[self.type]
        if self.low is not None and self.high is not None:
            return f"{what} from {self.low:.12g} to {self.high:.12g}"
        if self.low is not None:
            return f"{what} of at least {self.low:.12g}"
        if self.high is not None:
            return f"{what} of at most {self.high:.12g}"
        return what


def _whole(value: Any) -> int:
    if isinstance(value, bool):
        raise ValueError
    if isinstance(value, str):
        with suppress(ValueError):
            # Not by way of a float, which holds no more than 16 digits.
            return int(value)
    number = float(value)
    if number != int(number):
        raise ValueError
    return int(number)


def _finite(value: Any) -> float:
    if isinstance(value, bool):
        raise ValueError
    number = float(value)
    if not math.isfinite(number):
        raise ValueError
    return number


def _yes_no(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    words = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}
    try:
        return words[str(value).lower()]
    except KeyError:
        raise ValueError from None


def _table(value: Any) -> str:
    table = value if isinstance(value, Mapping) else json.loads(value)
    if not isinstance(table, Mapping) or not all(isinstance(each, str) for each in table.values()):
        raise ValueError
    return json.dumps(dict(table), ensure_ascii=False)


_PARSERS: dict[str, Callable[[Any], Any]] = {
    "int": _whole,
    "float": _finite,
    "bool": _yes_no,
    "choice": str,
    "text": str,
    "table": _table,
}
