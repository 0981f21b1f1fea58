"""A figure that was composed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class FigureMade:
    """The files of the figure, and in sentences which cells stayed empty."""

    files: tuple[Path, ...]
    problems: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, eq=False)
class FigureParts:
    """What a figure is made of: heatmaps with their pictures, and, in JSON's own types, all that its record says."""

    items: tuple[Any, ...]
    composition: Mapping[str, Any]
    display: Mapping[str, Any]
    page: Mapping[str, Any]
    problems: tuple[str, ...] = ()
