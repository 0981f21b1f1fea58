"""Files that say more than they hold, lead in circles, or carry what nobody needs."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image

from tests.fuzz.pictures import case
from tests.tfcore.pictures.files import chunk, deep_png, interlaced_png, noise, saved, tiff, with_orientation
from tfcore.errors import HeatlensError
from tfcore.pictures import read
from tfcore.pictures.read import decode

QUADRANTS = np.kron(np.array([[0, 80, 160], [40, 120, 240]], np.uint8), np.ones((8, 8), np.uint8))


def behind_the_pixels(data: bytes, *chunks: bytes) -> bytes:
    return data[:-12] + b"".join(chunks) + data[-12:]


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_file_it_is_a_picture_or_a_sentence(tmp_path: Path, seed: int) -> None:
    case(random.Random(seed), tmp_path).run()


@pytest.mark.parametrize("make", [lambda array: saved(array, "PNG"), deep_png])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_of_a_png_may_stand_behind_its_pixels(make: object, orientation: int) -> None:
    assert callable(make)
    data = make(QUADRANTS if make is not deep_png else QUADRANTS.astype(np.uint16) * 257)
    exif = chunk(b"eXIf", with_orientation(orientation).tobytes().removeprefix(b"Exif\0\0"))
    before = data[:33] + exif + data[33:]
    expected = decode(saved(QUADRANTS, "PNG", exif=with_orientation(orientation)), Path("a"))[0]
    for whole in (before, behind_the_pixels(data, exif)):
        found = decode(whole, Path("a"))[0]
        np.testing.assert_array_equal(found // (found.max() // expected.max()), expected)


def test_texts_and_profiles_of_any_size_do_not_cost_the_picture() -> None:
    array = noise(9, 7)
    huge = zlib.compress(bytes(50_000_000))
    chunks = (
        chunk(b"zTXt", b"note\0\0" + huge),
        chunk(b"iCCP", b"profile\0\0" + huge),
        chunk(b"iTXt", b"note\0\1\0\0\0" + huge),
        chunk(b"acTL", bytes(8)),
    )
    data = saved(array, "PNG")
    for whole in (behind_the_pixels(data, *chunks), data[:33] + b"".join(chunks) + data[33:]):
        np.testing.assert_array_equal(decode(whole, Path("a"))[0], array)


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
@pytest.mark.parametrize("shape", [(13, 11), (1, 3), (13, 11, 3)])
def test_interlaced_pictures_are_put_together(
    capfd: pytest.CaptureFixture[str], dtype: type, shape: tuple[int, ...]
) -> None:
    array = noise(*shape, dtype=dtype)
    np.testing.assert_array_equal(decode(interlaced_png(array), Path("a"))[0], array)
    assert capfd.readouterr() == ("", "")


def test_one_transparent_colour_is_black_at_8_and_at_16_bits() -> None:
    array = np.array([[40, 41]], np.uint8)
    plain, deep = saved(array, "PNG"), deep_png(array.astype(np.uint16) * 257)
    for data, value, unit in ((plain, 40, 1), (deep, 40 * 257, 257)):
        clear = data[:33] + chunk(b"tRNS", struct.pack(">H", value)) + data[33:]
        found = decode(clear, Path("a"))[0] // unit
        assert found.reshape(2, -1)[:, 0].tolist() == [0, 41]


def test_the_frames_of_a_gif_are_counted_within_bounds() -> None:
    data = saved(noise(4, 4), "GIF")
    frame = b"!\xf9\4\0\1\0\0\0,\0\0\0\0\1\0\1\0\0\2\2D\1\0"
    assert decode(data[:-1] + frame * 41 + b";", Path("a"))[1] == "frame 1 of 42"
    assert decode(data[:-1] + frame * 500_000, Path("a"))[1] == "frame 1 of 10,000 or more"
    assert decode(data[:-1] + b"!\xfe" + b"\1a" * 1000 + b"\0;", Path("a"))[1] == ""


def test_a_first_frame_beyond_the_screen_of_a_gif_is_refused_before_there_is_room_for_it(tmp_path: Path) -> None:
    data = bytearray(saved(noise(4, 4), "GIF"))
    struct.pack_into("<HH", data, bytes(data).index(b",") + 5, 60_000, 60_000)
    path = tmp_path / "a.gif"
    path.write_bytes(data)
    with pytest.raises(HeatlensError, match="60,000 × 60,000"):
        read(path)


@pytest.mark.parametrize("pages", [1, 3, 200])
@pytest.mark.parametrize("back", [0, -1])
def test_pages_that_lead_in_a_circle_are_counted_once(pages: int, back: int) -> None:
    stack = noise(pages, 4, 5)
    data = bytearray(tiff(stack, photometric="minisblack", byteorder="<"))
    with tifffile.TiffFile(io.BytesIO(bytes(data))) as file:
        places = [page.offset for page in file.pages]
    struct.pack_into("<I", data, places[-1] + 2 + 12 * int.from_bytes(data[places[-1] :][:2], "little"), places[back])
    array, note = decode(bytes(data), Path("a"))
    np.testing.assert_array_equal(array, stack[0])
    assert note == ("" if pages == 1 else f"page 1 of {pages}")


def test_strips_that_are_not_there_are_never_black() -> None:
    whole = tiff(noise(64, 64), rowsperstrip=8, compression="zlib")
    with tifffile.TiffFile(io.BytesIO(whole)) as file:
        tags = file.pages.first.tags
        at = tags["StripOffsets"].offset + 4, tags["StripByteCounts"].offset + 4
    data = bytearray(whole)
    for place in at:
        struct.pack_into("<I", data, place, 4)
    with pytest.raises(HeatlensError, match="cut short"):
        decode(bytes(data), Path("a"))


def test_a_list_of_more_strips_than_a_picture_has_is_refused_before_it_is_read() -> None:
    data = bytearray(tiff(noise(64, 64), rowsperstrip=8))
    with tifffile.TiffFile(io.BytesIO(bytes(data))) as file:
        struct.pack_into("<I", data, file.pages.first.tags["StripOffsets"].offset + 4, 2**31)
    with pytest.raises(HeatlensError, match="says it has 2,147,483,648 strips"):
        decode(bytes(data), Path("a"))


def test_a_jpeg_that_claims_more_than_its_bytes_can_hold_is_not_filled_up_with_grey() -> None:
    data = saved(noise(16, 16, 3), "JPEG")
    at = data.index(b"\xff\xc0") + 5
    with pytest.raises(HeatlensError, match="cut short"):
        decode(data[:at] + struct.pack(">HH", 9_000, 9_000) + data[at + 4 :], Path("a"))
    flat = saved(Image.new("L", (3000, 3000)), "JPEG", progressive=True, optimize=True, quality=1)
    assert decode(flat, Path("a"))[0].shape == (3000, 3000)


def test_a_jpeg_inside_a_tiff_that_claims_more_than_its_strip_is_refused() -> None:
    data = tiff(noise(32, 32, 3), compression="jpeg", photometric="rgb")
    at = data.index(b"\xff\xc0") + 5
    with pytest.raises(HeatlensError, match="claims 60,000 × 60,000 pixels in a place of 32 × 32"):
        decode(data[:at] + struct.pack(">HH", 60_000, 60_000) + data[at + 4 :], Path("a"))


def test_a_palette_with_alpha_becomes_its_colours_on_black() -> None:
    table = np.zeros((3, 256), np.uint16)
    table[:, 1] = 65535, 32768, 0
    data = bytearray(
        tiff(
            np.array([[[1, 255], [1, 0]]], np.uint8),
            photometric="minisblack",
            planarconfig="contig",
            extrasamples=["unassalpha"],
            extratags=[(320, "H", 768, table.ravel().tolist(), True)],
        )
    )
    with tifffile.TiffFile(io.BytesIO(bytes(data))) as file:
        struct.pack_into("<H", data, file.pages.first.tags["PhotometricInterpretation"].valueoffset, 3)
    assert decode(bytes(data), Path("a"))[0].tolist() == [[[255, 128, 0], [0, 0, 0]]]


def test_pixels_at_the_end_of_double_precision_are_read_without_overflow(tmp_path: Path) -> None:
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(np.array([[-1e308, 0, 1e308]])))
    assert read(path).levels().tolist() == [[0, 127.5, 255]]
