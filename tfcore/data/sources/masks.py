"""Masks as people keep them: beside their pictures, in a folder ``masks``, as label volumes and DICOM segmentations."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.phantom import MASKS
from tfcore.data.sources import segmentations
from tfcore.pictures.address import file_of, stem
from tfcore.pictures.find import is_picture, natural
from tfcore.pictures.formats import VOLUME_SUFFIXES

# X_mask, X_mask_1 or X-mask2 beside X, of volumes X_seg, X_label and X_labels, too.
_OF_PICTURES = re.compile(r"(.+)[_-]mask(?:[_-]?\d+)?", re.IGNORECASE)
_OF_VOLUMES = re.compile(r"(.+)[_-](?:mask|seg|segmentation|labels?)(?:[_-]?\d+)?", re.IGNORECASE)


def masked(data: Dataset) -> Dataset:
    """The data with the masks that lie where masks usually do; a sentence says which, and no mask is a picture.

    A picture that has a mask or outlines keeps them. Several masks of one picture are joined.
    """
    folders: dict[Path, dict[str, list[Path]]] = {}
    pictures = {sample.path for sample in data}
    of_dicom, segments = segmentations.found([sample.path for sample in data])
    volumes = {path for path in pictures if _volume_of(path) is not None and _beside(path, pictures)}
    samples, said, several, first = [], Counter[str](), 0, dict[str, str]()
    names = Counter(stem(sample.path).casefold() for sample in data)
    for sample in data:
        if sample.path in volumes or sample.path in segments:
            continue
        how, masks = f"in the {data.kind}", [sample.mask] if sample.mask is not None else []
        if not masks and not sample.outlines and sample.frame is None:
            how, masks = _masks(sample, data.root, folders, names)
            if not masks and sample.path in of_dicom:
                how, masks = "in DICOM segmentations", of_dicom[sample.path]
            several += len(masks) > 1
            if masks:
                sample = replace(sample, mask=masks[0], more_masks=tuple(masks[1:]))
        if masks:
            said[how] += 1
            first.setdefault(how, masks[0].name)
        samples.append(sample)
    if not said and len(samples) == len(data):
        return data
    notes = []
    if said:
        where = ", ".join(f"{count} {how} ({first[how]})" for how, count in said.items())
        joined = f"; of {several} several, which were joined" if several else ""
        notes.append(f"Masks were found for {sum(said.values())} of {len(samples)} pictures: {where}{joined}.")
    if gone := len(data) - len(samples):
        notes.append(f"{gone} file{'s' * (gone != 1)} left out as masks, not pictures.")
    return data.with_samples(samples, *notes)


def _masks(
    sample: Sample, root: Path, known: dict[Path, dict[str, list[Path]]], names: Counter[str]
) -> tuple[str, list[Path]]:
    """Where the masks of a picture lie, in words, and the masks."""
    file, name = file_of(sample.path), stem(file_of(sample.path)).casefold()
    if found := _in(file.parent, known)["+" + name]:
        return "beside them", found
    below = file.parent.relative_to(root) if file.parent.is_relative_to(root) else Path()
    # What lies in one folder for all is of no use where two pictures share a name.
    flat = [root / MASKS] if names[stem(sample.path).casefold()] == 1 else []
    for folder in dict.fromkeys((file.parent / MASKS, root / MASKS / below, *flat)):
        there = _in(folder, known)
        if found := there[name] + there["+" + name]:
            return f"in {MASKS}", found
    return "", []


def _in(folder: Path, known: dict[Path, dict[str, list[Path]]]) -> dict[str, list[Path]]:
    """The pictures of a folder by their names, and what is named as a mask by its picture's name after a ``+``."""
    if folder not in known:
        known[folder] = defaultdict(list)
        for path in sorted(_files(folder), key=lambda path: natural(path.name)):
            of = _volume_of(path) or _OF_PICTURES.fullmatch(stem(path))
            known[folder][f"+{of[1]}".casefold() if of else stem(path).casefold()].append(path)
    return known[folder]


def _files(folder: Path) -> Iterable[Path]:
    try:
        with os.scandir(folder) as entries:
            return [folder / each.name for each in entries if is_picture(each.name) and each.name[0] != "."]
    except OSError:
        return []


def _volume_of(path: Path) -> re.Match[str] | None:
    """The name of the volume that a volume is named as the labels of."""
    return _OF_VOLUMES.fullmatch(stem(path)) if path.name.lower().endswith(VOLUME_SUFFIXES) else None


def _beside(path: Path, pictures: set[Path]) -> bool:
    of = _volume_of(path)
    return of is not None and any(path.with_name(f"{of[1]}{ending}") in pictures for ending in VOLUME_SUFFIXES)
