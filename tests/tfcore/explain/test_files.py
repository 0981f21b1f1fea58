"""Folders of any size pass through in a steady trickle."""

from __future__ import annotations

from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

import tfcore
from tfcore.errors import HeatlensError
from tfcore.explain.files import TOGETHER, Explained, explain_files
from tfcore.models.model import Model
from tfcore.pictures import many
from tfcore.pictures.many import Left


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("many")
    random = np.random.default_rng(0)
    for number in range(5 * TOGETHER):
        Image.fromarray(random.integers(0, 255, (16, 16), dtype=np.uint8)).save(place / f"{number:03d}.png")
    return place


def test_no_more_pictures_are_read_ahead_than_make_a_batch(
    demo: Model, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = 0
    really_read = many.read

    def counted(path: Path) -> object:
        nonlocal reads
        reads += 1
        return really_read(path)

    monkeypatch.setattr(many, "read", counted)
    for done, found in enumerate(explain_files(demo, sorted(folder.iterdir())), start=1):
        assert isinstance(found, Explained)
        assert reads <= done + 2 * TOGETHER
    assert done == 5 * TOGETHER


def test_broken_pictures_are_left_out_and_the_others_go_on(demo: Model, folder: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_text("text")
    paths = [next(iter(sorted(folder.iterdir()))), broken, tmp_path / "missing.png", sorted(folder.iterdir())[1]]
    found = list(explain_files(demo, paths, ["grad-cam", "layer-cam"], ["stage3", "stage4"]))
    assert {one.path for one in found if isinstance(one, Left)} == {broken, tmp_path / "missing.png"}
    assert [one.path for one in found] == paths
    # Whether a picture is usual takes longer than a map of it, and is said once.
    shifts = [[heat.shift for heat in one.heats] for one in found if isinstance(one, Explained)]
    assert all(said is not None and said is each[0] for each in shifts for said in each)


def test_a_picture_too_small_for_a_network_of_any_size_is_left_out_and_the_others_go_on(tmp_path: Path) -> None:
    layers = keras.layers
    network = keras.Sequential(
        [keras.Input((None, None, 1)), layers.Conv2D(4, 3), layers.MaxPooling2D(2), layers.GlobalAveragePooling2D()]
    )
    network.add(layers.Dense(2))
    paths = [tmp_path / f"{side}.png" for side in (9, 3, 4)]
    for path in paths:
        Image.new("L", (int(path.stem), int(path.stem)), 90).save(path)
    model = tfcore.load_model(network)
    nine, small, four = explain_files(model, paths)
    assert isinstance(small, Left)
    assert "3 × 3 pixels, too small for the layers of" in small.sentence
    assert [nine.path, four.path] == [paths[0], paths[2]]
    with pytest.raises(HeatlensError, match="too small"):
        model.predict(np.zeros((1, 3, 3, 1)))


def test_a_picture_gets_the_same_map_in_company_and_alone(demo: Model, folder: Path) -> None:
    paths = sorted(folder.iterdir())[:5]
    together = {one.path: one for one in explain_files(demo, paths) if isinstance(one, Explained)}
    (alone,) = explain_files(demo, paths[3:4])
    assert isinstance(alone, Explained)
    reference = alone.heats[0].native
    np.testing.assert_allclose(
        together[paths[3]].heats[0].native, reference, atol=1e-5 * max(1, np.abs(reference).max())
    )
