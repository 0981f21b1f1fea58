from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from tests.shared import shared
from tests.tfcore.pictures.files import deep_png, noise, saved, with_orientation
from tfcore.pictures import find, read
from tfcore.pictures.colour import exif_orientation
from tfcore.pictures.read import decode


def pixels(data: bytes) -> np.ndarray:
    return decode(data, Path("a.png"))[0]


@pytest.mark.parametrize("form", ["PNG", "BMP", "TIFF"])
@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_lossless_files_give_their_pixels_back(form: str, shape: tuple[int, ...]) -> None:
    array = noise(*shape)
    np.testing.assert_array_equal(pixels(saved(array, form)), array)


def test_a_jpeg_gives_its_pixels_nearly_back() -> None:
    smooth = np.add.outer(np.arange(32), np.arange(40)).astype(np.uint8)
    assert np.abs(pixels(saved(smooth, "JPEG", quality=95)).astype(int) - smooth).max() <= 3


def test_a_picture_knows_its_file(tmp_path: Path) -> None:
    data = saved(noise(5, 7, 3), "PNG")
    path = tmp_path / "bild ü 脳.png"
    path.write_bytes(data)
    picture = read(str(path))
    assert (picture.path, picture.height, picture.width, picture.channels) == (path, 5, 7, 3)
    assert picture.sha256 == hashlib.sha256(data).hexdigest()
    assert picture.note == ""
    with pytest.raises(ValueError, match="read-only"):
        picture.array[0, 0] = 1


def test_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    array = noise(4, 6, 3)
    path = tmp_path / "really a png.jpg"
    path.write_bytes(saved(array, "PNG"))
    np.testing.assert_array_equal(read(path).array, array)


def test_a_palette_becomes_its_colours() -> None:
    image = Image.new("P", (3, 1))
    image.putpalette([255, 0, 0, 0, 255, 0, 9, 8, 7])
    image.putdata([0, 1, 2])
    for form in ("PNG", "GIF", "BMP", "TIFF"):
        assert pixels(saved(image, form)).tolist() == [[[255, 0, 0], [0, 255, 0], [9, 8, 7]]]


def test_one_bit_is_black_and_white() -> None:
    array = np.array([[True, False, True]])
    for form in ("PNG", "BMP", "TIFF"):
        assert pixels(saved(Image.fromarray(array), form)).tolist() == [[255, 0, 255]]


def test_alpha_is_composed_on_black() -> None:
    array = np.array([[[200, 100, 50, 255], [200, 100, 50, 0], [200, 100, 50, 128]]], np.uint8)
    for form in ("PNG", "TIFF"):
        assert pixels(saved(array, form)).tolist() == [[[200, 100, 50], [0, 0, 0], [100, 50, 25]]]


def test_a_transparent_palette_entry_is_black_without_a_warning() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putdata([0, 1])
    assert pixels(saved(image, "PNG", transparency=b"\x00\xff")).tolist() == [[[0, 0, 0], [0, 255, 0]]]


def test_an_alpha_that_hides_everything_is_not_believed() -> None:
    array = noise(3, 3, 4)
    array[..., 3] = 0
    np.testing.assert_array_equal(pixels(saved(array, "PNG")), array[..., :3])


@pytest.mark.parametrize("shape", [(5, 7), (5, 7, 3)])
def test_a_16_bit_png_keeps_all_its_bits(shape: tuple[int, ...]) -> None:
    array = noise(*shape, dtype=np.uint16)
    found = pixels(deep_png(array))
    assert found.dtype == np.uint16
    np.testing.assert_array_equal(found, array)


def test_the_alpha_of_a_16_bit_png_is_composed_on_black() -> None:
    grey = np.array([[[60000, 65535], [60000, 0]]], np.uint16)
    assert pixels(deep_png(grey)).tolist() == [[60000, 0]]
    colour = np.array([[[60000, 500, 2, 65535], [60000, 500, 2, 0]]], np.uint16)
    assert pixels(deep_png(colour)).tolist() == [[[60000, 500, 2], [0, 0, 0]]]


def test_a_cmyk_jpeg_shows_its_colours() -> None:
    red = Image.new("RGB", (16, 16), (255, 0, 0)).convert("CMYK")
    found = pixels(saved(red, "JPEG", quality=95))
    assert found.shape == (16, 16, 3)
    assert np.abs(found.astype(int) - [255, 0, 0]).max() <= 4


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_pictures_stand_as_the_camera_was_held(form: str, orientation: int) -> None:
    quadrants = np.kron(np.array([[0, 80, 160], [40, 120, 240]], np.uint8), np.ones((8, 8), np.uint8))
    data = saved(quadrants, form, exif=with_orientation(orientation))
    marked = Image.fromarray(quadrants)
    marked.getexif()[0x0112] = orientation
    upright = np.asarray(ImageOps.exif_transpose(marked))
    found = pixels(data)
    assert found.shape == upright.shape
    assert np.abs(found.astype(int) - upright).max() <= 4


@pytest.mark.parametrize("order", ["little", "big"])
def test_the_orientation_is_found_in_either_byte_order(order: str) -> None:
    exif = Image.Exif()
    exif.endian = "<" if order == "little" else ">"
    exif[0x010F], exif[0x0112] = "maker", 6
    assert exif_orientation(exif.tobytes()) == 6


@given(st.binary(max_size=60))
@settings(deadline=None, derandomize=True)
def test_a_damaged_exif_block_is_no_statement(rubbish: bytes) -> None:
    assert exif_orientation(b"Exif\0\0II*\0" + rubbish) >= 0


def test_a_damaged_exif_block_does_not_cost_the_picture() -> None:
    data = saved(noise(8, 8), "JPEG", exif=b"Exif\0\0II*\0\x08\0\0\0\x05\0\x1a\x01")
    assert pixels(data).shape == (8, 8)


def test_the_first_frame_of_a_gif_is_shown_and_the_others_are_noted() -> None:
    frames = [Image.fromarray(np.full((4, 4), level, np.uint8)) for level in (10, 200, 90)]
    array, note = decode(saved(frames[0], "GIF", save_all=True, append_images=frames[1:]), Path("a.gif"))
    assert note == "frame 1 of 3"
    assert (array == 10).all()


def test_a_single_pixel_is_a_picture() -> None:
    for form in ("PNG", "JPEG", "BMP", "GIF", "TIFF"):
        assert pixels(saved(np.array([[255]], np.uint8), form)).shape[:2] == (1, 1)


def test_messy_pictures_of_the_real_world_open() -> None:
    paths = list(find([shared("data", "yes_no")]))
    assert len(paths) == 253
    for path in paths:
        picture = read(path)
        assert picture.window == (0, 255)
        assert picture.channels in (1, 3)
        assert picture.display().std() > 5
