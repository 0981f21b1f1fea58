"""Occlusion: how much the score drops when a patch of the image is covered (METHODS.md §5)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import partial

import numpy as np

from tfcore.explain.asking import FAMILY, Asking, Copies, Subject, asking
from tfcore.explain.estimate import Estimate
from tfcore.explain.params import BASELINE
from tfcore.registry import MethodSpec, Param


@asking(
    MethodSpec(
        "occlusion",
        family=FAMILY,
        summary="Drop of the score when a patch is covered, averaged over the patches on a pixel",
        params=(
            Param("patch", "int", 16, "side of the covered square", low=1, high=4096, unit="px"),
            Param("stride", "int", 8, "distance from one square to the next", low=1, high=4096, unit="px"),
            BASELINE,
        ),
        signed=True,
        passes=lambda params, *size: math.prod(len(windows(side, params["patch"], params["stride"])) for side in size),
    )
)
def occlusion(subject: Subject) -> Asking:
    """mean over the windows covering a pixel of S(x) − S(x with the window covered)."""
    patch, stride = subject.params["patch"], subject.params["stride"]
    # Nothing is wrong with the number, and nothing is seen with it.
    said = ""
    if patch >= max(subject.size):
        size = f"{subject.size[1]} × {subject.size[0]} pixels"
        said = f"a patch of {patch} covers all of the image ({size}), so no place differs; choose a smaller one"
    corners = coarse_first([windows(size, patch, stride) for size in subject.size])
    drops = np.zeros(0)

    def so_far() -> Estimate:
        return Estimate(mean_over_windows(subject.size, corners[: len(drops)], patch, drops), facts={"said": said})

    for some in subject.parts(len(corners)):
        covered = corners[some]
        scores = yield Copies(
            len(covered),
            partial(_occluded, subject, covered),
            len(corners),
            so_far if len(drops) else None,
        )
        drops = np.concatenate([drops, subject.whole - scores])
    return so_far()


def windows(size: int, patch: int, stride: int) -> range:
    """Where the windows begin along an axis: 0, stride, …; the last one is cut at the edge."""
    return range(0, min(size, stride * max(1, math.ceil((size - patch) / stride) + 1)), stride)


def coarse_first(starts: Sequence[Sequence[int]]) -> np.ndarray:
    """(n, 2): every corner, those first that lie far apart all over the picture, then the ones between."""
    down, across = (_levels(len(each)) for each in starts)
    corners = np.stack(np.meshgrid(*starts, indexing="ij"), -1).reshape(-1, 2)
    ordered: np.ndarray = corners[np.argsort(np.maximum(down[:, None], across).ravel(), kind="stable")]
    return ordered


def _levels(count: int) -> np.ndarray:
    """0 for the first number, 1 for the one at half the distance to the end, 2 for those at a quarter of it …"""
    halvings = [1 << power for power in range(max(count - 1, 1).bit_length())]
    levels: np.ndarray = sum((np.arange(count) % apart != 0 for apart in halvings), np.zeros(count, int))
    return levels


def mean_over_windows(size: tuple[int, int], corners: np.ndarray, patch: int, values: np.ndarray) -> np.ndarray:
    """(H, W): the mean of the values of all windows on a pixel, whatever their order; 0 where there is none."""
    height, width = size
    # The sum over windows is the sum over the steps at their edges.
    steps = np.zeros((2, height + 1, width + 1))
    reading = np.lexsort(corners.T[::-1])
    tops, lefts = corners[reading].T
    bottoms, rights = np.minimum(tops + patch, height), np.minimum(lefts + patch, width)
    for layer, amounts in zip(steps, (values[reading], np.ones(len(corners))), strict=True):
        for rows, columns, sign in ((tops, lefts, 1), (tops, rights, -1), (bottoms, lefts, -1), (bottoms, rights, 1)):
            np.add.at(layer, (rows, columns), sign * amounts)
    total, count = steps.cumsum(1).cumsum(2)[:, :height, :width]
    mean: np.ndarray = np.where(count > 0.5, total / np.maximum(count, 1), 0)
    return mean


def _occluded(subject: Subject, corners: np.ndarray) -> np.ndarray:
    """The image with one window of the base in each copy: (corners, H, W, C)."""
    patch = subject.params["patch"]
    copies = subject.room(len(corners))
    for copy, (top, left) in zip(copies, corners, strict=True):
        window = np.s_[top : top + patch, left : left + patch]
        copy[:] = subject.image
        copy[window] = subject.base[window]
    return copies
