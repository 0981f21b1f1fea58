"""From a folder or file to a Dataset: what it is, is seen from what lies in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from tfcore.data.dataset import SPLITS, Dataset, Sample, named_split
from tfcore.data.phantom.folder import TABLE as PHANTOMS
from tfcore.data.settled import settled
from tfcore.data.sources import coco, folders, masks, session, table, videos, volumes
from tfcore.data.sources.stored import is_file
from tfcore.dropped import SESSION_ENDING, TABLE_ENDINGS
from tfcore.errors import HeatlensError
from tfcore.pictures.find import natural
from tfcore.pictures.pseudonym import pseudonym

Source = str | Path | Sequence[str | Path]


def open_data(source: Source, kind: str = "auto", group_by_patient: bool = False, **options: Any) -> Dataset:
    """The samples of a folder, table, COCO file or session; ``dataset.kind`` says what it was taken for.

    Several sources (a table for training and one for testing) become one dataset. ``options`` belong to the kind:
    ``path, label, patient, split, mask`` (column names) and ``root`` to tables, ``every`` and ``crop`` to videos,
    ``least`` to volumes, ``starred, rated, tagged, noted`` to sessions of the window. ``group_by_patient`` takes from
    DICOM files whose pictures they are, as pseudonyms, so that splits never part a patient.

    >>> open_data("brain_mri").described()                                                 # doctest: +SKIP
    'class folders: 253 pictures, 2 classes (no 98, yes 155), no splits'
    """
    data = _opened(source, kind, **options)
    return _grouped(data) if group_by_patient else data


def _grouped(data: Dataset) -> Dataset:
    """With a pseudonym where nothing else says whose picture it is."""

    def whose(sample: Sample) -> Sample:
        if sample.patient is not None:
            return sample
        try:
            return replace(sample, patient=pseudonym(sample.path))
        except HeatlensError:
            # It is left out, with its sentence, when it is read.
            return sample

    samples = tuple(map(whose, data))
    unknown = sum(sample.patient is None for sample in samples)
    note = (
        [f"Of {unknown:,} picture{'s' * (unknown != 1)} nothing says whose; each counts as a patient of its own."]
        if unknown
        else []
    )
    return data.with_samples(samples, *note)


def _opened(source: Source, kind: str, **options: Any) -> Dataset:
    if not isinstance(source, str | Path):
        return _together([(Path(each), _opened(each, kind, **options)) for each in source], "several sources")
    path = Path(os.path.expanduser(source))  # noqa: PTH111 - leaves a user that is unknown as it stands
    if not os.path.exists(path):  # noqa: PTH110 - answers for names that no file can have
        raise HeatlensError(f"{path} does not exist; check its name and folder.")
    kind = _kind(path) if kind == "auto" else kind
    if kind == "split folders":
        named = {each: named_split(each.name) for each in folders.subfolders(path)}
        parts = [each for split in SPLITS for each, name in named.items() if name == split]
        if not parts:
            raise HeatlensError(f"{path} has no folders called train, val or test; name the kind of data it is.")
        others = [each.name for each, name in named.items() if name is None]
        merged = _together([(each, _opened(each, "auto", **options)) for each in parts], kind)
        unused = (f"{', '.join(others)} beside the splits is not used.",) if others else ()
        return replace(merged, root=path, notes=(*merged.notes, *unused))
    if kind not in _READERS:
        raise HeatlensError(f"kind = {kind!r} is not one of auto, split folders, {', '.join(_READERS)}.")
    try:
        found = settled(_READERS[kind](_file(path, kind), **options))
        return masks.masked(found) if kind in _MASKED else found
    except TypeError as error:
        if "unexpected keyword" not in str(error):
            raise
        raise HeatlensError(f"{', '.join(options)}: not all are settings of {kind}; leave them out.") from error


def _kind(path: Path) -> str:
    if path.is_file():
        if path.suffix.lower() in TABLE_ENDINGS:
            return "table"
        if path.suffix.lower() == ".json":
            return "coco"
        if path.suffix.lower() == SESSION_ENDING:
            return "session"
        raise HeatlensError(f"{path} is no folder, CSV or TSV table or COCO file, and no session; name one of these.")
    if (path / PHANTOMS).is_file():
        return "table"
    inside = folders.subfolders(path)
    named = {named_split(each.name) for each in inside}
    # Folders of other names may lie beside them, but train and another split are nobody's classes.
    if (named and None not in named) or ("train" in named and len(named - {None}) > 1):
        return "split folders"
    if volumes.is_brats(path):
        return "brats"
    if _annotations(path) is not None:
        return "coco"
    if any(folders.has_pictures(each) for each in inside):
        return "class folders"
    below = [deeper for each in inside for deeper in folders.subfolders(each)]
    if any(videos.is_video(file) for each in (*inside, *below) for file in folders.entries(each)):
        return "videos"
    if any(folders.has_pictures(each) for each in below):
        return "patient folders"
    return "table" if _tables(path) and not folders.has_pictures(path) else "pictures"


def _file(path: Path, kind: str) -> Path:
    """The file a folder stands for, where the kind is one of files."""
    if path.is_file():
        if kind not in ("table", "coco", "session"):
            raise HeatlensError(f"{path} is a file; {kind} are folders, so name the folder.")
        return path
    if kind == "coco":
        found = _annotations(path)
        if found is None:
            raise HeatlensError(f"{path} holds no COCO file; name the file.")
        return found
    if kind == "table":
        if (path / PHANTOMS).is_file():
            return path / PHANTOMS
        tables = _tables(path)
        if len(tables) != 1:
            raise HeatlensError(f"{path} holds {len(tables)} tables; name the one (or those) to read.")
        return tables[0]
    return path


def _tables(folder: Path) -> list[Path]:
    return [each for each in folders.entries(folder) if each.suffix.lower() in TABLE_ENDINGS and is_file(each)]


def _annotations(folder: Path) -> Path | None:
    found = [each for each in folders.entries(folder) if each.suffix.lower() == ".json" and coco.is_coco(each)]
    return found[0] if len(found) == 1 else None


def _together(parts: Sequence[tuple[Path, Dataset]], kind: str) -> Dataset:
    """One dataset of several; a part whose name is a split's gives it to samples that have none."""
    if not parts:
        raise HeatlensError("No data was named; name a folder, a table or a COCO file.")
    samples: list[Sample] = []
    for path, part in parts:
        split = next(filter(None, map(named_split, [path.stem, *path.stem.replace("-", "_").split("_")])), None)
        samples += [replace(sample, split=sample.split or split) for sample in part]
    classes = tuple(sorted({name for _, part in parts for name in part.classes}, key=natural))
    notes = [note for _, part in parts for note in part.notes]
    root = _root([part.root for _, part in parts])
    merged = settled(Dataset(tuple(samples), classes, root, kind, tuple(dict.fromkeys(notes))))
    return replace(merged, notes=(*merged.notes, *_checked_labels(merged)), mask_values=parts[0][1].mask_values)


def _root(roots: Sequence[Path]) -> Path:
    absolute = [each.absolute() for each in roots]
    return next(
        each for each in (absolute[0], *absolute[0].parents) if all(one.is_relative_to(each) for one in absolute)
    )


def _checked_labels(data: Dataset) -> list[str]:
    """A sentence per split that lacks a class; a class that cannot be learnt is refused."""
    there = {name: {sample.label for sample in data.part(name)} - {None} for name in data.splits}
    learnt = there.get("train")
    if not learnt:
        return []
    for name, labels in there.items():
        if labels - learnt:
            odd = ", ".join(sorted(map(str, labels - learnt)))
            raise HeatlensError(
                f"{data.root}: {name} has the class {odd}, which train ({', '.join(sorted(map(str, learnt)))}) does "
                "not have; name the classes alike."
            )
    return [
        f"{name} has no pictures of {', '.join(sorted(map(str, learnt - labels)))}."
        for name, labels in there.items()
        if labels and learnt - labels
    ]


# Kinds of data that do not say themselves what is marked.
_MASKED = ("class folders", "patient folders", "pictures", "table", "session")
_READERS: dict[str, Callable[..., Dataset]] = {
    **{kind: partial(folders.labelled, kind=kind) for kind in ("class folders", "patient folders")},
    "pictures": folders.plain_folder,
    "table": table.table,
    "coco": coco.coco,
    "session": session.session,
    "videos": videos.videos,
    "brats": volumes.brats,
}
