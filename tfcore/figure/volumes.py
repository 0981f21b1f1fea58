"""Heatmaps of slices put together again: a NIfTI volume that lies on the one it explains, voxel on voxel."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure.gathered import Gathered, named
from tfcore.files import written_whole
from tfcore.lazy import cv2, nibabel
from tfcore.marks import PROGRAM, version
from tfcore.pictures import Picture, Volume, volume
from tfcore.pictures.address import PLANES, Address, checked, parse, stem
from tfcore.pictures.formats import HEAD, VOLUMES, format_of
from tfcore.pictures.source import contents
from tfcore.pictures.turning import turned_back
from tfcore.pictures.volumes import place
from tfcore.pictures.voxels import laid_down
from tfcore.results import Heat

SUFFIX = ".nii.gz"
# The volume that a map is of, along which plane, and the map at every pixel of the slice.
Slice: TypeAlias = "tuple[Path, str, np.ndarray]"


class HeatVolumes(Gathered[Slice]):
    """A volume for each file or series, plane, time, method and layer; 0 where there is no heat.

    Maps are raw, as everywhere. The file's own axes and affine are kept, so that any viewer lays one on the other.
    """

    def __init__(self, out: Path, overwrite: bool = False) -> None:
        super().__init__(out, overwrite, SUFFIX)

    def add(self, picture: Picture, heat: Heat, below: Path = Path()) -> None:
        """Lay one slice's heat into its volume; a sentence for what is no slice."""
        t, index, count, one = self._placed(picture, heat)
        file, plane, _ = one
        what = f"{plane} slices".lstrip()
        name = [stem(file), plane, *([f"t{t}"] if volume(file).times > 1 else []), *named(heat)]
        self.lay((file, plane, t, heat.method, heat.layer), name, below, index, count, what, one, heat)

    def whole(self, items: Sequence[tuple[Heat, Picture]], path: Path) -> None:
        """Write the heat of these slices of one volume into one of that name."""
        placed = [self._placed(picture, heat) for heat, picture in items]
        self.write({index: one for _, index, _, one in placed}, path)

    def _placed(self, picture: Picture, heat: Heat) -> tuple[int, int, int, Slice]:
        """Volume in time, number of the slice and of how many, and the slice."""
        address = parse(picture.path)
        stacked = not address.plane and _is_dicom(address)
        if not stacked and not address.plane and not _is_volume(address):
            raise HeatlensError(
                f"{picture.path} is no slice of a volume or a DICOM series; --format nii is for these alone."
            )
        file = Address(address.file, series=address.series).path
        whole = volume(file)
        if stacked:
            from tfcore.pictures import dicom

            plane, t, count = "", 0, whole.file_shape[2]
            index = checked(dicom.index_of(address), count, picture.path, "slices")
        else:
            plane, index, t = place(whole, address)
            count = whole.counts[plane]
        return t, index, count, (file, plane, on_picture(heat, picture.height, picture.width))

    def size(self, one: Slice) -> int:
        return one[2].nbytes

    def write(self, slices: dict[int, Slice], path: Path) -> None:
        file, plane, _ = next(iter(slices.values()))
        whole = volume(file)
        voxels = np.zeros(whole.stored.shape[:3], np.float32)
        for index, (_, _, values) in slices.items():
            if plane:
                np.moveaxis(voxels, PLANES.index(plane), 0)[index] = laid_down(values)
            else:
                turned_back(voxels, whole.turned)[:, :, index] = values.T
        with written_whole(path, self.overwrite) as temporary:
            temporary.write_bytes(_packed(whole, voxels))


def _is_volume(address: Address) -> bool:
    return format_of(contents(address.file, part=HEAD), address.file) in VOLUMES


def _is_dicom(address: Address) -> bool:
    """Whether it is a slice of a series, or of a file of many."""
    if address.file.is_dir():
        return True
    if format_of(contents(address.file, part=HEAD), address.file) != "dicom":
        return False
    from tfcore.pictures import dicom

    return dicom.count(address.file) > 1


def on_picture(heat: Heat, height: int, width: int, top: int = 0, left: int = 0) -> np.ndarray:
    """The map at every pixel of the picture, or of so large a part of it; 0 where the network did not look."""
    rows, columns = heat.map.shape
    across, down = (np.arange(size, dtype=np.float32) + 0.5 for size in (width, height))
    x = (across + (left - heat.box.x)) * np.float32(columns / heat.box.width) - 0.5
    y = (down + (top - heat.box.y)) * np.float32(rows / heat.box.height) - 0.5
    at = np.meshgrid(x, y)
    found: np.ndarray = cv2.remap(
        np.asarray(heat.map, np.float32), *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    seen = ((y >= -0.5) & (y <= rows - 0.5))[:, None] & ((x >= -0.5) & (x <= columns - 0.5))
    return np.where(seen, found, 0)


def _packed(whole: Volume, voxels: np.ndarray) -> bytes:
    """A new file around the voxels: nothing of the header of the old one but how it lies in space."""
    kind = nibabel.Nifti1Image if max(voxels.shape) < 2**15 else nibabel.Nifti2Image
    image = kind(turned_back(voxels, whole.turned), whole.file_affine)
    image.header["descrip"] = f"{PROGRAM} {version()}".encode()
    image.header.set_xyzt_units("mm")
    # Without the time of day, so that the same heat gives the same file.
    return gzip.compress(image.to_bytes(), 6, mtime=0)
