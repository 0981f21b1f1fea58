"""Regions of pictures, measured: the picture's values inside, the heat inside, areas, distances and angles.

>>> from tfcore import measure, pictures                                                   # doctest: +SKIP
>>> lesion = measure.Roi("lesion", "ellipse", ((40, 30), (62, 55)))                        # doctest: +SKIP
>>> measure.measured(pictures.read("scan.nii.gz#axial=57"), lesion).mean                   # doctest: +SKIP
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure.volumes import on_picture
from tfcore.files import why, written_from, written_whole
from tfcore.marks import PROGRAM, version
from tfcore.pictures import Picture
from tfcore.pictures.address import parse, parts, written
from tfcore.plain import json_text
from tfcore.results import Heat, Outline

Kind = Literal["rectangle", "ellipse", "freehand", "ruler", "angle"]
# Of a freehand line at least so many points are needed to have an inside; of the others there are as many.
_POINTS: dict[Kind, int] = {"rectangle": 2, "ellipse": 2, "freehand": 3, "ruler": 2, "angle": 3}
# Nobody draws more, and a file of ours holds no more.
MOST, _MOST_POINTS, _MOST_BYTES, _FURTHEST = 10_000, 20_000, 64 * 2**20, 1e7
# Of the line that stands for an ellipse.
_CORNERS = 48
# Pixels of the picture that heat is laid on at a time.
_TOGETHER = 4_000_000


@dataclass(frozen=True)
class Roi:
    """A region of interest, or a ruler or an angle.

    ``points`` are (column, row) positions from the top left corner of the picture, whose first pixel reaches from 0
    to 1: two opposite corners of a rectangle or of the one around an ellipse, the line of a freehand region, the ends
    of a ruler, and of an angle the vertex between two others.
    """

    name: str
    kind: Kind
    points: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        if self.kind not in _POINTS:
            raise HeatlensError(f"{self.name}: {self.kind!r} is none of {', '.join(get_args(Kind))}.")
        least, freehand = _POINTS[self.kind], self.kind == "freehand"
        if not (least <= len(self.points) <= (_MOST_POINTS if freehand else least)):
            raise HeatlensError(f"{self.name}: a {self.kind} has {least} points{' or more' * freehand}.")
        if not all(len(point) == 2 and all(abs(value) < _FURTHEST for value in point) for point in self.points):
            raise HeatlensError(f"{self.name}: a point is a column and a row, two numbers of the picture.")

    @property
    def closed(self) -> bool:
        """Whether it has an inside."""
        return self.kind in ("rectangle", "ellipse", "freehand")

    @property
    def line(self) -> tuple[tuple[float, float], ...]:
        """The line that is drawn of it."""
        (left, top), (right, bottom) = self.points[0], self.points[-1]
        match self.kind:
            case "rectangle":
                return (left, top), (right, top), (right, bottom), (left, bottom), (left, top)
            case "ellipse":
                x, y, across, down = (left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2
                turns = (2 * math.pi * part / _CORNERS for part in range(_CORNERS + 1))
                return tuple((x + across * math.cos(turn), y + down * math.sin(turn)) for turn in turns)
            case "freehand":
                return *self.points, self.points[0]
            case _:
                return self.points

    @property
    def region(self) -> str:
        """How it is named where something is explained for what lies inside (``--region``)."""
        kind = {"rectangle": "box", "ellipse": "ellipse", "freehand": "outline"}[self.kind]
        points = np.array(self.points)
        # Whichever corners were drawn.
        corners = points if self.kind == "freehand" else np.array([points.min(0), points.max(0)])
        return f"{kind}={','.join(f'{value:.5g}' for value in corners.ravel())}"

    def moved(self, columns: float, rows: float) -> Roi:
        """The same elsewhere."""
        return replace(self, points=tuple((x + columns, y + rows) for x, y in self.points))

    def inside(self, height: int, width: int) -> tuple[slice, slice, np.ndarray]:
        """The rows and columns around it in a picture so large, and which of their pixels lie in it by their middle."""
        edges = np.array(self.points)
        (left, top), (right, bottom) = edges.min(0), edges.max(0)
        # From the first to the last pixel whose middle lies within.
        first = max(math.ceil(top - 0.5), 0), max(math.ceil(left - 0.5), 0)
        rows, columns = (
            slice(start, max(min(math.ceil(end - 0.5), most), start))
            for start, end, most in zip(first, (bottom, right), (height, width), strict=True)
        )
        y, x = np.arange(rows.start, rows.stop)[:, None] + 0.5, np.arange(columns.start, columns.stop) + 0.5
        if self.kind == "rectangle":
            return rows, columns, np.ones((y.size, x.size), bool)
        if self.kind == "ellipse":
            across, down = max(right - left, 1e-9) / 2, max(bottom - top, 1e-9) / 2
            return rows, columns, ((x - left) / across - 1) ** 2 + ((y - top) / down - 1) ** 2 <= 1
        from skimage.draw import polygon

        mask = np.zeros((y.size, x.size), bool)
        mask[polygon(edges[:, 1] - 0.5 - rows.start, edges[:, 0] - 0.5 - columns.start, mask.shape)] = True
        return rows, columns, mask


@dataclass(frozen=True)
class Measured:
    """What a region holds; nothing where there is nothing to say.

    ``mean``, ``sd`` (1/n), ``min`` and ``max`` are of the ``n`` pixels whose middle lies inside (of colours, of the
    mean of their channels); ``heat_share`` is the part of the picture's positive heat that lies inside. Heat is read
    as it is shown, and is 0 where the network did not look.
    """

    n: int | None = None
    area: float | None = None
    area_unit: str = ""
    mean: float | None = None
    sd: float | None = None
    min: float | None = None
    max: float | None = None
    unit: str = ""
    length: float | None = None
    length_unit: str = ""
    angle: float | None = None
    heat_mean: float | None = None
    heat_sd: float | None = None
    heat_min: float | None = None
    heat_max: float | None = None
    heat_share: float | None = None

    @property
    def size(self) -> str:
        """Length, angle or area, for reading."""
        if self.length is not None:
            return f"{self.length:.1f} {self.length_unit}"
        if self.angle is not None:
            return f"{self.angle:.1f}°"
        return "" if self.area is None else f"{self.area:,.{0 if self.area_unit == 'px' else 1}f} {self.area_unit}"

    @property
    def spread(self) -> str:
        """Mean and standard deviation of the picture's values, for reading."""
        return spread(self.mean, self.sd, self.unit)


def number(value: float | None) -> str:
    """Four digits that matter, as on the rest of the screen.

    >>> number(-1234.567), number(0.00012345), number(None)
    ('−1235', '0.0001234', '')
    """
    if value is None:
        return ""
    return format(value, ".0f" if abs(value) >= 1000 else ".4g").replace("-", "−")


def spread(mean: float | None, sd: float | None, unit: str = "") -> str:
    """A mean and how far values lie from it."""
    return "" if mean is None else f"{number(mean)} ± {number(sd)} {unit}".rstrip()


# Of a table: where it is, what was measured, and whose heat it was.
_WHERE = ("file", "series", "plane", "index", "t")
_WHOSE = ("method", "layer", "target", "model")
COLUMNS = ("picture", *_WHERE, "region", "kind", *(field.name for field in fields(Measured)), *_WHOSE)


def measured(picture: Picture, roi: Roi, heat: Heat | None = None) -> Measured:
    """The region in this picture, and in the heat over it."""
    down, across = picture.spacing or (1.0, 1.0)
    # A spacing that cannot be is none.
    known = picture.spacing is not None and down > 0 and across > 0
    scale = np.array([across, down] if known else [1.0, 1.0])
    if roi.kind == "ruler":
        length = float(np.hypot(*((np.array(roi.points[1]) - roi.points[0]) * scale)))
        return Measured(length=length, length_unit="mm" if known else "px")
    if roi.kind == "angle":
        return Measured(angle=_degrees(*(np.array(roi.points) * scale)))
    rows, columns, mask = roi.inside(picture.height, picture.width)
    count = int(mask.sum())
    found = Measured(count, count * float(scale.prod()), "mm²" if known else "px", unit=picture.unit)
    if not count:
        return found
    values = picture.array[rows, columns][mask].astype(np.float64)
    values = values.mean(1) if values.ndim == 2 else values
    found = replace(found, **_of(values[np.isfinite(values)]))
    if heat is None or heat.degenerate:
        return found
    size = rows.stop - rows.start, columns.stop - columns.start
    within = on_picture(heat, *size, rows.start, columns.start)[mask].astype(np.float64)
    whole = _positive(heat, picture)
    share = float(np.maximum(within, 0).sum()) / whole if whole else None
    return replace(found, **{f"heat_{name}": value for name, value in _of(within).items()}, heat_share=share)


def outline(roi: Roi, found: Measured) -> Outline:
    """The region as it is drawn on the picture, on the screen and in figures, with its numbers."""
    return Outline(roi.line, f"{roi.name}  {found.spread}".rstrip() if roi.closed else found.size)


def row(path: str | Path, roi: Roi, found: Measured, heat: Heat | None = None) -> dict[str, Any]:
    """A line of a table, by the names in ``COLUMNS``."""
    address = parse(path)
    where = {name: getattr(address, name) for name in _WHERE} | {"file": str(address.file)}
    said = {"picture": str(path), **where, "region": roi.name, "kind": roi.kind, **asdict(found)}
    if heat is None or found.heat_mean is None:
        return said
    return said | {"method": heat.method, "layer": heat.layer, "target": heat.classes[heat.target], "model": heat.model}


def _of(values: np.ndarray) -> dict[str, Any]:
    if not values.size:
        return {}
    found = {"mean": values.mean(), "sd": values.std(), "min": values.min(), "max": values.max()}
    return {name: float(value) for name, value in found.items()}


def _positive(heat: Heat, picture: Picture) -> float:
    """All positive heat over the picture."""
    step = max(_TOGETHER // picture.width, 1)
    starts = range(0, picture.height, step)
    bands = (on_picture(heat, min(step, picture.height - top), picture.width, top) for top in starts)
    return float(sum(np.maximum(band, 0).sum(dtype=np.float64) for band in bands))


def _degrees(one: np.ndarray, vertex: np.ndarray, other: np.ndarray) -> float | None:
    first, second = one - vertex, other - vertex
    if not first.any() or not second.any():
        return None
    turned = first[0] * second[1] - first[1] * second[0]
    return float(np.degrees(abs(np.arctan2(turned, first @ second))))


def save_rois(path: str | Path, found: Iterable[tuple[str | Path, Roi]], overwrite: bool = False) -> Path:
    """The path of a JSON file that names every region with its picture, as found from the file's folder."""
    path = Path(path)
    regions = [{"picture": written_from(path.parent, picture), **asdict(roi)} for picture, roi in found]
    with written_whole(path, overwrite) as temporary:
        temporary.write_text(json_text({PROGRAM: version(), "regions": regions}, indent=1) + "\n", encoding="utf-8")
    return path


def read_rois(path: str | Path) -> list[tuple[Path, Roi]]:
    """Every region in such a file, with its picture."""
    path = Path(path)
    try:
        with path.open("rb") as stream:
            stored = json.loads(stream.read(_MOST_BYTES))
        entries = stored["regions"]
    except OSError as error:
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise HeatlensError(f"{path} holds no regions; save some in the window (Measure ▸ Save regions).") from error
    if not isinstance(entries, list) or len(entries) > MOST:
        raise HeatlensError(f"{path} holds no list of at most {MOST:,} regions; save it again from the window.")
    return [_read(entry, number, path) for number, entry in enumerate(entries, start=1)]


def roi_of(entry: Any) -> Roi | None:
    """A region from plain data, or nothing where it is none."""
    try:
        points = tuple((float(x), float(y)) for x, y in entry["points"])
        return Roi(str(entry["name"]), entry["kind"], points)
    except (KeyError, TypeError, ValueError, HeatlensError):
        return None


def _read(entry: Any, number: int, path: Path) -> tuple[Path, Roi]:
    roi = roi_of(entry)
    if roi is None or not isinstance(entry.get("picture"), str):
        raise HeatlensError(
            f"{path}: region {number} is none; each has a picture, a name, a kind ({', '.join(get_args(Kind))}) and "
            "the points of that kind, as [[column, row], …]."
        )
    file, place = parts(entry["picture"])
    # Without steps up, so that it is the address that the window knows it by.
    return Path(written(Path(os.path.normpath(path.parent / file)), place)), roi


def by_picture(found: Sequence[tuple[Path, Roi]]) -> dict[Path, list[Roi]]:
    """The regions of each picture."""
    grouped: dict[Path, list[Roi]] = {}
    for picture, roi in found:
        grouped.setdefault(picture, []).append(roi)
    return grouped
