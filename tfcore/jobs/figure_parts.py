"""What a composed figure is made of, for the window to show and to go on with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tfcore.composing import made, recipe_of
from tfcore.engine.context import Context
from tfcore.results import FigureParts


def figure_parts(context: Context, recipe: str | Mapping[str, Any], trust: bool = False) -> FigureParts:
    """The heatmaps of a recipe, or of the record of a composed figure, computed once more."""
    read = recipe_of(Path(recipe) if isinstance(recipe, str) else recipe)

    def tell(done: int, total: int) -> None:
        context.progress(done, total)

    items, composition, problems = made(read, lambda source: context.models.get(source, trust), tell)
    return FigureParts(tuple(items), composition.as_dict(), asdict(read.display), dict(read.page), tuple(problems))
