"""Whether a map depends on what the network learnt (Adebayo 2018, Hedström 2024; METHODS.md §6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.metric import ZERO_MAP, Curve, Outcome
from tfcore.evaluate.randomised import parts, reinitialised
from tfcore.evaluate.similar import ALIKE, similarity
from tfcore.explain.aggregate import min_max
from tfcore.explain.finite import WHY
from tfcore.explain.params import SEED, samples
from tfcore.registry import MetricSpec, Param, register

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.explain.explanation import Explanation
    from tfcore.models.model import Model

ORDERS = ("cascading", "independent", "efficient")
# Of the histogram of a map's values.
_BINS = 100


@dataclass(frozen=True, eq=False)
class Randomised:
    """What became of an explanation's maps: of every similarity, and of entropy, (seeds, parts of the network, N)."""

    parts: tuple[str, ...]
    alike: Mapping[str, np.ndarray]
    # By which the entropy rose, as a share of the trained network's.
    rise: np.ndarray


@register(
    MetricSpec(
        "sanity",
        family="randomisation",
        summary="How much of the map is still there when the network has forgotten what it learnt",
        params=(
            Param(
                "randomise",
                "choice",
                "cascading",
                "the head and one stage after the other, each of them alone, or (efficient) all at once, measured by "
                "the rise of the map's entropy",
                choices=ORDERS,
            ),
            Param("alike", "choice", "ssim", "how maps are compared", choices=ALIKE),
            samples(3, "random networks"),
            SEED,
        ),
        needs=("method",),
        note="the curve begins with the trained network, then follows the parts from the scores down; the number is "
        "the mean behind the beginning; with randomise=efficient higher is better",
        better="lower",
        worse={"randomise": "efficient"},
    )
)
def sanity(images: Images, found: Explanation, settings: Mapping[str, Any]) -> list[Outcome]:
    """Mean similarity of the maps of the trained network and of the randomised ones, over parts and seeds."""
    if images.model.box is not None:
        return ["a black box, which cannot be made to forget"] * len(found.maps)
    efficient = settings["randomise"] == "efficient"
    changed = changes(images, found, settings, () if efficient else (settings["alike"],))
    # (parts, N)
    means = (changed.rise if efficient else changed.alike[settings["alike"]]).mean(0)
    outcomes: list[Outcome] = []
    for empty, curve in zip(found.degenerate, means.T, strict=True):
        if empty or np.isnan(curve).any():
            outcomes.append(ZERO_MAP if empty else "a map is flat, too small, or not finite")
        elif efficient:
            outcomes.append(float(curve.mean()))
        else:
            outcomes.append(Curve(np.arange(len(curve) + 1), np.array([1.0, *curve]), float(curve.mean())))
    return outcomes


def changes(
    images: Images, found: Explanation, settings: Mapping[str, Any], alike: Sequence[str] = ALIKE
) -> Randomised:
    """What became of the explanation, by these similarities; those of a batch share the random networks."""
    asked = settings["randomise"], settings["samples"], settings["seed"], tuple(alike)
    every = images.once(("randomised", *asked), partial(_changes, images, *asked))
    # The same object, not an equal one.
    return next(each for of, each in zip(images.explanations, every, strict=True) if of is found)


def forgetting(model: Model, order: str) -> Iterator[tuple[str, list[Any]]]:
    """Which layers are randomised, one state of the network after the other."""
    of = parts(model)
    if order == "efficient":
        yield "all", [layer for layers in of.values() for layer in layers]
    elif order == "independent":
        yield from of.items()
    else:
        yield from zip(of, accumulate(of.values()), strict=True)


def _changes(images: Images, order: str, seeds: int, seed: int, names: Sequence[str]) -> list[Randomised]:
    assert images.again is not None
    states = dict(forgetting(images.model, order))
    # Of no use beside the one similarity that is asked for.
    entropy = _entropy if len(names) != 1 else lambda maps: np.full(len(maps), np.nan)
    trained = [entropy(each.maps) for each in images.explanations]
    # By explanation, then seeds × states.
    alike: list[list[dict[str, np.ndarray]]] = [[] for _ in images.explanations]
    rise: list[list[np.ndarray]] = [[] for _ in images.explanations]
    for draw in range(seeds):
        for layers in states.values():
            with images.alone(), reinitialised(layers, seed + draw):
                explained = images.again(images.model, images.batch, images.targets)
            for number, (before, after) in enumerate(zip(images.explanations, explained, strict=True)):
                # A map that overflowed says nothing.
                lost = np.asarray(after.facts.get(WHY, [""] * len(after.maps))) != ""
                compared = similarity(before.maps, after.maps, names)
                alike[number].append({name: np.where(lost, np.nan, values) for name, values in compared.items()})
                rose = entropy(after.maps) - trained[number]
                share = np.divide(rose, trained[number], out=np.full(len(rose), np.nan), where=trained[number] > 0)
                rise[number].append(np.where(lost, np.nan, share))
    return [
        Randomised(
            tuple(states),
            {name: _stacked([each[name] for each in some], seeds) for name in names},
            _stacked(rises, seeds),
        )
        for some, rises in zip(alike, rise, strict=True)
    ]


def _stacked(values: Sequence[np.ndarray], seeds: int) -> np.ndarray:
    return np.stack(values).reshape(seeds, len(values) // seeds, -1)


def _entropy(maps: np.ndarray) -> np.ndarray:
    """In nats, of the histogram of each map's values between its lowest and its highest."""
    from scipy.stats import entropy

    return np.array([entropy(np.histogram(heat, _BINS, (0, 1))[0]) for heat in min_max(maps)])
