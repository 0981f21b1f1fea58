"""A study made from the command line, and what is refused: other models, other pictures, arms that cannot be."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import nibabel
import numpy as np
import pytest

import resources
import tfcore
from tfcore import cli, study
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.phantom import write
from tfcore.errors import HeatlensError
from tfcore.models.model import Model
from tfcore.review import Session
from tfcore.review import write as write_session
from tfcore.review.beside import beside
from tfcore.review.study import Study
from tfcore.review.study import write as write_study


def test_from_a_session_with_what_it_shows(tmp_path: Path, demo: Model) -> None:
    data = write(tmp_path / "phantoms", n=8, size=64, seed=3).parent
    (data / "glioma" / "broken.png").write_bytes(b"no picture")
    session = write_session(Session(opened=[str(data)], labels="folders"), tmp_path / "work.heatlens")
    path = tmp_path / "out" / "mri.heatlens-study"
    arms = ("none", "grad-cam@stage4+prediction", "uncertainty")
    findings = ("glioma", "pituitary")
    found = study.make(session, path, demo, arms, positive=findings, limit=5, passes=4, seed=2, washout=1)
    assert len(found.study.cases) + len(found.left) == 5
    assert all("broken.png" in sentence for sentence in found.left)
    made = study.read(path)
    assert made == found.study
    assert "How likely is glioma or pituitary" in made.questions[0].text
    assert json.loads(path.read_text())["cases"][0]["picture"].startswith("../phantoms/")
    for sight in study.order(made, 1):
        shown = beside(path, made, sight)
        arm = made.arms[sight.arm]
        assert (shown.heat is not None) == bool(arm.method)
        if arm.method and shown.heat is not None:
            batch = demo.prepare([made.cases[sight.case].picture])
            np.testing.assert_allclose(shown.probabilities, demo.predict(batch)[0], atol=1e-6)
            assert (shown.heat.method, shown.heat.model) == ("", ""), "it names nothing"
        assert (shown.intervals is not None) == arm.uncertainty

    # What no picture can have is said before one is read.
    for arm, words in (("grad-cam@stage9", "stage9"), ("uncertainty", "is no dropout rate")):
        with pytest.raises(HeatlensError, match=words):
            study.make(session, tmp_path / "x", demo, (arm,), insert=None if arm != "uncertainty" else 2.0)

    # What is lost is made again, of the same model and the same pictures only.
    lost = sorted((tmp_path / "out" / "mri-study" / "shown").iterdir())[0]
    before = lost.read_bytes()
    lost.unlink()
    assert study.prepare(path, lambda _: demo) == 1
    assert lost.read_bytes() == before
    lost.unlink()
    picture = Path(made.cases[int(lost.name[:4]) - 1].picture)
    picture.write_bytes(picture.read_bytes() + b"more")
    with pytest.raises(HeatlensError, match="was changed since the study was made"):
        study.prepare(path, lambda _: demo)
    _other_model(made, tmp_path / "other.heatlens-study")
    with pytest.raises(HeatlensError, match="demo is not the model this study was made with"):
        study.prepare(tmp_path / "other.heatlens-study", lambda _: demo)


def test_a_slice_of_a_volume_has_the_others_with_heat_of_its_own_class(tmp_path: Path, demo: Model) -> None:
    voxels = np.random.default_rng(0).integers(0, 255, (40, 36, 4)).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(voxels, np.eye(4)), tmp_path / "scan.nii.gz")
    case, path = f"{tmp_path}/scan.nii.gz#axial=1", tmp_path / "v.heatlens-study"
    data = Dataset((Sample(Path(case)),), (), tmp_path, "pictures")
    asked = ("rating",)
    made = study.make(data, path, demo, ("none", "grad-cam+prediction"), asked).study
    assert [each.slices for each in made.cases] == [4]
    sight = next(each for each in study.order(made, 1) if each.arm == 1)
    shown = beside(path, made, sight)
    assert shown.heat is not None
    others = [f"{tmp_path}/scan.nii.gz#axial={index}" for index in range(4)]
    target = int(demo.predict(demo.prepare([case]))[0].argmax())
    maps = tfcore.explain(demo, demo.prepare(others), "grad-cam", target=target).maps
    np.testing.assert_allclose(shown.heat.map, maps[1], atol=1e-5)
    said = demo.predict(demo.prepare(others))
    for index, other in shown.slices.items():
        assert other.heat is not None
        np.testing.assert_allclose(other.heat.map, maps[index], atol=2e-3 * float(np.abs(maps[index]).max()) + 1e-6)
        np.testing.assert_allclose(other.probabilities, said[index], atol=1e-5)
    assert sorted(shown.slices) == [0, 1, 2, 3]
    # Whoever made it may want one slice alone.
    alone = study.make(data, tmp_path / "one.heatlens-study", demo, ("grad-cam",), asked, leaf=False).study
    assert alone.cases[0].slices == 0
    assert not beside(tmp_path / "one.heatlens-study", alone, study.order(alone, 1)[0]).slices


def test_from_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "b.heatlens-study"
    asked = ["--questions", "rating,draw", "--ask", "rating=How bad?", "--washout", "3", "--limit", "6", "--once"]
    flags = ["study", "make", resources.path("demo"), "--arms", "none", *asked, "--out", path]
    assert cli.main(list(map(str, flags)), lambda _: 7) == cli.DONE
    said = capsys.readouterr()
    assert said.out.strip() == str(path)
    assert "6 cases, 6 readings in 1 part; what belongs to it lies in b-study" in said.err
    assert study.read(path).questions[0].text == "How bad?"


def _other_model(made: Study, path: Path) -> None:
    write_study(replace(made, model_sha256="0" * 64), path)


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--arms", "grad-cam"], "name it (--model demo)"),
        (["--arms", "none", "--positive", "tumour"], "no case has this label"),
        (["--arms", "none", "--questions", "mood"], "'mood' is no question of a study"),
        (["--arms", "none", "--questions", "rating", "--ask", "mood=How?"], "is no QUESTION=WORDS"),
        (["--arms", "none,none"], "name every arm and every question once"),
        (["--arms", "none", "--questions", "diagnosis"], "A diagnosis is chosen among two or more"),
    ],
)
def test_a_wrong_request_is_one_sentence(
    flags: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = str(resources.path("demo")), str(tmp_path / "a.heatlens-study")
    assert cli.main(["study", "make", data, "--out", out, *flags], lambda _: 7) == cli.WRONG
    assert words in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
