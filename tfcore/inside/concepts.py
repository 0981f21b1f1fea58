"""What experts marked in pictures, as concepts that filters are held against: named sets of pixels that may overlap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.marked import segments
from tfcore.errors import HeatlensError
from tfcore.files import at_home
from tfcore.models.prepare import fitted
from tfcore.pictures import Picture
from tfcore.pictures.body import foreground
from tfcore.registry import nearest

# Parts of a tumour taken together, by the names of its parts.
_TOGETHER: Mapping[tuple[str, ...], Mapping[str, tuple[int, ...]]] = {
    ("background", "necrotic", "oedema", "enhancing"): {"whole tumour": (1, 2, 3), "tumour core": (1, 3)},
    ("background", "enhancing", "non-enhancing", "cyst", "oedema"): {
        "whole tumour": (1, 2, 3, 4),
        "tumour core": (1, 2, 3),
    },
}
FOREGROUNDS = {
    "body": "the largest thing that is not dark background, or everything where there is no background",
    "whole": "the whole picture",
}
ANY = "marked"


@dataclass(frozen=True, eq=False)
class Marks:
    """The concepts of one picture: for each pixel the number of the row of ``members`` (., C) that says which it has.

    Few of all combinations of concepts occur, so counting pixels by number counts all concepts at once.
    """

    # (H, W) uint16.
    codes: np.ndarray
    members: np.ndarray
    # (H, W) bool; without it all counts.
    foreground: np.ndarray | None = None
    # Of pictures of one patient concepts lie in one place: they are no strangers to each other.
    patient: str = ""

    @classmethod
    def of(cls, concepts: np.ndarray, foreground: np.ndarray | None = None, patient: str = "") -> Marks:
        """From one mask (H, W) for each concept."""
        codes, rows = np.zeros(concepts.shape[1:], np.uint16), np.zeros((1, 0), bool)
        for concept in concepts.astype(bool):
            # Each combination with and without this one, of which those are kept that occur.
            codes = 2 * codes + concept
            there = np.bincount(codes.ravel(), minlength=2 * len(rows)) > 0
            codes = (np.cumsum(there) - 1).astype(np.uint16)[codes]
            rows = np.column_stack([np.repeat(rows, 2, 0), np.tile([False, True], len(rows))])[there]
        return cls(codes, rows, foreground, patient)

    @cached_property
    def areas(self) -> np.ndarray:
        """(C,): how many pixels each concept has."""
        found: np.ndarray = np.bincount(self.codes.ravel(), minlength=len(self.members)) @ self.members
        return found


class Concepts:
    """The concepts of a data set, and those of each picture on the grid of the network's input.

    Each class of a mask is one, each segment of a DICOM file by its name; so are the parts of a tumour taken together.
    Where masks have one value only, what is marked is one concept, and what is marked in pictures of each class
    another. Without masks it is the classes themselves, each of which the whole picture shows.
    """

    def __init__(self, data: Dataset, fit: str, wanted: Sequence[str] | None = None, body: str = "body") -> None:
        if body not in FOREGROUNDS:
            raise HeatlensError(f"foreground = {body!r} is not known; choose {' or '.join(FOREGROUNDS)}.")
        self._fit, self._body = fit, body
        self._masked = any(sample.mask is not None or sample.outlines for sample in data)
        values = data.mask_values
        shown = [label for label in data.classes if any(sample.label == label for sample in data)]
        named: dict[str, tuple[int, ...]] = {}
        if values is None and (called := segments(data)):
            named = {name: (number,) for name, number in called.items()}
            values = {0: 0, **{number: number for number in called.values()}}
        elif values is not None:
            named = {name: (index,) for index, name in enumerate(data.classes) if index in values.values() and index}
            named |= _TOGETHER.get(tuple(data.classes), {})
        elif self._masked:
            named = {ANY: (1,)}
            shown = shown if len(shown) > 1 else []
        self._named, self._values = named, values
        self._shown = [] if values is not None else shown
        known = (*self._named, *self._shown)
        if not known:
            raise HeatlensError(
                f"{data.root} has neither masks nor classes, so there is nothing to hold filters against; name data "
                "with one of them."
            )
        for name in wanted or ():
            if name not in known:
                raise HeatlensError(f"There is no concept {name!r} in {data.root}; {nearest(name, known)}")
        self.names = tuple(wanted or known)

    def of(self, sample: Sample, picture: Picture, shape: tuple[int, ...]) -> Marks:
        """The picture's own; what nobody marked it does not show."""
        inside = foreground_of(picture, shape, self._fit, self._body)
        marked = np.zeros(shape[:2], np.uint8)
        if sample.mask is not None or sample.outlines:
            labels = reading.mask(sample, self._values)
            if labels.shape != (picture.height, picture.width):
                raise HeatlensError(
                    f"{sample.name} has {picture.width} × {picture.height} pixels, but its mask {labels.shape[1]} × "
                    f"{labels.shape[0]}; correct one of them."
                )
            marked = _seen(labels, shape, self._fit)
        whole = marked > 0 if self._masked else np.ones(shape[:2], bool) if inside is None else inside
        nothing = np.zeros(shape[:2], bool)
        masks = [
            np.isin(marked, self._named[name]) if name in self._named else whole if sample.label == name else nothing
            for name in self.names
        ]
        return Marks.of(np.stack(masks), inside, sample.patient or at_home(sample.name))


def foreground_of(picture: Picture, shape: tuple[int, ...], fit: str, body: str) -> np.ndarray | None:
    """(H, W) bool on the network's input: where masks of filters count; nothing where that is everywhere."""
    found = foreground(picture.levels().reshape(picture.height, picture.width, -1)) if body == "body" else None
    return None if found is None else _seen(found, shape, fit)


def _seen(mask: np.ndarray, shape: tuple[int, ...], fit: str) -> np.ndarray:
    """The mask by the picture's own way to the input, with nearest pixels so that it stays a mask."""
    seen, _ = fitted(mask[..., np.newaxis].astype(np.float32), shape[0], shape[1], fit, "nearest")
    found: np.ndarray = seen[..., 0].astype(mask.dtype)
    return found


def given(batch: np.ndarray, concepts: Any, foreground: Any) -> tuple[tuple[str, ...], list[Marks]]:
    """The names, and the marks of each image, of arrays that come with a batch: (N, C, H, W) or (N, H, W) by name."""
    masks: Any = np.asarray(concepts) if not isinstance(concepts, Mapping) else np.zeros(0)
    if isinstance(concepts, Mapping):
        names, each = tuple(map(str, concepts)), [np.asarray(one) for one in concepts.values()]
        masks = np.stack(each, 1) if len({one.shape for one in each if one.ndim == 3}) == 1 else masks
    else:
        names = tuple(f"concept {place}" for place in range(masks.shape[1] if masks.ndim == 4 else 0))
    count, height, width = batch.shape[:3]
    if masks.ndim != 4 or (len(masks), *masks.shape[2:]) != (count, height, width) or not masks.shape[1]:
        raise HeatlensError(
            f"The concepts have the shape {masks.shape}; for this batch give ({count}, concepts, {height}, {width}), "
            f"or ({count}, {height}, {width}) by name."
        )
    if foreground is not None and np.shape(foreground) != (count, height, width):
        raise HeatlensError(
            f"The foreground has the shape {np.shape(foreground)}; give one mask ({height}, {width}) for each image."
        )
    inside = [None] * count if foreground is None else [np.asarray(each, bool) for each in foreground]
    return names, [
        Marks.of(each > 0, body, str(number)) for number, (each, body) in enumerate(zip(masks, inside, strict=True))
    ]
