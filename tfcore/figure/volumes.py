"""Heatmaps of slices put together again: a NIfTI volume that lies on the one it explains, voxel on voxel."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import check_free, written_whole
from tfcore.lazy import cv2, nibabel
from tfcore.marks import PROGRAM, version
from tfcore.pictures import Picture, nifti
from tfcore.pictures.address import PLANES, parse, stem
from tfcore.pictures.budget import MOST_MEMORY
from tfcore.pictures.formats import HEAD, format_of
from tfcore.pictures.source import contents, size
from tfcore.results import Heat

SUFFIX = ".nii.gz"


class _Key(NamedTuple):
    file: Path
    plane: str
    t: int
    method: str
    layer: str


@dataclass
class _Growing:
    voxels: np.ndarray
    path: Path
    slices: set[int]


class HeatVolumes:
    """A volume for each file, plane, time, method and layer, as its slices come; 0 where there is no heat.

    Maps are raw, as everywhere. The file's own axes and affine are kept, so that any viewer lays one on the other.
    """

    def __init__(self, out: Path, overwrite: bool = False) -> None:
        self._out, self._overwrite = out, overwrite
        self._growing: dict[_Key, _Growing] = {}

    def add(self, picture: Picture, heat: Heat) -> None:
        """Lay one slice's heat into its volume; a sentence for what is no slice."""
        address = parse(picture.path)
        if address.file.is_dir() or format_of(contents(address.file, part=HEAD), address.file) != "nifti":
            raise HeatlensError(f"{picture.path} is no slice of a NIfTI volume; --format nii is for these alone.")
        whole = nifti.volume(address.file)
        plane, index, t = nifti.place(whole, address)
        growing = self._of(_Key(address.file, plane, t, heat.method, heat.layer), whole)
        np.moveaxis(growing.voxels, PLANES.index(plane), 0)[index] = nifti.laid_down(
            on_picture(heat, picture.height, picture.width)
        )
        growing.slices.add(index)

    def save(self, whole: bool = True) -> dict[Path, str]:
        """Write all of them; the paths, and of how many slices each is. ``whole=False`` marks them as interrupted."""
        written = {}
        for key, growing in self._growing.items():
            path = growing.path
            path = path if whole else path.with_name(f"{path.name.removesuffix(SUFFIX)}.partial{SUFFIX}")
            with written_whole(path, self._overwrite) as temporary:
                temporary.write_bytes(_packed(nifti.volume(key.file), growing.voxels))
            count = growing.voxels.shape[PLANES.index(key.plane)]
            written[path] = f"{len(growing.slices)} of {count} {key.plane} slices"
        return written

    def _of(self, key: _Key, whole: nifti.Volume) -> _Growing:
        if key not in self._growing:
            taken = sum(each.voxels.nbytes for each in self._growing.values()) + 4 * int(np.prod(whole.file_shape))
            if taken > MOST_MEMORY:
                raise HeatlensError(
                    f"{key.file}: the heat of all volumes together would take {size(taken)}; explain fewer files, "
                    "methods or layers at a time."
                )
            path = self._out / self._name(key, whole.times)
            check_free(path, self._overwrite)
            self._growing[key] = _Growing(np.zeros(whole.stored.shape[:3], np.float32), path, set())
        return self._growing[key]

    def _name(self, key: _Key, times: int) -> str:
        layer = re.sub(r"[^\w.+-]+", "-", key.layer)
        parts = [stem(key.file), key.plane, *([f"t{key.t}"] if times > 1 else []), key.method, layer]
        base = "_".join(filter(None, parts))
        name, number = base, 2
        while any(each.path.name.casefold() == f"{name}{SUFFIX}".casefold() for each in self._growing.values()):
            name, number = f"{base}-{number}", number + 1
        return f"{name}{SUFFIX}"


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


def _packed(whole: nifti.Volume, voxels: np.ndarray) -> bytes:
    """A new file around the voxels: nothing of the header of the old one but how it lies in space."""
    kind = nibabel.Nifti1Image if max(voxels.shape) < 2**15 else nibabel.Nifti2Image
    image = kind(nifti.as_in_file(whole, voxels), whole.file_affine)
    image.header["descrip"] = f"{PROGRAM} {version()}".encode()
    image.header.set_xyzt_units("mm")
    # Without the time of day, so that the same heat gives the same file.
    return gzip.compress(image.to_bytes(), 6, mtime=0)
