"""Several networks asked as one: what they say together, and what cannot be asked together."""

from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import cv2
import keras
import numpy as np
import pytest
from keras import layers
from PIL import Image

import resources
import tfcore
from tests.gui.features.segment.networks import by_contrast
from tfcore.cli import main
from tfcore.data import open_data
from tfcore.data.phantom import CLASSES, write_brains
from tfcore.errors import HeatlensError
from tfcore.figure import export
from tfcore.figure.spreads import heat_of_pixels
from tfcore.models.card import Card
from tfcore.pictures import read
from tfcore.trust import Ensemble


@pytest.fixture(scope="module")
def folds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a cross-validation leaves: three networks that differ, traced in a moment."""
    run = tmp_path_factory.mktemp("cv") / "run"
    for fold in (1, 2, 3):
        place = run / f"fold-{fold}" / "model.keras"
        place.parent.mkdir(parents=True)
        keras.utils.set_random_seed(fold)
        maps = layers.Conv2D(8, 3, strides=2, activation="relu", name="maps")
        head = layers.GlobalAveragePooling2D(), layers.Dense(4)
        keras.Sequential([keras.Input((32, 32, 1)), maps, *head]).save(place)
        Card(CLASSES, (32, 32, 1), scaling="1/255", colour="grey", outputs="logits").save(place)
    return run


def test_the_folds_of_a_cross_validation_answer_as_one(
    folds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures = sorted(resources.path("demo").glob("*.png"))[:3]
    assert main(["predict", *map(str, pictures), "--model", str(folds)], lambda _: 1) == 0
    said = capsys.readouterr()
    assert "3 models are asked as one: fold-1, fold-2, fold-3" in said.err
    rows = list(csv.DictReader(io.StringIO(said.out)))
    members = [tfcore.load_model(str(folds / f"fold-{fold}" / "model.keras")) for fold in (1, 2, 3)]
    for row, picture in zip(rows, pictures, strict=True):
        p = np.stack([model.predict(model.prepare([picture]))[0] for model in members]).astype(float)
        mean = p.mean(0)
        np.testing.assert_allclose([float(row[f"p_{name}"]) for name in members[0].classes], mean, atol=1e-5)
        disagreement = -(mean * np.log(mean)).sum() + (p * np.log(p)).sum(1).mean()
        assert float(row["mutual_information"]) == pytest.approx(disagreement, abs=1e-5)
        assert float(row["votes"]) == pytest.approx((p.argmax(1) == mean.argmax()).mean(), abs=1e-5)
        assert float(row["sd"]) == pytest.approx(p[:, mean.argmax()].std(), abs=1e-5)

    assert Ensemble.of([folds]).predict(pictures[0]).words.startswith("The models")
    asked = ["explain", str(pictures[0]), "--model", str(folds), "--out", str(tmp_path), "--format", "npz"]
    assert main(asked, lambda _: 1) == 0
    with np.load(next(tmp_path.glob("*.npz"))) as stored:
        maps = [stored[f"map_{number}"] for number in range(5)]
        assert [str(name) for name in stored["methods"]][3:] == [
            "mean of grad-cam over 3 models",
            "sd of grad-cam over 3 models",
        ]
        assert len(set(stored["targets"])) == 1
    scaled = np.stack([each / each.max() for each in maps[:3]])
    np.testing.assert_allclose(maps[3], scaled.mean(0), atol=1e-5)
    np.testing.assert_allclose(maps[4], scaled.std(0), atol=1e-5)


def test_a_figure_of_models_asked_as_one_is_made_again_and_names_the_one_that_changed(
    folds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, picture = tmp_path / "run", shutil.copy(resources.path("demo") / "P0132.png", tmp_path)
    shutil.copytree(folds, run)
    asked = "--method", "grad-cam", "--format", "png", "--dpi", "40"
    assert main(["explain", picture, "--model", str(run), "--out", str(tmp_path / "first"), *asked], lambda _: 1) == 0
    figure = tmp_path / "first" / "P0132.png"
    assert str(tmp_path) not in figure.with_suffix(".json").read_text()
    again = ["reproduce", str(figure), "--out", str(tmp_path / "second"), "--overwrite"]
    capsys.readouterr()
    assert main(again, lambda _: 1) == 0
    assert "the same bytes as the first one" in capsys.readouterr().err
    shutil.copy(run / "fold-1" / "model.keras", run / "fold-2" / "model.keras")
    assert main(again, lambda _: 1) == 0
    assert "fold-2/model.keras holds other weights than then" in capsys.readouterr().err


def test_networks_that_segment_draw_one_mask_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    drawing = by_contrast(tmp_path)
    card = Card.load(drawing)
    assert card is not None
    for fold in ("fold-1", "fold-2"):
        network = tfcore.load_model(str(drawing)).keras
        if fold == "fold-2":
            kernel = network.layers[-1].kernel
            kernel.assign(kernel + np.random.default_rng(0).normal(0, 0.5, kernel.shape))
        (tmp_path / "run" / fold).mkdir(parents=True)
        network.save(place := tmp_path / "run" / fold / "model.keras")
        card.with_(scaling="none", intensity="z-score").save(place)
    write_brains(tmp_path / "brains", n=1, size=32)
    scan = f"{open_data(tmp_path / 'brains').samples[0].path}#axial=10"
    asked = ["predict", scan, "--model", str(tmp_path / "run"), "--masks", str(tmp_path / "masks")]
    assert main(asked, lambda _: 1) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    members = Ensemble.of([tmp_path / "run"]).members
    each = [model.predict(model.prepare([scan]))[0] for model in members]
    wanted, *own = (p.argmax(-1) for p in (np.mean(each, 0), *each))
    drawn = cv2.imread(row["mask"], cv2.IMREAD_UNCHANGED)
    if drawn.shape == wanted.shape:
        np.testing.assert_array_equal(drawn, wanted)
    one, other = (mask == 2 for mask in own)
    dice = 2 * (one & other).sum() / (one.sum() + other.sum())
    assert float(row["pairwise_dice oedema"]) == pytest.approx(dice, abs=1e-6)
    assert float(row["mutual_information"]) > 0

    # A figure of that mask and of what they disagree about is made again, wherever it lies.
    together = Ensemble(members)
    picture = read(scan)
    mask, said = together.draw(picture)
    heat = replace(together.explain(picture)[0], mask=mask, sureness=said)
    disputed = heat_of_pixels(heat, said, "mutual information")
    assert disputed is not None
    figure = export([(heat, picture), (disputed, picture)], tmp_path / "figure.png", dpi=40)
    assert str(tmp_path) not in figure.with_suffix(".json").read_text()
    found = tfcore.reproduce(figure, tmp_path / "again")
    assert found.same, found.differences


def test_what_cannot_be_asked_as_one_is_a_sentence(folds: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.keras"
    shutil.copy(folds / "fold-1" / "model.keras", other)
    card = Card.load(folds / "fold-1" / "model.keras")
    assert card is not None
    card.with_(classes=card.classes[::-1]).save(other)
    with pytest.raises(HeatlensError, match=r"fold-1 has the classes glioma, .*; an ensemble takes models of the same"):
        Ensemble.of([folds, other])
    with pytest.raises(HeatlensError, match=r"for classification, demo-segmentation for segmentation"):
        Ensemble.of([folds, resources.path("demo-segmentation.keras")])
    with pytest.raises(HeatlensError, match="two models or more"):
        Ensemble.of([other])
    # The one sees a broad picture stretched, the other with black beside it.
    card.with_(fit="pad").save(other)
    Image.fromarray(np.tile(np.arange(60, dtype=np.uint8), (20, 1))).save(tmp_path / "broad.png")
    with pytest.raises(HeatlensError, match="lie on different parts of the picture"):
        Ensemble.of([folds / "fold-1", other]).explain(read(tmp_path / "broad.png"))
    # Commands that take one model say what to name instead.
    assert main(["sanity", str(tmp_path), "--model", str(folds)], lambda _: 1) == 2
