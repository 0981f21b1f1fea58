"""How methods are asked and answered.

What is registered under a method's Spec is its runner. It takes all that is asked of it at once, so that methods which
need the same passes through the network share them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from tfcore.models.model import Model
from tfcore.models.program import Step
from tfcore.models.scores import Target
from tfcore.registry import MethodSpec

# Told (done, total) between batches; may raise Cancelled.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, eq=False)
class Told:
    """What the network said of altered copies of a picture, pass by pass; ``key`` tells the question from others."""

    key: str
    scores: list[np.ndarray] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.scores))


@dataclass(frozen=True, eq=False)
class Ask:
    """One method at one layer (``None`` for methods at input resolution)."""

    spec: MethodSpec
    params: Mapping[str, Any]
    layer: Step | None
    # Arrays that stand in for what the method would draw or compute.
    given: Mapping[str, np.ndarray] = field(default_factory=dict)
    # What an earlier run was told about each picture, to go on with.
    resumed: Sequence[Told] = ()


@dataclass(frozen=True, eq=False)
class Answer:
    """What a runner found for one ask."""

    native: np.ndarray
    logits: np.ndarray
    targets: np.ndarray
    values: np.ndarray | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    relevances: Mapping[str, np.ndarray] = field(default_factory=dict)
    # (N, H, W), where the map is an estimate; and what the network was asked for it.
    standard_error: np.ndarray | None = None
    told: Sequence[Told] = ()
    # What the same passes found at the layer by which pictures are held against those learnt from (N, K).
    features: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class Request:
    """A batch, and what to explain of it."""

    model: Model
    batch: np.ndarray
    target: Target
    progress: Progress = silent
    # Told what is known so far.
    so_far: Callable[[Ask, Answer], None] | None = None
    # Whether the estimate is the answer where the work is cancelled.
    estimates: bool = False

    @cached_property
    def seen(self) -> tuple[np.ndarray, np.ndarray]:
        """Logits, and features (N, K) as in :class:`Answer`, from one pass for all who want to know either."""
        return self.model.seen(self.batch)


def in_groups(asks: Sequence[Ask], answered: Callable[[list[Ask]], Iterable[Answer]]) -> list[Answer]:
    """An answer to every ask, found together for those of one method with the same settings, layer by layer."""
    groups: dict[tuple[Any, ...], list[Ask]] = {}
    for ask in asks:
        groups.setdefault((ask.spec.name, tuple(sorted(ask.params.items()))), []).append(ask)
    found = {ask: answer for group in groups.values() for ask, answer in zip(group, answered(group), strict=True)}
    return [found[ask] for ask in asks]


def in_passes(
    request: Request, together: int, one: Callable[[np.ndarray, Target], Sequence[np.ndarray]]
) -> list[np.ndarray]:
    """What ``one(batch, target)`` finds for at most ``together`` images at a time, joined over all of them."""
    total = len(request.batch)
    parts = []
    for start in range(0, total, together):
        request.progress(start, total)
        some = slice(start, start + together)
        parts.append(one(request.batch[some], request.target.some(some)))
    request.progress(total, total)
    return [np.concatenate(pieces) for pieces in zip(*parts, strict=True)]
