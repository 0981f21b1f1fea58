"""Removed pixels filled from what is left: noisy linear imputation (Rong 2022, ROAD; METHODS.md §6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import cv2

# Beside and diagonal; one of each pair, the other is its mirror image.
_NEIGHBOURS = {(0, 1): 1 / 6, (1, 0): 1 / 6, (1, 1): 1 / 12, (1, -1): 1 / 12}
_KERNEL = np.array([[1, 2, 1], [2, 0, 2], [1, 2, 1]], np.float32) / 12
# What may be left of the equations where steps are solved one after the other, of pictures whose range is 1.
_EXACT, _MOST_ROUNDS = 2e-5, 5000
# Of coarser pictures: which pixels are still removed, by the share of those below, and where it ends.
_REMOVED, _SMALLEST = 0.85, 6


def impute(batch: np.ndarray, keep: np.ndarray, noise: float = 0.01, seed: int = 0) -> np.ndarray:
    """Every pixel outside ``keep`` (N, H, W) as the weighted mean of its 8 neighbours, removed ones too, plus noise.

    Weights are 1/6 beside and 1/12 diagonal, renormalised at the picture's edge. Where nothing is kept the picture
    becomes its mean. ``noise`` is the standard deviation in the units of the batch (N, H, W, C).

    >>> impute(batch, keep, noise=0)                                                        # doctest: +SKIP
    """
    batch, keep = np.asarray(batch, np.float32), np.asarray(keep, bool)
    if batch.ndim != 4 or keep.shape != batch.shape[:3]:
        raise HeatlensError(
            f"keep has the shape {keep.shape} for pictures of {batch.shape}; give one mask (H, W) for each (N, H, W)."
        )
    return np.stack([imputed(image, kept, noise, seed) for image, kept in zip(batch, keep, strict=True)])


def imputed(image: np.ndarray, keep: np.ndarray, noise: float, seed: int) -> np.ndarray:
    """One picture (H, W, C)."""
    filled = image.astype(np.float64)
    gone = ~keep
    if not gone.any():
        return image
    filled[gone] = _solved(filled, keep) if keep.any() else filled.mean((0, 1))
    drawn = np.random.default_rng(seed).normal(0, 1, filled.shape)
    filled[gone] += noise * drawn[gone]
    return filled.astype(np.float32)


def imputed_in_turn(image: np.ndarray, turns: np.ndarray, many: int, noise: float, seed: int) -> Iterator[np.ndarray]:
    """The picture (H, W, C) after each of so many steps; at step k the pixels are removed whose turn (H, W) it is.

    Each step begins with the last one's solution, and only what touches the newly removed pixels is solved anew, by
    conjugate gradients at all scales to well below the noise: a twentieth of the time of :func:`imputed`.
    """
    spread = float(np.ptp(image)) or 1.0
    # Channels that are the same are solved once, those that differ together: each operation is one call.
    channels = [image[..., number] for number in range(image.shape[-1])]
    firsts = [next(n for n, other in enumerate(channels) if np.array_equal(other, each)) for each in channels]
    different = sorted({*firsts})
    alike = [different.index(first) for first in firsts]
    values = np.ascontiguousarray(image[..., different] / spread, np.float32)
    values = values[..., 0] if len(different) == 1 else values
    total = _around(np.ones(turns.shape, np.float32))
    drawn = (noise * np.random.default_rng(seed).normal(0, 1, image.shape)).astype(np.float32)
    for step in range(many):
        gone = turns <= step
        if gone.all():
            filled = np.broadcast_to(image.mean((0, 1), dtype=np.float64).astype(np.float32), image.shape)
        else:
            inside, where = _touching(gone, turns == step)
            values[where] = _relaxed(values[where], inside, total[where])
            filled = spread * values.reshape(*turns.shape, -1)[..., alike]
        yield np.where(gone[..., np.newaxis], filled + drawn, image)


def _touching(gone: np.ndarray, new: np.ndarray) -> tuple[np.ndarray, tuple[slice, slice]]:
    """What is gone together with the new pixels (0 and 1), cut out with the pixels around it, and where that is."""
    if not new.any():
        return np.zeros((1, 1), np.float32), (slice(0, 1), slice(0, 1))
    count, parts = cv2.connectedComponents(gone.astype(np.uint8), connectivity=8)
    met = np.zeros(count, bool)
    met[parts[new]] = True
    together = met[parts]
    left, top, width, height = cv2.boundingRect(together.astype(np.uint8))
    where = slice(max(top - 1, 0), top + height + 1), slice(max(left - 1, 0), left + width + 1)
    return together[where].astype(np.float32), where


def _relaxed(values: np.ndarray, inside: np.ndarray, total: np.ndarray) -> np.ndarray:
    """The values with Σ_j w_ij (x_i − x_j) = 0 inside, from those that stand there."""
    channels = values.shape[2:]
    scales = [_each(one, channels) for one in _scales(inside)]
    inside, weights, values = scales[0], _each(inside * total, channels), values.copy()
    rest = inside * _around(values) - weights * values
    way, before, length = np.zeros_like(rest), rest, 1.0
    for _ in range(_MOST_ROUNDS):
        if float(np.vdot(rest, rest)) <= _EXACT**2:
            break
        better = _at_all_scales(rest, scales)
        # What was gained by the last step is left out, as the scales are only nearly each other's mirror images.
        turned = float(np.vdot(better, rest - before)) / length
        length = float(np.vdot(better, rest))
        way, before = cv2.scaleAdd(way, turned, better), rest
        onwards = weights * way - inside * _around(way)
        step = length / float(np.vdot(way, onwards))
        values, rest = cv2.scaleAdd(way, step, values), cv2.scaleAdd(onwards, -step, rest)
    return values


def _each(mask: np.ndarray, channels: tuple[int, ...]) -> np.ndarray:
    """A mask for every channel, where there are several."""
    return np.repeat(mask[..., np.newaxis], channels[0], -1) if channels else mask


def _scales(inside: np.ndarray) -> list[np.ndarray]:
    """What is removed, as it is and in pictures of half the size, a quarter …"""
    scales = [inside]
    while min(scales[-1].shape) > _SMALLEST:
        coarser = (cv2.pyrDown(scales[-1]) > _REMOVED).astype(np.float32)
        if not coarser.any():
            break
        scales.append(coarser)
    return scales


def _at_all_scales(rest: np.ndarray, scales: list[np.ndarray]) -> np.ndarray:
    """About what solves it: what is left of the equations at every scale, added up (Bramble, Pasciak and Xu 1990)."""
    inside, *coarser = scales
    if not coarser:
        return inside * rest
    below = _at_all_scales(4 * cv2.pyrDown(rest), coarser)
    height, width = inside.shape[:2]
    return inside * (rest + cv2.pyrUp(below, dstsize=(width, height)))


def _around(values: np.ndarray) -> np.ndarray:
    """The weighted sum of each pixel's 8 neighbours inside the picture."""
    around: np.ndarray = cv2.filter2D(values, -1, _KERNEL, borderType=cv2.BORDER_CONSTANT)
    return around


def _solved(image: np.ndarray, keep: np.ndarray) -> np.ndarray:
    """x with Σ_j w_ij (x_i − x_j) = 0 for every removed pixel i (removed, C): exactly, all channels together."""
    from scipy.sparse.linalg import splu

    rows, columns = np.flatnonzero(~keep), np.flatnonzero(keep)
    weights = _weights(*keep.shape)[rows]
    total = np.asarray(weights.sum(1)).ravel()
    system = _diagonal(total) - weights[:, rows]
    known = weights[:, columns] @ image.reshape(-1, image.shape[-1])[columns]
    # Symmetric and positive: the order that keeps its factors small, and no pivots.
    factors = splu(system.tocsc(), permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0.0, options={"SymmetricMode": True})
    solved: np.ndarray = factors.solve(known)
    return solved


def _diagonal(values: np.ndarray) -> Any:
    from scipy.sparse import diags

    return diags(values)


def _weights(height: int, width: int) -> Any:
    """w (pixels, pixels) of neighbours inside the picture."""
    from scipy.sparse import coo_matrix

    number = np.arange(height * width).reshape(height, width)
    ones, others, values = [], [], []
    for (down, right), weight in _NEIGHBOURS.items():
        here = number[: height - down, max(0, -right) : width - max(0, right)].ravel()
        ones += [here, here + down * width + right]
        others += [here + down * width + right, here]
        values += [np.full(2 * len(here), weight)]
    where = np.concatenate(ones), np.concatenate(others)
    return coo_matrix((np.concatenate(values), where), shape=(number.size,) * 2).tocsr()
