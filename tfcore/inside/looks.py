"""Two looks at the feature maps of many pictures: the first finds each filter's threshold, the second uses it."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.runners import Progress
from tfcore.explain.tokens import as_map
from tfcore.inside.feed import Feed, Some
from tfcore.inside.quantile import Histograms, bins_for
from tfcore.lazy import tf
from tfcore.models.model import Model
from tfcore.models.program import Step
from tfcore.models.traced import Traced

# Of activations that are kept from the first look to the second.
KEPT_BYTES = 512 << 20

# Pictures that are looked at first, and of how many times as many activations as lie above the quantile in these more
# is told than that they are there.
_FIRST, _MORE = 16, 5
# Places that tell of it well enough.
_PLACES = 512

Seen = tuple[Some, list[np.ndarray]]


def activations(model: Model, steps: Sequence[Step], check: bool = True) -> Callable[[np.ndarray], list[np.ndarray]]:
    """From a batch to A (n, h, w, K) of each layer, out of one pass up to the last of them. Without ``check`` whoever
    asks sees to it that they are finite.
    """
    program = model.program
    numbers = [step.output for step in steps]

    def run(batch: tf.Tensor) -> list[tf.Tensor]:
        found = program.run({program.input: batch}, numbers)
        return [as_map(found[number], program) for number in numbers]

    traced = model.compiled(("activations", *steps), lambda: Traced(run, [model.signature]))

    def of(batch: np.ndarray) -> list[np.ndarray]:
        # As they lie in memory: copies would take as long as all that is counted in them.
        found = [np.asarray(memoryview(each)) for each in traced(tf.constant(batch))]
        for step, each in zip(steps, found, strict=True) if check else ():
            # One sum tells of all values, but for that of very large ones.
            if not np.isfinite(each.sum()):
                check_finite(model, step, each)
        return found

    return of


def check_finite(model: Model, step: Step, values: np.ndarray) -> None:
    """A sentence where a layer overflows."""
    if not np.isfinite(values).all():
        raise HeatlensError(f"{model.name} has NaN or infinity at {step.path}; check its weights.")


class Looks:
    """While all activations fit into memory the second look needs no network and thresholds are exact; beyond that
    memory stays as it is: thresholds come from histograms, and the network is asked again about all but the first.
    """

    def __init__(
        self, model: Model, feed: Feed, steps: Sequence[Step], quantile: float, seed: int, progress: Progress
    ) -> None:
        # Extremes are taken anyway, and tell of all values.
        self._of, self._feed, self._progress = activations(model, steps, check=False), feed, progress
        self._check = [partial(check_finite, model, step) for step in steps]
        self._quantile = quantile
        # A few from everywhere first: what they say of the others is relied on.
        numbers = np.random.default_rng(seed).permutation(len(feed))
        self._order = [*sorted(numbers[:_FIRST].tolist()), *sorted(numbers[_FIRST:].tolist())]
        self._kept: list[Seen] = []
        self._histograms: list[Histograms] | None = None
        self._bins = bins_for(sum(int(step.shape[-1] or 0) for step in steps))
        self._pouring: list[Future[None]] = []

    def first(self) -> Iterator[tuple[Some, list[np.ndarray]]]:
        """Every batch with the highest activation (n, K) in each picture, layer by layer."""
        size = 0
        with self._poured():
            for some, found in self._look(0, self._order):
                highs = [*self._pool.map(_highest, found)]
                for check, high in zip(self._check, highs, strict=True):
                    check(high)
                yield some, highs
                if self._histograms is not None:
                    self._pour(found, highs)
                    continue
                size += some.inputs.nbytes + sum(each.nbytes for each in found)
                if size > KEPT_BYTES:
                    seen = [*(each for _, each in self._kept), found]
                    self._histograms = [Histograms(floor, self._bins) for floor in floors(seen, self._quantile)]
                    for each in seen:
                        self._pour(each)
                else:
                    self._kept.append((some, found))

    def thresholds(self) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Of each layer (K,): the quantile of every filter, how far off that can be, and the lowest activation."""
        settled = self._settled()
        for check, (_, _, lowest) in zip(self._check, settled, strict=True):
            check(lowest)
        return settled

    def _settled(self) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        if self._histograms is None:
            exact = []
            for layer in zip(*(found for _, found in self._kept), strict=True):
                values = _values(layer)
                found = np.quantile(values, self._quantile, axis=0)
                exact.append((found, np.zeros_like(found), values.min(0)))
            return exact
        if any(missed := [bool(each.quantile(self._quantile)[2].any()) for each in self._histograms]):
            # The first few told too little of the others: another look at these layers, from the lowest value on.
            self._histograms = [
                Histograms(each.lowest, self._bins) if again else each
                for each, again in zip(self._histograms, missed, strict=True)
            ]
            with self._poured():
                for _, found in self._look(0, range(len(self._feed))):
                    self._pour(found, only=missed)
        return [(*each.quantile(self._quantile)[:2], each.lowest) for each in self._histograms]

    def second(self) -> Iterator[Seen]:
        """The same once more."""
        yield from self._kept
        if self._histograms is not None:
            kept = {number for some, _ in self._kept for number in some.numbers}
            others = [number for number in range(len(self._feed)) if number not in kept]
            yield from self._look(len(self._feed) + len(kept), others)

    def _look(self, before: int, numbers: Sequence[int]) -> Iterator[Seen]:
        total, done = 2 * len(self._feed), 0
        for some in self._feed.some(numbers):
            self._progress(before + done, total)
            yield some, self._of(some.inputs)
            done += len(some.numbers)
        self._progress(before + len(numbers), total)

    @contextmanager
    def _poured(self) -> Iterator[None]:
        """Layer by layer beside the network; in the end everything is in the histograms."""
        self._pool = ThreadPoolExecutor(os.cpu_count())
        try:
            yield
            self._wait()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _pour(
        self,
        found: Sequence[np.ndarray],
        highs: Sequence[np.ndarray | None] | None = None,
        only: Sequence[bool] | None = None,
    ) -> None:
        assert self._histograms is not None
        self._wait()
        self._pouring = [
            self._pool.submit(histograms.add, each.reshape(-1, each.shape[-1]), high)
            for number, (histograms, each, high) in enumerate(
                zip(self._histograms, found, highs or [None] * len(found), strict=True)
            )
            if only is None or only[number]
        ]

    def _wait(self) -> None:
        """One batch after the other: the histograms of a layer are those of one thread."""
        for each in self._pouring:
            each.result()
        self._pouring = []


def floors(maps: Sequence[Sequence[np.ndarray]], quantile: float) -> list[np.ndarray]:
    """Of each layer (K,) a value that the quantile is not below, as none of the first pictures has it otherwise: most
    activations need no bin then.
    """
    share = max(0.0, 1 - _MORE * (1 - quantile))
    layers = zip(*maps, strict=True)
    return [np.min([np.quantile(_some(each), share, axis=1).min(0) for each in layer], axis=0) for layer in layers]


def _highest(maps: np.ndarray) -> np.ndarray:
    """(n, K): the highest activation in each picture."""
    found: np.ndarray = maps.max((1, 2))
    return found


def _some(maps: np.ndarray) -> np.ndarray:
    """(n, places, K): a share of the places, from all over each picture; all where there are few."""
    values = maps.reshape(len(maps), -1, maps.shape[-1])
    apart = max(1, math.ceil(values.shape[1] / _PLACES))
    # From row to row other columns: always the same may be those of an edge.
    while math.gcd(apart, maps.shape[2]) > 1:
        apart += 1
    return values[:, ::apart]


def _values(maps: Sequence[np.ndarray]) -> np.ndarray:
    """(n, K): the activations at all places of all pictures."""
    return np.concatenate([each.reshape(-1, each.shape[-1]) for each in maps])
