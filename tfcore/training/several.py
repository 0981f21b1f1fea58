"""Runs that are reported on together: the folds of a cross-validation, or the same training from several seeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from tfcore.data.dataset import Dataset
from tfcore.data.splits import save_split
from tfcore.errors import HeatlensError
from tfcore.files import make_folder
from tfcore.training.folder import RunFolder
from tfcore.training.plan import Plan
from tfcore.training.sides import Sides, Tick, cleaned, data_hash, folds, opened, placed

Report = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Several:
    """What is trained of which data, and the runs by the number in the name of their folder."""

    kind: Literal["fold", "seed"]
    count: int
    plan: Plan
    source: Dataset | str | Path
    reading: Mapping[str, Any]
    facts: Mapping[str, Any]
    folder: RunFolder
    data: Dataset
    each: Mapping[int, tuple[Plan, Sides]]

    def inner(self, number: int) -> RunFolder:
        return RunFolder(self.folder.path / f"{self.kind}-{number}")

    def placed(self) -> list[Path]:
        """The sides of every run as files, from which whoever trains it is to begin."""
        made = []
        for number, (_, sides) in self.each.items():
            inner = self.inner(number)
            make_folder(inner.path)
            made.append(save_split(sides.data, inner.split, overwrite=True))
        return made


# Trains every run and gives their reports in order.
By = Callable[[Several], Iterable[Report]]


def several(
    plan: Plan,
    source: Dataset | str | Path,
    reading: Mapping[str, Any],
    out: str | Path,
    kind: Literal["fold", "seed"],
    count: int,
    facts: Mapping[str, Any],
    tick: Tick,
    pictures: Dataset | None = None,
) -> Several:
    """The runs of a plan. Every seed learns from the same sides, so that the runs differ by chance alone."""
    if pictures is None:
        pictures = opened(source, plan, reading)
        if data_hash(pictures, tick) != facts["data"]:
            raise HeatlensError(f"{source} holds other pictures here than where the run began; share the folder.")
    clean = cleaned(pictures, plan, tick)
    each: dict[int, tuple[Plan, Sides]]
    if kind == "fold":
        each = {number: (plan, sides) for number, sides in enumerate(folds(clean, plan, count), start=1)}
    else:
        sides = placed(clean, plan)
        each = {seed: (replace(plan, seed=seed), sides) for seed in range(plan.seed, plan.seed + count)}
    return Several(kind, count, plan, source, reading, facts, RunFolder(out), clean.data, each)
