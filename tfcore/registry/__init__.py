"""The catalogue: what every method, metric, architecture and recipe is called, takes and needs.

A thing is added by writing one file with one decorated function::

    @register(MethodSpec("my-map", family="gradient", summary="..."))
    def my_map(request, asks): ...

The form in the window, the flag on the command line, the row in ``heatlens methods`` and the parametrised tests
follow from the Spec. Reading the catalogue never imports TensorFlow.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, Literal, overload

from tfcore.errors import HeatlensError
from tfcore.registry.param import Param
from tfcore.registry.specs import (
    ALL_STAGES,
    EVERY,
    INPUT,
    ArchSpec,
    Formula,
    Function,
    Kind,
    MethodSpec,
    MetricSpec,
    Propagating,
    RecipeSpec,
    Runner,
    Spec,
    Weights,
)
from tfcore.words import nearest

__all__ = [
    "ALL_STAGES",
    "EVERY",
    "INPUT",
    "ArchSpec",
    "Formula",
    "Kind",
    "MethodSpec",
    "MetricSpec",
    "Param",
    "Propagating",
    "RecipeSpec",
    "Runner",
    "Spec",
    "Weights",
    "catalogue",
    "find",
    "function",
    "hidden_from",
    "loading",
    "nearest",
    "register",
    "walk",
]

# Where the files of each kind live; loading a kind imports every module below its package.
PLACES: dict[Kind, str] = {
    "method": "tfcore.explain",
    "metric": "tfcore.evaluate",
    "architecture": "tfcore.models",
    "recipe": "tfcore.training.recipes",
}

_specs: dict[tuple[Kind, str], Spec[Any]] = {}
_functions: dict[tuple[Kind, str], Any] = {}


def register(spec: Spec[Function]) -> Callable[[Function], Function]:
    """Enter a function into the catalogue under its Spec."""

    def enter(function: Function) -> Function:
        key = (spec.kind, spec.name)
        taken = _specs.get(key)
        if taken is not None and _written_in(taken, _functions[key]) != _written_in(spec, function):
            raise ValueError(f"two {spec.kind}s are called {spec.name}")
        _specs[key], _functions[key] = spec, function
        return function

    return enter


def _written_in(spec: Spec[Any], function: Any) -> str:
    """The module of what is the Spec's own; several may share a function."""
    return next(value.__module__ for value in (*vars(spec).values(), function) if callable(value))


def walk(package: str) -> None:
    """Import every module below a package, so that what they enter is in the catalogue."""
    for _ in _walking(package):
        pass


def loading(kind: Kind) -> Iterator[None]:
    """The files of a kind one by one, for who must not wait for all of them."""
    return _walking(PLACES[kind])


def _walking(package: str) -> Iterator[None]:
    found = importlib.import_module(package)
    for module in pkgutil.walk_packages(found.__path__, found.__name__ + "."):
        importlib.import_module(module.name)
        yield


@cache
def _load(kind: Kind) -> None:
    walk(PLACES[kind])


@overload
def catalogue(kind: Literal["method"]) -> list[MethodSpec]: ...
@overload
def catalogue(kind: Literal["metric"]) -> list[MetricSpec]: ...
@overload
def catalogue(kind: Literal["architecture"]) -> list[ArchSpec]: ...
@overload
def catalogue(kind: Literal["recipe"]) -> list[RecipeSpec]: ...
@overload
def catalogue(kind: Kind) -> list[Any]: ...
def catalogue(kind: Kind) -> list[Any]:
    """Every Spec of a kind, sorted by family and name."""
    _load(kind)
    return sorted((spec for spec in _specs.values() if spec.kind == kind), key=lambda spec: (spec.family, spec.name))


@overload
def find(kind: Literal["method"], name: str) -> MethodSpec: ...
@overload
def find(kind: Literal["metric"], name: str) -> MetricSpec: ...
@overload
def find(kind: Literal["architecture"], name: str) -> ArchSpec: ...
@overload
def find(kind: Literal["recipe"], name: str) -> RecipeSpec: ...
@overload
def find(kind: Kind, name: str) -> Any: ...
def find(kind: Kind, name: str) -> Any:
    """The Spec of that name, or a sentence with the nearest names."""
    _load(kind)
    spec = _specs.get((kind, name))
    if spec is None:
        names = [each.name for each in catalogue(kind)]
        raise HeatlensError(f"There is no {kind} called {name!r}; {nearest(name, names)}")
    return spec


def hidden_from(spec: MethodSpec, box: bool) -> str:
    """Why a method cannot be asked of a ``box``, a model whose inside nobody sees; empty where it can."""
    if spec.asks or not box:
        return ""
    asking = ", ".join(each.name for each in catalogue("method") if each.asks)
    return f"{spec.name} looks inside the network, and this is a black box; methods that only ask it: {asking}."


def function(spec: Spec[Function]) -> Function:
    """What was entered under the Spec."""
    found: Function = _functions[spec.kind, spec.name]
    return found
