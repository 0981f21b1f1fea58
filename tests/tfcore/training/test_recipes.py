"""Every recipe, end to end, and what each says about data that are not for it."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import tfcore
from tfcore.errors import HeatlensError
from tfcore.registry import catalogue
from tfcore.training.plan import plan
from tfcore.training.run import Run
from tfcore.training.sides import cleaned, opened, placed

FILES = {
    "model.keras",
    "model.json",
    "history.csv",
    "split.csv",
    "settings.json",
    "report.json",
    "report.csv",
    "report.html",
    "predictions.csv",
}
PLOTS = {f"{name}.{kind}" for name in ("curves", "confusion", "roc") for kind in ("pdf", "png")}


def test_the_recipes_are_in_the_catalogue() -> None:
    assert {spec.name for spec in catalogue("recipe")} == {
        "mri-4class",
        "tumour-binary",
        "xray-transfer",
        "pcle",
        "brats-2d",
        "masks-2d",
    }


def test_mri_4class_writes_a_whole_run_folder(learnt: Run) -> None:
    run = learnt
    assert {path.name for path in run.folder.iterdir() if path.is_file()} == FILES
    assert {path.name for path in (run.folder / "plots").iterdir()} == PLOTS | {"augmented.png"}
    settings = json.loads((run.folder / "settings.json").read_text())
    assert settings["settings"]["lr"] == 0.01
    assert settings["settings"]["optimizer"] == "adamw"
    usual = plan("mri-4class")
    assert (usual["lr"], usual["averaging"]) == (1e-4, 2)
    # Sixty, twenty and twenty per cent of twelve, for each of four classes.
    assert run.report["pictures"] == {"train": 28, "val": 8, "test": 12}


def test_a_classifier_is_made_honest_on_its_validation_pictures(learnt: Run, phantoms: Path) -> None:
    run = learnt
    kept = run.report["calibration"]
    card = tfcore.load_model(run.model).card
    assert card.calibration == {name: kept[name] for name in ("temperature", "on", "pictures", "nll")}
    assert kept["test"]["ece"][0] != kept["test"]["ece"][1]
    assert (kept["on"], kept["pictures"]) == ("val", 8)
    with (run.folder / "predictions.csv").open(newline="") as stream:
        first = next(csv.DictReader(stream))
    model = tfcore.load_model(run.model)
    (again,) = model.predict(model.prepare([phantoms / first["path"]]))
    assert [float(first[f"p_{name}"]) for name in model.classes] == pytest.approx(again.tolist(), abs=1e-5)


@pytest.mark.slow
def test_tumour_binary_parts_the_data_as_the_paper_says(quick: Callable[..., Run], two_classes: Path) -> None:
    run = quick(two_classes, "tumour-binary", arch="cnn-3", size=32)
    assert run.report["classes"].keys() == {"glioma", "no_tumour"}
    assert sum(run.report["pictures"].values()) == 24


def test_tumour_binary_refuses_four_classes(quick: Callable[..., Run]) -> None:
    with pytest.raises(HeatlensError, match="4 classes"):
        quick(recipe="tumour-binary")


@pytest.mark.slow
def test_xray_transfer_trains_the_head_and_keeps_the_base(quick: Callable[..., Run]) -> None:
    run = quick(recipe="xray-transfer", arch="mobilenetv2", alpha=0.35)
    trained = tfcore.load_model(run.model).keras
    fresh = fresh_mobilenet()
    first = "Conv1"
    assert (trained.get_layer(first).get_weights()[0] == fresh.get_layer(first).get_weights()[0]).all()
    head = [network.get_layer("predictions").get_weights()[0] for network in (trained, fresh)]
    assert (head[0] != head[1]).any()
    assert "reused in every epoch" in " ".join(run.report["notes"])


def fresh_mobilenet() -> object:
    """The network as seed 0 starts it."""
    from tfcore.training.network import fresh

    classes = ("glioma", "meningioma", "no_tumour", "pituitary")
    return fresh(plan("xray-transfer", "mobilenetv2", alpha=0.35, size=32), classes).keras


def test_pcle_parts_by_patient(two_classes: Path) -> None:
    intended = plan("pcle")
    sides: dict[str | None, set[str | None]] = {}
    for sample in placed(cleaned(opened(two_classes, intended), intended, lambda *_: None), intended).data:
        sides.setdefault(sample.patient, set()).add(sample.split)
    assert len(sides) == 12
    assert all(len(side) == 1 for side in sides.values())


@pytest.mark.slow
def test_a_run_of_pcle_writes_that_it_parted_by_patient(quick: Callable[..., Run], two_classes: Path) -> None:
    run = quick(two_classes, "pcle")
    rows = [line.split(",") for line in (run.folder / "split.csv").read_text().splitlines()[1:]]
    sides: dict[str, set[str]] = {}
    for *_, patient, split in rows:
        sides.setdefault(patient, set()).add(split)
    assert len(sides) == 12
    assert all(len(side) == 1 for side in sides.values())


def test_pcle_refuses_data_without_patients(quick: Callable[..., Run]) -> None:
    with pytest.raises(HeatlensError, match="does not say whose each picture is"):
        quick(recipe="pcle")


def test_the_trained_model_opens_with_its_card(learnt: Run) -> None:
    model = tfcore.load_model(learnt.model)
    assert model.activation == "softmax"
    assert model.classes == ("glioma", "meningioma", "no_tumour", "pituitary")
    assert model.card.recipe == "mri-4class"
    assert model.card.guessed == ()
    assert (model.weights, model.card.provenance["weights"]) == ("file", "trained")
    training = model.card.provenance["training"]
    assert training["seed"] == 0
    assert len(training["data"]) == len(training["split"]) == 64
    assert "tensorflow" in training["versions"]
