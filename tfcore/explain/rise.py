"""RISE: the score of the picture seen through random masks, averaged over those that show a pixel (METHODS.md §5)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.asking import FAMILY, Asking, Copies, Subject, asking
from tfcore.explain.estimate import Estimate
from tfcore.explain.params import SEED, samples
from tfcore.lazy import cv2
from tfcore.registry import MethodSpec, Param


@asking(
    MethodSpec(
        "rise",
        family=FAMILY,
        summary="Score of the image seen through random masks, averaged over the masks that show a pixel",
        params=(
            samples(4000, "masks"),
            Param("grid", "int", 7, "cells of a mask along each side", low=1, high=512),
            Param("p", "float", 0.5, "share of cells that show the image", low=0.001, high=1),
            SEED,
        ),
        given=("masks", "shifts"),
        relative=True,
        note="scores are averaged as they are, so only differences within the heatmap mean something",
        passes=lambda params, *_: int(params["samples"]),
    )
)
def rise(subject: Subject) -> Asking:
    """Σ S(x ⊙ M)·M / (N·p)."""
    p = subject.params["p"]
    shifts, cells = _masks(subject)
    # Σ S·M and Σ (S·M)² of each pixel.
    sums, count = np.zeros((2, *subject.size)), 0

    def so_far() -> Estimate:
        mean, square = sums / count
        # Of a single mask nothing is known: then the error is all of it.
        spread = square if count < 2 else np.maximum(square - mean**2, 0) / (count - 1)
        return Estimate(mean / p, np.sqrt(spread) / p)

    for some in subject.parts(len(shifts)):
        masks = _enlarged(cells(some), shifts[some], subject.size)
        copies = partial(_seen, subject, masks)
        scores = yield Copies(len(masks), copies, len(shifts), so_far if count else None)
        # One by one in double precision, so that it makes no difference how many go together.
        for mask, score in zip(masks, scores.astype(float), strict=True):
            weighed = mask * score
            sums[0] += weighed
            sums[1] += np.square(weighed, out=weighed)
        count += len(masks)
    return so_far()


def _masks(subject: Subject) -> tuple[np.ndarray, Callable[[slice], np.ndarray]]:
    """Where each mask is cut out (n, 2), and what gives the grids of 0 and 1 (…, g, g) of one pass after the other."""
    params, (height, width), masks = subject.params, subject.size, subject.given.get("masks")
    count, grid = (params["samples"], params["grid"]) if masks is None else (len(masks), masks.shape[-1])
    # Every mask has a shift of its own.
    room = [-(-height // grid), -(-width // grid)]
    shifts = subject.given["shifts"] if "shifts" in subject.given else subject.drawn(1).integers(0, room, (count, 2))
    shape = (count, grid, grid) if masks is None else masks.shape
    if shape != (count, grid, grid) or shifts.shape != (count, 2):
        raise HeatlensError(
            f"given['masks'] are {shape} and given['shifts'] {shifts.shape}; rise takes (n, g, g) and (n, 2)."
        )
    if (shifts < 0).any() or (shifts >= room).any():
        raise HeatlensError(f"given['shifts'] lie outside 0 to {room[0] - 1}, 0 to {room[1] - 1}, the size of a cell.")
    draw = subject.drawn(0)

    def cells(some: slice) -> np.ndarray:
        """Drawn when their turn comes: all of a fine grid would take gigabytes."""
        if masks is not None:
            return masks[some]
        return draw.random((some.stop - some.start, grid, grid)) < params["p"]

    return shifts, cells


def _seen(subject: Subject, masks: np.ndarray) -> np.ndarray:
    """The image through each mask: (n, H, W, C)."""
    image, copies = subject.image, subject.room(len(masks))
    for copy, mask in zip(copies, masks, strict=True):
        # With a value for every channel three times as fast.
        np.multiply(image, cv2.merge([mask] * image.shape[-1]).reshape(image.shape), out=copy)
    return copies


def _enlarged(cells: np.ndarray, shifts: np.ndarray, size: tuple[int, int]) -> np.ndarray:
    """Grids (n, g, g) as masks (n, H, W): enlarged to (g+1)·cell by half-pixel bilinear interpolation, then cut out."""
    grid = cells.shape[1]

    def along(axis: int) -> np.ndarray:
        """(n, size, g): the rows of the matrix that enlarges, from each mask's own shift on."""
        fine = (grid + 1) * -(-size[axis] // grid)
        places = np.clip((np.arange(fine) + 0.5) * grid / fine - 0.5, 0, grid - 1)
        matrix = np.maximum(0, 1 - np.abs(places[:, None] - np.arange(grid))).astype(np.float32)
        found: np.ndarray = matrix[shifts[:, axis, None] + np.arange(size[axis])]
        return found

    masks: np.ndarray = along(0) @ cells.astype(np.float32) @ along(1).transpose(0, 2, 1)
    return masks
