"""Every command, job and feature that writes leaves a record by which its files are made again, to the byte."""

from __future__ import annotations

import argparse
import json
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nibabel
import numpy as np
import pytest
from PIL import Image

import gui
import resources
import tfcore
from tests.tfcore.packed import tells
from tests.tfcore.pictures.dicoms import dataset, written
from tfcore import cli, jobs, review
from tfcore.engine.context import Context, OpenModels
from tfcore.engine.protocol import Job
from tfcore.figure.inside import taken_from
from tfcore.measure import Roi, save_rois
from tfcore.review import Judgment, Session

_TWO = "--model demo --model other.keras"
_BRAIN, _DRAWN = "brains/Phantom_000#axial=15", "--model demo-segmentation"
# Of each command, in each of the ways in which it writes something else: what it is given after its name, and the file
# or folder it writes.
COMMANDS = {
    "audit": ("data", "made"),
    "calibrate": ("many --model demo --report-only", "made"),
    "calibrate: of masks": (f"brains {_DRAWN} --report-only", "made"),
    "dissect": ("data --model demo --layers stage4", "made"),
    "dissect: where filters fire": (
        "data --model demo --layers stage4 --picture data/glioma/P0132.png",
        "made",
    ),
    "evaluate": ("data --model demo --metrics complexity", "made"),
    "evaluate: two models and curves": (
        f"data {_TWO} --metrics complexity,deletion --methods grad-cam,saliency",
        "made",
    ),
    "explain": ("data --model demo --format npz", "made"),
    "explain: every figure": (
        "data --model demo --method grad-cam,layer-cam --layer stage3,stage4 --layout grid "
        "--format png,tiff,pdf,svg,npz --dpi 40",
        "made",
    ),
    "explain: models as one": (f"data {_TWO} --dpi 40", "made"),
    "explain: of a region": (
        f"{_BRAIN} {_DRAWN} --target oedema --region predicted --method saliency --dpi 40",
        "made",
    ),
    "explain: a volume": ("scan.nii#axial=1:4 --model demo --format nii,planes --dpi 40", "made"),
    "explain: DICOM": ("scan.dcm --model demo --format dicom,dicom-seg,dicom-sc --dpi 40", "made"),
    "explain: super-pixels": ("data/glioma --model demo --method lime --samples 30 --outlines --dpi 40", "made"),
    "maximise": ("--model demo --filters 0 --steps 2 --tv 0", "made"),
    "maximise: classes": ("--model demo --target 0,1 --steps 2", "made"),
    "maximise: a figure": ("--model demo --filters 0 --figure effect --steps 2", "made"),
    "measure": ("regions.json --model demo", "made.csv"),
    "measure: with figures": ("regions.json --model demo --figures drawn", "made.csv"),
    "neighbour": ("data/glioma/P0132.png --model demo --data data", "made"),
    "predict": ("data --model demo", "made.csv"),
    "predict: models as one": (f"data {_TWO} --labels folders", "made.csv"),
    "predict: masks": (f"brains/Phantom_000#axial=14:16 {_DRAWN} --masks drawn", "made.csv"),
    "report": ("work.heatlens", "made"),
    "report: of an evaluation": ("scores --for claim", "made"),
    "review": ("work.heatlens", "made.csv"),
    "sanity": ("data --model demo --methods grad-cam", "made"),
    "study export": ("mine.heatlens-study", "made.csv"),
    "study summary": ("mine.heatlens-study", "made.csv"),
    "tcav": (
        "data/glioma --model demo --target glioma --concept lesion=many/glioma --random many --runs 2",
        "made.csv",
    ),
    "triage": ("data --model demo --methods grad-cam", "made"),
    "triage: failure": (f"data {_TWO} --methods grad-cam --by failure", "made"),
    "uncertainty": ("data --model demo --passes 2", "made"),
    "uncertainty: noise": ("data --model demo --passes 2 --input-noise 0.1", "made"),
    "uncertainty: of masks": (f"brains/Phantom_000#axial=14:16 {_DRAWN} --passes 2", "made"),
}
# What has to be there first.
BEFORE = {
    "report: of an evaluation": "evaluate data --model demo --metrics complexity --out scores",
    **dict.fromkeys(
        ("study export", "study summary"),
        "study make data --model demo --arms none --questions rating --positive glioma --out mine.heatlens-study",
    ),
}
QUICK = ("audit", "measure", "review", "study export", "study summary")
# Figures have records of their own, and the rest writes models, data and studies.
OTHERS = {"figure", "reproduce", "study demo", "study make", "train"}

# Whatever of the window writes by these …
WRITES = r"write_table\(|write_answers\(|write_judgments\(|save_mask\(|HeatVolumes\(|save_arrays\(|\.save_many\("
# … says by one of these where it comes from.
TELLS = r"keep_record|keep_answers|unseen\.|export\("

pytestmark = pytest.mark.usefixtures("demo_stays_open")

Ask = Callable[..., Any]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, label in {"P0132.png": "glioma", "P0135.png": "meningioma"}.items():
        (tmp_path / "data" / label).mkdir(parents=True)
        shutil.copy(resources.path("demo") / name, tmp_path / "data" / label)
    picture = tmp_path / "data" / "glioma" / "P0132.png"
    session = Session(opened=[str(picture)], judgments={str(picture): Judgment(star=True, rating=4)})
    review.write(session, tmp_path / "work.heatlens")
    save_rois(tmp_path / "regions.json", [(picture, Roi("box", "rectangle", ((20, 20), (60, 70))))])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def more(folder: Path) -> None:
    """What the slow ones need besides: another model, many pictures, a volume, a case and a DICOM file."""
    for suffix in (".keras", ".json", ".reference.npz"):
        shutil.copy(resources.path(f"demo{suffix}"), folder / f"other{suffix}")
    shutil.copytree(resources.path("demo-brain"), folder / "brains" / "Phantom_000")
    for number, picture in enumerate([*(folder / "data").rglob("*.png")] * 12):
        there = folder / "many" / picture.parent.name / f"{number}.png"
        there.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.roll(np.asarray(Image.open(picture)), number, 0)).save(there)
    stored = np.random.default_rng(0).integers(0, 900, (20, 24, 5)).astype(np.int16)
    nibabel.save(nibabel.Nifti1Image(stored, np.eye(4)), folder / "scan.nii")
    place = {"ImagePositionPatient": [0, 0, 0], "ImageOrientationPatient": [1, 0, 0, 0, 1, 0], "PixelSpacing": [1, 1]}
    (folder / "scan.dcm").write_bytes(written(dataset(stored[..., 0], StudyInstanceUID="1.2.9", **place)))
    # So that an audit has a sheet of pairs.
    shutil.copy(folder / "data" / "glioma" / "P0132.png", folder / "data" / "glioma" / "copy.png")


def given(*arguments: str) -> None:
    assert cli.main(arguments, lambda _: 0) == cli.DONE


def writing(parser: argparse.ArgumentParser, name: str = "") -> Iterator[str]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each, inner in action.choices.items():
                yield from writing(inner, f"{name} {each}".strip())
        elif "--out" in action.option_strings:
            yield name


def test_nothing_new_writes_without_a_record() -> None:
    """A new command with ``--out`` belongs above; what the window writes is told of where it is written."""
    assert set(writing(cli.parser())) - OTHERS == {name.partition(":")[0] for name in COMMANDS}
    window, core = (Path(package.__path__[0]) for package in (gui, tfcore))
    of_window = {file.name for file in window.rglob("*.py") if writes_silently(file, WRITES, TELLS)}
    of_jobs = {
        file.name for file in (core / "jobs").glob("*.py") if writes_silently(file, r"\bout: str", r"keep_beside|save_")
    }
    assert of_window == set()
    # Runs and studies are records themselves.
    assert of_jobs == {"make_study.py", "reproduce.py", "train.py", "train_runs.py"}


def writes_silently(file: Path, writes: str, tells: str) -> bool:
    text = file.read_text()
    return bool(re.search(writes, text)) and not re.search(tells, text)


def made_again(record: Path, made: str | Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The record and what it tells of name no folder of the user's; all of it is made again, and is the same."""
    told = json.loads(record.read_text())
    names = told.get("files") or told["figure"]["files"]
    mine = [record, *(record.parent / name for name in names)]
    assert not [file for file in mine if tells(file.read_bytes(), str(folder))]
    capsys.readouterr()
    given("reproduce", str(made), "--out", "again")
    said = capsys.readouterr().err
    assert "the same bytes" in said, said
    assert all((folder / "again" / name).is_file() for name in names)


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in COMMANDS]
)
def test_what_a_command_writes_is_made_again(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (told, made), command = COMMANDS[name], name.partition(":")[0]
    if name not in QUICK or name == "audit":
        more(folder)
    if name in BEFORE:
        given(*BEFORE[name].split())
    given(*command.split(), *told.split(), "--out", made)
    assert all(taken_from(file) for file in (folder / "made").rglob("*.png"))
    record = folder / "made" / f"{command}.recipe.json" if made == "made" else folder / "made.json"
    if record.is_file():
        made_again(record, made, folder, capsys)
    else:
        # Figures have a record each.
        for each in sorted((folder / "made").rglob("*.json")):
            made_again(each, each, folder, capsys)


def of_an_audit(ask: Ask, here: str) -> None:
    ask("save_audit", report=ask("audit", data=f"{here}/data")["report"], out=f"{here}/made", data=f"{here}/data")


def of_a_calibration(ask: Ask, here: str) -> None:
    asked = {"model": "demo", "data": f"{here}/many", "alpha": 0.2}
    ask("save_calibration", found=ask("calibrate", **asked), out=f"{here}/made", **asked)


def of_a_dissection(ask: Ask, here: str) -> None:
    found = ask("dissect", model="demo", data=f"{here}/data", layers=["stage4"])
    ask("save_dissection", model="demo", found=found, out=f"{here}/made", picture=f"{here}/data/glioma/P0132.png")


def of_made_pictures(ask: Ask, here: str) -> None:
    asked = {"model": "demo", "layer": "stage4", "filters": [0, 3], "params": {"steps": 2, "tv": 0.0}}
    ask("save_maximised", found=ask("maximise", **asked), out=f"{here}/made", asked=asked)


def of_an_evaluation(ask: Ask, here: str) -> None:
    asked = {"models": [("demo", False)], "methods": ["grad-cam"], "metrics": ["complexity"]}
    ask("evaluate", data=f"{here}/data", out=f"{here}/made", **asked)


def of_a_methods_section(ask: Ask, here: str) -> None:
    ask("methods", folder=f"{here}/work.heatlens", out=f"{here}/made", style="claim")


WINDOW = (of_an_audit, of_a_calibration, of_a_dissection, of_made_pictures, of_an_evaluation, of_a_methods_section)


@pytest.mark.slow
@pytest.mark.parametrize("writes", WINDOW)
def test_what_the_window_writes_is_made_again(
    writes: Callable[[Ask, str], None], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By its jobs, asked as it asks them."""
    more(folder)
    context = Context(Job("", {}), lambda _: None, OpenModels(), threading.Event())
    writes(lambda kind, **asked: jobs.find(kind)(context, **asked), str(folder))
    (record,) = (folder / "made").glob("*.recipe.json")
    made_again(record, "made", folder, capsys)
