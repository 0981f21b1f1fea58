"""A data set dissected in parts: the same numbers whoever looks at them, and those of one look at all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

import tfcore
from tests.tfcore.inside.networks import LESION, slices, thresholding
from tfcore.data import open_data
from tfcore.data.phantom.brain import write_brains
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.inside.parted import dissect_in_parts
from tfcore.jobs.dissect_pictures import dissect_pictures
from tfcore.lazy import keras

COUNT = 40


@pytest.fixture(scope="module")
def lesions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parted")
    thresholding(folder / "network.keras")
    (folder / "data").mkdir()
    for number, (picture, mask) in enumerate(zip(*slices(COUNT), strict=True)):
        path = folder / "data" / f"p{number:02}.png"
        Image.fromarray(np.rint(255 * picture[..., 0]).astype(np.uint8)).save(path)
        Image.fromarray(255 * mask.astype(np.uint8)).save(path.with_name(f"p{number:02}_mask.png"))
    (folder / "data" / "p07.png").write_text("no picture")
    return folder


def by(workers: int, folder: Path, within: str = "data") -> Callable[[Mapping[str, Any]], Iterator[Mapping[str, Any]]]:
    """So many take the parts in turns, each with a network of its own."""
    data = open_data(folder / within)
    how = {
        "models": {"sources": [str(folder / "network.keras")]},
        "data": str(folder / within),
        "layers": ["filters"],
        "concepts": None,
        "facts": {"foreground": "body", "limit": None, "seed": 0},
    }

    def ask(look: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        contexts = [Context(Job("", {}), lambda _: None, OpenModels(), threading.Event()) for _ in range(workers)]
        for number, first in enumerate(range(0, len(data), 9)):
            some = [(sample.address,) for sample in data.samples[first : first + 9]]
            yield from dissect_pictures(contexts[number % workers], [some], look=look, **how)

    return ask


def test_whoever_looks_at_the_parts_finds_the_same(lesions: Path) -> None:
    model, data = tfcore.load_model(lesions / "network.keras"), open_data(lesions / "data")
    plain = tfcore.dissect(model, data, ["filters"])
    one, two = (
        dissect_in_parts(model, data, str(lesions), ["filters"], None, "body", 0.99, None, 0, by(workers, lesions))
        for workers in (1, 2)
    )
    for name in ("thresholds", "error", "dead", "iou_raw", "iou", "iou_mean", "iou_shuffled", "strongest"):
        np.testing.assert_array_equal(getattr(one["filters"], name), getattr(two["filters"], name))
    # All values at hand, or from histograms that say how far off they are.
    assert one.facts["holding"] == plain.facts["holding"]
    assert (np.abs(one["filters"].thresholds - plain["filters"].thresholds) <= one["filters"].error + 1e-6).all()
    # Grey levels are few, so that a threshold that is hardly another may take in one level more.
    np.testing.assert_allclose(one["filters"].iou, plain["filters"].iou, atol=0.05)
    np.testing.assert_array_equal(one["filters"].strongest[:, 0], plain["filters"].strongest[:, 0])
    assert one.best()[0].filter == LESION
    assert one.best()[0].chance < 0.04
    # What is broken is named, and the rest goes on.
    assert len(one.unread) == 1
    assert "p07.png" in one.unread[0]
    assert one.facts["pictures"] == COUNT - 1


def test_slices_of_one_volume_lie_in_several_parts(tmp_path: Path) -> None:
    write_brains(tmp_path / "data", n=2, size=32)
    taken = keras.Input((32, 32, 4))
    found = keras.layers.GlobalAveragePooling2D()(keras.layers.Conv2D(2, 3, name="filters")(taken))
    keras.Model(taken, keras.layers.Dense(2, "softmax")(found)).save(tmp_path / "network.keras")
    model, data = tfcore.load_model(tmp_path / "network.keras"), open_data(tmp_path / "data")
    assert len({sample.path for sample in data}) < len(data) / 9
    plain = tfcore.dissect(model, data, ["filters"])
    how = (["filters"], None, "body", 0.99, None, 0, by(2, tmp_path))
    found = dissect_in_parts(model, data, str(tmp_path / "data"), *how)
    assert (found.facts["pictures"], found.facts["holding"]) == (len(data), plain.facts["holding"])
    np.testing.assert_array_equal(found["filters"].strongest[:, 0], plain["filters"].strongest[:, 0])
