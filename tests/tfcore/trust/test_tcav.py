"""A concept that was planted in a network is found, and one that means nothing to it is not."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import cv2
import keras
import numpy as np
import pytest

import tfcore
from tests.benchmarks.concepts import scores
from tests.benchmarks.confounder import trained
from tfcore.cli import main
from tfcore.data.phantom import phantom
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.trust import tcav

_SIZE = 64


def watching_for_markers(folder: Path) -> Path:
    """Says "marked" where a patch is white all over, as in the marker of a confounded phantom and nowhere else; its
    other filters see anything, and are listened to a little.
    """
    images = keras.Input((_SIZE, _SIZE, 1))
    maps = keras.layers.Conv2D(12, 3, activation="relu", padding="same", name="seen")(images)
    answer = keras.layers.Dense(2, activation="softmax")(keras.layers.GlobalAveragePooling2D()(maps))
    network = keras.Model(images, answer)
    kernel = np.random.default_rng(0).normal(0, 0.3, (3, 3, 1, 12)).astype(np.float32)
    kernel[..., 0] = 1 / 9
    bias = np.zeros(12, np.float32)
    bias[0] = -0.985
    head = np.random.default_rng(1).normal(0, 4, (12, 2)).astype(np.float32)
    head[0] = [-40000, 40000]
    network.set_weights([kernel, bias, head, np.array([1.0, -1.0], np.float32)])
    network.save(folder / "markers.keras")
    Card(("plain", "marked"), (_SIZE, _SIZE, 1), scaling="1/255", colour="grey").save(folder / "markers.keras")
    return folder / "markers.keras"


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Phantoms with the marker, without it, and without it again; what is asked about has it in a half."""
    folder = tmp_path_factory.mktemp("tcav")
    for number in range(72):
        image = phantom([9, number], ("glioma", "no_tumour")[number % 2], _SIZE).image.clip(0, 230)
        kind = ("marker", "random", "random", "asked")[number % 4] if number < 64 else "asked"
        if kind == "marker" or (kind == "asked" and number % 8 < 4):
            image[3:9, 3:9] = 255
        (folder / kind).mkdir(exist_ok=True)
        cv2.imwrite(str(folder / kind / f"{number}.png"), image)
        if number < 32:
            (folder / "nothing").mkdir(exist_ok=True)
            other = phantom([10, number], ("glioma", "no_tumour")[number % 2], _SIZE).image.clip(0, 230)
            cv2.imwrite(str(folder / "nothing" / f"{number}.png"), other)
    return folder


def question(pictures: Path, model: Path) -> list[str]:
    asked = ["tcav", str(pictures / "asked"), "--model", str(model), "--target", "marked", "--layer", "seen"]
    return [*asked, "--runs", "10"]


def test_the_marker_is_found_and_what_is_drawn_at_random_is_not(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = watching_for_markers(tmp_path)
    asked = question(pictures, model)
    concepts = [f"--concept={name}={pictures / name}" for name in ("marker", "nothing")]
    assert main([*asked, *concepts, "--random", str(pictures / "random"), "--json"], lambda _: 1) == 0
    marker, nothing = json.loads(capsys.readouterr().out)
    assert marker["score"] == 1
    assert marker["accuracy"] > 0.9
    assert marker["significant"]
    assert not nothing["significant"]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_network_that_has_learnt_the_marker_is_found_out() -> None:
    found = {(each.concept, each.layer): each for each in scores(trained(400))}
    assert all(each.significant == (concept == "marker") for (concept, _), each in found.items())
    assert found["marker", "conv3"].score > 0.9


def test_too_few_pictures_are_a_sentence(tmp_path: Path) -> None:
    model = tfcore.load_model(str(watching_for_markers(tmp_path)))
    some = np.random.default_rng(0).random((12, _SIZE, _SIZE, 1))
    with pytest.raises(HeatlensError, match="marker: 4 pictures are too few for a direction; 10 are the least"):
        tcav(model, some, "marked", {"marker": some[:4]}, some)


def test_a_concept_is_what_lies_inside_masks(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The marker, marked in pictures of which it covers a fiftieth; and another place of the same shape."""
    data = tmp_path / "data"
    for name, at in (("there", 3), ("elsewhere", 40)):
        (data / name).mkdir(parents=True)
        for file in (pictures / "marker").glob("*.png"):
            shutil.copy(file, data / name / file.name)
            inside = np.zeros((_SIZE, _SIZE), np.uint8)
            inside[at : at + 6, at : at + 6] = 255
            cv2.imwrite(str(data / name / f"{file.stem}_mask.png"), inside)
    model = watching_for_markers(tmp_path)
    asked = question(pictures, model)
    masked = [f"--masked={name}={data / name}" for name in ("there", "elsewhere")]
    assert main([*asked, *masked, "--random", str(pictures / "random"), "--json"], lambda _: 1) == 0
    there, elsewhere = json.loads(capsys.readouterr().out)
    assert (there["score"], there["accuracy"]) == (1, 1)
    assert elsewhere["accuracy"] < 0.7
    assert not elsewhere["significant"]
    assert main([*asked, f"--masked=none={pictures / 'asked'}", f"--random={pictures / 'random'}"], lambda _: 1) == 2
    assert "has no masks" in capsys.readouterr().err
