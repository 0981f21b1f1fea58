"""Pictures that are not opened whole: reduced, with that told, and read by region where one looks closer."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from tests.tfcore.pictures.files import tiff
from tfcore.errors import HeatlensError
from tfcore.pictures import budget, large, raster, read, reducing, strips, thumbnail, unpacked

HEIGHT, WIDTH = 403, 301


@pytest.fixture(autouse=True)
def small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large is small here, so that the tests are quick."""
    for module in (budget, large):
        monkeypatch.setattr(module, "MOST_PIXELS", 50_000)
    for module in (reducing, large, raster):
        monkeypatch.setattr(module, "SHOWN", 12_000)
    monkeypatch.setattr(large, "_WORTH_LOOKING", 0)
    monkeypatch.setattr(large, "_BLOCK", 10_000)
    monkeypatch.setattr(raster, "_BLOCK", 64)


def slide(kind: type = np.uint8, channels: int = 3) -> np.ndarray:
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    planes = np.stack([x / 2, y / 2, (x + y) / 4], -1)[..., :channels] * (1 if kind == np.uint8 else 100)
    return np.ascontiguousarray(planes[..., 0] if channels == 1 else planes).astype(kind)


def pyramid(*, below: bool) -> bytes:
    whole, stream = slide(), io.BytesIO()
    how = {"photometric": "rgb", "tile": (64, 64), "compression": "zlib"}
    with tifffile.TiffWriter(stream) as file:
        file.write(whole, subifds=2 if below else 0, **how)
        for step in (4, 8):
            file.write(whole[::step, ::step], subfiletype=1, **how)
    return stream.getvalue()


def mean(whole: np.ndarray, step: int) -> np.ndarray:
    """Block by block."""
    rows, columns = -(-whole.shape[0] // step), -(-whole.shape[1] // step)
    found = np.empty((rows, columns, *whole.shape[2:]))
    for row in range(rows):
        for column in range(columns):
            block = whole[row * step : (row + 1) * step, column * step : (column + 1) * step]
            found[row, column] = block.mean((0, 1))
    return found


@pytest.mark.parametrize(
    ("kind", "channels", "how"),
    [
        (np.uint8, 3, {}),
        (np.uint16, 1, {}),
        (np.float32, 1, {"compression": "zlib", "tile": (48, 80)}),
        (np.uint8, 3, {"compression": "lzw", "rowsperstrip": 7}),
        (np.uint8, 3, {"tile": (64, 64), "compression": "deflate", "predictor": True}),
        (np.uint16, 3, {"byteorder": ">"}),
    ],
)
def test_a_plain_large_file_is_shown_by_the_means_of_its_blocks(
    tmp_path: Path, kind: type, channels: int, how: dict[str, object]
) -> None:
    whole = slide(kind, channels)
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(whole, photometric="rgb" if channels == 3 else "minisblack", **how))
    picture = read(path)
    np.testing.assert_allclose(picture.array, mean(whole, 4), atol=0.51 if kind != np.float32 else 1e-3)
    assert picture.array.dtype == kind
    assert picture.full == (HEIGHT, WIDTH)
    assert picture.note == "shown at 76 × 101 of 301 × 403 pixels"
    part = large.region(picture, 100, 50, 60, 40)
    assert part is not None
    np.testing.assert_array_equal(part.array, whole[50:90, 100:160])
    assert (part.x, part.y, part.width, part.height) == (100, 50, 60, 40)


@pytest.mark.parametrize("below", [True, False])
def test_a_pyramid_is_read_where_it_is_coarse_enough(tmp_path: Path, below: bool) -> None:
    path = tmp_path / "slide.tif"
    path.write_bytes(pyramid(below=below))
    picture = read(path)
    np.testing.assert_array_equal(picture.array, slide()[::4, ::4])
    assert picture.frames == 1
    assert thumbnail(path, 32).shape[:2] == (32, 24)
    # As fine as is asked for: a small part is of the finest, a wide one of a coarser one.
    fine, wide = large.region(picture, 0, 0, 90, 90), large.region(picture, -20, -20, 1000, 1000, longest=110)
    assert fine is not None
    assert wide is not None
    np.testing.assert_array_equal(fine.array, slide()[:90, :90])
    assert wide.array.shape == (101, 76, 3)
    assert (wide.x, wide.y) == (0, 0)
    assert wide.width == pytest.approx(WIDTH, abs=2)
    assert large.region(picture, 500, 0, 10, 10) is None


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_other_large_files_are_shown_reduced(tmp_path: Path, form: str) -> None:
    path = tmp_path / "a"
    exif = Image.Exif()
    exif[0x0112] = 6 if form == "JPEG" else 1
    Image.fromarray(slide()).save(path, form, exif=exif)
    picture = read(path)
    expected = mean(slide(), 4)
    if form == "JPEG":
        expected = np.rot90(expected, -1)
    np.testing.assert_allclose(picture.array, expected, atol=0.51 if form == "PNG" else 4)
    assert picture.full == ((WIDTH, HEIGHT) if form == "JPEG" else (HEIGHT, WIDTH))
    assert "shown at" in picture.note
    whole = np.rot90(slide(), -1) if form == "JPEG" else slide()
    for longest, step in ((400, 1), (200, 2)):
        part = large.region(picture, 100, 50, 60, 400, longest)
        assert part is not None
        expected = mean(whole[50:450, 100:160], step)
        np.testing.assert_allclose(part.array, expected, atol=0.51 if form == "PNG" else 4)
        assert (part.x, part.y, part.width, part.height) == (100, 50, 60, min(400, len(whole) - 50))
    assert max(thumbnail(path, 32).shape[:2]) == 32


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGB", "RGBA", "clear", "I;16", "16-bit RGB", "16-bit RGBA", "blank"]
)
def test_a_png_is_the_same_in_strips_as_whole(tmp_path: Path, mode: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path, random = tmp_path / "a.png", np.random.default_rng(0)
    if mode.startswith("16-bit"):
        channels = 4 if mode.endswith("A") else 3
        cv2.imwrite(str(path), random.integers(0, 65536, (90, 70, channels)).astype(np.uint16))
    elif mode == "I;16":
        Image.fromarray(random.integers(0, 65536, (90, 70)).astype(np.uint16)).save(path)
    else:
        stored = random.integers(0, 256, (90, 70, 4)).astype(np.uint8)
        stored[..., 3] *= mode != "blank"
        kept = {"clear": "RGB", "blank": "RGBA"}.get(mode, mode)
        image = Image.fromarray(stored).convert("RGB" if mode == "P" else kept).convert(kept)
        image.save(path, transparency=tuple(map(int, stored[3, 4, :3])) if mode == "clear" else None)
    data = path.read_bytes()
    whole, _ = raster.decode(data, "png", path)
    monkeypatch.setattr(strips, "_BLOCK", 3000)
    part = unpacked.part(path, slice(20, 77), slice(5, 61), 100)
    assert part is not None
    # Grey stays grey.
    whole = whole[..., 0] if mode == "LA" else whole
    np.testing.assert_array_equal(part, whole[20:77, 5:61])


def test_what_is_decoded_in_another_way_is_said_to_be_no_finer(tmp_path: Path) -> None:
    Image.fromarray(slide()).convert("CMYK").save(tmp_path / "a.jpg")
    picture = read(tmp_path / "a.jpg")
    assert "no finer from near" in picture.note
    assert large.region(picture, 0, 0, 50, 50) is None


def test_a_png_that_breaks_off_is_one_sentence(tmp_path: Path) -> None:
    whole = raster.png(_saved(slide()), tmp_path / "a.png").data
    stream = zlib.compress(zlib.decompress(whole[whole.index(b"IDAT") + 4 : -16])[:-5000])
    chunk = struct.pack(">I", len(stream)) + b"IDAT" + stream + struct.pack(">I", zlib.crc32(b"IDAT" + stream))
    (tmp_path / "a.png").write_bytes(whole[: whole.index(b"IDAT") - 4] + chunk + whole[-12:])
    assert "is cut short" in said(tmp_path / "a.png")


def _saved(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(array).save(stream, "PNG")
    return stream.getvalue()


def test_what_cannot_be_read_in_parts_or_is_not_all_there_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(slide(), photometric="rgb")[:-2000])
    assert "is cut short" in said(path)
    path.write_bytes(tiff(np.moveaxis(slide(), -1, 0), photometric="rgb", planarconfig="separate", compression="zlib"))
    assert "stores each colour by itself" in said(path)
    data = bytearray(tiff(slide()[:8, :8], photometric="rgb"))
    with tifffile.TiffFile(io.BytesIO(bytes(data))) as file:
        for name in ("ImageWidth", "ImageLength"):
            struct.pack_into("<I", data, file.pages.first.tags[name].valueoffset, 4_000_000)
    path.write_bytes(data)
    assert "4,000,000 × 4,000,000 pixels" in said(path)


def said(path: Path) -> str:
    with pytest.raises(HeatlensError) as caught:
        read(path)
    return str(caught.value)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of the memory is told by Linux")
def test_memory_stays_within_a_bound_however_large_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "large.tif"
    # 0.9 GB if it were read whole.
    tile = np.full((2000, 2000, 3), 200, np.uint8)
    tifffile.imwrite(
        path,
        (tile for _ in range(75)),
        shape=(10_000, 30_000, 3),
        dtype=np.uint8,
        tile=(2000, 2000),
        compression="zstd",
        photometric="rgb",
    )
    script = (
        "import sys; from tfcore.pictures import read; p = read(sys.argv[1]); print(p.note, p.array.max());"
        "print([l for l in open('/proc/self/status') if l.startswith('VmHWM')][0].split()[1])"
    )
    root = Path(__file__).parents[3]
    answer = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=root, capture_output=True, text=True, check=True
    )
    note, peak = answer.stdout.splitlines()
    assert note == "shown at 6,000 × 2,000 of 30,000 × 10,000 pixels 200"
    assert int(peak) < 600 * 1024
