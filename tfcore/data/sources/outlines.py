"""One annotation of a COCO file: polygons, run lengths or a box, each checked before it counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from tfcore.data.dataset import Outline, Polygon

# Beyond it is no picture; fixed-point arithmetic of the filling overflows somewhere above.
_FARTHEST = 1e6
# Bits of a run: longer ones are longer than any picture.
_BITS = 60


class Damaged(ValueError):
    """What is wrong with an annotation, as the end of a sentence."""


def outline(note: Mapping[str, Any], label: str) -> Outline:
    """The outline of an annotation, or :class:`Damaged`."""
    box, marked = _box(note.get("bbox")), note.get("segmentation")
    if isinstance(marked, dict) and marked:
        return Outline(label, runs=_runs(marked), box=box)
    if marked is None or marked == {}:
        return Outline(label, box=box)
    if not isinstance(marked, list):
        raise Damaged("its outline is neither polygons nor run lengths")
    return Outline(label, tuple(map(_polygon, marked)), box=box)


def area(drawn: Outline) -> float:
    """Pixels inside, measured on the outline; on the box where there is no other."""
    if drawn.runs is not None:
        return float(sum(drawn.runs[2][1::2]))
    if not drawn.polygons:
        return drawn.box[2] * drawn.box[3]
    return sum(map(_shoelace, drawn.polygons))


def _box(stated: Any) -> tuple[float, float, float, float]:
    if stated is None or stated == []:
        return 0, 0, 0, 0
    if not isinstance(stated, list) or len(stated) != 4:
        raise Damaged("its box is not four numbers")
    left, top, width, height = map(_number, stated)
    if width < 0 or height < 0:
        raise Damaged("its box has a negative side")
    return left, top, width, height


def _polygon(flat: Any) -> Polygon:
    if not isinstance(flat, list) or len(flat) < 6 or len(flat) % 2:
        raise Damaged("a polygon of it is not three points or more")
    numbers = list(map(_number, flat))
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _number(stated: Any) -> float:
    if isinstance(stated, bool) or not isinstance(stated, int | float):
        raise Damaged("it has texts or gaps where numbers belong")
    # Written so that NaN fails it, and a number of a thousand digits too.
    if not -_FARTHEST <= stated <= _FARTHEST:
        raise Damaged("it has numbers that no picture reaches")
    return float(stated)


def _runs(marked: Mapping[str, Any]) -> tuple[int, int, tuple[int, ...]]:
    size, counts = marked.get("size"), marked.get("counts")
    if not isinstance(size, list) or len(size) != 2 or not all(map(_is_count, size)):
        raise Damaged("the size of its mask is not two whole numbers")
    if isinstance(counts, str):
        counts = _uncompressed(counts)
    if not isinstance(counts, list) or not all(map(_is_count, counts)):
        raise Damaged("the run lengths of its mask are not whole numbers")
    if sum(counts) != math.prod(size):
        raise Damaged(f"the run lengths of its mask do not fill {size[1]} × {size[0]} pixels")
    return size[0], size[1], tuple(counts)


def _is_count(stated: Any) -> bool:
    return isinstance(stated, int) and not isinstance(stated, bool) and 0 <= stated < 1 << _BITS


def _uncompressed(text: str) -> list[int]:
    """Run lengths from COCO's text: five bits a sign; from the fourth on, differences to the run before the last."""
    runs: list[int] = []
    value = shift = 0
    for sign in text:
        bits = ord(sign) - 48
        if not 0 <= bits < 64 or shift > _BITS:
            raise Damaged("the run lengths of its mask are no text of COCO's")
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32:
            continue
        if bits & 16:
            value -= 1 << shift
        runs.append(value + (runs[-2] if len(runs) > 2 else 0))
        value = shift = 0
    if shift:
        raise Damaged("the run lengths of its mask break off")
    return runs


def _shoelace(points: Sequence[tuple[float, float]]) -> float:
    turned = (*points[1:], points[0])
    return abs(sum(x * below - right * y for (x, y), (right, below) in zip(points, turned, strict=True))) / 2
