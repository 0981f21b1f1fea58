"""COCO annotations: pictures with outlined objects."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tfcore.data.dataset import Dataset, Outline, Polygon, Sample
from tfcore.data.sources.lookup import Lookup
from tfcore.errors import HeatlensError
from tfcore.files import why


def is_coco(path: Path) -> bool:
    """Whether a JSON file has the three parts of COCO."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return False
    return isinstance(stored, dict) and {"images", "annotations", "categories"} <= stored.keys()


def coco(source: Path) -> Dataset:
    """A sample per picture, labelled with its outlines' category.

    Categories that share a name are one class. A picture without annotations is unannotated. Where a picture holds
    several classes the one with the largest area counts, measured on the outline: ``area`` is not read, since some
    programs write the box's area there.
    """
    stored = _read(source)
    notes: list[str] = []
    categories = {each["id"]: str(each["name"]).strip() for each in stored["categories"]}
    outlines = defaultdict(list)
    for note in stored["annotations"]:
        if note["category_id"] not in categories:
            raise HeatlensError(
                f"{source}: annotation {note.get('id')} has category {note['category_id']}, which is not listed."
            )
        outlines[note["image_id"]].append(_outline(note, categories[note["category_id"]], source))
    lookup = Lookup(source.parent)
    samples, missing, several = [], [], 0
    for image in stored["images"]:
        found = lookup(image["file_name"])
        if found is None:
            missing.append(image["file_name"])
            continue
        marked = tuple(outlines[image["id"]])
        several += len({outline.label for outline in marked}) > 1
        samples.append(Sample(found, _label(marked), outlines=marked))
    if not samples:
        raise HeatlensError(
            f"{source}: none of its {len(missing)} pictures is below {source.parent}; put them beside it."
        )
    if missing:
        notes.append(f"{len(missing)} of {len(stored['images'])} pictures do not exist, first {missing[0]}; left out.")
    if len(set(categories.values())) < len(categories):
        notes.append("Categories that share a name count as one class.")
    if several:
        notes.append(f"{several} pictures hold several classes; the one with the largest area is their label.")
    unannotated = sum(sample.label is None for sample in samples)
    if unannotated:
        notes.append(f"{unannotated} pictures have no annotation; they are unannotated, not negative.")
    used = {sample.label for sample in samples}
    classes = tuple(name for name in dict.fromkeys(categories.values()) if name in used)
    return Dataset(tuple(samples), classes, source.parent, "coco", tuple(notes))


def _read(source: Path) -> dict[str, Any]:
    try:
        stored = json.loads(source.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise HeatlensError(f"{source} was not read: {why(error)}.") from error
    except ValueError as error:
        raise HeatlensError(f"{source} is not valid JSON; export it again.") from error
    wanted = {"categories": ("id", "name"), "images": ("id", "file_name"), "annotations": ("image_id", "category_id")}
    for part, keys in wanted.items():
        entries = stored.get(part) if isinstance(stored, dict) else None
        if not isinstance(entries, list) or not all(
            isinstance(each, dict) and set(keys) <= set(each) for each in entries
        ):
            raise HeatlensError(f"{source} is not COCO: {part!r} is no list of entries with {' and '.join(keys)}.")
    return dict(stored)


def _outline(note: Mapping[str, Any], label: str, source: Path) -> Outline:
    box = tuple(float(edge) for edge in note.get("bbox", (0, 0, 0, 0)))
    marked = note.get("segmentation") or []
    try:
        if isinstance(marked, dict):
            height, width = marked["size"]
            counts = marked["counts"]
            runs = tuple(counts) if isinstance(counts, list) else _uncompressed(counts)
            if sum(runs) != height * width:
                raise ValueError
            return Outline(label, runs=(height, width, runs), box=box)  # type: ignore[arg-type]
        return Outline(label, tuple(map(_polygon, marked)), box=box)  # type: ignore[arg-type]
    except (ValueError, TypeError, KeyError, IndexError):
        raise HeatlensError(
            f"{source}: the outline of annotation {note.get('id')} is damaged; export it again."
        ) from None


def _polygon(flat: Sequence[float]) -> Polygon:
    if len(flat) < 6 or len(flat) % 2:
        raise ValueError
    return tuple(zip(map(float, flat[::2]), map(float, flat[1::2]), strict=True))


def _uncompressed(text: str) -> tuple[int, ...]:
    """Run lengths from COCO's text: five bits a sign; from the fourth on, differences to the run before the last."""
    runs: list[int] = []
    value = shift = 0
    for sign in text.encode():
        bits = sign - 48
        value |= (bits & 31) << shift
        shift += 5
        if bits & 32:
            continue
        if bits & 16:
            value -= 1 << shift
        runs.append(value + (runs[-2] if len(runs) > 2 else 0))
        value = shift = 0
    return tuple(runs)


def _label(marked: Sequence[Outline]) -> str | None:
    areas: dict[str, float] = defaultdict(float)
    for outline in marked:
        areas[outline.label] += _area(outline)
    return max(areas, key=areas.__getitem__) if areas else None


def _area(outline: Outline) -> float:
    if outline.runs is not None:
        return float(sum(outline.runs[2][1::2]))
    if not outline.polygons:
        return outline.box[2] * outline.box[3]
    return sum(map(_shoelace, outline.polygons))


def _shoelace(points: Polygon) -> float:
    turned = (*points[1:], points[0])
    return abs(sum(x * below - right * y for (x, y), (right, below) in zip(points, turned, strict=True))) / 2
