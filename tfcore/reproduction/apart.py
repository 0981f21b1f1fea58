"""How far two files lie apart that should be the same: pixels of pictures, numbers of tables, bytes of the rest."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tfcore.lazy import cv2, nibabel
from tfcore.words import counted, listed

_OF_THE_CLOCK = ("date", "seconds")
# In DICOM: unique numbers, days and times.
_OF_ONE_FILE = ("UI", "DA", "TM", "DT")
# Columns that are named before the rest is counted.
_NAMED = 4


def apart(pairs: Sequence[tuple[Path, Path]]) -> tuple[bool | None, list[str]]:
    """Whether all files have the bytes of the first ones, None where none of these is at hand; and what differs."""
    at_hand = [(old, new) for old, new in pairs if old.is_file()]
    found = [sentence for old, new in at_hand for sentence in differences(old, new)]
    return (not found if at_hand else None), found


def moved(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """A sentence of the versions that are others than then."""
    found = [f"{name} {old} → {now.get(name)}" for name, old in then.items() if old != now.get(name)]
    if found:
        yield f"Versions differ: {listed(found)}."


def differences(old: Path, new: Path) -> Iterator[str]:
    """What is not the same in the file that was made again, in sentences."""
    if not new.is_file():
        yield f"{new.name} was not made this time."
    elif old.read_bytes() != new.read_bytes() and not _but_for_the_clock(old, new):
        before, after = (cv2.imread(str(path), cv2.IMREAD_UNCHANGED) for path in (old, new))
        if before is not None and after is not None:
            yield _of_pixels(before, after, new.name)
            return
        with suppress(OSError, ValueError, AttributeError):
            if found := _of_voxels(old, new):
                yield f"{new.name}: {found}."
                return
            if found := "; ".join(_of_numbers(_columns(old), _columns(new))):
                yield f"{new.name}: {found}."
                return
        yield f"{new.name} has other bytes than the first one."


def _but_for_the_clock(old: Path, new: Path) -> bool:
    """Whether two files tell the same but for the day and how long it took; a DICOM file also has numbers of its own
    each time that it is made.
    """
    if old.suffix.lower() not in (".json", ".dcm"):
        return False
    try:
        one, other = (_timeless(_facts(path)) for path in (old, new))
    except (OSError, ValueError):
        return False
    return bool(one == other)


def _facts(path: Path) -> Any:
    if path.suffix.lower() == ".json":
        return json.loads(path.read_bytes())
    import pydicom

    return pydicom.dcmread(path).to_json_dict()


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: _timeless(inner)
            for key, inner in value.items()
            if key not in _OF_THE_CLOCK and not (isinstance(inner, dict) and inner.get("vr") in _OF_ONE_FILE)
        }
    return [_timeless(inner) for inner in value] if isinstance(value, list) else value


def _of_pixels(before: Any, after: Any, name: str) -> str:
    if before.shape != after.shape:
        size, first = (f"{image.shape[1]} × {image.shape[0]}" for image in (after, before))
        return f"{name} has {size} pixels, the first one {first}."
    if not (before != after).any():
        return f"{name} has the same pixels, but says something else of where it comes from."
    far = cv2.absdiff(before, after).reshape(*before.shape[:2], -1).max(-1)
    return f"{name}: {float((far > 0).mean()):.2%} of the pixels differ, by at most {int(far.max())} of 255."


def _of_voxels(old: Path, new: Path) -> str:
    """Of a NIfTI volume or a DICOM file: in how many places, and by how much; empty where it is none or the same."""
    if old.suffix.lower() not in (".gz", ".nii", ".dcm"):
        return ""
    import numpy as np

    before, after = (np.asarray(_voxels(path), float) for path in (old, new))
    if before.shape != after.shape:
        return f"{' × '.join(map(str, after.shape))} values where there were {' × '.join(map(str, before.shape))}"
    far = np.abs(after - before)
    return f"{float((far > 0).mean()):.2%} of the values differ, by at most {far.max():.2g}" if far.any() else ""


def _voxels(path: Path) -> Any:
    if path.suffix.lower() == ".dcm":
        import pydicom

        return pydicom.dcmread(path).pixel_array
    return nibabel.load(path).dataobj


def _of_numbers(before: Mapping[str, list[Any]], after: Mapping[str, list[Any]]) -> Iterator[str]:
    """Column by column: in how many rows, and by how much."""
    if gone := before.keys() - after.keys():
        yield f"no {listed(sorted(gone))} any more"
    if come := after.keys() - before.keys():
        yield f"{listed(sorted(come))} is new"
    told = 0
    for name in (name for name in before if name in after):
        old, new = before[name], after[name]
        if len(old) != len(new):
            yield f"{counted(len(new), 'row')} where there were {len(old)}"
            return
        others = [(one, other) for one, other in zip(old, new, strict=True) if one != other]
        told += bool(others)
        if others and told <= _NAMED:
            far = [abs(float(one) - float(other)) for one, other in others if _are_numbers(one, other)]
            by = f" by at most {max(far):.2g}" if len(far) == len(others) else f" ({others[0][0]} → {others[0][1]})"
            yield f"{name or 'it'} differs in {len(others)} of {len(old)}{by}"
    if told > _NAMED:
        yield f"and {counted(told - _NAMED, 'other column')}"


def _are_numbers(*values: Any) -> bool:
    try:
        return all(float(value) == float(value) for value in values)
    except (TypeError, ValueError):
        return False


def _columns(path: Path) -> dict[str, list[Any]]:
    """A table, the arrays of an .npz or the leaves of a JSON as columns of values."""
    kind = path.suffix.lower()
    if kind == ".csv":
        with path.open(newline="", encoding="utf-8") as stream:
            heading, *rows = list(csv.reader(stream)) or [[]]
        return {name: [row[place] for row in rows if place < len(row)] for place, name in enumerate(heading)}
    if kind == ".parquet":
        from pyarrow import parquet

        found: dict[str, list[Any]] = parquet.read_table(path).to_pydict()
        return found
    if kind == ".npz":
        import numpy as np

        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name].ravel().tolist() for name in kept.files}
    columns: dict[str, list[Any]] = {}
    if kind == ".json":
        _leaves(json.loads(path.read_bytes()), "", columns)
    return columns


def _leaves(value: Any, name: str, columns: dict[str, list[Any]]) -> None:
    if isinstance(value, dict):
        for key, inner in value.items():
            _leaves(inner, f"{name}.{key}" if name else str(key), columns)
    elif isinstance(value, list):
        for inner in value:
            _leaves(inner, name, columns)
    else:
        columns.setdefault(name, []).append(value)
