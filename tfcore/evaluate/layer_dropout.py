"""Any metric with dropout on: the mean over thinned networks in place of the one network (METHODS.md §6; 004 §5.4)."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.evaluate.asked import Asked
from tfcore.evaluate.metric import Curve, Outcome, read
from tfcore.explain.params import SEED, samples
from tfcore.registry import MetricSpec, Param, find, register
from tfcore.uncertainty.heat_passes import OnePass
from tfcore.uncertainty.network import dropout_network

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation

_OF = (
    *("iou", "box-iou", "pointing-game", "energy-pointing", "complexity", "sensitivity-axiom", "conservation-axiom"),
    *("aopc", "insertion", "deletion", "average-drop", "increase", "confidence-drop", "faithfulness-correlation"),
    *("max-sensitivity", "sanity"),
)


@register(
    MetricSpec(
        "layer-dropout",
        family="uncertainty",
        summary="Mean of another metric over passes with dropout on",
        params=(
            Param("of", "choice", "iou", "the metric that is averaged, as it is by default", choices=_OF),
            samples(10, "passes with dropout on"),
            Param(
                "insert",
                "float",
                None,
                "rate of dropout put in after each stage; none: the network's own",
                low=0.01,
                high=0.99,
                optional=True,
            ),
            SEED,
        ),
        needs=("method",),
        note="each pass is one thinned network for all pictures; the curve has the passes, better is what is better "
        "for the metric averaged",
        follows="of",
    )
)
def layer_dropout(images: Images, found: Explanation, settings: Mapping[str, Any]) -> list[Outcome]:
    """(1/T) Σ_t metric of the maps of pass t."""
    passes = images.once(("thinned", *settings.items()), lambda: _passes(images, settings))
    if isinstance(passes, str):
        return [passes] * len(images.batch)
    # The same object, not an equal one.
    number = next(place for place, each in enumerate(images.explanations) if each is found)
    return [_mean(outcomes) for outcomes in zip(*(each[number] for each in passes), strict=True)]


def _passes(images: Images, settings: Mapping[str, Any]) -> list[list[list[Outcome]]] | str:
    """The other metric's outcomes by pass, explanation and picture, or why there are none."""
    assert images.again is not None
    spec = find("metric", settings["of"])
    other = Asked(spec, spec.parse({}))
    try:
        network = dropout_network(images.model, settings["insert"])
    except HeatlensError:
        return "no dropout layer"
    # Whoever measures at the same time takes another pass of the network, so that nobody waits.
    free: deque[OnePass] = network.model.compiled(("free passes", network.insert), deque)
    try:
        one = free.pop()
    except IndexError:
        one = OnePass(network)
    found = []
    try:
        for number in range(settings["samples"]):
            # The same for every picture, so that one gets the same number alone and in a batch.
            one.choose(np.array(settings["seed"], np.uint64), number)
            explained = images.again(one.model, images.batch, images.targets)
            thinned = replace(images, model=one.model, explanations=explained, _known={})
            found.append([other(thinned, each) for each in explained])
    finally:
        free.append(one)
    return found


def _mean(outcomes: Sequence[Outcome]) -> Outcome:
    """Over the passes that have a number; where most have none, their reason."""
    numbers, reasons, _ = zip(*map(read, outcomes), strict=True)
    there = np.array([number for number in numbers if number is not None])
    if 2 * len(there) <= len(outcomes):
        return Counter(reason for reason in reasons if reason).most_common(1)[0][0]
    return Curve(np.arange(1, len(there) + 1), there, float(there.mean()))
