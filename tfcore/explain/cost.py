"""What a method that only asks will cost, before it begins: how often the network runs, and about how long."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.explain.pieces import copies_per_pass, forward
from tfcore.models.model import Model
from tfcore.registry import find
from tfcore.words import clock, counted

# A pass of so many copies is measured: as quick for each as a larger one, and whoever waits behind it waits less.
_MEASURED = 16
_UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0}


@dataclass(frozen=True)
class Cost:
    """Of one picture; ``seconds`` of the passes alone, on this machine as busy as when the first one was measured."""

    method: str
    passes: int
    seconds: float

    @property
    def lasts(self) -> str:
        return f"about {clock(self.seconds)}" if self.seconds >= 1 else "in under a second"

    def words(self, pictures: int = 1) -> str:
        """``rise runs the network 4,000 times for a picture, about 0:12; 4:00 for 20 pictures``."""
        said = f"{self.method} runs the network {self.passes:,} times for a picture, {self.lasts}"
        return said if pictures == 1 else f"{said}; {clock(pictures * self.seconds)} for {counted(pictures, 'picture')}"


def costs(model: Model, image: np.ndarray, methods: Mapping[str, Mapping[str, Any]]) -> list[Cost]:
    """Of those methods, with their settings, that run the network more than a pass for an image (H, W, C).

    >>> tfcore.explain.cost.costs(model, batch[0], {"rise": {"budget": "30s"}})              # doctest: +SKIP
    """
    together, of_each = copies_per_pass(model, image[None]), 0.0
    found = []
    for name, given in methods.items():
        spec = find("method", name)
        if spec.passes is None:
            continue
        params = spec.parse({key: value for key, value in given.items() if key != "given"})
        seconds, _ = budget_of(params.get("budget"))
        wished = spec.passes(params, *image.shape[:2])
        if wished > together:
            of_each = of_each or _of_each(model, image, min(together, _MEASURED))
            # A budget of time has room for so many; one pass is made in any case.
            passes = int(min(wished, max(together, seconds / of_each)))
            found.append(Cost(name, passes, min(seconds, wished * of_each)))
    return found


def _of_each(model: Model, image: np.ndarray, together: int) -> float:
    """Seconds of a copy in a pass that is traced; measured once for pictures of a size."""

    def measured() -> float:
        copies = np.repeat(image[None], together, 0)
        forward(model, copies).numpy()
        began = time.perf_counter()
        forward(model, copies).numpy()
        return (time.perf_counter() - began) / together

    return float(model.compiled(("seconds", image.shape, together), measured))


def budget_of(text: str | None) -> tuple[float, int]:
    """Seconds and passes at most, of what a budget looks like (``asking.BUDGET``)."""
    if text is None:
        return math.inf, 2**31
    [(number, unit)] = re.findall(r"([\d.]+)\s*([a-z]+)", text)
    return (float(number) * _UNITS[unit], 2**31) if unit in _UNITS else (math.inf, int(number))
