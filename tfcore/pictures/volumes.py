"""Volumes by their address, whatever kind of file they are in, and their slices as pictures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures import grids
from tfcore.pictures.address import PLANES, Address, checked, parse, words
from tfcore.pictures.channels import is_case, volume_of
from tfcore.pictures.formats import HEAD, VOLUMES, format_of
from tfcore.pictures.picture import Picture
from tfcore.pictures.sides import OF_PLANES
from tfcore.pictures.source import contents
from tfcore.pictures.voxels import Volume
from tfcore.pictures.window import automatic


def volume(path: str | Path) -> Volume:
    """The whole volume of a file of voxels (NIfTI, NRRD, MetaImage), of a DICOM series or a DICOM file of many slices,
    or that an address is in; of a case that of the channel which is shown.
    """
    address = parse(path)
    if address.file.is_dir() and is_case(address.file):
        return volume_of(address.file)
    form = "dicom" if address.file.is_dir() else format_of(contents(address.file, part=HEAD), address.file)
    if form in VOLUMES:
        return grids.volume(address.file)
    if form == "dicom":
        from tfcore.pictures import dicom

        return dicom.volume(address)
    raise HeatlensError(f"{address.file} is no volume; its pictures open one by one (tfcore.pictures.read).")


def read(address: Address, path: Path) -> Picture:
    """A slice; without a plane the middle axial one."""
    if address.index is not None and not address.plane:
        raise HeatlensError(f"{path} does not say which plane; write #axial={address.index}, coronal or sagittal.")
    whole = volume(path)
    plane, index, t = place(whole, address)
    counts = whole.counts
    checked(index, counts[plane], path, f"{plane} slices")
    checked(t, counts["t"], path, "volumes in time")
    note = words(f"{plane} slice", index, counts[plane])
    if counts["t"] > 1:
        note += f", {words('volume', t, counts['t'])}"
    if not whole.directed:
        note += "; the file does not say which side is left"
    return Picture(
        np.ascontiguousarray(whole.slice(plane, index, t)),
        path,
        whole.sha256,
        whole.window or automatic(whole.sample(t)),
        "; ".join(filter(None, (note, whole.note))),
        counts[plane] * counts["t"],
        whole.spacing_of(plane),
        whole.unit,
        whole.look,
        whole.inverted,
        OF_PLANES[plane] if whole.directed else "",
    )


def stored(whole: Volume, address: Address) -> Address | None:
    """The slice of its series (of a case: of the channel on show) that one of a volume is; nothing of what is cut
    across them.
    """
    plane, index, _ = place(whole, address)
    along, way = whole.turned[2]
    if along != PLANES.index(plane):
        return None
    return replace(parse(whole.path), index=index if way > 0 else whole.file_shape[2] - 1 - index)


def hangs_as_stored(whole: Volume, plane: str) -> bool:
    """Whether the rows and columns of a plane are those of the slices of its series."""
    across = [[axis, -1] for axis in range(3) if axis != PLANES.index(plane)]
    return bool((whole.turned[:2] == across).all())


def place(whole: Volume, address: Address) -> tuple[str, int, int]:
    """Plane, slice and volume in time that an address means."""
    if address.plane and address.index is not None:
        return address.plane, address.index, address.t or 0
    return "axial", whole.stored.shape[2] // 2, address.t or 0
