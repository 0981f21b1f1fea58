"""A series, or a file of many frames, as one volume: its voxels stacked, and where they lie by their positions."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures.address import Address, parse
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.dicom.frame import Frame
from tfcore.pictures.dicom.header import opened
from tfcore.pictures.dicom.picture import picture
from tfcore.pictures.dicom.series import Series, Slice, series_of
from tfcore.pictures.kept import Kept
from tfcore.pictures.picture import Picture
from tfcore.pictures.source import size
from tfcore.pictures.turning import turned, turned_affine, ways
from tfcore.pictures.voxels import Volume
from tfcore.words import counted


def volume(address: Address) -> Volume:
    """The volume that the address is in; a sentence for slices that make none."""
    return _kept.get(Address(address.file, series=address.series).path, _stacked)


def place(address: Address) -> tuple[tuple[int, ...], np.ndarray]:
    """Voxels towards right, front and head, and from their indices to mm, as headers alone say it."""
    path = Address(address.file, series=address.series).path
    series = series_of(address)
    affine = _affine(series, path)
    data = opened(series.slices[0].path).data
    shape = (int(data.Columns), int(data.Rows), len(series.slices))
    if (of := ways(affine)) is None:
        raise _none(path, _NOWHERE)
    return tuple(shape[axis] for axis in np.argsort(of[:, 0])), turned_affine(affine, of, shape)


def _stacked(path: Path) -> Volume:
    series = series_of(parse(path))
    affine = _affine(series, path)
    first = _slice(series.slices[0])
    if first.array.ndim == 3:
        raise _none(path, "is in colour")
    rows, columns = first.array.shape
    taken = len(series.slices) * first.array.nbytes
    if taken > MOST_MEMORY:
        raise _none(path, f"has {size(taken)} of voxels (at most {size(MOST_MEMORY)} are opened)")
    voxels = np.empty((len(series.slices), rows, columns), first.array.dtype)
    digest = hashlib.sha256()
    for place, one in enumerate(series.slices):
        values = _slice(one)
        if values.array.shape != (rows, columns):
            raise _none(path, "has slices of several sizes")
        if not np.can_cast(values.array.dtype, voxels.dtype):
            voxels = voxels.astype(np.result_type(values.array, voxels))
        voxels[place] = values.array
        digest.update(bytes.fromhex(values.sha256))
    of = ways(affine)
    if of is None:
        raise _none(path, _NOWHERE)
    shape = (columns, rows, len(series.slices))
    right = turned_affine(affine, of, shape)
    stored = turned(voxels.transpose(2, 1, 0), of)
    sides = np.linalg.norm(right[:3, :3], axis=0)
    # What the file names for its first slice holds for all; where it names none, all of them say together.
    window = Frame(opened(series.slices[0].path).data, series.slices[0].frame).look()[0]
    return Volume(
        path,
        digest.hexdigest(),
        (float(sides[0]), float(sides[1]), float(sides[2])),
        right,
        stored,
        1.0,
        0.0,
        of,
        affine,
        shape,
        unit=first.unit,
        window=window,
        look=first.look,
        inverted=first.inverted,
        note=series.note,
    )


_NOWHERE = "does not say how its slices lie in space"


def _none(path: Path, why: str) -> HeatlensError:
    return HeatlensError(f"{path} {why}, so it is no volume; its slices open one by one, as {path.name}#0.")


def _slice(one: Slice) -> Picture:
    return picture(opened(one.path), one.frame, one.path, "")


def _affine(series: Series, path: Path) -> np.ndarray:
    """From (column, row, slice) to mm towards right, front and head; DICOM counts towards left, back and head."""
    slices = series.slices
    first = slices[0]
    spacing = Frame(opened(first.path).data, first.frame).spacing[0]
    if not series.placed or spacing is None:
        raise _none(path, _NOWHERE)
    if doubled := len(slices) - len({one.corner.tobytes() for one in slices if one.corner is not None}):
        raise _none(path, f"has {counted(doubled, 'slice')} where another one lies")
    assert first.axes is not None
    assert first.corner is not None
    assert slices[-1].corner is not None
    affine = np.eye(4)
    affine[:3, 0], affine[:3, 1] = first.axes[0] * spacing[1], first.axes[1] * spacing[0]
    # Of a single slice the thickness is its way to the next.
    affine[:3, 2] = (
        (slices[-1].corner - first.corner) / (len(slices) - 1)
        if len(slices) > 1
        else np.cross(*first.axes) * _thickness(first.path, first.frame)
    )
    affine[:3, 3] = first.corner
    return np.diag([-1.0, -1.0, 1.0, 1.0]) @ affine


def _thickness(path: Path, number: int) -> float:
    found = Frame(opened(path).data, number).numbers("SliceThickness", "PixelMeasuresSequence")
    return found[0] if found and found[0] > 0 else 1.0


_kept: Kept[Volume] = Kept(MOST_MEMORY // 2, lambda one: one.stored.nbytes)
