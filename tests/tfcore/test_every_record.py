"""Every command, job and feature that writes leaves a record by which its files are made again, to the byte."""

from __future__ import annotations

import argparse
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import gui
import resources
import tfcore
from tests.tfcore.packed import telling
from tfcore import cli, review
from tfcore.figure.inside import taken_from
from tfcore.measure import Roi, save_rois
from tfcore.review import Judgment, Session

# What it is given after its name, and the file or folder it writes.
COMMANDS = {
    "audit": ("data", "made"),
    "calibrate": ("data --model demo --report-only", "made"),
    "dissect": ("data --model demo --layers stage4", "made"),
    "evaluate": ("data --model demo --metrics complexity", "made"),
    "explain": ("data --model demo --format npz", "made"),
    "maximise": ("--model demo --filters 0 --steps 2 --tv 0", "made"),
    "measure": ("regions.json --model demo", "made.csv"),
    "neighbour": ("data/glioma/P0132.png --model demo --data data", "made"),
    "predict": ("data --model demo", "made.csv"),
    "report": ("work.heatlens", "made"),
    "review": ("work.heatlens", "made.csv"),
    "sanity": ("data --model demo --methods grad-cam", "made"),
    "study export": ("mine.heatlens-study", "made.csv"),
    "study summary": ("mine.heatlens-study", "made.csv"),
    "triage": ("data --model demo --methods grad-cam", "made"),
    "uncertainty": ("data --model demo --passes 2", "made"),
}
QUICK = ("audit", "measure", "review", "study export", "study summary")
# Figures have records of their own, and the rest writes models, data and studies.
OTHERS = {"figure", "reproduce", "study demo", "study make", "train"}

# Whatever of the window writes by these …
WRITES = r"write_table\(|write_answers\(|write_judgments\(|save_mask\(|HeatVolumes\(|save_arrays\(|\.save_many\("
# … says by one of these where it comes from.
TELLS = r"keep_record|keep_answers|unseen\.|export\("


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
    assert set(writing(cli.parser())) - OTHERS == set(COMMANDS)
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


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in COMMANDS]
)
def test_what_a_command_writes_is_made_again(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told, made = COMMANDS[name]
    if name == "calibrate":
        for number, picture in enumerate([*folder.rglob("*.png")] * 10):
            shutil.copy(picture, picture.with_name(f"{number}.png"))
    if name == "audit":
        # So that there is a sheet of pairs.
        shutil.copy(folder / "data" / "glioma" / "P0132.png", folder / "data" / "glioma" / "copy.png")
    if name.startswith("study "):
        asked = ["--arms", "none", "--questions", "rating", "--positive", "glioma", "--out", told]
        given("study", "make", "data", "--model", "demo", *asked)
    given(*name.split(), *told.split(), "--out", made)
    record = folder / "made" / f"{name}.recipe.json" if made == "made" else folder / "made.json"
    assert telling(folder / "made" if made == "made" else record.parent, str(folder)) == []
    assert all(taken_from(file) for file in (folder / "made").rglob("*.png"))
    capsys.readouterr()
    given("reproduce", made, "--out", "again")
    assert "the same bytes" in capsys.readouterr().err
    assert all((folder / "again" / name).is_file() for name in json.loads(record.read_text())["files"])
