from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.tfcore.pictures.files import noise, saved, tiff, with_orientation
from tfcore.errors import HeatlensError
from tfcore.pictures import thumbnail

RAMP = np.tile(np.linspace(0, 255, 300).astype(np.uint8), (200, 1))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "GIF"])
def test_thumbnails_are_small_rgb_and_in_proportion(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(saved(RAMP, form))
    small = thumbnail(path, 60)
    assert small.shape == (40, 60, 3)
    assert small.dtype == np.uint8
    expected = RAMP.reshape(200, 60, 5).mean(axis=(0, 2))
    assert np.abs(small[20, :, 1] - expected).max() < 4


def test_small_pictures_are_not_enlarged(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    array = noise(3, 5, 3)
    path.write_bytes(saved(array, "PNG"))
    np.testing.assert_array_equal(thumbnail(path), array)


def test_a_long_thin_picture_keeps_at_least_one_pixel(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(saved(noise(1, 1000), "PNG"))
    assert thumbnail(path, 64).shape == (1, 64, 3)


def test_16_bit_thumbnails_are_not_black(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(RAMP.astype(np.uint16) * 4))
    small = thumbnail(path, 60)
    assert small.min() < 10
    assert small.max() > 245


def test_photographs_stand_upright(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(saved(RAMP, "JPEG", exif=with_orientation(6)))
    small = thumbnail(path, 60)
    assert small.shape == (60, 40, 3)
    assert small[0].mean() < 20 < 235 < small[-1].mean()


def test_broken_files_say_so(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(saved(noise(300, 300), "JPEG")[:4000])
    with pytest.raises(HeatlensError, match="cut short"):
        thumbnail(path)


def test_many_threads_get_the_same_thumbnails(tmp_path: Path) -> None:
    paths = []
    for number, form in enumerate(["PNG", "JPEG", "TIFF", "GIF"] * 8):
        path = tmp_path / f"{number}"
        path.write_bytes(saved(noise(150, 170, 3, seed=number), form))
        paths.append(path)
    alone = [thumbnail(path, 50) for path in paths]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda path: thumbnail(path, 50), paths))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)


def test_importing_the_package_leaves_the_decoders_alone() -> None:
    code = "import sys, tfcore.pictures; print({'PIL', 'cv2', 'tifffile', 'tensorflow', 'PySide6'} & set(sys.modules))"
    root = Path(__file__).parents[3]
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
