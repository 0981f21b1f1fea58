"""``dissect``: which filters stand for what experts mark (002 §3.1; Bau et al. 2017; METHODS.md §8)."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.dataset import Dataset
from tfcore.data.open import open_data
from tfcore.errors import HeatlensError
from tfcore.explain.runners import Progress, silent
from tfcore.inside.concepts import Concepts, given
from tfcore.inside.counts import CLEAN, RAW, STRANGE, Counts, counted
from tfcore.inside.feed import Feed, OfBatch, OfData
from tfcore.inside.few import Strangers, Strongest
from tfcore.inside.gallery import gallery, masks_of
from tfcore.inside.looks import Looks, Seen
from tfcore.models.layers import finished_layers, resolve, stages
from tfcore.models.program import Step
from tfcore.registry import EVERY, Param
from tfcore.results.dissection import Dissected, Dissection
from tfcore.words import listed

if TYPE_CHECKING:
    from tfcore.models.model import Model

QUANTILE = Param(
    "quantile", "float", 0.99, "share of its activations that a filter's mask leaves out", low=0.5, high=0.9999
)


def dissect(
    model: Model,
    data: Any,
    layers: Sequence[str] | str | None = None,
    concepts: Any = None,
    foreground: Any = None,
    quantile: float = 0.99,
    limit: int | None = None,
    seed: int = 0,
    progress: Progress = silent,
) -> Dissection:
    """Every filter of the layers held against every concept, by layer.

    ``data`` is a data set or its folder, whose masks or classes are the concepts (``concepts`` names some of them), or
    a batch as the network eats it, with ``concepts`` (N, C, H, W) or by name (N, H, W), and ``foreground`` (N, H, W)
    outside of which nothing counts; of a data set it is ``"body"`` or ``"whole"``. ``layers`` are paths or stages, by
    default the ends of the stages, ``"all"`` for every feature map. A filter's mask is its activation, enlarged, from
    its ``quantile`` over all places and pictures on. ``limit`` takes so many pictures by chance (``seed``, which also
    settles whose concepts are held against whose filters).

    >>> tfcore.dissect(model, "brats", ["stage2"])["stage2"].iou.max(0)                     # doctest: +SKIP
    """
    quantile = QUANTILE.parse(quantile)
    steps = steps_of(model, layers)
    if isinstance(data, Dataset | str | Path):
        opened = data if isinstance(data, Dataset) else open_data(data)
        facts = asked_of(opened, str(opened.root if isinstance(data, Dataset) else data), foreground, limit, seed)
        feed: Feed
        feed, names = of_data(model, opened, facts, concepts)
    else:
        batch = model.checked(data)
        if concepts is None:
            raise HeatlensError("The batch came without concepts; give masks (N, C, H, W) of what is marked in it.")
        names, marks = given(batch, concepts, foreground)
        feed, facts = OfBatch(model, batch, marks), dict[str, Any]()
    return named(_dissected(model, feed, steps, names, quantile, seed, progress), model, facts, quantile, seed)


def named(found: Dissection, model: Model, facts: Mapping[str, Any], quantile: float, seed: int) -> Dissection:
    """With what it was found by."""
    by = {"model": model.source or model.name, "model_sha256": model.hash, "weights": model.weights}
    found.facts.update(facts, **by, quantile=quantile, seed=seed)
    return found


def asked_of(data: Dataset, name: str, foreground: Any, limit: int | None, seed: int) -> dict[str, Any]:
    """What is said of the data, to be asked again."""
    how = {"foreground": foreground or "body", "limit": limit, "seed": seed}
    return {"data": name, "notes": list(data.notes), **how}


def of_data(model: Model, data: Dataset, facts: Mapping[str, Any], concepts: Any) -> tuple[OfData, tuple[str, ...]]:
    """The pictures of a data set by number, and the names of their concepts."""
    some = data.drawn(facts["limit"], facts["seed"])
    of_data = Concepts(some, model.card.fit, concepts, facts["foreground"])
    return OfData(model, some.samples, of_data), of_data.names


def reopened(model: Model, found: Dissection) -> Dissection:
    """A dissection of a data set that was sent from elsewhere, with its pictures at hand."""
    feed, _ = of_data(model, open_data(found.facts["data"]), found.facts, found.concepts)
    shown = partial(gallery, model, feed, steps_of(model, list(found)))
    return Dissection(found, found.concepts, found.pictures, found.unread, found.facts, shown)


def steps_of(model: Model, layers: Sequence[str] | str | None) -> dict[str, Step]:
    """The layers that were asked for, by the name they were asked by."""
    model.check_inside("What filters find")
    program = model.program
    if layers is None:
        return {step.path: step for step in stages(program).values()}
    if layers in (EVERY, [EVERY], (EVERY,)):
        return {path: program.step(path) for path in finished_layers(program)}
    return {name: resolve(program, name) for name in ([layers] if isinstance(layers, str) else layers)}


def _dissected(
    model: Model,
    feed: Feed,
    steps: Mapping[str, Step],
    names: tuple[str, ...],
    quantile: float,
    seed: int,
    progress: Progress,
) -> Dissection:
    looks = Looks(model, feed, [*steps.values()], quantile, seed, progress)
    filters = [int(step.shape[-1] or 0) for step in steps.values()]
    strangers, strongest = Strangers(seed), [Strongest(count) for count in filters]
    holding = np.zeros(len(names), int)
    for some, highs in looks.first():
        for marks in some.marks:
            strangers.meet(marks)
            holding += marks.areas > 0
        for best, high in zip(strongest, highs, strict=True):
            best.add(some.numbers, high)
    check_shown(feed, names, holding)
    layers = [(at.astype(np.float32), error, at <= lowest) for at, error, lowest in looks.thresholds()]
    totals = [Counts.none(count, len(names)) for count in filters]

    for of_batch in _counted(looks.second(), layers, strangers):
        totals = [total.plus(one) for total, one in zip(totals, of_batch, strict=True)]
    return put_together(model, feed, steps, names, layers, totals, strongest, holding, strangers.met)


def check_shown(feed: Feed, names: Sequence[str], holding: np.ndarray) -> None:
    """A sentence where no picture shows any concept."""
    if not holding.any():
        said = next(iter(feed.unread.values()), "nothing is marked in any of them")
        raise HeatlensError(f"None of the {len(feed)} pictures shows any of {listed(names)}; the first: {said}")


def put_together(
    model: Model,
    feed: Feed,
    steps: Mapping[str, Step],
    names: tuple[str, ...],
    layers: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]],
    totals: Sequence[Counts],
    strongest: Sequence[Strongest],
    holding: np.ndarray,
    met: int,
) -> Dissection:
    """What was counted in ``met`` pictures, as it is handed on."""
    dissected = {
        name: Dissected(
            step.path,
            thresholds,
            error,
            dead,
            iou_raw=_without(dead, total.iou(RAW)),
            iou=_without(dead, total.iou(CLEAN)),
            iou_mean=_without(dead, total.iou_mean),
            iou_shuffled=_without(dead, total.iou(STRANGE)),
            strongest=best.numbers,
            _packed=partial(_every_mask, model, feed, step, thresholds),
        )
        for (name, step), (thresholds, error, dead), total, best in zip(
            steps.items(), layers, totals, strongest, strict=True
        )
    }
    facts = {"pictures": met, "holding": dict(zip(names, holding.tolist(), strict=True))}
    pictures = tuple(map(feed.name, range(len(feed))))
    unread = tuple(feed.unread.values())
    return Dissection(dissected, names, pictures, unread, facts, partial(gallery, model, feed, steps))


def _counted(
    seen: Iterator[Seen], layers: Sequence[tuple[np.ndarray, np.ndarray, np.ndarray]], strangers: Strangers
) -> Iterator[list[Counts]]:
    """What is counted in each batch, layer by layer, while the next one goes through the network."""
    waiting: deque[list[Future[Counts]]] = deque()
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        for some, found in seen:
            while len(waiting) > 1:
                yield [each.result() for each in waiting.popleft()]
            # Drawn here and in order, so that they are the same in every run.
            others = [strangers.of(marks) for marks in some.marks]
            waiting.append(
                [
                    pool.submit(counted, each, thresholds, dead, some.marks, others)
                    for each, (thresholds, _, dead) in zip(found, layers, strict=True)
                ]
            )
        while waiting:
            yield [each.result() for each in waiting.popleft()]
    finally:
        pool.shutdown(cancel_futures=True)


def _without(dead: np.ndarray, found: np.ndarray) -> np.ndarray:
    found[dead] = np.nan
    return found


def _every_mask(model: Model, feed: Feed, step: Step, thresholds: np.ndarray) -> tuple[np.ndarray, tuple[int, ...]]:
    """The masks of all pictures, and the shape that they have unpacked."""
    parts: list[np.ndarray] = []
    shape: tuple[int, ...] = (0, 0)
    for some in feed.some(range(len(feed))):
        if parts and some.inputs.shape[1:3] != shape:
            raise HeatlensError("The pictures differ in size, so their masks make no array; ask for those of each.")
        shape = some.inputs.shape[1:3]
        parts.append(masks_of(model, some, step, thresholds, np.zeros(len(thresholds), bool)))
    packed = np.concatenate(parts)
    return packed, (*packed.shape[:2], *shape)
