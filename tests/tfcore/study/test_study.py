"""A study from its file to the figures: the order, what is kept of answers and when, statistics with known answers."""

from __future__ import annotations

import csv
import errno
import json
import os
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score, roc_auc_score

import resources
from tests.tfcore.study.studies import LABELS, small
from tfcore import cli, study
from tfcore.errors import HeatlensError
from tfcore.models.model import Model
from tfcore.review.beside import beside
from tfcore.review.order import Sight, order
from tfcore.review.study import Arm
from tfcore.uncertainty.explanation import of_explanation

# Fleiss 1971, table 1: thirty patients, five diagnoses, six psychiatrists; the fifth column is what is left of six.
FLEISS = (
    "0006 0300 0140 0000 0303 2040 0040 2031 2004 0000 1005 1104 0330 1005 0203 "
    "0050 3001 5100 0204 1020 0000 0105 0201 2004 1004 0501 4000 0204 1050 0000"
)
# Shrout and Fleiss 1979, table 2: six targets, four judges.
SHROUT = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]


def run(*arguments: object) -> int:
    return cli.main([str(argument) for argument in arguments], lambda _: 7)


def test_agreement_is_that_of_the_papers() -> None:
    counts = np.array([[*map(int, row), 6 - sum(map(int, row))] for row in FLEISS.split()])
    assert study.fleiss_kappa(counts) == pytest.approx(0.430, abs=5e-4)
    assert study.icc(np.array(SHROUT, float)) == pytest.approx(0.29, abs=5e-3)
    one, other = np.random.default_rng(1).integers(0, 3, (2, 60))
    assert study.cohen_kappa(one, other) == pytest.approx(cohen_kappa_score(one, other))


@pytest.mark.parametrize(("arms", "once"), [(1, False), (2, False), (3, False), (4, False), (3, True)])
def test_every_case_in_every_arm_and_far_enough_apart(tmp_path: Path, arms: int, once: bool) -> None:
    shown = ("none", "grad-cam", "saliency", "lime+prediction")[:arms]
    made = study.read(small(tmp_path, arms=shown, once=once, washout=5))
    cases = len(made.cases)
    counts = np.zeros((cases, arms), int)
    for reader in range(1, arms + 1):
        seen = order(made, reader)
        assert seen == order(made, reader), "the same in every run"
        for case in range(cases):
            places = [place for place, sight in enumerate(seen) if sight.case == case]
            assert all(later - earlier > 5 for earlier, later in pairwise(places))
            assert [seen[place].part for place in places] == list(range(made.parts))
        for sight in seen:
            counts[sight.case, sight.arm] += 1
        of_arm = np.bincount([sight.arm for sight in seen[:cases]], minlength=arms)
        assert of_arm.max() - of_arm.min() <= 1, "each arm has its share of a part"
    assert (counts == (1 if once else arms)).all(), "over as many readers as there are arms"
    assert [sight.case for sight in order(made, 1)] != [sight.case for sight in order(made, 2)]


def test_an_arm_is_one_text() -> None:
    for text in ("none", "grad-cam", "grad-cam@stage3+prediction+uncertainty", "uncertainty", "saliency+spread"):
        assert Arm.of(text).text == text
    for wrong, words in (("grad-cam+lime", "is no arm"), ("none+prediction", "is no arm"), ("grad-cram", "grad-cam")):
        with pytest.raises(HeatlensError, match=words):
            Arm.of(wrong)
    with pytest.raises(HeatlensError, match="spread is that of a method's heat"):
        Arm.of("prediction+spread")


def test_the_spread_of_the_heat_under_dropout_is_an_arm(tmp_path: Path, demo: Model) -> None:
    picture = tmp_path / "data" / "P0132.png"
    picture.parent.mkdir()
    shutil.copy(resources.path("demo") / picture.name, picture)
    made = study.make(picture.parent, tmp_path / "spread", demo, ["grad-cam+spread"], ["rating"], washout=0, passes=3)
    heat = beside(made.path, made.study, Sight(0, 0, 0)).heat
    assert heat is not None
    spread = of_explanation(demo, demo.prepare([picture]), passes=3)
    np.testing.assert_allclose(heat.map, spread.sd[0], atol=1e-6)
    # Before anybody has read there is a table, without figures.
    assert [(arm.readers, arm.figures) for arm in study.summary(made.path).arms] == [(0, {})]


def test_answers_outlive_whatever_ends_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small(tmp_path)
    reader = study.begin(path, " Anna  B ")
    reader.saw()
    reader.answer({"rating": 4, "confidence": 2}, 7.25)
    # The disk is full amid the second: it is said, and nothing of it is kept.
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "")))
        with pytest.raises(HeatlensError, match="disk is full"):
            reader.answer({"rating": 1, "confidence": 1}, 1.0)
    assert len(study.begin(path, "anna b").given) == 1
    reader.answer({"rating": 2, "confidence": 5}, 3.5, paused=60)
    # Killed while a line was written, twice before the same case.
    with reader.path.open("ab") as stream:
        stream.write(b'{"saw": 2}\n{"position": 2, "ca')
    again = study.begin(path, "anna b")
    assert (again.reader, again.number, len(again.given), again.sights) == ("Anna B", 1, 2, 1)
    again.saw()
    again.answer({"rating": 3, "confidence": 3}, 2.0)
    other = study.begin(path, "Carl")
    assert other.number == 2
    other.answer({"rating": 5, "confidence": 5}, 1.0)
    rows = list(study.rows(path))
    assert [(row["reader"], row["rating"], row["seconds"], row["paused"], row["sights"]) for row in rows] == [
        ("Anna B", 4, 7.25, 0, 1),
        ("Anna B", 2, 3.5, 60, 1),
        ("Anna B", 3, 2.0, 0, 2),
        ("Carl", 5, 1.0, 0, 1),
    ]
    # Two windows of one reader.
    late = study.begin(path, "Carl")
    other.answer({"rating": 5, "confidence": 5}, 1.0)
    with pytest.raises(HeatlensError, match="another window"):
        late.answer({"rating": 1, "confidence": 1}, 1.0)


@pytest.mark.parametrize(
    ("said", "words"),
    [({"rating": 6, "confidence": 1}, "6 is no answer"), ({"rating": 3}, "How sure are you"), ({}, "not answered yet")],
)
def test_only_what_was_asked_is_an_answer(tmp_path: Path, said: dict[str, int], words: str) -> None:
    with pytest.raises(HeatlensError, match=words):
        study.begin(small(tmp_path), "A").answer(said, 1.0)


def test_a_study_is_locked(tmp_path: Path) -> None:
    path = small(tmp_path)
    with pytest.raises(HeatlensError, match="at most 7 others"):
        small(tmp_path, washout=8)
    study.begin(path, "A").answer({"rating": 4, "confidence": 2}, 1.0)
    with pytest.raises(HeatlensError, match="begun by 1 reader and is locked"):
        small(tmp_path, seed=3)
    # Moved as a whole it goes on; without its pictures it says which.
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for each in [path, *tmp_path.glob("*.png")]:
        shutil.copy(each, moved)
    shutil.copytree(tmp_path / "small-study", moved / "small-study")
    assert len(study.begin(moved / path.name, "a").given) == 1
    (moved / "P3.png").unlink()
    with pytest.raises(HeatlensError, match=r"1 case of the study is not where it says .*P3\.png"):
        study.begin(moved / path.name, "a")
    # Answers to another study, and a study that was changed.
    answers = tmp_path / "small-study" / "answers" / "reader-1.jsonl"
    answers.write_text(answers.read_text().replace(study.read(path).hash, "0" * 64))
    with pytest.raises(HeatlensError, match=r"The answers of A .* another study"):
        study.begin(path, "B")
    path.write_text(path.read_text().replace('"call_from": 4', '"call_from": 3'))
    with pytest.raises(HeatlensError, match="was changed since it was made"):
        study.read(path)


def test_days_between_the_parts(tmp_path: Path) -> None:
    reader = study.begin(small(tmp_path, days=2.0), "A")
    for _ in LABELS:
        assert reader.waits is None
        reader.answer({"rating": 4, "confidence": 2}, 1.0)
    assert reader.waits is not None


def test_figures_and_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Three readers: with heat they know, without they guess."""
    path = small(tmp_path, "rating", "diagnosis", "draw")
    made = study.read(path)
    guess, box = np.random.default_rng(5), {"kind": "rectangle", "points": [[2, 2], [12, 10]]}
    for name in ("A", "B", "C"):
        reader = study.begin(path, name)
        while (sight := reader.next) is not None:
            found = LABELS[sight.case] == "tumour"
            said = found if sight.arm else bool(guess.integers(2))
            rating = 1 + int(guess.integers(2)) + 3 * said
            drawn = {"draw": box if said else None}
            reader.answer({"rating": rating, "diagnosis": "tumour" if said else "none", **drawn}, 4.0 + sight.arm)
    assert study.begin(path, "b").next is None, "nobody reads it twice"
    found = study.summary(path)
    alone, heat = found.arms
    truth = np.array([label == "tumour" for label in LABELS])
    for arm, told in enumerate(found.arms):
        rows = [row for row in study.rows(path) if row["arm"] == made.arms[arm].text]
        each = {name: [row for row in rows if row["reader"] == name] for name in "ABC"}
        auc = [
            roc_auc_score([row["finding"] for row in some], [row["rating"] for row in some]) for some in each.values()
        ]
        assert told.figures["AUC"].value == pytest.approx(np.mean(auc))
        sensitivity = np.mean([row["diagnosis"] == "tumour" for row in rows if row["finding"]])
        assert told.figures["sensitivity"].value == pytest.approx(sensitivity)
        assert told.seconds == 4.0 + arm
        assert told.readings == 3 * truth.size
    assert (heat.figures["AUC"].value, heat.figures["AUC"].low, heat.figures["Fleiss' κ"].value) == (1, 1, 1)
    assert heat.figures["Dice"].value == 1
    assert heat.figures["right diagnosis"].value == 1
    gain = heat.figures["AUC − none"]
    assert gain.value == pytest.approx(1 - alone.figures["AUC"].value)
    assert gain.low <= gain.value <= gain.high
    assert alone.figures["AUC"].low < alone.figures["AUC"].value < alone.figures["AUC"].high

    assert run("study", "export", path, "--out", tmp_path / "answers.csv") == cli.DONE
    assert run("reproduce", tmp_path / "answers.csv", "--out", tmp_path / "again") == cli.DONE
    assert (tmp_path / "again" / "answers.csv").read_bytes() == (tmp_path / "answers.csv").read_bytes()
    with (tmp_path / "answers.csv").open() as stream:
        table = list(csv.DictReader(stream))
    assert len(table) == 48
    assert table[0]["picture"].startswith("P")
    assert table[0]["answer"] == table[0]["rating"]
    assert {row["drawing"] for row in table} == {"", "rectangle 2,2 12,10"}
    capsys.readouterr()
    assert run("study", "summary", path, "--json") == cli.DONE
    assert json.loads(capsys.readouterr().out)["arms"][1]["each"]["B"]["AUC"] == 1
    assert run("study", "order", path, "--readers", 2) == cli.DONE
    assert len(capsys.readouterr().out.splitlines()) == 33
