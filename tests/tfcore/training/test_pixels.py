"""Networks that learn a class for every pixel, and how they are judged."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import tensorflow as tf

import tfcore
from tfcore.cli import main
from tfcore.data import open_data
from tfcore.data.balance import fewer_empty
from tfcore.data.phantom import brain, write_brains
from tfcore.data.reading import mask
from tfcore.errors import HeatlensError
from tfcore.evaluate.overlap import regions_of
from tfcore.models.prepare import fitted, unfitted
from tfcore.training.dice import class_shares, dice_and_cross_entropy, soft_dice
from tfcore.training.pixels import Pixels
from tfcore.training.run import Run

NAMES = ("background", "necrotic", "oedema", "enhancing")
SMALL: dict[str, Any] = {"arch": "res-unet", "encoder": "small", "filters": 2, "size": 32, "batch": 16, "epochs": 1}


@pytest.fixture(scope="module")
def brains(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("volumes") / "brains"
    write_brains(folder, n=6, size=32, seed=3)
    return folder


@pytest.fixture(scope="module")
def run(brains: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """An epoch of a network so small that it learns next to nothing."""
    return tfcore.train(brains, "brats-2d", out=tmp_path_factory.mktemp("run") / "run", **SMALL)


@pytest.fixture
def pixels() -> Pixels:
    return Pixels(NAMES, regions_of("brats"))


# --- phantom volumes ---


def test_contrasts_differ_as_the_real_ones_do() -> None:
    found = brain([0, 0], 48, tumour=True)
    grey = {
        name: {label: float(found.channels[name][found.labels == label].mean()) for label in (1, 2, 4)}
        for name in found.channels
    }
    assert grey["t1ce"][4] > 1.3 * grey["t1ce"][1]
    assert grey["flair"][2] > 1.3 * grey["flair"][1]
    assert not brain([0, 0], 48, tumour=False).labels.any()
    again = brain([0, 0], 48, tumour=True)
    assert all((again.channels[name] == found.channels[name]).all() for name in found.channels)


def test_written_volumes_open_as_cases(brains: Path) -> None:
    data = open_data(brains)
    assert (data.kind, data.classes, len({one.patient for one in data})) == ("brats", NAMES, 6)
    first = data.samples[0]
    address = f"{first.path}#axial={first.frame}"
    assert tfcore.pictures.read(address).array.shape == (32, 32, 4)
    assert tfcore.pictures.read(f"{first.path}#coronal=3").array.shape == (20, 32, 4)
    with pytest.raises(HeatlensError, match="does not say which plane"):
        tfcore.pictures.read(f"{first.path}#3")


def test_a_slice_is_scored_by_its_whole_brain(brains: Path, run: Run) -> None:
    model = tfcore.load_model(run.model)
    assert (model.card.intensity, model.card.scaling, model.card.task) == ("z-score", "none", "segmentation")
    case = open_data(brains).samples[0].path
    slices = [tfcore.pictures.read(f"{case}#axial={z}") for z in range(20)]
    batch = model.prepare(slices)
    brain_of = np.stack([one.array for one in slices]) > 0
    for channel in range(4):
        inside = batch[..., channel][brain_of[..., channel]]
        assert inside.mean() == pytest.approx(0, abs=1e-3)
        assert inside.std() == pytest.approx(1, abs=1e-3)
    assert (batch[~brain_of] == 0).all()


def test_slices_without_a_tumour_can_be_learnt_from_less_often(brains: Path) -> None:
    data = open_data(brains)
    some = [bool(mask(one, dict(data.mask_values or {})).any()) for one in data]
    assert len(fewer_empty(data, 0.0)) == sum(some)
    assert len(fewer_empty(data, 1.0)) == len(data)


# --- what is learnt ---


def test_dice_of_a_batch_is_the_formula() -> None:
    wanted = np.eye(2, dtype=np.float32)[np.array([[[0, 1], [1, 1]]])]
    shares = np.array([[[[0.5, 0.5], [0.2, 0.8]], [[0.4, 0.6], [1.0, 0.0]]]], np.float32)
    assert float(soft_dice(wanted, shares)) == pytest.approx((2 * 1.4 + 1) / (3 + 1.9 + 1))
    logits = tf.math.log(shares + 1e-9)
    entropy = -np.log([0.5, 0.8, 0.6, 1e-9]).mean()
    assert float(dice_and_cross_entropy()(wanted, logits)) == pytest.approx(
        entropy + 1 - float(soft_dice(wanted, shares)), rel=1e-4
    )


def test_pixels_of_rare_classes_count_more(brains: Path) -> None:
    weights = class_shares(open_data(brains), 0)
    assert np.mean(weights) == pytest.approx(1)
    assert weights[0] == min(weights)


def test_validation_is_over_all_pixels_whatever_the_batches(pixels: Pixels) -> None:
    draw = np.random.default_rng(0)
    logits, targets = draw.normal(size=(6, 8, 8, 4)).astype(np.float32), draw.integers(0, 4, (6, 8, 8))
    whole = pixels.validation([(logits, targets)])
    parts = pixels.validation([(logits[:4], targets[:4]), (logits[4:], targets[4:])])
    assert {name: whole[name] for name in whole if "dice" in name} == pytest.approx(
        {name: parts[name] for name in parts if "dice" in name}
    )
    perfect = pixels.validation([(20 * np.eye(4, dtype=np.float32)[targets], targets)])
    assert perfect["val_dice"] == 1
    assert perfect["val_loss"] < 0.05


# --- how it is judged ---


@pytest.mark.parametrize("fit", ["stretch", "centre", "pad"])
def test_an_answer_is_laid_back_where_it_belongs(fit: str) -> None:
    picture = np.zeros((48, 36, 1), np.float32)
    picture[16:32, 12:24] = 1
    seen, _ = fitted(picture, 24, 24, fit, "area")
    answer = np.concatenate([1 - seen, seen], -1)
    laid = unfitted(answer, (48, 36), fit)
    assert laid.shape == (48, 36, 2)
    found = laid.argmax(-1)
    assert 2 * (found * picture[..., 0]).sum() / (found.sum() + picture.sum()) > 0.9


def test_slices_are_judged_as_whole_volumes(brains: Path, pixels: Pixels) -> None:
    data = open_data(brains)
    values = dict(data.mask_values or {})
    # Every second slice is not answered: what no slice was read of counts as background.
    asked = data.samples[::2]
    pictures: Any = SimpleNamespace(samples=asked, mask_values=values, card=SimpleNamespace(fit="stretch"))
    answers = iter([np.eye(4, dtype=np.float32)[mask(one, values)][None] for one in asked])
    cases = pixels.gathered(answers, pictures)
    report = pixels.report(cases)
    assert (report["cases"], report["n"], report["unit"]) == (6, len(asked), "ml")
    for case in cases:
        found, true = case.sizes["WT"]
        assert case.overlap["WT"]["dice"] == pytest.approx(2 * found / (found + true) if true else 1)
        assert found < true or not true
    empty = [case for case in cases if not case.sizes["WT"][1]]
    assert report["regions"]["WT"]["without it"] == {"cases": len(empty), "found empty": len(empty)}


def test_a_run_has_its_figures_tables_and_plots(run: Run) -> None:
    with (run.folder / "predictions.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert {row["region"] for row in rows} == {"WT", "TC", "ET"}
    assert len({row["path"] for row in rows}) == run.report["cases"]
    assert {path.stem for path in (run.folder / "plots").iterdir()} == {"curves", "dice", "cases", "augmented"}
    page = (run.folder / "report.html").read_text(encoding="utf-8")
    assert "Worst, median and best case" in page
    assert "WT is necrotic + oedema + enhancing." in page
    model = tfcore.load_model(run.model)
    assert model.predict(np.zeros((1, 32, 32, 4), np.float32)).shape == (1, 32, 32, 4)


@pytest.mark.slow
def test_pictures_with_masks_are_learnt_from_too(tmp_path: Path) -> None:
    from tfcore.data.phantom import write

    write(tmp_path / "mri", n=16, size=32)
    run = tfcore.train(tmp_path / "mri", "masks-2d", out=tmp_path / "run", **SMALL)
    assert run.report["unit"] == "px"
    assert run.report["cases"] == run.report["pictures"]["test"]


# --- what cannot be learnt from ---


def test_a_recipe_and_a_network_of_different_tasks_are_refused(brains: Path, tmp_path: Path) -> None:
    with pytest.raises(HeatlensError, match="cnn-2 classifies pictures, and brats-2d trains a network that segments"):
        tfcore.train(brains, "brats-2d", arch="cnn-2", out=tmp_path / "run")


def test_data_without_masks_are_refused(tmp_path: Path) -> None:
    from tfcore.data.phantom import write

    write(tmp_path / "mri", n=8, size=32)
    (tmp_path / "mri" / "phantoms.csv").unlink()
    shutil.rmtree(tmp_path / "mri" / "masks")
    with pytest.raises(HeatlensError, match="has no masks or outlines"):
        tfcore.train(tmp_path / "mri", "masks-2d", out=tmp_path / "run", **SMALL)
    with pytest.raises(HeatlensError, match=r"brats-2d needs a folder of BraTS cases|has no masks"):
        tfcore.train(tmp_path / "mri", "brats-2d", out=tmp_path / "run", **SMALL)


def test_predict_draws_masks_and_says_what_each_class_covers(
    brains: Path, run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = open_data(brains).samples[0].path
    table = tmp_path / "areas.csv"
    asked = ["predict", f"{case}#axial=8:11", "--model", str(run.model)]
    assert main([*asked, "--masks", str(tmp_path / "masks"), "--out", str(table)], lambda _: 1) == 0
    with table.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(line for line in stream if not line.startswith("#")))
    assert len(rows) == 3
    for row in rows:
        drawn = tfcore.pictures.read(table.parent / row["mask"]).array
        assert drawn.shape == (32, 32)
        assert int(row["px oedema"]) == (drawn == 2).sum()
        assert sum(float(row[f"mm2 {name}"]) for name in NAMES) == pytest.approx(32 * 32 * 25)
    assert main([*asked, "--labels", "folder"], lambda _: 1) == 2
    assert "labels are of whole pictures" in capsys.readouterr().err
