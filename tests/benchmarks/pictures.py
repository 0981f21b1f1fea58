"""Reading what hospitals have: a CT series of 512 × 512 × 300 and an MR volume of 240 × 240 × 155 × 4, made up.

Run ``python -m tests.benchmarks.pictures``. Each is opened in a process of its own: seconds to the first slice, to sort
(of a series) and to all slices with their levels, and the most memory that took, beside reading the same bytes as
plain arrays.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np

from tests.benchmarks.memory import ROOT, say_peak

CT, MR = (512, 512, 300), (240, 240, 155, 4)


def made(folder: Path, ct: tuple[int, ...] = CT, mr: tuple[int, ...] = MR) -> dict[str, Path]:
    """The same voxels in every way of storing them."""
    import nibabel

    from tests.tfcore.pictures.dicoms import dataset, written

    random = np.random.default_rng(0)
    voxels = random.integers(-1000, 2000, ct).astype(np.int16)
    series = folder / "series"
    series.mkdir()
    for z in range(ct[2]):
        place = {"ImagePositionPatient": [0, 0, z], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0]}
        stored = np.ascontiguousarray(voxels[..., z])
        tags = {"RescaleSlope": 1, "RescaleIntercept": -24, "PixelSpacing": [1, 1]}
        (series / f"{z}.dcm").write_bytes(written(dataset(stored, **tags, **place)))
    np.save(folder / "ct.npy", voxels)
    many = random.integers(0, 900, mr).astype(np.int16)
    for name in ("mr.nii", "mr.nii.gz"):
        nibabel.Nifti1Image(many, np.eye(4)).to_filename(folder / name)
    np.save(folder / "mr.npy", many)
    nibabel.Nifti1Image(voxels, np.eye(4)).to_filename(folder / "ct.nii.gz")
    return {
        "CT, array file": folder / "ct.npy",
        "CT, DICOM series": series,
        "CT, NIfTI packed": folder / "ct.nii.gz",
        "MR, array file": folder / "mr.npy",
        "MR, NIfTI": folder / "mr.nii",
        "MR, NIfTI packed": folder / "mr.nii.gz",
    }


def opened(path: Path) -> tuple[float, float]:
    """Seconds to the first slice, and for all slices with their levels."""
    from tfcore.pictures import find, read

    if path.suffix == ".npy":
        return 0.0, _seconds(lambda: np.load(path).sum())
    place = "#" if path.is_dir() else "#axial="
    first = _seconds(lambda: read(f"{path}{place}0").levels())
    return first, first + _seconds(lambda: _all(map(read, find([f"{path}{place}*"]))))


def _all(pictures: Iterable[object]) -> None:
    for picture in pictures:
        picture.levels()  # type: ignore[attr-defined]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def measured(path: Path) -> tuple[float, float, float]:
    """The same in a process of its own, and its peak of memory in MB."""
    command = [sys.executable, "-m", "tests.benchmarks.pictures", str(path)]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    first, whole, peak = map(float, answer.stdout.split())
    return first, whole, peak


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(*opened(Path(sys.argv[1])))
        say_peak()
    else:
        with tempfile.TemporaryDirectory(prefix="heatlens-volumes-") as name:
            for kind, path in made(Path(name)).items():
                first, whole, peak = measured(path)
                print(f"{kind:18} first slice {first:6.2f} s   all slices {whole:6.2f} s   memory {peak:6.0f} MB")
