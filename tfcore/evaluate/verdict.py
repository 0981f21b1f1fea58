"""Whether one heatmap deserves belief: its deletion curve, its stability, what it owes to learning, flat or not.

The measures are those of ``evaluate`` (METHODS.md §6), small enough to be asked for one picture: AOPC hottest first
against random orders of the same cells, max-sensitivity, the rank correlation of the maps of passes with dropout on,
and the SSIM with the maps of networks whose head and last stage forgot what they learnt (the second state of
``sanity``).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.evaluate.aopc import aopc, grid_cells
from tfcore.evaluate.complexity import complexity
from tfcore.evaluate.images import Images
from tfcore.evaluate.metric import Outcome, read
from tfcore.evaluate.randomised import reinitialised
from tfcore.evaluate.sanity import forgetting
from tfcore.evaluate.similar import similarity
from tfcore.evaluate.stability import max_sensitivity
from tfcore.explain.explanation import Explanation
from tfcore.explain.finite import WHY
from tfcore.explain.many import explain
from tfcore.explain.pieces import images_per_pass
from tfcore.explain.region import Region
from tfcore.explain.runners import Progress, silent
from tfcore.figure.display import FLAT as LEAST_RANGE
from tfcore.models.scores import Target, target_of
from tfcore.pictures.many import Left
from tfcore.registry import find
from tfcore.results.verdict import FLAT, Verdict
from tfcore.uncertainty.explanation import of_explanation

if TYPE_CHECKING:
    from tfcore.explain.files import Explained
    from tfcore.models.model import Model
    from tfcore.pictures import Picture
    from tfcore.results import Heat

GRID = 9


def verdict(
    model: Model,
    batch: Any,
    method: str = "grad-cam",
    layer: str | None = None,
    target: Any = None,
    region: Any = None,
    orders: int = 5,
    changes: int = 5,
    networks: int = 3,
    seed: int = 0,
    progress: Progress = silent,
    **params: Any,
) -> list[Verdict]:
    """What is to be thought of the map of each image; the first arguments are those of ``explain``.

    ``orders`` random orders are what the hottest-first order is held against; ``changes`` pictures with a little
    noise, as many passes with dropout on and ``networks`` with a new head and last stage are explained beside the
    picture itself.

    >>> tfcore.evaluate.verdict(model, batch, "grad-cam", layer="stage4")[0].words          # doctest: +SKIP
    """
    batch = model.checked(batch)
    asked = target_of(model, batch, target, region)
    if any(param.name == "seed" for param in find("method", method).params):
        params["seed"] = seed
    settings = {"grid": GRID, "orders": orders, "changes": changes, "networks": networks, "seed": seed}
    cells = grid_cells(batch.shape[1], batch.shape[2], GRID)[1]
    passes = (orders + 1) * -(-cells // images_per_pass(model, batch))
    total = len(batch) * (2 + changes + networks + passes)
    done = 0

    def step() -> None:
        nonlocal done
        progress(done, total)
        done = min(done + 1, total - 1)

    def check(*_: int) -> None:
        progress(done, total)

    def explained(model: Model, batch: np.ndarray, asked: Target) -> Explanation:
        step()
        return explain(model, batch, method, layer, asked, progress=check, **params)

    def dropped(batch: np.ndarray, asked: Target) -> float | None:
        step()
        try:
            spread = of_explanation(model, batch, method, layer, asked, changes, seed, progress=check, settings=params)
        except HeatlensError:
            # There is no dropout, or it is a black box.
            return None
        return None if np.isnan(spread.agreement[0]) else float(spread.agreement[0])

    found = [
        _of_one(model, batch[[i]], asked.one(i), explained, dropped, step, settings, region) for i in range(len(batch))
    ]
    progress(total, total)
    return found


def judged(model: Model, picture: Picture, heat: Heat, progress: Progress = silent) -> Heat:
    """A heat that ``explain`` has found, with its verdict."""
    batch, _ = model.prepare_with_boxes([picture])
    seen = Region.of(heat.region).seen(picture, heat.box, *batch.shape[1:3]) if heat.region else None
    layer = heat.layer if find("method", heat.method).has_layers else None
    (found,) = verdict(model, batch, heat.method, layer, heat.target, seen, progress=progress, **heat.params)
    return replace(heat, verdict=found)


def with_verdicts(model: Model, explained: Iterable[Explained | Left]) -> Iterator[Explained | Left]:
    """Pictures as ``explain_files`` yields them, with a verdict on each of their maps."""
    for one in explained:
        yield (
            one
            if isinstance(one, Left)
            else replace(one, heats=[judged(model, one.picture, heat) for heat in one.heats])
        )


def _of_one(
    model: Model,
    batch: np.ndarray,
    asked: Target,
    explained: Callable[[Model, np.ndarray, Target], Explanation],
    dropped: Callable[[np.ndarray, Target], float | None],
    step: Callable[[], None],
    settings: dict[str, Any],
    region: Any,
) -> Verdict:
    began = time.perf_counter()
    found = explained(model, batch, asked)

    def again(model: Model, batch: np.ndarray, targets: np.ndarray) -> list[Explanation]:
        return [explained(model, batch, asked.settled(targets))]

    images = Images(model, batch, ["no mask"], batch.mean((0, 1, 2)), [found], again=again, check=step)
    why: dict[str, str] = {}
    if broken := str(found.facts.get(WHY, [""])[0]):
        return Verdict(
            None, None, None, None, "no map", None, dict.fromkeys(("curve", "moves", "remains"), broken), settings
        )
    if model.outputs.kind == "numbers":
        why["curve"] = "the network answers with plain numbers"
    elif region is not None:
        why["curve"] = "it would be of the whole picture, not of the region"
    curve, randoms = (None, None) if why else _curves(images, found, settings, why)
    seed, samples = settings["seed"], settings["changes"]
    moves = _number(max_sensitivity(images, found, {"radius": 0.02, "samples": samples, "seed": seed}), "moves", why)
    remains = _number([_remains(images, found, settings)], "remains", why)
    evenness = _number(complexity(images, found, {}), "evenness", why)
    agreement = None if found.degenerate[0] else dropped(batch, asked)
    seconds = time.perf_counter() - began
    return Verdict(curve, randoms, moves, remains, _flat(found), evenness, why, settings, seconds, agreement)


def _curves(
    images: Images, found: Explanation, settings: dict[str, Any], why: dict[str, str]
) -> tuple[np.ndarray | None, np.ndarray | None]:
    """p while cells give way to the picture's mean: the hottest first, and in every random order."""
    how = {"grid": settings["grid"], "perturbation": "mean", "order": "most", "seed": settings["seed"]}
    _, reason, most = read(aopc(images, found, how)[0])
    if most is None:
        why["curve"] = reason
        return None, None
    drawn = [
        read(aopc(images, found, {**how, "order": "random", "seed": settings["seed"] + draw})[0])[2]
        for draw in range(settings["orders"])
    ]
    return most.y, np.stack([each.y for each in drawn if each is not None])


def _remains(images: Images, found: Explanation, settings: dict[str, Any]) -> Outcome:
    """Mean SSIM with the maps of networks of which head and last stage were drawn anew."""
    assert images.again is not None
    if images.model.box is not None:
        return "a black box shows none"
    if found.degenerate[0]:
        return "no evidence"
    *_, layers = [layers for _, layers in forgetting(images.model, "cascading")][:2]
    alike = []
    for draw in range(settings["networks"]):
        with reinitialised(layers, settings["seed"] + draw):
            (after,) = images.again(images.model, images.batch, images.targets)
        alike.append(similarity(found.maps, after.maps)["ssim"][0])
    mean = float(np.mean(alike))
    return "a map is flat or too small" if np.isnan(mean) else mean


def _number(outcomes: list[Outcome], name: str, why: dict[str, str]) -> float | None:
    number, reason, _ = read(outcomes[0])
    if number is None:
        why[name] = reason
    return number


def _flat(found: Explanation) -> str:
    """Nothing in it, or hardly a difference: as the figure says it of a map."""
    if found.degenerate[0]:
        return "no evidence"
    low, high = float(found.maps[0].min()), float(found.maps[0].max())
    return FLAT if high - low < LEAST_RANGE * max(abs(low), abs(high)) else ""
