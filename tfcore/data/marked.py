"""What is marked in pictures, as classes: all of it one, by the label of picture or outline, or by a mask's values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources import segmentations
from tfcore.errors import HeatlensError
from tfcore.words import listed

WAYS = ("auto", "one", "labels", "values")
_BACKGROUND, _MARKED = "background", "marked"
# More values than this are grey levels.
_MOST = 32


def marked(data: Dataset, way: str = "auto") -> Dataset:
    """The data with the classes of its masks in place of those of its pictures; a note says which they are.

    ``one``: whatever is marked is one class. ``labels``: what the outline, else the picture, is labelled as.
    ``values``: the numbers in the masks, 0 being background, or the names of DICOM segments. ``auto`` takes labels
    where outlines have several, values where segments have names or masks hold more than one beside 0, else one.
    """
    if data.mask_values is not None:
        return data
    named = segments(data) if way in ("auto", "values") else {}
    values = _values(data) if way in ("auto", "values") and not named else ()
    if way == "auto":
        several = len({outline.label for sample in data for outline in sample.outlines}) > 1
        way = "labels" if several else "values" if named or 1 < len(values) <= _MOST else "one"
    if named and way == "values":
        numbers = {0: 0, **{number: index for index, number in enumerate(named.values(), start=1)}}
        classes = (_around(list(named)), *named)
        return _of(data, classes, f"Classes are the segments of the DICOM files: {listed(list(named))}.", numbers)
    if way == "values":
        if len(values) > _MOST:
            raise HeatlensError(
                f"{data.root}: its masks hold {len(values)} values, as pictures do; choose another way to mark (one)."
            )
        classes = (_BACKGROUND, *(f"value {value}" for value in values))
        numbers = {0: 0, **{value: index for index, value in enumerate(values, start=1)}}
        return _of(data, classes, f"Classes are the values of the masks: {listed(values)}.", numbers)
    if way == "labels":
        labels = sorted(
            {outline.label for sample in data for outline in sample.outlines}
            | {sample.label for sample in data if sample.mask is not None and sample.label is not None}
        )
        if not labels:
            raise HeatlensError(f"{data.root}: nothing says what is marked in its masks; choose another way (one).")
        index = {name: place for place, name in enumerate(labels, start=1)}
        found = data.with_samples(_named(sample, index) for sample in data)
        return _of(found, (_around(labels), *labels), f"What is marked is called as its label: {listed(labels)}.")
    names = {outline.label for sample in data for outline in sample.outlines} or {_MARKED}
    name = names.pop() if len(names) == 1 else _MARKED
    return _of(data, (_around([name]), name), f"Whatever is marked is one class, {name}.")


def segments(data: Dataset) -> dict[str, int]:
    """The number of each segment by its name, where the masks are DICOM segmentations whose segments have names."""
    files = dict.fromkeys(
        path for sample in data if sample.mask is not None for path in (sample.mask, *sample.more_masks)
    )
    found: dict[int, tuple[str, Path]] = {}
    for path in files:
        if not segmentations.is_segmentation(path):
            return {}
        for number, name in segmentations.names(path).items():
            called, first = found.setdefault(number, (name, path))
            if called != name:
                raise HeatlensError(
                    f"{first} calls its segment {number} {called!r}, and {path} {name!r}; number segments alike, or "
                    "take what is marked as one (--marked one)."
                )
    names = {name: number for number, (name, _) in sorted(found.items()) if name}
    return names if len(names) == len(found) else {}


def _of(data: Dataset, classes: tuple[str, ...], note: str, values: Mapping[int, int] | None = None) -> Dataset:
    # What the pictures are labelled as has no meaning for what is drawn in them.
    samples = tuple(replace(sample, label=None) for sample in data)
    return replace(data, samples=samples, classes=classes, notes=(*data.notes, note), mask_values=values)


def _named(sample: Sample, index: Mapping[str, int]) -> Sample:
    outlines = tuple(replace(each, means=index[each.label]) for each in sample.outlines)
    return replace(sample, means=index.get(str(sample.label), 1), outlines=outlines)


def _around(names: list[str]) -> str:
    return next(name for name in (_BACKGROUND, "nothing") if name not in names)


def _values(data: Dataset) -> tuple[int, ...]:
    """The numbers that mask files hold beside 0, in order; not all of them where there are too many for classes."""
    found: set[int] = set()
    for sample in data:
        if sample.mask is not None and len(found) <= _MOST:
            try:
                found |= set(np.unique(reading.stored(sample)).tolist())
            except HeatlensError:
                # It is left out, with its sentence, when it is read.
                continue
    return tuple(sorted(found - {0}))
