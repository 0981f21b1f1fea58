"""What is to be compared: methods down, layers or models across, and everything each cell depends on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gui.canvas.table import Place
from tfcore.registry import find

MOST = 36


@dataclass(frozen=True)
class Column:
    """A layer of the current model, or (``layer`` is ``None``) a model at its own default layer, or of it a plane."""

    name: str
    model: str
    layer: str | None = None
    plane: str = ""


@dataclass(frozen=True)
class Plan:
    """The ticked methods and columns."""

    methods: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()

    def cells(self) -> dict[Place, tuple[str, Column]]:
        """Methods at input resolution fill one cell per model, those that need a layer none at the input."""
        layers: dict[str, list[str | None]] = {}
        for column in self.columns:
            layers.setdefault(column.model, []).append(column.layer)
        return {
            (row, number): (method, column)
            for row, method in enumerate(self.methods)
            for number, column in enumerate(self.columns)
            if column.layer in find("method", method).places(layers[column.model])
        }

    @property
    def planes(self) -> bool:
        """Whether its columns are planes of a volume."""
        return any(column.plane for column in self.columns)

    @property
    def fits(self) -> bool:
        """Whether so many cells can still be told apart."""
        return len(self.methods) * len(self.columns) <= MOST

    @property
    def automatic(self) -> bool:
        """Whether it is quick enough to follow every change by itself."""
        return self.fits and not any(find("method", method).slow for method in self.methods)


def has_layers(method: str) -> bool:
    """Whether its columns are layers; else the one column it stands in means nothing."""
    return find("method", method).has_layers


@dataclass(frozen=True)
class Question:
    """Everything the heat of one cell depends on; two equal questions have one answer."""

    path: str
    model: str
    # What the model's card said when it was asked.
    card: str
    method: str
    layer: str | None
    target: int | str | None
    params: tuple[tuple[str, Any], ...]


def settled_params(method: str, given: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Every parameter of the method with its value, those not given at their defaults."""
    spec = find("method", method)
    known = {param.name for param in spec.params}
    return tuple(sorted(spec.parse({name: value for name, value in given.items() if name in known}).items()))
