"""How much of the memory a picture may take is known before any of it is decoded."""

from __future__ import annotations

import io
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
        (claiming(10_000, "f8", 4), "6 GB"),
        (claiming(10_000, "u2", 4), "2.6 GB"),
        (claiming_png(10_000, 16, 6), "2 GB"),
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
        grown = peak(f"read({str(path)!r})")
        assert grown < 40, compression


def test_a_picture_takes_what_was_reckoned(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(blank_png(4000, 3000, 16, 6, 4))
    # 12 megapixels: 8 bytes each decoded and 6 composed, or 6 and 12 for their levels.
    assert peak(f"read({str(path)!r}).levels()") < 12 * 18 * 1.15
    assert peak(f"read({str(path)!r}).display()") < 12 * 14 * 1.15
    path.write_bytes(saved(Image.new("RGB", (4000, 3000)), "PNG"))
    assert peak(f"read({str(path)!r})") < 12 * 7 * 1.15
    path.write_bytes(tiff(np.zeros((3000, 4000)), compression="zlib", rowsperstrip=10))
    assert peak(f"read({str(path)!r}).levels()") < 12 * 12 * 1.15
    path.write_bytes(saved(Image.new("RGB", (6000, 6000)), "JPEG"))
    assert peak(f"thumbnail({str(path)!r})") < 20


def peak(use: str) -> float:
    """By how many megabytes a process grows at most."""
    code = f"""
import tfcore.pictures.raster, tfcore.pictures.tiff, imagecodecs, PIL.Image
from tfcore.errors import HeatlensError
from tfcore.pictures import read, thumbnail
def memory(line):
    return next(int(each.split()[1]) / 1024 for each in open("/proc/self/status") if each.startswith(line))
before = memory("VmRSS")
try:
    {use}
except HeatlensError:
    pass
print(memory("VmHWM") - before)
"""
    if not Path("/proc/self/status").exists():
        pytest.skip("this system does not tell the peak")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout)
