"""What the network would see by a card that is not saved yet."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.errors import HeatlensError
from tfcore.jobs import find
from tfcore.results import Box


@pytest.fixture(scope="module")
def models() -> OpenModels:
    return OpenModels()


@pytest.fixture
def wide(tmp_path: Path) -> str:
    """Dark on the left, bright on the right, twice as wide as high."""
    levels = np.zeros((64, 128), np.uint8)
    levels[:, 64:] = 200
    path = tmp_path / "wide.png"
    path.write_bytes(cv2.imencode(".png", levels)[1].tobytes())
    return str(path)


def preview(models: OpenModels, picture: str, **changes: object) -> tuple[np.ndarray, Box]:
    context = Context(Job("preview_card", {}), lambda _: None, models, threading.Event())
    answer: tuple[np.ndarray, Box] = find("preview_card")(context, model="demo", picture=picture, changes=changes)
    return answer


def test_the_preview_follows_the_changed_settings_and_leaves_the_card_alone(models: OpenModels, wide: str) -> None:
    before = models.get("demo").card
    seen, box = preview(models, wide, fit="pad")
    assert (seen.shape, seen.dtype) == ((128, 128, 3), np.uint8)
    assert seen[:30].max() == 0
    assert box.height == pytest.approx(128)
    cut, box = preview(models, wide, fit="centre")
    assert (cut[:, :60].max(), cut[:, 68:].min()) == (0, 200)
    assert box == Box(32, 0, 64, 64)
    assert models.get("demo").card == before


def test_the_scaling_is_taken_back_for_the_eye(models: OpenModels, wide: str) -> None:
    plain, _ = preview(models, wide, scaling="1/255")
    other, _ = preview(models, wide, scaling="x/127.5-1")
    np.testing.assert_array_equal(plain, other)


def test_settings_that_cannot_be_are_refused_in_a_sentence(models: OpenModels, wide: str) -> None:
    with pytest.raises(HeatlensError, match="needs three channels"):
        preview(models, wide, scaling="imagenet-torch")
