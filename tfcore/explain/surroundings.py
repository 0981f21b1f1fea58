"""What a window of a picture could hold, given what lies around it: a Gaussian fitted to other pictures' windows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures.source import size

# Of the mean variance, added to every variance: values that follow from each other have no inverse.
_JITTER = 1e-8
# Bytes that the Gaussian may take: its covariance in so many copies while it is solved, and what each place keeps.
_MOST = 2 << 30
_COPIES = 5


@dataclass(frozen=True, eq=False)
class Conditional:
    """Window and surroundings at one place in their square; arrays have the channels first."""

    inside: np.ndarray
    around: np.ndarray
    # (C, k², rest): how the mean of the window follows what lies around.
    gain: np.ndarray
    covariance: np.ndarray

    @cached_property
    def factor(self) -> np.ndarray:
        """(C, k², k²): L with L·Lᵀ the covariance."""
        try:
            return np.linalg.cholesky(_invertible(self.covariance))
        except np.linalg.LinAlgError:
            # Rounding left it with directions of less than no variance.
            values, vectors = np.linalg.eigh(self.covariance)
            found: np.ndarray = vectors * np.sqrt(np.maximum(values, 0))[:, None, :]
            return found


class Surroundings:
    """Mean and covariance of all l×l windows of a bank (R, H, W, C), per channel; l = patch + 2·pad. The windows that
    will be asked about lie at ``corners`` (n, 2).
    """

    def __init__(self, bank: np.ndarray, patch: int, pad: int, corners: np.ndarray) -> None:
        self.patch, self.pad, self.side = patch, pad, patch + 2 * pad
        self._size = bank.shape[1:3]
        if self.side > min(self._size):
            raise HeatlensError(
                f"A patch of {patch} with {pad} pixels around it does not fit into {self._size[1]} × {self._size[0]} "
                "pixels; choose a smaller patch or pad."
            )
        self._check_room(bank.shape[-1], corners)
        self.low, self.high = bank.min((0, 1, 2)), bank.max((0, 1, 2))
        self.mean, self.covariance = _moments(bank, self.side)
        self._known: dict[tuple[int, int], Conditional] = {}

    def _check_room(self, channels: int, corners: np.ndarray) -> None:
        """A sentence before memory is gone: it grows with the fourth power of the side."""
        squares = np.clip(corners - self.pad, 0, np.array(self._size) - self.side)
        places = len(np.unique(corners - squares, axis=0))
        inside, cells = self.patch**2, self.side**2
        taken = 8 * channels * (_COPIES * cells**2 + places * inside * (cells + inside))
        if taken > _MOST:
            raise HeatlensError(
                f"What {self.pad} pixels around it suggest for a patch of {self.patch} would take {size(taken)} of "
                f"memory, at most {size(_MOST)} are used; lower patch or pad, raise stride, or take sampling marginal."
            )

    def square(self, corner: tuple[int, int]) -> tuple[int, int]:
        """The corner of the square around a window, pushed inside at the border."""
        top, left = (
            min(max(int(start) - self.pad, 0), size - self.side) for start, size in zip(corner, self._size, strict=True)
        )
        return top, left

    def conditional(self, offset: tuple[int, int]) -> Conditional:
        """The window at that place of its square, whatever the picture: computed once."""
        if offset not in self._known:
            self._known[offset] = self._conditional(*offset)
        return self._known[offset]

    def _conditional(self, top: int, left: int) -> Conditional:
        hole = np.zeros((self.side, self.side), bool)
        hole[top : top + self.patch, left : left + self.patch] = True
        inside, around = np.flatnonzero(hole), np.flatnonzero(~hole)
        covariance = self.covariance
        between = covariance[:, around[:, None], inside]
        known = _invertible(covariance[:, around[:, None], around])
        gain = np.linalg.solve(known, between).transpose(0, 2, 1)
        return Conditional(inside, around, gain, covariance[:, inside[:, None], inside] - gain @ between)

    def given(self, image: np.ndarray, corner: tuple[int, int]) -> tuple[np.ndarray, Conditional]:
        """The mean (C, k²) of the window there, and what it was computed with."""
        top, left = self.square(corner)
        found = self.conditional((corner[0] - top, corner[1] - left))
        values = image[top : top + self.side, left : left + self.side].reshape(-1, image.shape[-1]).T
        rest = values[:, found.around] - self.mean[:, found.around]
        return self.mean[:, found.inside] + (found.gain @ rest[..., None])[..., 0], found


def _invertible(covariance: np.ndarray) -> np.ndarray:
    """With a little more variance in every direction."""
    size = covariance.shape[-1]
    jitter = _JITTER * np.trace(covariance, axis1=1, axis2=2) / max(1, size)
    found: np.ndarray = covariance + np.maximum(jitter, np.finfo(float).tiny)[:, None, None] * np.eye(size)
    return found


def _moments(bank: np.ndarray, side: int) -> tuple[np.ndarray, np.ndarray]:
    """Mean (C, l²) and covariance (C, l², l²) of all windows, picture by picture."""
    channels, cells = bank.shape[-1], side * side
    centre = bank.mean((0, 1, 2), dtype=np.float64)
    total, square = np.zeros((channels, cells)), np.zeros((channels, cells, cells))
    rows, columns = (size - side + 1 for size in bank.shape[1:3])
    count = len(bank) * rows * columns
    for picture in np.ascontiguousarray((bank - centre).transpose(0, 3, 1, 2)):
        total += _over_windows(picture, rows, columns).reshape(channels, -1)
        _add_products(square, picture, side)
    mean = total / count
    covariance = (square - count * mean[:, :, None] * mean[:, None, :]) / max(count - 1, 1)
    return mean + centre[:, None], covariance


def _add_products(square: np.ndarray, picture: np.ndarray, side: int) -> None:
    """Add to each pair of cells the sum over all windows of the product of their values (C, H, W).

    Pairs that lie alike to each other share their products and differ by what comes in and goes out at the edges.
    """
    _, height, width = picture.shape
    number = np.arange(side * side).reshape(side, side)
    for down in range(side):
        for right in range(1 - side if down else 0, side):
            before, after = max(0, -right), max(0, right)
            products = picture[:, : height - down, before : width - after]
            products = products * picture[:, down:, after : width - before]
            found = _over_windows(products, height - side + 1, width - side + 1).reshape(len(picture), -1)
            one = number[: side - down, before : side - after].ravel()
            other = number[down:, after : side - before].ravel()
            square[:, one, other] += found
            if down or right:
                square[:, other, one] += found


def _over_windows(values: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """The sums of values (C, h, w) over every rectangle of that size: (C, h − rows + 1, w − columns + 1)."""
    found: np.ndarray = _sums(values.shape[1], rows) @ values @ _sums(values.shape[2], columns).T
    return found


@lru_cache(64)
def _sums(size: int, length: int) -> np.ndarray:
    """What makes of so many values the sums over ``length`` of them, from each one on."""
    found: np.ndarray = np.tri(size - length + 1, size, length - 1) - np.tri(size - length + 1, size, -1)
    return found


def conditional_patch(
    bank: np.ndarray, image: np.ndarray, corner: tuple[int, int], patch: int, pad: int
) -> tuple[np.ndarray, np.ndarray]:
    """Mean (k, k, C) and covariance (C, k², k²) of a window (top, left), given the ``pad`` pixels around it.

    The Gaussian is fitted to all windows of ``bank`` (R, H, W, C); ``image`` (H, W, C) holds what lies around.
    """
    mean, found = Surroundings(np.asarray(bank, float), patch, pad, np.array([corner])).given(
        np.asarray(image, float), corner
    )
    return mean.T.reshape(patch, patch, -1), found.covariance
