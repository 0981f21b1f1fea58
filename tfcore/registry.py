"""The catalogue: what every method, metric, architecture and recipe is called, takes and needs.

A thing is added by writing one file with one decorated function::

    @register(Spec("grad-cam", kind="method", family="cam", summary="..."))
    def grad_cam(activation, gradient): ...

The form in the window, the flag on the command line, the row in ``heatlens methods`` and the parametrised tests
follow from the Spec. Reading the catalogue never imports TensorFlow.
"""

from __future__ import annotations

import importlib
import json
import math
import pkgutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, TypeVar

from tfcore.errors import HeatlensError

Kind = Literal["method", "metric", "architecture", "recipe"]

# What stands for the pixels where a layer is named.
INPUT = "input"
# What stands for all stages joined.
ALL_STAGES = "aggregate"

# Where the files of each kind live; loading a kind imports every module below these packages.
PLACES: dict[Kind, tuple[str, ...]] = {
    "method": ("tfcore.explain",),
    "metric": ("tfcore.evaluate",),
    "architecture": ("tfcore.models",),
    "recipe": ("tfcore.training.recipes",),
}


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
        return parsed

    def allowed(self) -> str:
        """What may be given, in words."""
        if self.type == "bool":
            return "yes or no"
        if self.type == "table":
            return 'a table, in JSON {"name": "value"}'
        if self.choices:
            return "one of " + ", ".join(self.choices) + (" or a value of your own" if self.open else "")
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


@dataclass(frozen=True)
class Spec:
    """What the rest of the program may know about a method (metric, architecture, recipe) without running it."""

    name: str
    kind: Kind
    family: str
    summary: str
    params: tuple[Param, ...] = ()
    # Words for what must be there: "layer" (a feature map is picked), "gap-dense", "dropout", "mask" ...
    needs: tuple[str, ...] = ()
    # Words for what may be picked too: "layer" (a feature map in place of the input).
    takes: tuple[str, ...] = ()
    # Signed maps are drawn with a diverging colour map and symmetric limits.
    signed: bool = False
    # What a reader should know before believing the result, e.g. "class-agnostic".
    note: str = ""
    # Further facts that only one family reads (for example which passes a method shares).
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_layers(self) -> bool:
        """Whether a feature map can be picked for it."""
        return "layer" in (*self.needs, *self.takes)

    def places(self, layers: Sequence[str | None]) -> list[str | None]:
        """At which of these layers it is computed: methods at the input once, those that need a layer nowhere else."""
        if not self.has_layers:
            return [INPUT] if INPUT in layers else list(layers[:1])
        if "layer" in self.needs:
            # Alone it is asked for in earnest, and answered with a sentence.
            return [layer for layer in layers if layer != INPUT] or list(layers)
        return list(layers)

    def parse(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Every parameter with its value: given ones checked, the others at their defaults."""
        known = {param.name: param for param in self.params}
        for name in given:
            if name not in known:
                takes = ", ".join(known) or "no parameters"
                raise HeatlensError(f"{self.name} has no parameter {name!r}; it takes {takes}.")
        return {name: param.parse(given.get(name, param.default)) for name, param in known.items()}

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``--json``."""
        return asdict(self)


Function = TypeVar("Function", bound=Callable[..., Any])

_specs: dict[tuple[str, str], Spec] = {}
_functions: dict[tuple[str, str], Callable[..., Any]] = {}


def register(spec: Spec) -> Callable[[Function], Function]:
    """Enter a function into the catalogue under its Spec."""

    def enter(function: Function) -> Function:
        key = (spec.kind, spec.name)
        taken = _functions.get(key)
        if taken is not None and taken.__module__ != function.__module__:
            raise ValueError(f"two {spec.kind}s are called {spec.name}")
        _specs[key], _functions[key] = spec, function
        return function

    return enter


@cache
def _load(kind: Kind) -> None:
    for place in PLACES[kind]:
        try:
            package = importlib.import_module(place)
        except ModuleNotFoundError as missing:
            # A package that is not part of this build has nothing to list; a broken import inside one must be heard.
            if missing.name is None or not place.startswith(missing.name):
                raise
            continue
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)


def catalogue(kind: Kind) -> list[Spec]:
    """Every Spec of a kind, sorted by family and name."""
    _load(kind)
    return sorted((spec for spec in _specs.values() if spec.kind == kind), key=lambda spec: (spec.family, spec.name))


def find(kind: Kind, name: str) -> Spec:
    """The Spec of that name, or a sentence with the nearest names."""
    _load(kind)
    spec = _specs.get((kind, name))
    if spec is None:
        names = [each.name for each in catalogue(kind)]
        raise HeatlensError(f"There is no {kind} called {name!r}; {nearest(name, names)}.")
    return spec


def function(spec: Spec) -> Callable[..., Any]:
    """What was registered under the Spec."""
    return _functions[spec.kind, spec.name]


def nearest(name: str, names: Iterable[str], most: int = 12) -> str:
    """'did you mean …' for a mistyped name, or the list of names."""
    names = list(names)
    close = get_close_matches(name, names, n=3)
    if close:
        return "did you mean " + " or ".join(close) + "?"
    listed = ", ".join(names[:most])
    return f"there are {listed}{' …' if len(names) > most else ''}" if names else "there are none"
