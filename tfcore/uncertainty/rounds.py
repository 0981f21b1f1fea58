"""The order of work: rounds of passes over all images, told and cancelled between any two."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from tfcore.errors import Cancelled
from tfcore.explain.pieces import PASS_BYTES
from tfcore.explain.runners import Progress
from tfcore.models.program import Values

# What some passes of one image gave; two of them can be added.
Part = TypeVar("Part", bound=Any)


def in_rounds(
    images: int,
    passes: int,
    together: int,
    start: Callable[[int], Values],
    some: Callable[[Values, int, int, int], Part],
    progress: Progress,
) -> tuple[list[Part], int]:
    """Per image the sum of what its passes gave, and how many passes those were.

    ``start(image)`` is what an image needs once, ``some(values, image, first, rows)`` does ``rows`` of its passes. A
    cancelled run gives back what it has: whole rounds of all images, or before the first round is whole the images
    done so far.
    """
    total = images * passes
    found: list[Part] = []
    while (begun := len(found)) < images:
        starts = [start(begun)]
        group = min(images - begun, _images_kept(starts[0]))
        sums: list[Part] = []
        parts: list[Part] = []
        done = rows = 0
        try:
            while done < passes:
                rows, parts = min(together, passes - done), []
                for index in range(group):
                    progress(begun * passes + done * group + index * rows, total)
                    if index == len(starts):
                        starts.append(start(begun + index))
                    parts.append(some(starts[index], begun + index, done, rows))
                sums = [one + other for one, other in zip(sums, parts, strict=True)] if sums else parts
                done += rows
        except Cancelled:
            if found:
                return found, passes
            if sums:
                return sums, done
            if parts:
                return parts, rows
            raise
        found += sums
    with suppress(Cancelled):
        progress(total, total)
    return found, passes


def _images_kept(values: Values) -> int:
    """How many images' starting values may wait in memory for their next round."""
    size = sum(value.dtype.size * value.shape.num_elements() for value in values.values())
    return max(1, PASS_BYTES // max(1, size))
