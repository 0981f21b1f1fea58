"""A data set dissected in parts, whoever looks at them: what they find is put together to the same numbers.

Two looks as in :mod:`tfcore.inside.dissect`, but thresholds always come from histograms, which begin alike and can be
added, and the strangers of the level of chance are drawn before anybody looks, and told to all.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.inside.concepts import Marks
from tfcore.inside.counts import Counts, counted
from tfcore.inside.dissect import asked_of, check_shown, named, of_data, put_together, steps_of
from tfcore.inside.few import MOST, Strangers, Strongest
from tfcore.inside.looks import activations, floors
from tfcore.inside.quantile import Histograms, bins_for, width_for

if TYPE_CHECKING:
    from tfcore.data.dataset import Dataset
    from tfcore.models.model import Model
    from tfcore.results.dissection import Dissection

# Pictures that are looked at before the parts are.
_FIRST = 16

# What a look is to know, by name; what it found in a part; and a row for each picture.
Look = Mapping[str, Any]
Found = Mapping[str, np.ndarray]
Rows = Iterable[Mapping[str, Any]]
Seen = Iterable[tuple[list[int], list[Marks], list[np.ndarray]]]


class Parts:
    """What a worker keeps from part to part."""

    def __init__(self, model: Model, data: Dataset, layers: Any, concepts: Any, facts: Mapping[str, Any]) -> None:
        self.feed, self.names = of_data(model, data, facts, concepts)
        # By address, which also tells the frames of one file apart.
        self.places = {self.feed.address(number): number for number in range(len(self.feed))}
        self.steps = steps_of(model, layers)
        self._of = activations(model, [*self.steps.values()])
        self.filters = [int(step.shape[-1] or 0) for step in self.steps.values()]
        self._seed: int = facts["seed"]
        # Whose concepts filters are held against, as they were told.
        self._strangers: tuple[str, Strangers] | None = None

    def looked(self, look: Look, numbers: Sequence[int], check: Callable[[], None]) -> dict[str, np.ndarray]:
        """What a part holds."""
        return (self._first if "floors" in look else self._second)(look, self._seen(numbers, check))

    def begin(self, quantile: float) -> dict[str, Any]:
        """Where histograms begin, by a few pictures from everywhere."""
        drawn = np.random.default_rng(self._seed).permutation(len(self.feed))[:_FIRST]
        maps = [found for _, _, found in self._seen(sorted(drawn.tolist()), lambda: None)]
        if not maps:
            raise HeatlensError(f"None of the first pictures can be used: {next(iter(self.feed.unread.values()))}")
        begins, bins = floors(maps, quantile), bins_for(sum(self.filters))
        highs = [np.max([each.max((0, 1, 2)) for each in layer], axis=0) for layer in zip(*maps, strict=True)]
        widths = [width_for(floor, high, bins) for floor, high in zip(begins, highs, strict=True)]
        return {"bins": bins, "floors": _lists(begins), "widths": _lists(widths)}

    def strangers(self) -> str:
        """Pictures whose concepts the filters are held against that fire in others."""
        drawn = np.random.default_rng(self._seed).permutation(len(self.feed))[:MOST]
        found = Strangers(self._seed)
        for some in self.feed.some(sorted(drawn.tolist())):
            for each in some.marks:
                found.meet(each)
        return packed(found.arrays())

    def found(self, rows: Rows) -> Iterator[Found]:
        """What each part holds; of a picture that could not be used it is noted why."""
        for number, row in enumerate(rows):
            if "error" in row:
                self.feed.unread[number] = row["error"]
            if "found" in row:
                yield _unpacked(row["found"])

    def _seen(self, numbers: Sequence[int], check: Callable[[], None]) -> Seen:
        for some in self.feed.some(numbers):
            check()
            yield some.numbers, some.marks, self._of(some.inputs)

    def _first(self, look: Look, seen: Seen) -> dict[str, Any]:
        histograms = _histograms(look)
        strongest = [Strongest(count) for count in self.filters]
        holding, met = np.zeros(len(self.names), int), 0
        for numbers, marks, found in seen:
            met += len(numbers)
            holding += np.sum([each.areas > 0 for each in marks], axis=0)
            for histogram, best, each in zip(histograms, strongest, found, strict=True):
                high = each.max((1, 2))
                best.add(numbers, high)
                if histogram is not None:
                    histogram.add(each.reshape(-1, each.shape[-1]), high)
        arrays: dict[str, Any] = {"holding": holding, "met": np.array(met)}
        for place, (histogram, best) in enumerate(zip(histograms, strongest, strict=True)):
            arrays |= {f"{place} values": best.values, f"{place} numbers": best.numbers}
            if met and histogram is not None:
                arrays |= {f"{place} {name}": each for name, each in histogram.arrays().items()}
        return arrays

    def _second(self, look: Look, seen: Seen) -> dict[str, Any]:
        if self._strangers is None or self._strangers[0] != look["strangers"]:
            self._strangers = look["strangers"], Strangers(self._seed).read(_unpacked(look["strangers"]))
        layers = [
            (np.array(at, np.float32), np.array(dead))
            for at, dead in zip(look["thresholds"], look["dead"], strict=True)
        ]
        totals = [Counts.none(count, len(self.names)) for count in self.filters]
        for numbers, marks, found in seen:
            draws = (np.random.default_rng([self._seed, number]) for number in numbers)
            others = [self._strangers[1].of(each, draw) for each, draw in zip(marks, draws, strict=True)]
            totals = [
                total.plus(counted(each, thresholds, dead, marks, others))
                for total, each, (thresholds, dead) in zip(totals, found, layers, strict=True)
            ]
        return {f"{place} {name}": each for place, total in enumerate(totals) for name, each in total._asdict().items()}


def dissect_in_parts(
    model: Model,
    data: Dataset,
    name: str,
    layers: Any,
    concepts: Any,
    foreground: str,
    quantile: float,
    limit: int | None,
    seed: int,
    ask: Callable[[Look], Rows],
) -> Dissection:
    """As :func:`tfcore.dissect`; ``ask`` hands a look to whoever looks, and on a row for each picture
    in their order (``tfcore.jobs.dissect_pictures``)."""
    facts = asked_of(data, name, foreground, limit, seed)
    parts = Parts(model, data, layers, concepts, facts)
    look = parts.begin(quantile)
    histograms = _histograms(look)
    strongest = [Strongest(count) for count in parts.filters]
    holding, met = np.zeros(len(parts.names), int), 0
    for found in parts.found(ask(look)):
        holding, met = holding + found["holding"], met + int(found["met"])
        for place, best in enumerate(strongest):
            best.meet(found[f"{place} numbers"], found[f"{place} values"])
        _pour(histograms, look, found)
    check_shown(parts.feed, parts.names, holding)
    missed = [each is not None and bool(each.quantile(quantile)[2].any()) for each in histograms]
    if any(missed):
        # The first few told too little of the others: another look at these layers, from the lowest value on.
        lowest = [each.lowest if again and each else None for each, again in zip(histograms, missed, strict=True)]
        look = {"bins": look["bins"], "floors": _lists(lowest), "widths": look["widths"]}
        anew = _histograms(look)
        for found in parts.found(ask(look)):
            _pour(anew, look, found)
        histograms = [new or old for new, old in zip(anew, histograms, strict=True)]
    settled = []
    for each in histograms:
        assert each is not None
        at, error, _ = each.quantile(quantile)
        settled.append((at.astype(np.float32), error, at <= each.lowest))
    totals = [Counts.none(count, len(parts.names)) for count in parts.filters]
    look = {"thresholds": _lists(at for at, _, _ in settled), "dead": _lists(dead for _, _, dead in settled)}
    look["strangers"] = parts.strangers()
    for found in parts.found(ask(look)):
        totals = [
            total.plus(Counts(*(found[f"{place} {field}"] for field in Counts._fields)))
            for place, total in enumerate(totals)
        ]
    dissected = put_together(model, parts.feed, parts.steps, parts.names, settled, totals, strongest, holding, met)
    return named(dissected, model, facts, quantile, seed)


def packed(arrays: Mapping[str, np.ndarray]) -> str:
    """Arrays as text."""
    stream = io.BytesIO()
    np.savez_compressed(stream, **arrays)  # type: ignore[arg-type]
    return base64.b64encode(stream.getvalue()).decode()


def _unpacked(text: str) -> dict[str, np.ndarray]:
    with np.load(io.BytesIO(base64.b64decode(text)), allow_pickle=False) as arrays:
        return dict(arrays)


def _histograms(look: Look) -> list[Histograms | None]:
    """One a layer, but for those that are not looked at."""
    each = zip(look["floors"], look["widths"], strict=True)
    return [
        None if floor is None else Histograms(np.array(floor, np.float32), look["bins"], np.array(width))
        for floor, width in each
    ]


def _pour(histograms: Sequence[Histograms | None], look: Look, found: Found) -> None:
    for place, (histogram, other) in enumerate(zip(histograms, _histograms(look), strict=True)):
        if histogram is not None and other is not None and f"{place} total" in found:
            arrays = {name.partition(" ")[2]: each for name, each in found.items() if name.startswith(f"{place} ")}
            histogram.plus(other.read(arrays))


def _lists(arrays: Iterable[np.ndarray | None]) -> list[list[Any] | None]:
    return [None if each is None else each.tolist() for each in arrays]
