"""How much of the memory a picture may take is known before any of it is decoded."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from tests.tfcore.pictures.files import chunk, saved, tiff
from tfcore.errors import HeatlensError
from tfcore.pictures import read, thumbnail

ROOT = Path(__file__).parents[3]


def blank_png(width: int, height: int, depth: int, colour: int, samples: int) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    packer = zlib.compressobj(1)
    row = bytes(1 + width * samples * depth // 8)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def claiming(side: int, dtype: str, samples: int) -> bytes:
    """A small TIFF that says it is large."""
    shape = (4, 4, samples) if samples > 1 else (4, 4)
    layout = {"planarconfig": "contig"} if samples > 1 else {}
    data = bytearray(
        tiff(np.zeros(shape, dtype), photometric="minisblack", compression="zlib", rowsperstrip=4, **layout)
    )
    with tifffile.TiffFile(io.BytesIO(bytes(data))) as file:
        tags = file.pages.first.tags
        for name in ("ImageWidth", "ImageLength", "RowsPerStrip"):
            struct.pack_into("<H" if tags[name].dtype == 3 else "<I", data, tags[name].valueoffset, side)
    return bytes(data)


def claiming_png(side: int, depth: int, colour: int) -> bytes:
    data = blank_png(1, 1, depth, colour, 4)
    return data[:8] + chunk(b"IHDR", struct.pack(">II", side, side) + data[24:29]) + data[33:]


@pytest.mark.parametrize(
    ("data", "needs"),
    [
        (claiming(10_000, "f8", 4), "5.96 GB"),
        (claiming(10_000, "u2", 4), "2.61 GB"),
        (claiming_png(10_000, 16, 6), "2.05 GB"),
    ],
)
def test_what_would_fill_the_memory_is_refused_with_the_number(tmp_path: Path, data: bytes, needs: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    with pytest.raises(HeatlensError, match=f"10,000 × 10,000 pixels and would take {needs} of memory; at most 2 GB"):
        read(path)
    with pytest.raises(HeatlensError, match="256 MB are used for a thumbnail, so open it to see it"):
        thumbnail(path)


def test_a_small_strip_that_unpacks_to_very_much_is_unpacked_no_further_than_its_place(tmp_path: Path) -> None:
    uses = []
    for compression in ("zlib", "zstd", "lzma"):
        whole = np.zeros((4000, 4000, 3), np.uint8)
        data = bytearray(tiff(whole, compression=compression, photometric="rgb", rowsperstrip=4000))
        with tifffile.TiffFile(io.BytesIO(bytes(data))) as file:
            tags = file.pages.first.tags
            for name in ("ImageWidth", "ImageLength", "RowsPerStrip"):
                tag = tags[name]
                struct.pack_into("<H" if tag.dtype == 3 else "<I", data, tag.valueoffset, 8)
        path = tmp_path / f"{compression}.tif"
        path.write_bytes(bytes(data))
        uses.append(f"read({str(path)!r})")
    # 48 megabytes each.
    assert max(peaks(*uses)) < 40


def test_a_picture_takes_what_was_reckoned(tmp_path: Path) -> None:
    files = {
        "deep.png": blank_png(4000, 3000, 16, 6, 4),
        "a.png": saved(Image.new("RGB", (4000, 3000)), "PNG"),
        "a.tif": tiff(np.zeros((3000, 4000)), compression="zlib", rowsperstrip=10),
        "a.jpg": saved(Image.new("RGB", (6000, 6000)), "JPEG"),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    deep, plain, double, large = (repr(str(tmp_path / name)) for name in files)
    # Megabytes for 12 megapixels. 8 bytes each are decoded and 6 composed, or 6 kept with 12 of their levels.
    reckoned = {
        f"read({deep}).levels()": 12 * 18,
        f"read({deep}).display()": 12 * 14,
        f"read({plain})": 12 * 7,
        f"read({double}).levels()": 12 * 12,
        f"thumbnail({large})": 20,
    }
    for use, taken, most in zip(reckoned, peaks(*reckoned), reckoned.values(), strict=True):
        assert taken < 1.15 * most, use


def peaks(*uses: str) -> list[float]:
    """By how many megabytes a process grows at most in each."""
    code = """
import sys, tfcore.pictures.raster, tfcore.pictures.tiff, imagecodecs, PIL.Image
from pathlib import Path
from tfcore.errors import HeatlensError
from tfcore.pictures import read, thumbnail
def memory(line):
    return next(int(each.split()[1]) / 1024 for each in open("/proc/self/status") if each.startswith(line))
for use in sys.argv[1:]:
    Path("/proc/self/clear_refs").write_text("5")
    before = memory("VmRSS")
    try:
        eval(use)
    except HeatlensError:
        pass
    print(memory("VmHWM") - before)
"""
    if not os.access("/proc/self/clear_refs", os.W_OK):
        pytest.skip("this system does not tell the peak")
    done = subprocess.run([sys.executable, "-c", code, *uses], cwd=ROOT, capture_output=True, text=True, check=True)
    return [float(line) for line in done.stdout.split()]
