"""Ratios measured in one run: the things compared take turns, so that a busy machine is busy for all of them."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Timing:
    """Seconds of one thing over all rounds, by the clock and of computing (which other programs hardly disturb)."""

    seconds: tuple[float, ...]
    computing: tuple[float, ...]

    @property
    def least(self) -> float:
        return min(self.seconds)

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def interleaved(things: Mapping[str, Callable[[], Any]], rounds: int = 11, warm: int = 2) -> dict[str, Timing]:
    """Each thing once per round, in turns; the warm rounds (tracing, caches) do not count. In another order each time:
    what a library's threads still do for one thing is not always laid on the same other.
    """
    seconds: dict[str, list[tuple[float, float]]] = {name: [] for name in things}
    order, draw = list(things.items()), random.Random(0)
    for turn in range(warm + rounds):
        draw.shuffle(order)
        for name, thing in order:
            began = time.perf_counter(), time.process_time()
            thing()
            if turn >= warm:
                seconds[name].append((time.perf_counter() - began[0], time.process_time() - began[1]))
    return {name: Timing(*zip(*each, strict=True)) for name, each in seconds.items()}


def once(thing: Callable[[], Any]) -> float:
    """Seconds of a single call."""
    began = time.perf_counter()
    thing()
    return time.perf_counter() - began


def show(title: str, timings: Mapping[str, Timing], base: str, goals: Mapping[str, float]) -> None:
    """A line per thing: its ratio to ``base`` by the least and the median time and by computing, and the goal."""
    print(f"\n{title}")
    of = timings[base]
    for name, timing in timings.items():
        goal = f"goal ≤ {goals[name]:g}" if name in goals else ""
        computing = statistics.median(timing.computing) / statistics.median(of.computing)
        print(
            f"  {name:32s} {timing.least * 1e3:9.1f} ms   × {timing.least / of.least:5.2f} least "
            f"{timing.median / of.median:5.2f} median {computing:5.2f} computing   {goal}".rstrip(),
            flush=True,
        )
