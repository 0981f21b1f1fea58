"""A batch of images with all that metrics may ask about them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from tfcore.evaluate.marks import Marked

if TYPE_CHECKING:
    from tfcore.explain.explanation import Explanation
    from tfcore.models.model import Model

Found = TypeVar("Found")


def nothing() -> None:
    """Nobody wants it to end."""


@dataclass(frozen=True, eq=False)
class Images:
    """What the network eats, what is marked in it, and every explanation of it."""

    model: Model
    batch: np.ndarray
    # Per image what is marked, or why nothing is known.
    marked: Sequence[Marked | str]
    # Of every channel over the whole data set, where a metric needs it.
    mean: np.ndarray | None
    explanations: Sequence[Explanation]
    # Arrays that stand in for what a metric would draw.
    given: Mapping[str, np.ndarray] = field(default_factory=dict)
    # The class each image shows, −1 where nobody said.
    labels: np.ndarray | None = None
    # The same explanations, in their order, by another model or of another batch, for these classes (held against
    # others where the target was); none where maps were given.
    again: Callable[[Model, np.ndarray, np.ndarray], Sequence[Explanation]] | None = None
    # Names of all metrics that are asked of these maps: what two of them share is worked out once.
    asked: Collection[str] = ()
    # Called between passes; what it raises ends the measuring.
    check: Callable[[], None] = nothing
    # While the network is changed, nobody else may ask it.
    alone: Callable[[], AbstractContextManager[None]] = nullcontext
    _known: dict[Hashable, object] = field(default_factory=dict)

    @property
    def targets(self) -> np.ndarray:
        """The class each image is explained for."""
        return self.explanations[0].targets

    def once(self, key: Hashable, find: Callable[[], Found]) -> Found:
        """What several metrics need, found at the first asking."""
        if key not in self._known:
            self._known[key] = find()
        known: Found = self._known[key]  # type: ignore[assignment]
        return known
