"""A network that answers with NaN says nothing: the picture is left out by name, and the others go on."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Event

import keras
import numpy as np
import pytest
from PIL import Image

import tfcore
from tfcore.cli import main
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.errors import HeatlensError
from tfcore.evaluate import evaluate
from tfcore.jobs.explain import explain
from tfcore.jobs.heat_spread import heat_spread
from tfcore.jobs.predict import predict
from tfcore.models.model import Model


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network that divides by the brightness of a picture, a bright picture and a black one."""
    here = tmp_path_factory.mktemp("nan")
    keras.utils.set_random_seed(2)
    picture = keras.Input((8, 8, 1))
    x = keras.layers.Conv2D(3, 3, kernel_initializer="he_uniform", activation="relu")(picture)
    x = keras.layers.GlobalAveragePooling2D()(x) / keras.ops.sum(picture, (1, 2))
    x = keras.layers.Dropout(0.5)(x)
    keras.Model(picture, keras.layers.Dense(2, activation="softmax")(x)).save(here / "model.keras")
    noise = np.random.default_rng(0).random((8, 8))
    for name, level in (("a bright", 200), ("b black", 0), ("c grey", 90)):
        (here / "p" / name).mkdir(parents=True)
        Image.fromarray((noise * level).astype(np.uint8)).save(here / "p" / name / f"{name}.png")
    return here


@pytest.mark.parametrize(
    "command",
    [
        ["predict", "p", "--json"],
        ["explain", "p", "--out", "maps", "--format", "npz", "--json"],
        ["uncertainty", "p", "--passes", "3", "--json"],
    ],
)
def test_the_picture_is_left_out_by_name_and_the_rest_goes_on(
    command: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    assert main([*command, "--model", "model.keras"], lambda _: 1) == 0
    out, err = capsys.readouterr()
    assert "b black.png" in err
    assert "NaN" in err
    assert "NaN" not in out.replace("answers with NaN", "").replace("answer with NaN", "")
    rows = [json.loads(line) for line in out.splitlines()] if command[0] == "predict" else json.loads(out)["pictures"]
    assert ["error" in row for row in rows] == [False, True, False]


def test_the_window_is_told_in_a_sentence(folder: Path) -> None:
    model = str(folder / "model.keras")
    context = Context(Job("predict", {}), lambda _: None, OpenModels(), Event())
    black = str(folder / "p" / "b black" / "b black.png")
    for ask in (
        lambda: predict(context, model, black),
        lambda: explain(context, model, black, "grad-cam"),
        lambda: heat_spread(context, model, black, "grad-cam", passes=2),
    ):
        with pytest.raises(HeatlensError, match=r"b black\.png.*NaN"):
            ask()


def test_an_explanation_of_no_answer_is_flagged(folder: Path) -> None:
    model: Model = tfcore.load_model(folder / "model.keras")
    batch = np.stack([np.full((8, 8, 1), 0.5), np.zeros((8, 8, 1))])
    for method in ("grad-cam", "integrated-gradients", "occlusion", "eigen-cam"):
        found = tfcore.explain(model, batch, method)
        assert found.degenerate[1], method
        assert np.isfinite(found.maps).all(), method


def test_evaluation_counts_it_as_left_out(folder: Path) -> None:
    table = evaluate(tfcore.load_model(folder / "model.keras"), folder / "p", ["grad-cam"], ["average-drop"])
    row = table.rows[0]
    assert row.n == 2
    ((reason, count),) = row.left_out.items()
    assert count == 1
    assert "not finite" in reason
    assert row.mean is None or np.isfinite(row.mean)
