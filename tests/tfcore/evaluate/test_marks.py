"""Masks go the picture's own way to the network's input."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from tfcore.data.dataset import Outline, Sample
from tfcore.evaluate.marks import Marked, components, marked
from tfcore.models.prepare import fitted


def saved(path: Path, levels: np.ndarray) -> Path:
    path.write_bytes(cv2.imencode(".png", levels)[1].tobytes())
    return path


def on_input(sample: Sample, size: tuple[int, int], shape: tuple[int, int], fit: str) -> Marked | str:
    _, box = fitted(np.zeros((*size, 1), np.float32), *shape, fit, "bilinear")
    return marked(sample, None, size, shape, box, fit)


@pytest.mark.parametrize("fit", ["stretch", "centre", "pad"])
@pytest.mark.parametrize("shape", [(16, 16), (24, 48), (128, 96)])
def test_a_mask_lies_where_its_lesion_lies_in_the_input(tmp_path: Path, fit: str, shape: tuple[int, int]) -> None:
    size = (64, 96)
    picture = np.zeros(size, np.uint8)
    picture[20:44, 40:64] = 255
    sample = Sample(tmp_path / "a.png", mask=saved(tmp_path / "mask.png", picture))
    found = on_input(sample, size, shape, fit)
    assert isinstance(found, Marked)
    assert found.mask.shape == shape
    shown, _ = fitted(picture[..., np.newaxis].astype(np.float32), *shape, fit, "bilinear")
    # Interpolated edges aside, the mask is the bright part of what the network sees.
    sure = (shown[..., 0] < 1) | (shown[..., 0] > 254)
    assert (found.mask == (shown[..., 0] > 127))[sure].all()
    assert found.mask.any()


def test_outlines_of_boxes_alone_move_with_the_picture(tmp_path: Path) -> None:
    picture = saved(tmp_path / "a.png", np.zeros((64, 96), np.uint8))
    sample = Sample(picture, outlines=(Outline("lesion", box=(24, 16, 48, 32)),))
    stretched = on_input(sample, (64, 96), (32, 32), "stretch")
    assert isinstance(stretched, Marked)
    assert stretched.boxes == (pytest.approx((8, 8, 24, 24)),)
    # Padded to a square, 96 pixels become 32: a third, below five rows of black (21 of 32 rows are picture).
    padded = on_input(sample, (64, 96), (32, 32), "pad")
    assert isinstance(padded, Marked)
    left, top, right, bottom = padded.boxes[0]
    assert (left, right) == pytest.approx((8, 24))
    assert (top, bottom) == pytest.approx((5 + 16 * 21 / 64, 5 + 48 * 21 / 64))


def test_what_is_missing_says_so(tmp_path: Path) -> None:
    empty = saved(tmp_path / "empty.png", np.zeros((8, 8), np.uint8))
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    here = tmp_path / "a.png"
    assert on_input(Sample(here), (8, 8), (8, 8), "stretch") == "no mask"
    assert on_input(Sample(here, mask=empty), (8, 8), (8, 8), "stretch") == "nothing marked"
    assert on_input(Sample(here, mask=empty), (8, 9), (8, 8), "stretch") == "mask of another size than its picture"
    assert on_input(Sample(here, mask=broken), (8, 8), (8, 8), "stretch") == "mask not readable"


def test_components_come_largest_first() -> None:
    mask = np.zeros((10, 10), bool)
    mask[0, 0] = True
    mask[4:8, 2:9] = True
    assert components(mask) == ((2, 4, 9, 8), (0, 0, 1, 1))
    assert components(np.zeros((4, 4), bool)) == ()
