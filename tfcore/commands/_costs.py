"""What heatmaps will take, said before they are begun."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.registry import find

if TYPE_CHECKING:
    from tfcore.models.model import Model


def say_costs(
    model: Model, paths: Iterable[Path | str], pictures: int, methods: Mapping[str, Mapping[str, Any]]
) -> None:
    """Of the methods that ask many times, by the first picture that can be read."""
    if all(find("method", name).passes is None for name in methods):
        return
    from tfcore.explain.cost import costs

    for path in paths:
        with suppress(HeatlensError):
            image = model.prepare([path])[0]
            break
    else:
        return
    for cost in costs(model, image, methods):
        say(f"{cost.words(pictures)} (--budget 30s or 500passes ends it earlier)")
