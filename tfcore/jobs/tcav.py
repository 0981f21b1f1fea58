"""Does a class depend on concepts that are named by folders."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from tfcore.results import ConceptScore
from tfcore.trust.concepts import of_folders

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def tcav(
    context: Context,
    model: str,
    data: str,
    target: int | str,
    concepts: Mapping[str, str],
    random: str,
    layers: Sequence[str | None] = (None,),
    runs: int = 20,
    seed: int = 0,
    masked: Collection[str] = (),
    trust: bool = False,
) -> tuple[ConceptScore, ...]:
    """``masked`` are those of the concepts whose folders are data with masks: what lies inside is meant."""

    def told(done: int, total: int) -> None:
        context.progress(done, total, f"step {min(done + 1, total)} of {total}")

    opened = context.models.get(model, trust)
    return of_folders(opened, data, target, concepts, random, layers, runs, seed, masked, told)
