from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QRect, QRectF
from pytestqt.qtbot import QtBot

from gui.canvas.picture_item import WHOLE, Prepared, pixels
from gui.main_window import MainWindow
from tests.gui.canvas.samples import picture, ramp
from tests.tfcore.pictures.files import tiff
from tfcore.pictures import budget, large, reducing


def test_grey_stays_one_channel() -> None:
    shown = ramp()
    np.testing.assert_array_equal(pixels(shown, QRect(0, 0, 60, 40), 1), shown.array)


def test_sixteen_bits_are_seen_through_the_window() -> None:
    deep = picture(np.array([[100, 600, 1100]], np.uint16), window=(100.0, 1100.0))
    np.testing.assert_array_equal(pixels(deep, QRect(0, 0, 3, 1), 1), deep.display()[..., 0])


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.int32, np.float32])
def test_reduced_pixels_are_averages(dtype: type[np.generic]) -> None:
    array = np.array([[0, 100, 7, 7], [100, 200, 7, 7]], dtype)
    np.testing.assert_array_equal(pixels(picture(array), QRect(0, 0, 4, 2), 2), [[100, 7]])


def test_four_plain_channels_are_shown_as_their_first_three() -> None:
    array = np.arange(48, dtype=np.uint8).reshape(3, 4, 4)
    np.testing.assert_array_equal(pixels(picture(array), QRect(0, 0, 4, 3), 1), array[..., :3])


def test_a_reduced_picture_lies_where_its_pixels_are() -> None:
    item = Prepared(ramp(41, 59))
    item.look(QRectF(-10, -10, 90, 90), 0.3)
    assert item.array.shape == (13, 19)
    # Less than one reduced pixel is missing at the far edges.
    assert QRectF(item.covered) == QRectF(0, 0, 57, 39)


def test_a_thin_picture_is_not_reduced_to_nothing() -> None:
    item = Prepared(ramp(2, 80))
    item.look(QRectF(0, 0, 80, 2), 0.2)
    assert item.array.shape == (1, 16)
    assert QRectF(item.covered) == QRectF(0, 0, 80, 2)


def test_of_a_huge_picture_only_what_is_seen_is_prepared() -> None:
    item = Prepared(picture(np.zeros((3000, 3000), np.uint8)))
    item.look(QRectF(1000, 1200, 400, 300), 2.0)
    assert item.array.size < WHOLE // 10
    assert QRectF(item.covered).contains(QRectF(1000, 1200, 400, 300))
    item.look(QRectF(1800, 1200, 400, 300), 2.0)
    assert QRectF(item.covered).contains(QRectF(1800, 1200, 400, 300))


def test_of_a_picture_shown_reduced_the_file_itself_is_seen_where_one_looks_closer(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stripes that are one grey in the reduced picture, and black and white in the file."""
    for module in (budget, large):
        monkeypatch.setattr(module, "MOST_PIXELS", 50_000)
    for module in (reducing, large):
        monkeypatch.setattr(module, "SHOWN", 40_000)
    stripes = np.zeros((400, 400), np.uint8)
    stripes[:, ::2] = 200
    (tmp_path / "slide.tif").write_bytes(tiff(stripes, tile=(64, 64), compression="zlib"))
    window.open_pictures([tmp_path / "slide.tif"])
    qtbot.waitUntil(lambda: window.explaining.picture is not None, timeout=20_000)
    assert "shown at 200 × 200 of 400 × 400 pixels" in window.canvas.heading.title.whole()
    view = window.canvas.views.shown()[0]

    def greys() -> set[int]:
        image = view.grab().toImage()
        middle = range(image.height() // 2 - 20, image.height() // 2 + 20)
        return {image.pixelColor(image.width() // 2 + x, y).red() for y in middle for x in range(-20, 20)}

    qtbot.waitUntil(lambda: {0, 200} <= greys(), timeout=20_000)
