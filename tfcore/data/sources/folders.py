"""Folders named after classes: ``class/picture``, ``class/patient/picture``, or pictures alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tfcore.data.dataset import Dataset, Sample
from tfcore.data.phantom import MASKS
from tfcore.dropped import TABLE_ENDINGS
from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.pictures import find, is_picture
from tfcore.pictures.find import is_bare_dicom, natural
from tfcore.words import counted


def subfolders(folder: Path) -> list[Path]:
    """The folders that may be classes, in the order people count."""
    found = [each for each in entries(folder) if each.is_dir() and each.name.lower() != MASKS]
    return sorted(found, key=lambda each: natural(each.name))


def entries(folder: Path) -> list[Path]:
    """What lies in a folder and is not hidden."""
    try:
        return [each for each in folder.iterdir() if not each.name.startswith(".")]
    except OSError as error:
        raise HeatlensError(f"{folder} was not read: {why(error)}.") from error


def has_pictures(folder: Path) -> bool:
    """Whether pictures lie in the folder itself."""
    there = entries(folder)
    return any(map(is_picture, there)) or any(is_bare_dicom(str(each)) for each in there)


def plain_folder(root: Path) -> Dataset:
    """Pictures that nobody sorted: all unannotated."""
    masks: list[Path] = []
    samples = tuple(Sample(path) for path in _pictures(root, masks))
    if not samples:
        raise HeatlensError(f"{root} holds no pictures; name a folder of class folders, a table or a COCO file.")
    notes = ("There are no class folders; all pictures are unannotated.", *_left_out(masks))
    return Dataset(samples, (), root, "pictures", notes)


def labelled(root: Path, kind: str) -> Dataset:
    """Every folder of the root is a class; pictures below it, however deep, belong to it.

    In ``patient folders`` (``class/patient/picture``) one patient may appear in two classes: a name is the same person
    everywhere.
    """
    samples: list[Sample] = []
    classes, notes, masks = [], [], list[Path]()
    for folder in subfolders(root):
        found = list(_pictures(folder, masks))
        if not found:
            notes.append(f"{folder.name} holds no pictures and is not counted as a class.")
            continue
        classes.append(folder.name)
        samples += [
            Sample(path, folder.name, _patient(path, folder) if kind == "patient folders" else None) for path in found
        ]
    if not samples:
        raise HeatlensError(f"{root} has no folder with pictures in it; give every class a folder of pictures.")
    notes += _left_out(masks)
    loose = sum(map(is_picture, entries(root)))
    if loose:
        notes.append(f"{loose} pictures beside the class folders are not used.")
    tables = [each.name for each in entries(root) if each.suffix.lower() in TABLE_ENDINGS]
    if tables:
        notes.append(f"{', '.join(sorted(tables))} beside the class folders is not read; name it to use its columns.")
    return Dataset(tuple(samples), tuple(classes), root, kind, tuple(notes))


def _patient(path: Path, class_folder: Path) -> str | None:
    parts = path.relative_to(class_folder).parts
    return parts[0] if len(parts) > 1 else None


def _left_out(masks: list[Path]) -> list[str]:
    if not masks:
        return []
    return [f"{counted(len(masks), 'file')} left out as masks of pictures, as {masks[0].name}."]


def _pictures(folder: Path, masks: list[Path]) -> Iterator[Path]:
    for path in find([folder], masks=masks):
        # A folder that may not be opened is handed on as it is.
        if path.is_dir():
            raise HeatlensError(f"{path} may not be opened; ask for permission to read it.")
        if MASKS not in (part.lower() for part in path.relative_to(folder).parts[:-1]):
            yield path
