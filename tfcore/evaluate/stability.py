"""How far a map moves when its picture hardly does (Yeh 2019; METHODS.md §6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.metric import ZERO_MAP, Outcome
from tfcore.explain.finite import WHY
from tfcore.explain.params import SEED, samples
from tfcore.registry import MetricSpec, Param, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation


@register(
    MetricSpec(
        "max-sensitivity",
        family="robustness",
        summary="Largest relative change of the map under small changes of the picture",
        params=(
            Param("radius", "float", 0.02, "largest change of a value, as a share of the picture's range", 1e-6, 1),
            samples(10, "changed pictures"),
            SEED,
        ),
        needs=("method",),
        note="explains every picture once more per sample, for the same class",
        better="lower",
    )
)
def max_sensitivity(images: Images, found: Explanation, settings: Mapping[str, Any]) -> list[Outcome]:
    """max over δ of ‖Φ(x + δ) − Φ(x)‖ / ‖Φ(x)‖, δ uniform within ± radius."""
    moved = images.once(("moved", *settings.items()), lambda: _moved(images, settings))
    # The same object, not an equal one.
    changes = next(each for of, each in zip(images.explanations, moved, strict=True) if of is found)
    lengths = _length(found.maps)
    return [ZERO_MAP if not length else float(change / length) for length, change in zip(lengths, changes, strict=True)]


def _moved(images: Images, settings: Mapping[str, Any]) -> list[np.ndarray]:
    """The largest ‖Φ(x + δ) − Φ(x)‖ of every explanation for each picture (N,); they share their passes."""
    assert images.again is not None
    reach = settings["radius"] * np.ptp(images.batch, (1, 2, 3))[:, np.newaxis, np.newaxis, np.newaxis]
    largest = [np.zeros(len(images.batch)) for _ in images.explanations]
    for sample in range(settings["samples"]):
        # The same for every picture, so that one gets the same number alone and in a batch.
        drawn = np.random.default_rng([settings["seed"], sample]).uniform(-1, 1, images.batch.shape[1:])
        batch = (images.batch + reach * drawn).astype(np.float32)
        for number, explained in enumerate(images.again(images.model, batch, images.targets)):
            change = _length(explained.maps - images.explanations[number].maps)
            # A map that overflowed says nothing.
            change[np.asarray(explained.facts.get(WHY, [""] * len(change))) != ""] = np.nan
            largest[number] = np.maximum(largest[number], change)
    return largest


def _length(maps: np.ndarray) -> np.ndarray:
    length: np.ndarray = np.sqrt((maps.astype(np.float64) ** 2).sum((1, 2)))
    return length
