from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.tfcore.pictures.files import noise, tiff
from tfcore.errors import HeatlensError
from tfcore.pictures.read import decode


def pixels(data: bytes) -> np.ndarray:
    return decode(data, Path("a.tif"))[0]


@pytest.mark.parametrize("dtype", ["u1", "u2", "u4", "i2", "f2", "f4", "f8"])
@pytest.mark.parametrize("options", [{}, {"byteorder": ">"}, {"compression": "lzw"}, {"tile": (16, 16)}])
def test_every_depth_comes_as_it_is_stored(dtype: str, options: dict[str, Any]) -> None:
    array = np.random.default_rng(1).integers(0, 200, (20, 30)).astype(dtype)
    found = pixels(tiff(array, **options))
    assert found.dtype == np.dtype(dtype)
    np.testing.assert_array_equal(found, array)


@pytest.mark.parametrize("compression", ["zlib", "lzw", "packbits", "zstd", "lzma"])
def test_lossless_compressions_open(compression: str) -> None:
    array = noise(20, 30, 3)
    np.testing.assert_array_equal(pixels(tiff(array, compression=compression, photometric="rgb")), array)


def test_jpeg_inside_a_tiff_comes_as_rgb() -> None:
    red = np.full((32, 32, 3), (200, 30, 40), np.uint8)
    # Stored as YCbCr: the writer converts.
    data = tiff(red, compression="jpeg", photometric="rgb")
    assert np.abs(pixels(data).astype(int) - red).max() <= 4


def test_the_first_page_is_shown_and_the_others_are_noted() -> None:
    stack = noise(3, 8, 9, dtype=np.uint16)
    array, note = decode(tiff(stack, photometric="minisblack"), Path("a.tif"))
    np.testing.assert_array_equal(array, stack[0])
    assert note == "page 1 of 3"
    assert decode(tiff(stack, imagej=True), Path("a.tif"))[1] == "page 1 of 3"


def test_planes_stored_apart_are_put_together() -> None:
    array = noise(6, 5, 3)
    data = tiff(np.moveaxis(array, -1, 0).copy(), photometric="rgb", planarconfig="separate")
    np.testing.assert_array_equal(pixels(data), array)


def test_white_is_zero_is_turned_round() -> None:
    assert pixels(tiff(np.array([[0, 255]], np.uint8), photometric="miniswhite")).tolist() == [[255, 0]]
    assert pixels(tiff(np.array([[0, 1000]], np.uint16), photometric="miniswhite")).tolist() == [[65535, 64535]]
    assert pixels(tiff(np.array([[0.0, 1.5]], np.float32), photometric="miniswhite")).tolist() == [[0.0, -1.5]]


def test_a_16_bit_palette_table_becomes_8_bit_colours() -> None:
    table = np.zeros((3, 256), np.uint16)
    table[:, 1] = 65535, 32768, 0
    data = tiff(np.array([[0, 1]], np.uint8), photometric="palette", colormap=table)
    assert pixels(data).tolist() == [[[0, 0, 0], [255, 128, 0]]]


def test_few_bits_are_spread_over_the_range() -> None:
    assert pixels(tiff(np.array([[0, 5, 15]], np.uint8), bitspersample=4)).tolist() == [[0, 85, 255]]


def test_straight_alpha_is_composed_and_premultiplied_alpha_is_dropped() -> None:
    array = np.array([[[100, 100, 100, 0], [100, 100, 100, 255]]], np.uint8)
    straight = tiff(array, photometric="rgb", extrasamples=["unassalpha"])
    assert pixels(straight)[0, :, 0].tolist() == [0, 100]
    premultiplied = tiff(array, photometric="rgb", extrasamples=["assocalpha"])
    assert pixels(premultiplied)[0, :, 0].tolist() == [100, 100]
    grey = tiff(array[..., 2:], photometric="minisblack", planarconfig="contig", extrasamples=["unassalpha"])
    assert pixels(grey).tolist() == [[0, 100]]


def test_four_plain_channels_stay_four() -> None:
    array = noise(6, 5, 4, dtype=np.uint16)
    data = tiff(array, photometric="minisblack", planarconfig="contig", extrasamples=["unspecified"] * 3)
    np.testing.assert_array_equal(pixels(data), array)


def test_printing_inks_become_colours() -> None:
    # Cyan, magenta, yellow, black: full yellow and magenta is red, half black darkens it.
    ink = np.array([[[0, 255, 255, 0], [0, 255, 255, 127]]], np.uint8)
    assert pixels(tiff(ink, photometric="separated")).tolist() == [[[255, 0, 0], [128, 0, 0]]]


def test_the_orientation_tag_is_followed() -> None:
    array = noise(4, 6)
    turned = pixels(tiff(array, extratags=[(274, "H", 1, 6, True)]))
    np.testing.assert_array_equal(turned, np.rot90(array, -1))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (tiff(np.ones((4, 4), np.complex64)), "not real numbers"),
        (tiff(noise(4, 4, 6), photometric="minisblack", planarconfig="contig"), "has 6 channels"),
        (tiff(noise(4, 4, 2), photometric="minisblack", planarconfig="contig"), "has 2 channels"),
        (tiff(noise(8, 8, 3), photometric="cielab"), "colour model CIELAB"),
        (tiff(np.array([[1.0, np.nan]], np.float32)), r"NaN \(1 of 2 values\); replace them"),
        (tiff(np.full((3, 3), np.nan, np.float32)), r"NaN \(9 of 9 values\)"),
        (tiff(np.full((3, 3), np.inf, np.float32)), "infinite values only"),
    ],
)
def test_what_cannot_be_shown_says_why(data: bytes, says: str) -> None:
    with pytest.raises(HeatlensError, match=r"^a\.tif .*" + says):
        pixels(data)


@pytest.mark.parametrize("compression", [None, "zlib", "lzw", "jpeg"])
@pytest.mark.parametrize("kept", [0.0, 0.3, 0.9, 0.99])
def test_a_truncated_tiff_is_never_half_a_picture(compression: str | None, kept: float) -> None:
    data = tiff(noise(64, 64, 3), compression=compression, rowsperstrip=16, photometric="rgb")
    with pytest.raises(HeatlensError, match=r"a\.tif is (damaged or )?cut short"):
        pixels(data[: max(8, int(len(data) * kept))])


def test_the_oddities_of_a_tiff_stay_off_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(HeatlensError):
        pixels(tiff(noise(64, 64))[:200])
    assert capfd.readouterr() == ("", "")
