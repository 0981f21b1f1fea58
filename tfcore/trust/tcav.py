"""Does a class depend on a concept that is named by examples? Directions of concepts in a layer (Kim et al. 2018).

A concept's direction is the normal of the plane that parts the activations of pictures that show it from those of
pictures drawn at random. The score is the share of a class's pictures whose class score grows along it; the sensitivity
is the mean cosine between direction and gradient. Tested is the sensitivity, as one concept among random ones: shares
are 0 or 1 for any direction wherever the rest of the network is linear, and directions of one concept are no
independent draws.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from tfcore.errors import HeatlensError
from tfcore.evaluate.compared import holm
from tfcore.explain.passes import differentiate
from tfcore.explain.pieces import images_per_pass
from tfcore.explain.runners import Progress, silent
from tfcore.models.layers import resolve
from tfcore.models.scores import target_of
from tfcore.results import ConceptScore
from tfcore.words import counted

if TYPE_CHECKING:
    from tfcore.models.model import Model
    from tfcore.models.program import Step

# Pictures of a concept, and of each random set.
FEWEST = 10
# Down and across: of the last map of most networks each position by itself.
_CELLS = 7


@dataclass(frozen=True, eq=False)
class Within:
    """Pictures as the network eats them, whose concept is what lies inside their masks (N, H, W), or all of them."""

    pictures: np.ndarray
    masks: np.ndarray | None = None


def tcav(
    model: Model,
    batch: Any,
    target: int | str,
    concepts: Mapping[str, Any],
    random: Any,
    layers: Sequence[str | None] = (None,),
    runs: int = 20,
    seed: int = 0,
    progress: Progress = silent,
) -> tuple[ConceptScore, ...]:
    """Scores of concepts for a class, each against random directions.

    ``batch`` are pictures of the class, ``concepts`` pictures that show each concept, or pictures with masks
    (:class:`Within`), ``random`` pictures that are drawn from; all as the network eats them. Activations are means over
    7 × 7 cells of the map; of a concept with masks over the positions inside, wherever these are, and of random
    pictures then over masks of the same shapes. Each of ``runs`` directions parts the concept's pictures from another
    random set of as many.

    >>> tfcore.trust.tcav(model, batch, "glioma", {"marker": marked}, others)[0].p_holm      # doctest: +SKIP
    """
    if runs < 2:
        raise HeatlensError(f"runs = {runs}: a test needs two directions or more of each kind.")
    sets = {name: some if isinstance(some, Within) else Within(model.checked(some)) for name, some in concepts.items()}
    pool = model.checked(random)
    smallest = min(len(some.pictures) for some in sets.values())
    for name, count in (*((name, len(some.pictures)) for name, some in sets.items()), ("random", len(pool) // 2)):
        if count < FEWEST:
            held = f"{'two sets of ' if name == 'random' else ''}{counted(count, 'picture')}"
            raise HeatlensError(f"{name}: {held} are too few for a direction; {FEWEST} are the least.")
    found: list[ConceptScore] = []
    done, total = 0, len(layers) * (len(sets) + 2)
    for layer in layers:
        step = resolve(model.program, layer)
        slopes = _seen(model, model.checked(batch), step, target)[1]
        progress(done := done + 1, total)
        whole = _seen(model, pool, step)[0]
        progress(done := done + 1, total)
        generator = np.random.default_rng(seed)
        size = min(smallest, len(pool) // 2)

        usual = _usual(slopes, whole, size, runs, generator)
        for concept, some in sets.items():
            shown = _seen(model, some.pictures, step, masks=some.masks)[0]
            others, chance, gains = whole, usual, slopes
            if some.masks is not None:
                # The same shapes elsewhere: small places differ from whole pictures whatever lies there.
                drawn = some.masks[generator.integers(len(some.masks), size=len(pool))]
                others = _seen(model, pool, step, masks=drawn)[0]
                # Wherever it is: what the score gains by all positions together.
                gains = slopes.reshape(len(slopes), -1, shown.shape[1]).sum(1)
                chance = _usual(gains, others, size, runs, generator)
            own = [_told(gains, shown, _two(others, size, generator)[0], generator) for _ in range(runs)]
            found.append(_row(concept, step.path, target, model, own, chance, len(slopes)))
            progress(done := done + 1, total)
    corrected = holm(np.array([each.p for each in found]))
    return tuple(ConceptScore(**{**vars(each), "p_holm": float(p)}) for each, p in zip(found, corrected, strict=True))


def _seen(
    model: Model,
    batch: np.ndarray,
    step: Step,
    target: int | str | None = None,
    masks: np.ndarray | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """A and ∂S_c/∂A (N, cells · K) over cells of the map, A as means and the gradient as sums; with masks A inside them
    (N, K).
    """
    together = images_per_pass(model, batch, 0)
    parts: list[tuple[np.ndarray, np.ndarray]] = []
    for start in range(0, len(batch), together):
        some = batch[start : start + together]
        seen = differentiate(model, some, target_of(model, some, target), [step])
        activations, slopes = seen.activations[step].numpy(), _in_cells(seen.gradients[step].numpy())
        if masks is None:
            means = _in_cells(activations) / _in_cells(np.ones_like(activations[:1]))
        else:
            means = _inside(activations, masks[start : start + together])
        parts.append((means.reshape(len(some), -1), slopes.reshape(len(some), -1)))
    means, slopes = zip(*parts, strict=True)
    return np.concatenate(means), np.concatenate(slopes)


def _in_cells(values: np.ndarray) -> np.ndarray:
    """Sums over at most so many cells down and across, for networks to which it matters where something lies."""
    for axis in (1, 2):
        size = values.shape[axis]
        starts = np.arange(min(_CELLS, size)) * size // min(_CELLS, size)
        values = np.add.reduceat(values, starts, axis)
    return values


def _inside(activations: np.ndarray, masks: np.ndarray) -> np.ndarray:
    """Means over positions, each as much as of it lies inside."""
    size = activations.shape[2], activations.shape[1]
    shares = np.stack([cv2.resize(mask.astype(np.float32), size, interpolation=cv2.INTER_AREA) for mask in masks])
    return np.asarray(np.einsum("nhwk,nhw->nk", activations, shares / shares.sum((1, 2), keepdims=True)))


def _two(features: np.ndarray, size: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two sets without a picture in common."""
    order = generator.permutation(len(features))
    return features[order[:size]], features[order[size : 2 * size]]


def _usual(
    slopes: np.ndarray, others: np.ndarray, size: int, runs: int, generator: np.random.Generator
) -> list[list[float]]:
    """What directions between random pictures come to."""
    return [_told(slopes, *_two(others, size, generator), generator) for _ in range(runs)]


def _told(slopes: np.ndarray, shown: np.ndarray, others: np.ndarray, generator: np.random.Generator) -> list[float]:
    """Along the normal of the plane between the two: score, sensitivity, and how many it tells right of a quarter of
    the pictures, from which it was not learnt.
    """
    from sklearn.linear_model import LogisticRegression

    features = np.concatenate([shown, others]).astype(np.float64)
    labels = np.repeat([1, 0], [len(shown), len(others)])
    varies = features.std(0)
    # Around their mean the plane is found in a tenth of the steps.
    features = (features - features.mean(0)) / np.where(varies > 0, varies, 1)
    order = generator.permutation(len(features))
    kept, held = order[len(order) // 4 :], order[: len(order) // 4]
    if len(set(labels[kept])) < 2:
        kept = order
    # The plane lies in the space that the pictures span, which has fewer dimensions than there are features.
    lengths, turned = np.linalg.eigh(features @ features.T)
    there = lengths > lengths[-1] * 1e-9
    axes = features.T @ (turned[:, there] / np.sqrt(lengths[there]))
    features = turned[:, there] * np.sqrt(lengths[there])
    plane = LogisticRegression(max_iter=500, class_weight="balanced").fit(features[kept], labels[kept])
    # In units of what the features vary by: a step along the direction, and what the score gains by it.
    direction, gains = axes @ plane.coef_[0], slopes * varies
    lengths = np.linalg.norm(gains, axis=1) * np.linalg.norm(direction)
    cosines = np.divide(gains @ direction, lengths, out=np.zeros(len(gains)), where=lengths > 0)
    right = plane.score(features[held], labels[held])
    return [float((cosines > 0).mean()), float(cosines.mean()), float(right)]


def _row(
    concept: str,
    layer: str,
    target: int | str,
    model: Model,
    own: Sequence[Sequence[float]],
    chance: Sequence[Sequence[float]],
    pictures: int,
) -> ConceptScore:
    from scipy.stats import t as student

    (scores, sensitivity, right), (random, usual, _) = (np.array(each).T for each in (own, chance))
    away = abs(sensitivity.mean() - usual.mean())
    spread = usual.std(ddof=1) * np.sqrt(1 + 1 / len(usual))
    # Without any spread among random concepts whatever is away from them is not one.
    p = float(2 * student.sf(away / spread, len(usual) - 1)) if spread else float(away == 0)
    return ConceptScore(
        concept=concept,
        layer=layer,
        target=target if isinstance(target, str) else model.classes[target],
        score=float(scores.mean()),
        sd=float(scores.std()),
        random=float(random.mean()),
        random_sd=float(random.std()),
        sensitivity=float(sensitivity.mean()),
        random_sensitivity=float(usual.mean()),
        random_sensitivity_sd=float(usual.std(ddof=1)),
        accuracy=float(right.mean()),
        p=p,
        p_holm=p,
        runs=len(scores),
        pictures=pictures,
    )
