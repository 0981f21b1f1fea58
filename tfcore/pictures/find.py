"""The picture files below what was dropped, opened or named."""

from __future__ import annotations

import heapq
import os
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.pictures.address import parts
from tfcore.pictures.formats import SUFFIXES, is_dicom
from tfcore.pictures.inside import expanded

_DIGITS = re.compile(r"\d+")
# Names sorted in one go, and of how many it is worth while to ask whether they are laid out alike.
_RUN, _ALIKE = 2000, 100
# What is a digit and what is none.
_LAYOUT = bytes(code if code > 127 else ord("0" if chr(code).isdigit() else "a") for code in range(256))
# Folders of what lies beside pictures.
_ANNOTATIONS = "masks"
# What a disc with DICOM files has at its top.
CONTENTS = "DICOMDIR"
# Files of the same: x_mask.png, x_mask_1.png beside x.png.
_MASK = re.compile(r"(.+)_mask(_\d+)?")
# Pictures and folders below one folder; more than this is the whole disk, not a collection.
MOST = 1_000_000


def is_picture(path: str | Path) -> bool:
    """Whether the name promises a picture, or the address one; the file is not touched."""
    return str(parts(path)[0]).lower().endswith(SUFFIXES)


def find(
    paths: Iterable[str | Path],
    stop: Callable[[], bool] = lambda: False,
    masks: list[Path] | None = None,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[Path]:
    """Files as given, folders searched to the bottom: a folder's pictures first (2 before 10), then its folders.

    An address with a range (``scan.nii.gz#axial=10:20``) gives its pictures. DICOM files are found by what they hold
    where their names have no ending; a DICOMDIR, the table of contents of a disc, stands for the folder it lies in.

    Folders called ``masks`` hold annotations of the pictures beside them, not pictures to look at; they are searched
    only where they are given themselves. So it is with ``x_mask.png`` and ``x_mask_1.png`` beside ``x.png``, which are
    put into ``masks``. A given file is handed on whatever it is, and so is a folder that may not be opened: reading it
    says why.

    A folder is searched once, however many links lead to it, and what the system shows as files without a disk
    (``/proc``, ``/sys``, ``/dev``) never. Nothing is looked at before it is asked for; ``stop`` is asked before every
    folder, and ``tell`` told how many of how many DICOM files are sorted. A folder with more than a million pictures
    and folders below it is refused.
    """
    for path in map(_disc_of, paths):
        # Unlike Path.is_dir, it answers for a file in a folder that may not be searched.
        if os.path.isdir(path):  # noqa: PTH112
            yield from _below(Path(path), stop, [] if masks is None else masks)
        else:
            yield from expanded(path, tell)


def _disc_of(path: str | Path) -> str | Path:
    """The folder of a table of contents, else the path itself."""
    return Path(path).parent if Path(path).name.upper() == CONTENTS and os.path.isfile(path) else path  # noqa: PTH113


def natural(name: str) -> tuple[str, str]:
    """Sorts names as people count: slice 2 before slice 10."""
    # Padded text compares several times faster than lists of texts and numbers, which counts for 100,000 names.
    return _DIGITS.sub(lambda number: number[0].zfill(40), name.casefold()), name


def _below(root: Path, stop: Callable[[], bool], masks: list[Path]) -> Iterator[Path]:
    searched: set[tuple[int, int]] = set()
    # A pile instead of calls within calls: folders may lie deeper than Python calls.
    waiting, pictures = [root], 0
    while waiting and not stop():
        folder = waiting.pop()
        try:
            state = folder.stat()
            here = (state.st_dev, state.st_ino)
            if here in searched or state.st_dev in _without_disk():
                continue
            searched.add(here)
            files, folders = _entries(folder)
            beside = _masks_of(files)
            inside = [folder / name for name in _in_order(folders)]
        except OSError:
            yield folder
            continue
        masks += [folder / name for name in sorted(beside)]
        files = [name for name in files if name not in beside] if beside else files
        waiting += reversed(inside)
        pictures += len(files)
        if pictures + len(waiting) + len(searched) > MOST:
            raise HeatlensError(
                f"{root} has more than {MOST:,} pictures and folders below it; name a folder inside it."
            )
        yield from (folder / name for name in _in_order(files))


def _entries(folder: Path) -> tuple[list[str], list[str]]:
    """The names of its pictures, and of its folders to search."""
    files: list[str] = []
    folders: list[str] = []
    with os.scandir(folder) as entries:
        # A plain loop: a hundred thousand names pass here before the first is shown.
        for entry in entries:
            name = entry.name
            if name[0] == ".":
                continue
            if _is_folder(entry):
                folders += [name] * (name.casefold() != _ANNOTATIONS)
            elif name.lower().endswith(SUFFIXES) or is_bare_dicom(entry.path):
                files.append(name)
            if len(files) + len(folders) > MOST:
                break
    return files, folders


def _masks_of(files: list[str]) -> set[str]:
    """Those that are named as masks of a picture beside them."""
    named = [(name, _stem(name)) for name in files if "_mask" in name.casefold()]
    stems = set(map(_stem, files)) if named else set()
    return {name for name, stem in named if (of := _MASK.fullmatch(stem)) and of[1] in stems}


def _stem(name: str) -> str:
    return name.rpartition(".")[0].casefold()


def is_bare_dicom(path: str) -> bool:
    """Whether it is a DICOM file of a name as archives give: without an ending, or a long number."""
    name = os.path.basename(path)  # noqa: PTH119
    if ("." in name and not name.rpartition(".")[2].isdigit()) or name.upper() == CONTENTS:
        return False
    try:
        # Asked first, since a pipe would be waited for.
        if not os.path.isfile(path):  # noqa: PTH113
            return False
        with Path(path).open("rb") as stream:
            return is_dicom(stream.read(132))
    except (OSError, ValueError):
        return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads back to itself: costs its own name and no other.
        return False


@cache
def _without_disk() -> frozenset[int]:
    """The devices of what is no disk, where the system has them apart from its disk."""
    devices = set()
    for path in (os.sep, "/proc", "/sys", "/dev"):
        try:
            devices.add(os.stat(path).st_dev)  # noqa: PTH116
        except OSError:
            continue
    return frozenset(devices - {os.stat(os.sep).st_dev})  # noqa: PTH116


def _in_order(names: list[str]) -> Iterator[str]:
    # One sort of 100,000 names would keep every other thread waiting for a quarter of a second; who wants the first
    # does not wait for the last. Of names with digits at the same places the order of letters is that of numbers, and
    # those are not looked at before it is their turn.
    alike: dict[bytes, list[str]] = {}
    for name in names:
        layout = name.casefold().encode("utf-8", "surrogatepass").translate(_LAYOUT)
        alike.setdefault(layout, []).append(name)
    groups = [group for group in alike.values() if len(group) >= _ALIKE]
    others = [name for group in alike.values() if len(group) < _ALIKE for name in group]
    runs = [sorted(sorted(run), key=str.casefold) for group in groups for run in _runs(group)]
    return heapq.merge(*runs, *(sorted(run, key=natural) for run in _runs(others)), key=natural)


def _runs(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + _RUN] for start in range(0, len(names), _RUN))
