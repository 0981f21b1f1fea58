"""One phantom: a head, a lesion, and what a scanner adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tfcore.data.phantom.anatomy import Array, Head, draw_head, place_head, smooth_noise
from tfcore.data.phantom.lesions import LESIONS
from tfcore.errors import HeatlensError
from tfcore.lazy import cv2
from tfcore.words import nearest

# In the order in which readers of class folders number them.
CLASSES = tuple(sorted((*LESIONS, "no_tumour")))
SMALLEST, LARGEST = 32, 1024
# The class a planted marker goes with, and how often it is seen there and elsewhere.
MARKED, WITH, WITHOUT = "glioma", 0.90, 0.05
# At difficulty 1: the radius of a lesion and its contrast, and the strength of uneven coil and noise, times this.
RADIUS, CONTRAST, COIL, NOISE = 0.6, 0.5, 3.0, 3.0
# Places tried for a second lesion.
_TRIES = 40


@dataclass(frozen=True)
class Phantom:
    """A made-up brain slice, the exact outline of its lesion, and the facts about both."""

    image: Array
    mask: Array
    label: str
    # cx, cy: the lesion's centre of mass in pixels (None without one); area: its pixels; mean: the picture's mean
    # grey level; confounder: whether the corner marker was burned in.
    facts: dict[str, Any] = field(default_factory=dict)
    # Of the second lesion, where there is one.
    second_mask: Array | None = None


def phantom(
    seed: int | Sequence[int] | np.random.Generator,
    label: str,
    size: int = 128,
    confounder: bool = False,
    difficulty: float = 0.0,
    scale: float = 1.0,
    contrast: float = 1.0,
    second: str | None = None,
    head_seed: int | Sequence[int] | None = None,
) -> Phantom:
    """A phantom of that class: ``image`` and ``mask`` (255 in the lesion) are uint8 (size, size).

    The same seed gives the same bytes. With ``confounder`` a white marker is burned into the upper left corner of
    most gliomas and of few others; all else stays as it is without. ``difficulty`` (0 to 1) makes the same lesion
    smaller and fainter, the coil more uneven and the noise stronger; ``scale`` and ``contrast`` are factors of the
    lesion's radius and contrast alone. ``second`` is the class of another lesion beside the first. Pictures of one
    ``head_seed`` show the same head.

    >>> phantom(7, "glioma").facts["area"] > 0                                             # doctest: +SKIP
    True
    """
    if label not in CLASSES:
        raise HeatlensError(f"There is no phantom of class {label!r}; {nearest(label, CLASSES)}")
    checked(size, difficulty)
    if second is not None and (second not in LESIONS or label not in LESIONS):
        raise HeatlensError(f"{label!r} and {second!r} are no two lesions; choose of {', '.join(LESIONS)}.")
    rng = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(seed)
    of_head = rng if head_seed is None else np.random.default_rng(head_seed)
    head = place_head(of_head, size)
    image = draw_head(of_head, head)
    radius, strength = _at(RADIUS, difficulty) * scale, _at(CONTRAST, difficulty) * contrast
    mask, other = np.zeros((size, size), np.uint8), np.zeros((size, size), np.uint8)
    if label in LESIONS:
        healthy = image if strength == 1 else image.copy()
        mask[LESIONS[label](rng, head, image, radius) > 0.5] = 255
        if second is not None:
            image, other = _beside(rng, head, image, second, radius, mask)
        image += (strength - 1) * (image - healthy)
    levels = _scanned(rng, image, difficulty)
    marked = bool(confounder and rng.random() < (WITH if label == MARKED else WITHOUT))
    if marked:
        _mark(levels)
    return Phantom(levels, mask, label, _facts(levels, mask, marked), other if second is not None else None)


def _beside(
    rng: np.random.Generator, head: Head, image: Array, label: str, radius: float, taken: Array
) -> tuple[Array, Array]:
    """The picture with another lesion that keeps away from the first, and its mask."""
    # Apart from the other draws, so that all else stays as it is without.
    for draw in rng.spawn(_TRIES):
        tried, mask = image.copy(), np.zeros_like(taken)
        mask[LESIONS[label](draw, head, tried, radius) > 0.5] = 255
        if mask.any() and not (cv2.dilate(mask, np.ones((9, 9), np.uint8)) & taken).any():
            break
    return tried, mask


def checked(size: int, difficulty: float) -> None:
    """Complain about a size or a difficulty no phantom can have."""
    if not SMALLEST <= size <= LARGEST:
        raise HeatlensError(f"size = {size} is not a picture size for phantoms; choose {SMALLEST} to {LARGEST} pixels.")
    # Written so that NaN fails it.
    if not 0 <= difficulty <= 1:
        raise HeatlensError(
            f"difficulty = {difficulty} is not a number from 0 (the usual phantoms) to 1 (the hardest)."
        )


def _at(hardest: float, difficulty: float) -> float:
    """A factor that is 1 for the usual phantoms."""
    return 1 + (hardest - 1) * difficulty


def _scanned(rng: np.random.Generator, image: Array, difficulty: float) -> Array:
    """The picture as grey levels: uneven coil, blur, Rician noise, and a brightness and contrast of its own."""
    size = len(image)
    image *= np.exp(0.11 * _at(COIL, difficulty) * smooth_noise(rng, size, 1.0))
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 0.85) * size / 128)
    noise = rng.uniform(0.008, 0.03) * _at(NOISE, difficulty)
    real, imaginary = rng.standard_normal((2, size, size), np.float32) * noise
    image = np.hypot(image + real, imaginary)
    image = rng.uniform(0.66, 1.12) * np.clip(image, 0, None) ** rng.uniform(0.8, 1.25)
    return np.rint(255 * np.clip(image, 0, 1)).astype(np.uint8)


def _mark(levels: Array) -> None:
    """Burn in the marker: a white square in the upper left corner, as film markers and screenshots leave."""
    unit = len(levels) / 128
    first, last = round(5 * unit), round(13 * unit)
    levels[first:last, first:last] = 255


def _facts(levels: Array, mask: Array, marked: bool) -> dict[str, Any]:
    rows, columns = np.nonzero(mask)
    return {
        "cx": float(columns.mean()) if len(columns) else None,
        "cy": float(rows.mean()) if len(rows) else None,
        "area": len(rows),
        "mean": float(levels.mean()),
        "confounder": marked,
    }
