"""What an expert marked in a picture, on the grid of the network's input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Sample
from tfcore.errors import HeatlensError
from tfcore.models.prepare import fitted
from tfcore.results import Box

# Left, top, right, bottom; right and bottom lie outside.
Edges = tuple[float, float, float, float]


@dataclass(frozen=True, eq=False)
class Marked:
    """The marked pixels (H, W) and a box around each marked object, in pixels of the input."""

    mask: np.ndarray
    boxes: tuple[Edges, ...]


def is_marked(sample: Sample) -> bool:
    """Whether anybody marked anything in the sample."""
    return sample.mask is not None or bool(sample.outlines)


def marked(
    sample: Sample, values: Mapping[int, int] | None, size: tuple[int, int], shape: tuple[int, int], box: Box, fit: str
) -> Marked | str:
    """The sample's marks, or why there are none.

    ``size`` is the picture's (height, width), ``shape`` the input's and ``box`` the part of the picture it covers. The
    mask goes the picture's own way: the same fit, with nearest pixels so that it stays a mask.
    """
    if not is_marked(sample):
        return "no mask"
    try:
        mask = reading.mask(sample, values) > 0
    except HeatlensError:
        return "mask not readable"
    if mask.shape != size:
        return "mask of another size than its picture"
    seen, _ = fitted(mask[..., np.newaxis].astype(np.float32), *shape, fit, "nearest")
    inside = seen[..., 0] > 0.5
    drawn = tuple(_on_input(outline.box, box, shape) for outline in sample.outlines if outline.box[2] * outline.box[3])
    found = Marked(inside, drawn or components(inside))
    return found if inside.any() or found.boxes else "nothing marked"


def components(mask: np.ndarray) -> tuple[Edges, ...]:
    """A box around each connected part of a mask, the largest part first."""
    import cv2

    # The first of OpenCV's parts is the background.
    _, _, parts, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    by_area = sorted(parts[1:].tolist(), key=lambda part: -part[4])
    return tuple((left, top, left + width, top + height) for left, top, width, height, _ in by_area)


def _on_input(drawn: tuple[float, float, float, float], box: Box, shape: tuple[int, int]) -> Edges:
    """A box (x, y, width, height) of the picture on the input, cut at its edges."""
    height, width = shape
    x, y, wide, tall = drawn
    left, right = (min(max((edge - box.x) * width / box.width, 0), width) for edge in (x, x + wide))
    top, bottom = (min(max((edge - box.y) * height / box.height, 0), height) for edge in (y, y + tall))
    return left, top, right, bottom
