"""Reading a made-up series of 512 × 512 × 100: its first slice and all of it, as DICOM, NIfTI and as plain arrays.

Run ``python -m tests.benchmarks.pictures``.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

SHAPE = (512, 512, 100)


def made(folder: Path, shape: tuple[int, int, int] = SHAPE) -> dict[str, Path]:
    """The same voxels in every way of storing them."""
    import nibabel

    from tests.tfcore.pictures.dicoms import dataset, written

    voxels = np.random.default_rng(0).integers(-1000, 2000, shape).astype(np.int16)
    series = folder / "series"
    series.mkdir()
    for z in range(shape[2]):
        place = {"ImagePositionPatient": [0, 0, z], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        stored = np.ascontiguousarray(voxels[..., z])
        (series / f"{z}.dcm").write_bytes(written(dataset(stored, RescaleSlope=1, RescaleIntercept=-24, **place)))
    image = nibabel.Nifti1Image(voxels, np.eye(4))
    for name in ("scan.nii", "scan.nii.gz"):
        image.to_filename(folder / name)
    np.save(folder / "plain.npy", voxels)
    return {"DICOM series": series, "NIfTI": folder / "scan.nii", "NIfTI, packed": folder / "scan.nii.gz"}


def measure(shape: tuple[int, int, int] = SHAPE) -> dict[str, tuple[float, float]]:
    """Seconds to the first slice and for all slices with their levels, each opened for the first time."""
    from tfcore.pictures import find, read

    with tempfile.TemporaryDirectory(prefix="heatlens-volumes-") as name:
        places = made(Path(name), shape)
        found = {"array file, all": (0.0, _seconds(lambda: np.load(Path(name) / "plain.npy").sum()))}
        for kind, path in places.items():
            place = "#" if path.is_dir() else "#axial="
            first = _seconds(lambda path=path, place=place: read(f"{path}{place}0").levels())  # type: ignore[misc]
            whole = _seconds(lambda path=path, place=place: _all(map(read, find([f"{path}{place}*"]))))  # type: ignore[misc]
            found[kind] = (first, whole)
    return found


def _all(pictures: Iterable[object]) -> None:
    for picture in pictures:
        picture.levels()  # type: ignore[attr-defined]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    for kind, (first, whole) in measure().items():
        print(f"{kind:16} first slice {first:6.2f} s   all slices {whole:6.2f} s")
