"""Several models on the same pictures, and data whose labels are called otherwise than the model's classes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest

import tfcore
from tfcore import cli
from tfcore.data.phantom import write
from tfcore.errors import HeatlensError
from tfcore.evaluate import measure
from tfcore.evaluate.run import Evaluation
from tfcore.models.model import Model


@pytest.fixture(scope="module")
def model(demo: Model) -> Model:
    return demo


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Phantoms in class folders whose names somebody else chose."""
    written = write(tmp_path_factory.mktemp("phantoms") / "eight", n=8, seed=3).parent
    out = tmp_path_factory.mktemp("sorted")
    for name, theirs in {"glioma": "Glioma", "no_tumour": "No Tumour", "pituitary": "Hypophyse"}.items():
        shutil.copytree(written / name, out / theirs)
    return out


def evaluated(model: Any, data: Path, **more: Any) -> tfcore.evaluate.Table:
    return tfcore.evaluate(model, data, metrics=["aopc"], params={"aopc": {"grid": 2}}, **more)


def test_two_models_have_rows_of_their_own(model: Model, folders: Path) -> None:
    other = tfcore.build("cnn-3", classes=3, input_shape=(32, 32, 1))
    table = tfcore.evaluate({"ours": model, "theirs": other}, folders, ["saliency"], ["average-drop"], limit=3)
    assert table.models == ("ours", "theirs")
    assert [answer.model for answer in table.answers] == ["ours"] * 3 + ["theirs"] * 3
    assert table.row("saliency", "input", "average-drop", "theirs") == table.rows[1]
    assert [each.n for each in table.compared.comparisons] == [3]
    assert "theirs" in table.as_text()
    assert re.match(r"average-drop: saliency at input of (ours|theirs) is best", table.compared.sentences[0])
    # Said before the first of them has taken its hours.
    with pytest.raises(HeatlensError, match=r"^theirs: The model has no layer 'stage4'"):
        Evaluation({"ours": model, "theirs": other}, folders, ["grad-cam"], ["average-drop"], ["stage4"])


def test_labels_in_another_spelling_are_guessed_and_said(model: Model, folders: Path) -> None:
    evaluation = Evaluation(model, folders, metrics=["average-drop"])
    assert any("No Tumour as no_tumour" in note for note in evaluation.notes)
    assert any("Hypophyse" in note and "none of its classes" in note for note in evaluation.notes)


def test_of_a_volume_it_is_said_which_slice_is_measured(model: Model, tmp_path: Path) -> None:
    volume = np.random.default_rng(0).uniform(0, 255, (8, 8, 3)).astype(np.float32)
    nibabel.save(nibabel.Nifti1Image(volume, np.eye(4)), tmp_path / "p1.nii.gz")
    (tmp_path / "rows.csv").write_text("path\np1.nii.gz#axial=0\np1.nii.gz#axial=2\n")
    (note,) = (note for note in Evaluation(model, tmp_path, metrics=["complexity"]).notes if "slice" in note)
    assert note.startswith("Of p1.nii.gz the middle axial slice is measured")
    rows = Evaluation(model, tmp_path / "rows.csv", metrics=["complexity"])
    assert len(rows) == 2
    assert not any("slice" in note for note in rows.notes)


def test_a_label_that_nobody_can_guess_is_asked_for(model: Model, folders: Path) -> None:
    with pytest.raises(HeatlensError, match=r"Hypophyse is none of the classes of demo .*--map 'Hypophyse=glioma'"):
        evaluated(model, folders)
    found = evaluated(model, folders, map={"Hypophyse": "pituitary"})
    assert {answer.label for answer in found.answers} == {"glioma", "no_tumour", "pituitary"}
    assert {answer.label for answer in evaluated(model, folders, map={"Hypophyse": ""}).answers} > {None}


def test_a_label_means_a_class_of_each_model(model: Model, folders: Path) -> None:
    other = tfcore.build("cnn-3", classes=["glioma", "healthy", "no_tumour"], input_shape=(32, 32, 1))
    models = {"ours": model, "theirs": other}
    with pytest.raises(HeatlensError, match=r"none of the classes of theirs .*--map 'theirs:Hypophyse=glioma'"):
        Evaluation(models, folders, metrics=["aopc"], map={"Hypophyse": "pituitary"})
    stated = {"Hypophyse": "pituitary", "theirs:Hypophyse": "healthy"}
    found = Evaluation(models, folders, metrics=["aopc"], map=stated)
    assert [subject.meant["Hypophyse"] for subject in found.subjects] == ["pituitary", "healthy"]


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        ("Hypophyse", "--map Hypophyse is no pair"),
        ("Hypophysis=pituitary", "no picture is labelled 'Hypophysis'; did you mean Hypophyse"),
        ("Hypophyse=pituitry", "no model has the class 'pituitry'; did you mean pituitary"),
        ("demo:Hypophysis=", "--map demo:Hypophysis=: no picture is labelled 'Hypophysis'"),
        ("demo:Hypophyse=pituitry", "demo has not the class 'pituitry'; did you mean pituitary"),
    ],
)
def test_a_wrong_pair_is_one_line(
    folders: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], pair: str, words: str
) -> None:
    command = ["evaluate", folders, "--model", "demo", "--metrics", "aopc", "--map", pair, "--out", tmp_path / "out"]
    assert cli.main([str(each) for each in command], lambda _: 0) == cli.WRONG
    assert words in capsys.readouterr().err


def test_layer_dropout_is_the_mean_over_thinned_networks(model: Model, folders: Path) -> None:
    settings = {"layer-dropout": {"of": "complexity", "samples": 3, "insert": 0.3}}
    found = tfcore.evaluate(model, folders, ["grad-cam"], ["layer-dropout", "complexity"], params=settings, limit=2)
    one = found.values[0]
    assert one.curve is not None
    assert len(set(one.curve.y.tolist())) == 3
    assert one.value == pytest.approx(one.curve.y.mean())
    assert found.rows[0].better == found.rows[1].better == "lower"
    with pytest.raises(HeatlensError, match="has no masks, and layer-dropout cannot do without"):
        tfcore.evaluate(model, folders, metrics=["layer-dropout"])


@pytest.mark.parametrize("of", ["conservation-axiom", "sanity", "max-sensitivity"])
def test_layer_dropout_goes_over_metrics_that_ask_the_network_anew(model: Model, of: str) -> None:
    batch = np.random.default_rng(0).uniform(0, 1, (1, 128, 128, 1)).astype(np.float32)
    how: Any = {"method": "grad-cam", "layer": "stage4"}
    before = measure(of, model, batch, **how).values
    found = measure("layer-dropout", model, batch, **how, of=of, samples=2, insert=0.3)
    assert found.curves is not None
    assert len({*before.tolist(), *found.curves[0].tolist()}) == 3
    assert np.array_equal(measure(of, model, batch, **how).values, before)


def test_a_network_without_dropout_has_no_number(folders: Path) -> None:
    plain = tfcore.build("cnn-3", classes=3, input_shape=(32, 32, 1))
    settings = {"layer-dropout": {"of": "complexity"}}
    found = tfcore.evaluate(plain, folders, metrics=["layer-dropout"], params=settings, limit=1)
    assert found.rows[0].left_out in ({"no dropout layer": 1}, {})
