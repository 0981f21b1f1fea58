"""Figures from recipes, by the command: cells of pictures × methods, reproduced to the byte, holes named."""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import resources
import tfcore
from tests.shared import telling
from tfcore import cli
from tfcore.commands import figure
from tfcore.composing import recipe_of
from tfcore.errors import HeatlensError
from tfcore.figure.templates import TEMPLATES, Material, template
from tfcore.models.model import Model

pytestmark = pytest.mark.usefixtures("demo_stays_open")
RECIPE: dict[str, Any] = {
    "every": {"model": "demo"},
    "down": [{"picture": "data"}],
    "across": [
        {"show": "input", "name": "input"},
        {"layer": "stage2", "name": "stage 2"},
        {"layer": "stage2", "crop": [0.2, 0.2, 0.8, 0.8], "inset": [0.3, 0.3, 0.5, 0.5]},
        {"show": "prediction", "title": ""},
    ],
    "titles": "{true} → {predicted} {p:.2f}",
    "labels": "labels.csv",
    "scale": "column",
    "bars": "column",
    "width_mm": "double column",
    "dpi": 50,
    "files": ["figure.png", "figure.svg"],
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    shutil.copy(resources.path("demo") / "P0132.png", tmp_path / "data")
    (tmp_path / "labels.csv").write_text("file,label\nP0132.png,meningioma\n")
    return tmp_path


def written(folder: Path, **other: Any) -> Path:
    path = folder / "recipe.json"
    path.write_text(json.dumps(RECIPE | other))
    return path


def test_a_recipe_makes_a_figure_that_is_made_again_from_its_record(folder: Path, demo: Model) -> None:
    how: dict[str, Any] = {"load": lambda _: demo}
    found = tfcore.compose(written(folder), folder / "out", **how)
    figure, drawing = found.files
    assert (figure.name, drawing.name, found.problems) == ("figure.png", "figure.svg", ())
    for words in ("meningioma → glioma 0.98", "stage 2", "one scale per column"):
        assert words in drawing.read_text()
    assert tfcore.reproduce(figure, folder / "again", **how).same
    # The record of a composed figure is a recipe as well.
    again = tfcore.compose(figure.with_suffix(".json"), folder / "third", **how)
    assert again.files[0].read_bytes() == figure.read_bytes()


def test_a_cell_that_cannot_be_had_stays_empty_and_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = [[{"picture": "data/P0132.png"}, {"picture": "gone.png"}, None]]
    recipe = folder / "recipe.json"
    recipe.write_text(json.dumps({"every": {"model": "demo"}, "cells": cells, "dpi": 40}))
    assert cli.main(["figure", str(recipe), "--out", str(folder / "out")], lambda _: 0) == cli.WRONG
    told = capsys.readouterr()
    assert "gone.png" in told.err
    assert told.out.split() == [str(folder / "out" / "recipe.png")]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"down": [{}]}, "no picture"),
        ({"every": {}}, "no model"),
        ({"across": [{"colour": 1}]}, "no 'colour'"),
        ({"bars": "left"}, "'left' is not one of"),
        ({"across": [{"crop": [0, 0, 2, 1]}]}, "cannot have crop"),
        ({"column": []}, "no 'column'"),
        ({"cells": [[]]}, "both"),
        ({"files": ["../a.png"]}, "without folders"),
        ({"width_mm": "wide"}, "double column"),
        ({"display": "dark"}, "display is an object"),
        ({"text_size": -1}, "between 3 and 30"),
        ({"every": {"model": "demo", "window": [2, 1]}}, "cannot be read"),
    ],
)
def test_what_no_recipe_may_say_is_named(folder: Path, change: dict[str, Any], why: str) -> None:
    with pytest.raises(HeatlensError, match=why):
        recipe_of(written(folder, **change))


@pytest.mark.parametrize(
    "name",
    telling(["forgetting", "filters", "models", "together"], [one.name for one in TEMPLATES if not one.job]),
)
def test_a_figure_as_papers_have_it_is_made_again(name: str, folder: Path, demo: Model) -> None:
    """From weights drawn anew, of single filters, of methods with and without layers, of several models as one, and of
    what a network draws.
    """
    picture, models, network = str(folder / "data" / "P0132.png"), ("demo", "other"), demo
    if name == "unsure":
        picture, network = f"{resources.path('demo-brain')}#axial=15", tfcore.load_model("demo-segmentation")
    material = Material((picture,), models, ("stage3", "stage4"), together=models, segments=True)
    made = tfcore.compose({**template(name).recipe(material), "dpi": 40}, folder / "out", load=lambda _: network)
    assert made.problems == ()
    assert tfcore.reproduce(made.files[0], folder / "again", load=lambda _: network).same


def test_what_a_figure_of_a_paper_lacks_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture, out = str(folder / "data" / "P0132.png"), str(folder / "out")
    for name, why in (("unsure", "does not segment"), ("models", "a second model"), ("x", "choose among input-heat")):
        asked = ["figure", picture, "--template", name, "--model", "demo", "--out", out]
        assert cli.main(asked, lambda _: 0) == cli.WRONG
        assert why in capsys.readouterr().err


def test_rows_of_methods_by_layers_are_of_their_layers(demo: Model) -> None:
    """As the command asks for them, where no methods are named and where some are."""
    parser = argparse.ArgumentParser()
    figure.add(parser.add_subparsers())
    asked = [
        "figure",
        str(resources.path("demo") / "P0132.png"),
        "--template",
        "methods",
        "--model",
        "demo",
        "--out",
        "x",
    ]
    for more, count in (([], 6), (["--methods", "layer-cam,grad-cam"], 2)):
        lines = recipe_of(figure._filled(parser.parse_args([*asked, *more]), lambda _: demo)).lines
        stages = [line.layer for line in lines if line.method == "layer-cam"]
        assert stages == ["stage1", "stage2", "stage3", "stage4"]
        assert len({line.method for line in lines}) == count
