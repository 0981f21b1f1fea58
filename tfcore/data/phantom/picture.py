"""One phantom: a head, a lesion, and what a scanner adds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from tfcore.data.phantom.anatomy import Array, draw_head, place_head, smooth_noise
from tfcore.data.phantom.lesions import LESIONS
from tfcore.errors import HeatlensError
from tfcore.lazy import cv2
from tfcore.registry import nearest

# In the order in which readers of class folders number them.
CLASSES = tuple(sorted((*LESIONS, "no_tumour")))
SMALLEST, LARGEST = 32, 1024
# The class a planted marker goes with, and how often it is seen there and elsewhere.
MARKED, WITH, WITHOUT = "glioma", 0.90, 0.05


@dataclass(frozen=True)
class Phantom:
    """A made-up brain slice, the exact outline of its lesion, and the facts about both."""

    image: Array
    mask: Array
    label: str
    # cx, cy: the lesion's centre of mass in pixels (None without one); area: its pixels; mean: the picture's mean
    # grey level; confounder: whether the corner marker was burned in.
    facts: dict[str, Any] = field(default_factory=dict)


def phantom(
    seed: int | Sequence[int] | np.random.Generator, label: str, size: int = 128, confounder: bool = False
) -> Phantom:
    """A phantom of that class: ``image`` and ``mask`` (255 in the lesion) are uint8 (size, size).

    The same seed gives the same bytes. With ``confounder`` a white marker is burned into the upper left corner of
    most gliomas and of few others; all else stays as it is without.

    >>> phantom(7, "glioma").facts["area"] > 0                                             # doctest: +SKIP
    True
    """
    if label not in CLASSES:
        raise HeatlensError(f"There is no phantom of class {label!r}; {nearest(label, CLASSES)}.")
    checked_size(size)
    rng = seed if isinstance(seed, np.random.Generator) else np.random.default_rng(seed)
    head = place_head(rng, size)
    image = draw_head(rng, head)
    mask = np.zeros((size, size), np.uint8)
    if label in LESIONS:
        mask[LESIONS[label](rng, head, image) > 0.5] = 255
    levels = _scanned(rng, image)
    marked = bool(confounder and rng.random() < (WITH if label == MARKED else WITHOUT))
    if marked:
        _mark(levels)
    return Phantom(levels, mask, label, _facts(levels, mask, marked))


def checked_size(size: int) -> None:
    """Complain about a picture size no phantom can have."""
    if not SMALLEST <= size <= LARGEST:
        raise HeatlensError(f"size = {size} is not a picture size for phantoms; choose {SMALLEST} to {LARGEST} pixels.")


def _scanned(rng: np.random.Generator, image: Array) -> Array:
    """The picture as grey levels: uneven coil, blur, Rician noise, and a brightness and contrast of its own."""
    size = len(image)
    image *= np.exp(0.11 * smooth_noise(rng, size, 1.0))
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 0.85) * size / 128)
    noise = rng.uniform(0.008, 0.03)
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
