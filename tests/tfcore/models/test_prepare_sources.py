"""What may be given to a model: files, pictures, arrays, one or many; what is none says why."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.shared import shared
from tests.tfcore.models.test_prepare import card, levels
from tfcore.errors import HeatlensError
from tfcore.models.card import FITS
from tfcore.models.prepare import prepare
from tfcore.pictures import find, read
from tfcore.results import Box


def test_files_pictures_and_arrays_give_the_same_input(tmp_path: Path) -> None:
    array = levels(9, 11, 3)
    path = tmp_path / "a.png"
    Image.fromarray(array).save(path)
    batch, boxes = prepare(card(5, 6, 3), [path, str(path), read(path), array, array.astype(np.float64)])
    assert batch.shape == (5, 5, 6, 3)
    assert (batch == batch[0]).all()
    assert boxes == [Box(0, 0, 11, 9)] * 5
    single, _ = prepare(card(5, 6, 3), path)
    np.testing.assert_array_equal(single, batch[:1])
    given_back = read(path)
    prepare(card(9, 11, 3, scaling="per-image standard"), [given_back, array])
    np.testing.assert_array_equal(given_back.array, array)


def test_one_array_or_a_stack_of_them_may_be_given() -> None:
    small = card(4, 5, 3, scaling="none")
    assert prepare(small, levels(9, 11))[0].shape == (1, 4, 5, 3)
    assert prepare(small, levels(9, 11, 3))[0].shape == (1, 4, 5, 3)
    assert prepare(small, levels(7, 9, 11))[0].shape == (7, 4, 5, 3)
    assert prepare(small, levels(7, 9, 11, 3))[0].shape == (7, 4, 5, 3)


def test_an_open_size_is_the_picture_s_own() -> None:
    batch, boxes = prepare(card(None, None, 1), [levels(5, 6), levels(5, 6)])
    assert batch.shape == (2, 5, 6, 1)
    assert boxes == [Box(0, 0, 6, 5)] * 2
    with pytest.raises(HeatlensError, match="Array 2 has 7 × 5 pixels and the first of the batch 6 × 5"):
        prepare(card(None, None, 1), [levels(5, 6), levels(5, 7)])


@pytest.mark.parametrize(
    ("array", "says"),
    [
        (np.zeros((2, 2, 2, 2)), "Array 1 has shape"),
        (np.zeros((0, 2)), "Array 1 has shape"),
        (np.zeros(()), "Array 1 has shape"),
        (np.array([["a"]]), "Array 1 has shape"),
        (np.array([[0.0, 256.0]]), "runs from 0 to 256; bring it to grey levels"),
        (np.array([[-1, 3]]), "runs from -1 to 3"),
        (np.array([[0, 65535]], np.uint16), "runs from 0 to 65535; bring it to grey levels"),
        (np.array([[0, 2**40]]), "runs from 0 to 1.09951e"),
        (np.array([[3, np.inf]]), "runs from 3 to inf"),
        (np.array([[0, 0.9]]), r"runs from 0 to 0.9, which is black .* give it \* 255, or as uint8"),
        (np.array([[0, 1]], np.float16), "runs from 0 to 1, which is black"),
        (np.full((5, 5, 3), 1e-9, np.float32), "runs from 1e-09 to 1e-09, which is black"),
        (np.array([[1j]]), "type complex128"),
        (np.array([[None]]), "type object"),
        (np.array(["2020-01-01"], "M8[D]"), "type datetime64"),
        (np.array([[np.nan, 3]]), "runs from nan to nan"),
        (np.zeros((4, 4, 2)), "has 2 channels and the model takes 3"),
    ],
)
def test_arrays_that_are_no_pictures_say_why(array: np.ndarray, says: str) -> None:
    with pytest.raises(HeatlensError, match=says):
        prepare(card(4, 4, 3), [array])


def test_arrays_of_any_type_are_grey_levels_and_bool_is_black_and_white() -> None:
    plain, _ = prepare(card(4, 5, 1, scaling="none"), levels(4, 5))
    for dtype in (np.uint16, np.int64, np.float16, np.float64, np.longdouble):
        np.testing.assert_array_equal(prepare(card(4, 5, 1, scaling="none"), levels(4, 5).astype(dtype))[0], plain)
    assert not prepare(card(4, 5, 1, scaling="none"), np.zeros((4, 5)))[0].any()
    assert prepare(card(4, 5, 1, scaling="none"), np.ones((4, 5), np.uint8))[0].max() == 1
    lit = levels(4, 5) > 99
    np.testing.assert_array_equal(prepare(card(4, 5, 1, scaling="none"), lit)[0][0, ..., 0], lit * 255)


def test_an_array_of_one_dimension_is_one_wrong_picture() -> None:
    with pytest.raises(HeatlensError, match=r"Array 1 has shape \(4,\)"):
        prepare(card(4, 4, 3), np.zeros(4))


def test_no_pictures_are_no_batch() -> None:
    with pytest.raises(HeatlensError, match="No pictures were given"):
        prepare(card(4, 4, 3), [])


def test_real_pictures_of_all_sizes_make_one_batch() -> None:
    paths = list(find([shared("data", "yes_no")]))[::6]
    for fit in FITS:
        batch, boxes = prepare(card(32, 32, 3, scaling="x/127.5-1", fit=fit, resize="area"), paths)
        assert batch.shape == (len(paths), 32, 32, 3) == (len(boxes), 32, 32, 3)
        assert batch.min() >= -1
        assert batch.max() <= 1
        assert batch.std(axis=(1, 2, 3)).min() > 0.05
