"""A metric as it was asked for: with its settings, what it needs, and which direction is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.evaluate.metric import Outcome
from tfcore.registry import MetricSpec, find, function

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation


@dataclass(frozen=True, eq=False)
class Asked:
    """A metric with its settings. One that is taken of another (``spec.follows``) needs what that one needs."""

    spec: MetricSpec
    settings: Mapping[str, Any]

    @cached_property
    def other(self) -> Asked | None:
        """The metric that this one is taken of, as it is by default."""
        if not self.spec.follows:
            return None
        spec = find("metric", self.settings[self.spec.follows])
        return Asked(spec, spec.parse({}))

    @property
    def name(self) -> str:
        return self.spec.name

    @property
    def correct_only(self) -> bool:
        return self.spec.correct_only or (self.other is not None and self.other.correct_only)

    @property
    def needs(self) -> frozenset[str]:
        """What it cannot do without, its own and the other's."""
        return frozenset(self.spec.needs) | (frozenset() if self.other is None else self.other.needs)

    @property
    def better(self) -> str:
        return self.spec.better_with(self.settings) if self.other is None else self.other.better

    def __call__(self, images: Images, found: Explanation) -> list[Outcome]:
        outcomes: list[Outcome] = function(self.spec)(images, found, self.settings)
        return outcomes


def asked_for(metrics: Sequence[str], params: Mapping[str, Mapping[str, Any]]) -> list[Asked]:
    """Each metric once, checked before anything is read."""
    specs = [find("metric", name) for name in named("metric", metrics)]
    return [Asked(spec, spec.parse(params.get(spec.name, {}))) for spec in specs]


def named(kind: Any, names: Sequence[str]) -> list[str]:
    """Each name once, checked."""
    if isinstance(names, str) or not names:
        raise HeatlensError(f"No {kind}s were named; give a list of names (see 'heatlens {kind}s').")
    return [find(kind, name).name for name in dict.fromkeys(names)]
