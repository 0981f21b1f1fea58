"""Files that are one picture together: the slices of a series, and the parts of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from pathlib import Path

from tfcore.pictures import channels
from tfcore.pictures.formats import DICOM_SUFFIXES, SUFFIXES, VOLUME_SUFFIXES

# DICOM files of one folder that are read to see which belong together: a minute's work.
MOST_SLICES = 100_000


def gathered(paths: Iterable[str], tell: Callable[[int, int], None]) -> Iterator[str]:
    """The same, where all slices of a DICOM series are among them one address in their place (``folder#series=0``)."""
    for folder, group in groupby(paths, _folder_of_slices):
        if folder is None:
            yield from group
        else:
            yield from _as_series(folder, list(group), tell)


def as_cases(paths: Iterable[str]) -> Iterator[str]:
    """The same, where the folder of a case of four channels (BraTS) takes the place of its volumes and series and of
    their mask.
    """
    known: dict[Path, bool] = {}

    def folder_of_parts(path: str) -> Path | None:
        if "#" not in path and not path.lower().endswith(VOLUME_SUFFIXES):
            return None
        part = channels.part_of(Path(path))
        if part is None:
            return None
        # Of DICOM it is asked for first: not to wait for all patients of a folder before the first is shown.
        if part != Path(path) and part.parent not in known:
            known.clear()
            known[part.parent] = channels.is_case(part.parent)
        return part.parent if known.get(part.parent, True) else None

    for folder, group in groupby(paths, folder_of_parts):
        if folder is None:
            yield from group
        else:
            listed = list(map(Path, group))
            rest = channels.rest(folder, listed)
            yield from ([str(folder)] if len(rest) < len(listed) else [])
            yield from map(str, rest)


def _folder_of_slices(path: str) -> Path | None:
    name = path.lower()
    return Path(path).parent if name.endswith(DICOM_SUFFIXES) or not name.endswith(SUFFIXES) else None


def _as_series(folder: Path, files: list[str], tell: Callable[[int, int], None]) -> Iterator[str]:
    left = dict.fromkeys(files)
    if 1 < len(files) <= MOST_SLICES:
        from tfcore.pictures import dicom

        try:
            series = [{str(path) for path in slices} for slices in dicom.series_files(folder, tell)]
        except OSError:
            series = []
        for number, slices in enumerate(series):
            if len(slices) > 1 and slices <= left.keys():
                left = {path: None for path in left if path not in slices}
                yield f"{folder}#series={number}"
    yield from left
