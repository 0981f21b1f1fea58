"""What a run will cost, said before it begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._words import say
from tfcore.errors import HeatlensError

if TYPE_CHECKING:
    from tfcore.models.model import Model


def say_costs(model: Model, files: Sequence[Path], methods: Mapping[str, Mapping[str, Any]]) -> None:
    """Before the start what the methods that ask many times will take, by the first picture that can be read."""
    from tfcore.explain.cost import costs
    from tfcore.registry import find

    if all(find("method", name).passes is None for name in methods):
        return
    for path in files:
        with suppress(HeatlensError):
            image = model.prepare([path])[0]
            break
    else:
        return
    for cost in costs(model, image, methods):
        say(f"{cost.words(len(files))} (--budget 30s or 500passes ends it earlier)")
