"""How sure the model is of what it draws in a whole volume: passes over all its slices, put together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.pictures.many import Left
from tfcore.results import Insert, Structures
from tfcore.uncertainty.cases import Cases
from tfcore.uncertainty.files import uncertain_files


def uncertainty_volume(
    context: Context,
    model: str,
    pictures: Sequence[str],
    passes: int = 100,
    seed: int = 0,
    insert: Insert = None,
    trust: bool = False,
) -> Structures:
    """What the passes draw of the whole, in millilitres, and how alike that is."""
    opened = context.models.get(model, trust)
    cases = Cases()
    found = uncertain_files(opened, map(Path, pictures), passes, seed, insert, lambda *_: context.check())
    for done, one in enumerate(found, start=1):
        if isinstance(one, Left):
            raise HeatlensError(one.sentence)
        list(cases.take(one))
        context.progress(done, len(pictures))
    for case in cases.end():
        return case.structures
    raise HeatlensError(f"{pictures[0]} is no slice of a volume whose slices lie at a known distance.")
