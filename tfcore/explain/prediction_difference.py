"""Prediction difference: the evidence that each window gives or takes, in bits (Zintgraf; METHODS.md §5)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.asking import FAMILY, Asking, Copies, Subject, asking
from tfcore.explain.estimate import Estimate
from tfcore.explain.occlusion import coarse_first, mean_over_windows
from tfcore.explain.params import SEED, samples
from tfcore.explain.readings import the_odds
from tfcore.explain.references import reference, references
from tfcore.explain.surroundings import Surroundings
from tfcore.registry import MethodSpec, Param


def _starts(size: int, patch: int, stride: int) -> list[int]:
    """Where the windows begin along an axis: 0, stride, …, and one that ends at the edge."""
    return [*range(0, size - patch, stride), max(0, size - patch)]


@asking(
    MethodSpec(
        "prediction-difference",
        family=FAMILY,
        summary="Evidence of each window in bits: how the odds of the class change when it is unknown",
        params=(
            Param("patch", "int", 8, "side of the window that is taken for unknown", low=1, high=256, unit="px"),
            Param("pad", "int", 2, "width of the frame that tells what the window may hold", low=1, high=64, unit="px"),
            Param("stride", "int", 1, "distance from one window to the next", low=1, high=4096, unit="px"),
            samples(10, "fillings of each window"),
            Param(
                "sampling",
                "choice",
                "conditional",
                "how a window is filled: as its surroundings suggest, or from anywhere",
                choices=("conditional", "marginal"),
            ),
            reference("the picture itself"),
            Param("instances", "int", 10_000, "number of training pictures, for Laplace's correction", low=1),
            SEED,
        ),
        given=("patches", "reference"),
        note="windows all over the image come first, then those where something was found",
        signed=True,
        passes=lambda params, *size: (
            params["samples"] * int(np.prod([len(_starts(side, params["patch"], params["stride"])) for side in size]))
        ),
    ),
    the_odds,
)
def prediction_difference(subject: Subject) -> Asking:
    """mean over the windows on a pixel of log₂ odds p(c|x) − log₂ odds p(c|x without the window)."""
    model, params, patch = subject.model, subject.params, subject.params["patch"]
    model.outputs.check_probabilities("prediction-difference")
    if patch > min(subject.size):
        raise HeatlensError(
            f"A patch of {patch} is larger than the image ({subject.size[1]} × {subject.size[0]} pixels); "
            "choose a smaller one."
        )
    if subject.target.against[0] >= 0:
        raise HeatlensError("prediction-difference weighs the odds of one class; give a class, not a contrast of two.")
    corners = coarse_first([_starts(size, patch, params["stride"]) for size in subject.size])
    # When windows cover about all of the picture, those go on where something was found.
    coarse = -(-subject.size[0] // patch) * -(-subject.size[1] // patch)
    fill = _filling(subject, corners)
    filled = len(fill(0))
    whole = _bits(subject, subject.whole)
    evidence = np.zeros(0)

    def so_far() -> Estimate:
        return Estimate(mean_over_windows(subject.size, corners[: len(evidence)], patch, evidence))

    for some in subject.parts(len(corners), filled):
        if coarse <= some.start < coarse + some.stop - some.start:
            corners[some.start :] = _promising_first(corners[some.start :], patch, so_far().map)
        numbers = range(some.start, some.stop)

        def copies(numbers: range = numbers) -> np.ndarray:
            made = subject.room(len(numbers) * filled)
            for number, some in zip(numbers, made.reshape(-1, filled, *subject.image.shape), strict=True):
                top, left = corners[number]
                some[:] = subject.image
                some[:, top : top + patch, left : left + patch] = fill(number)
            return made

        total = len(corners) * filled
        found = yield Copies(len(numbers) * filled, copies, total, so_far if len(evidence) else None)
        without = found.reshape(len(numbers), filled, 2).mean(1, dtype=np.float64)
        evidence = np.concatenate([evidence, whole - _bits(subject, without)])
    return so_far()


def _promising_first(corners: np.ndarray, patch: int, found: np.ndarray) -> np.ndarray:
    """The windows with the most evidence near their middle, whichever way it points, before the others."""
    middle = np.minimum(corners + patch // 2, np.array(found.shape) - 1)
    ordered: np.ndarray = corners[np.argsort(-np.abs(found[tuple(middle.T)]), kind="stable")]
    return ordered


def _bits(subject: Subject, odds: np.ndarray) -> np.ndarray:
    """log₂ p/(1 − p) after Laplace's correction p ← (p·N + 1)/(N + K), which keeps it finite."""
    instances, classes = subject.params["instances"], len(subject.model.classes)
    p, rest = odds[..., 0].astype(float), odds[..., 1].astype(float)
    # In single precision only the smaller of the two is exact.
    p, rest = np.where(p < rest, p, 1 - rest), np.where(p < rest, 1 - p, rest)
    found: np.ndarray = np.log2(p * instances + 1) - np.log2(rest * instances + classes - 1)
    return found


def _filling(subject: Subject, corners: np.ndarray) -> Callable[[int], np.ndarray]:
    """What window number … is filled with: (S, k, k, C)."""
    params, given, image, patch = subject.params, subject.given, subject.image, subject.params["patch"]
    count, channels = params["samples"], image.shape[-1]
    # Whatever the order, each window has random numbers of its own, by its place in reading order.
    places = {corner: number for number, corner in enumerate(sorted(map(tuple, corners.tolist())))}

    def place(number: int) -> int:
        return places[tuple(corners[number].tolist())]

    if "patches" in given:
        patches = given["patches"]
        if patches.ndim != 5 or len(patches) != len(corners) or patches.shape[2:] != (patch, patch, channels):
            raise HeatlensError(
                f"given['patches'] hold {patches.shape} for each image; {len(corners)} windows of "
                f"{patch} × {patch} × {channels} take ({len(corners)}, samples, {patch}, {patch}, {channels})."
            )
        return lambda number: patches[place(number)]
    own = "reference" not in given and params["reference"] is None
    bank = image[None] if own else given.get("reference")
    if bank is None:
        bank = subject.once("bank", lambda: references(subject.model, params["reference"], image.shape))
    bank = np.asarray(bank, np.float32)
    if bank.shape[1:] != image.shape:
        raise HeatlensError(f"given['reference'] holds pictures of {bank.shape[1:]}, the images are {image.shape}.")

    def anywhere(number: int) -> np.ndarray:
        """The same window of other pictures; where there are none, other windows of this one."""
        draw = subject.drawn(place(number))
        chosen = draw.integers(0, len(bank), count)
        tops, lefts = np.repeat(corners[number][:, None], count, 1)
        if own:
            tops, lefts = (draw.integers(0, size - patch + 1, count) for size in subject.size)
        taken = zip(chosen, tops, lefts, strict=True)
        return np.stack([bank[one, top : top + patch, left : left + patch] for one, top, left in taken])

    if params["sampling"] == "marginal":
        return anywhere

    def fitted() -> Surroundings:
        return Surroundings(bank, patch, params["pad"], corners)

    around = fitted() if own else subject.once("surroundings", fitted)

    def suggested(number: int) -> np.ndarray:
        mean, conditional = around.given(image, tuple(corners[number]))
        noise = subject.drawn(place(number)).standard_normal((count, channels, patch * patch))
        drawn = mean[:, None] + noise.swapaxes(0, 1) @ conditional.factor.swapaxes(1, 2)
        found = drawn.transpose(1, 2, 0).reshape(count, patch, patch, channels)
        return found.clip(around.low, around.high).astype(np.float32)

    return suggested
