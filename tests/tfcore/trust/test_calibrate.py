"""Probabilities held against labels: what is learnt, what is refused, and where it is seen afterwards."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import resources
import tfcore
from tfcore.cli import main
from tfcore.data import open_data, phantom
from tfcore.data.splits import save_split, split
from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.trust.calibrate import keep


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Phantoms so hard that the demo network is wrong about many, and far too sure of itself."""
    folder = tmp_path_factory.mktemp("hard") / "phantoms"
    phantom.write(folder, n=80, size=128, seed=5, difficulty=0.9)
    return folder


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A copy of the demo network, whose card may be written."""
    for name in ("demo.keras", "demo.json"):
        shutil.copy(resources.path(name), tmp_path / name)
    return tmp_path / "demo.keras"


def heatlens(*words: object) -> int:
    """The command, where nothing opens a window."""
    return main(list(map(str, words)), lambda _: 1)


def table(text: str) -> list[list[str]]:
    return [line.split(",") for line in text.splitlines()]


def test_what_is_learnt_makes_probabilities_honest_wherever_they_are_shown(
    hard: Path, model: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pictures = sorted(resources.path("demo").glob("*.png"))[:3]
    heatlens("predict", *pictures, "--model", model)
    before = table(capsys.readouterr().out)
    assert heatlens("calibrate", hard, "--model", model, "--out", tmp_path / "out", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["calibration"]["temperature"] > 1
    # Held out, all errors are lower.
    assert all(said["after"][name] < said["before"][name] for name in ("nll", "ece", "brier"))
    assert sum(said["set sizes"]) == said["pictures"] == 80
    stored = json.loads((tmp_path / "out" / "calibration.json").read_text())
    assert stored["before"] == said["before"]
    assert (tmp_path / "out" / "reliability.svg").stat().st_size > 1000
    # Bin by bin, of the answers and of each class, before and after: each time all pictures, and what makes the error.
    bins = list(csv.DictReader((tmp_path / "out" / "reliability.csv").read_text().splitlines()))
    for row in said["classes"]:
        for calibrated, figures in (("no", row["before"]), ("yes", row["after"])):
            some = [one for one in bins if (one["class"], one["calibrated"]) == (row["class"], calibrated)]
            filled = [
                (int(one["pictures"]), float(one["confidence"]), float(one["accuracy"]))
                for one in some
                if one["accuracy"]
            ]
            assert sum(count for count, _, _ in filled) == 80
            gaps = sum(count * abs(stated - true) for count, stated, true in filled) / 80
            assert gaps == pytest.approx(figures["ece"])
    assert sum(row["before"]["brier"] for row in said["classes"]) == pytest.approx(said["before"]["brier"])
    assert len({one["class"] for one in bins}) == 5

    card = Card.load(model)
    assert card is not None
    assert card.calibration["on"] == "phantoms"
    assert str(tmp_path) not in json.dumps(card.as_dict())
    heatlens("predict", *pictures, "--model", model)
    shown = capsys.readouterr()
    after = table(shown.out)
    assert "calibrated" in shown.err
    assert [row[1] for row in after] == [row[1] for row in before]
    sets = after[0].index("set")
    assert all(row[1] in row[sets].split("; ") for row in after[1:])
    surest = [[max(map(float, row[-4:])) for row in rows[1:]] for rows in (before, after)]
    assert all(cooled < sure for sure, cooled in zip(*surest, strict=True))

    # A figure does not pass off calibrated numbers as the network's own.
    assert heatlens("explain", pictures[0], "--model", model, "--out", tmp_path / "figure") == 0
    (record,) = (tmp_path / "figure").glob("*.json")
    (item,) = json.loads(record.read_text())["items"]
    assert item["belief"]["temperature"] == card.calibration["temperature"]

    assert heatlens("calibrate", "--remove", "--model", model) == 0
    capsys.readouterr()
    heatlens("predict", *pictures, "--model", model)
    assert table(capsys.readouterr().out) == before


def test_logits_are_divided_wherever_probabilities_come_from_and_heat_stays(hard: Path, model: Path) -> None:
    opened = tfcore.load_model(str(model))
    found = tfcore.calibrate(opened, hard)
    opened.save_card(keep(opened, found))
    calibrated = tfcore.load_model(str(model))
    picture = next(resources.path("demo").glob("*.png"))
    batch = calibrated.prepare([picture])
    t = found.calibration["temperature"]
    z = calibrated.logits(batch) / t
    wanted = np.exp(z - z.max()) / np.exp(z - z.max()).sum()
    np.testing.assert_allclose(calibrated.predict(batch), wanted, rtol=1e-5)
    belief = calibrated.belief(wanted[0])
    assert belief.words(calibrated.classes).startswith("calibrated; with 90 %: ")
    # What is explained is a logit, which stays.
    maps = [tfcore.explain(each, batch).maps for each in (opened, calibrated)]
    np.testing.assert_array_equal(*maps)
    spread = tfcore.uncertainty(calibrated, batch, passes=4)
    plain = tfcore.uncertainty(opened, batch, passes=4)
    assert spread.entropy[0] > plain.entropy[0]


def test_pictures_that_a_run_has_learnt_from_are_refused_and_forced_they_are_counted(
    hard: Path, model: Path, tmp_path: Path
) -> None:
    data = open_data(hard)
    sides = split(data, (0.6, 0.4), seed=0)
    save_split(sides, tmp_path / "split.csv")
    opened = tfcore.load_model(str(model))
    with pytest.raises(HeatlensError, match=r"learnt from 48 of these 80 pictures.*--split val.*--force"):
        tfcore.calibrate(opened, hard)
    honest = tfcore.calibrate(opened, hard, split="val")
    assert honest.n == 32
    assert honest.on == "phantoms (val)"
    forced = tfcore.calibrate(opened, hard, force=True)
    assert forced.calibration["learnt from"] == 48
    assert any("learnt from" in note for note in forced.notes)


def test_what_cannot_be_learnt_is_said(hard: Path, model: Path, tmp_path: Path) -> None:
    opened = tfcore.load_model(str(model))
    data = open_data(hard)
    with pytest.raises(HeatlensError, match="10 pictures with a class of demo are too few"):
        tfcore.calibrate(opened, data.drawn(10, 0))
    with pytest.raises(HeatlensError, match="no pictures in 'val'"):
        tfcore.calibrate(opened, hard, split="val")
    some = tfcore.calibrate(opened, data.with_samples(one for one in data if one.label != "pituitary"), alpha=0.01)
    assert any("No picture shows pituitary" in note for note in some.notes)
    assert any("too few to promise 99%" in note for note in some.notes)
    assert not some.sets
    # Called otherwise than the classes, they are asked about; then it is the same.
    called = {name: f"the {name} folder" for name in opened.classes}
    foreign = data.with_samples(replace(one, label=called[one.label or ""]) for one in data)
    with pytest.raises(
        HeatlensError, match=r"0 pictures with a class of demo are too few .*\(--map 'the glioma folder="
    ):
        tfcore.calibrate(opened, foreign)
    same = tfcore.calibrate(opened, foreign, map={folder: name for name, folder in called.items()})
    assert same.before.figures == tfcore.calibrate(opened, data).before.figures
    # Right about all of them: there is nothing to fit.
    phantom.write(tmp_path / "easy", n=24, size=128, seed=0)
    easy = tfcore.calibrate(opened, tmp_path / "easy")
    assert easy.after is None
    assert any("No temperature is kept" in note for note in easy.notes)
    with pytest.raises(HeatlensError, match="only classes that exclude each other"):
        tfcore.calibrate(tfcore.load_model(str(resources.path("demo-segmentation.keras"))), hard)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"calibration": {"temperature": -1}}, "temperature = -1 is no number above 0"),
        ({"calibration": []}, "calibration = .* is not a list of named facts"),
        ({"sets": {"score": "lac"}}, "sets needs score"),
    ],
)
def test_a_card_that_says_what_cannot_be_is_refused(changes: dict, sentence: str) -> None:
    with pytest.raises(HeatlensError, match=sentence):
        Card(("a", "b"), (8, 8, 3), **changes)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("score", ["lac", "aps"])
def test_sets_hold_the_truth_as_often_as_promised(tmp_path: Path, score: str) -> None:
    model = tfcore.load_model("demo")
    held = []
    for seed in range(5):
        phantom.write(tmp_path / str(seed), n=200, size=128, seed=100 + seed, difficulty=0.8)
        found = tfcore.calibrate(model, tmp_path / str(seed), score=score)
        held.append(float(np.nansum(found.coverage * found.counts) / found.n))
    # Of 1,000 pictures, three deviations of sampling.
    assert np.mean(held) == pytest.approx(0.9, abs=3 * np.sqrt(0.9 * 0.1 / 1000) + 0.01)
