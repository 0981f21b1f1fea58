"""The audit finds what was planted, and nothing where nothing is."""

from __future__ import annotations

import importlib
import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.shared import shared
from tests.tfcore.data.conftest import noise, saved
from tfcore import cli
from tfcore.data import Dataset, audit, open_data, split, without
from tfcore.data.phantom import write
from tfcore.errors import HeatlensError


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Training and test folders with a copy, a picture saved again, a conflict and a broken file between them.

    What takes longest, shortcuts, is looked for in others.
    """
    monkeypatch.setattr(importlib.import_module("tfcore.data.audit"), "shortcuts", lambda *_: ())
    for number in range(6):
        saved(tmp_path / "train" / "yes" / f"{number}.png", noise(number, 96))
        saved(tmp_path / "train" / "no" / f"{number}.png", noise(20 + number, 96))
        saved(tmp_path / "test" / "yes" / f"{number}.png", noise(40 + number, 96))
        saved(tmp_path / "test" / "no" / f"{number}.png", noise(60 + number, 96))
    saved(tmp_path / "test" / "yes" / "copy.bmp", noise(1, 96))
    again = cv2.resize(noise(22, 96), (80, 80), interpolation=cv2.INTER_AREA)
    saved(tmp_path / "test" / "no" / "again.jpg", again)
    saved(tmp_path / "train" / "no" / "conflict.png", noise(3, 96))
    whole = (tmp_path / "train" / "no" / "5.png").read_bytes()
    (tmp_path / "train" / "no" / "cut.png").write_bytes(whole[: len(whole) // 2])
    return tmp_path


def test_copies_near_copies_conflicts_and_broken_files_are_found(planted: Path) -> None:
    report = audit(open_data(planted))
    assert report.leaks == 2
    found = {(pair.second.path.name, pair.exact, pair.across, pair.torn) for pair in report.alike}
    assert found == {
        ("copy.bmp", True, True, False),
        ("again.jpg", False, True, False),
        ("3.png", True, False, True),
    }
    assert len(report.label_conflicts) == 1
    assert [one.sample.path.name for one in report.broken] == ["cut.png"]
    assert sorted(map(len, report.groups)) == [2, 2, 2]


def test_the_copy_in_the_test_stays_and_the_one_that_was_learnt_goes(planted: Path) -> None:
    data = open_data(planted)
    report = audit(data)
    gone = {(one.split, one.path.name) for one in report.redundant}
    assert ("train", "1.png") in gone
    cleaned = audit(without(data, report.redundant))
    assert cleaned.redundant == ()
    assert cleaned.leaks == 1


def test_groups_keep_a_new_split_from_leaking(planted: Path) -> None:
    data = open_data(planted).merged()
    report = audit(data)
    for seed in range(3):
        assert audit(split(data, (0.5, 0.5), seed, together=report.groups)).leaks == 0


def test_patients_on_two_sides_are_named(planted: Path) -> None:
    data = open_data(planted)
    twice = data.with_samples(replace(one, patient=f"P{one.path.stem}") for one in data)
    report = audit(twice)
    assert report.patients_across["P0"] == ("train", "test")
    assert any("on more than one side, first P0 (in train and test)" in line for line in report.sentences())


def test_a_clean_set_has_no_findings(phantoms: Path) -> None:
    report = audit(open_data(phantoms))
    assert report.sentences() == []
    assert report.leaks == 0
    assert report.imbalance == 1


def test_unequal_and_empty_classes_are_said(folders: Path) -> None:
    data = open_data(folders)
    few = Dataset(data.samples[:4], ("no", "yes", "maybe"), data.root, data.kind)
    assert "maybe has no pictures." in audit(few).sentences()
    assert any("3.0 times the pictures of yes (3 and 1)" in line for line in audit(data.with_samples(few)).sentences())


def test_a_corner_marker_is_flagged_and_phantoms_without_one_are_not(tmp_path: Path) -> None:
    marked = audit(open_data(write(tmp_path / "marked", n=160, size=48, confounder=True).parent))
    plain = audit(open_data(write(tmp_path / "plain", n=160, size=48).parent))
    flagged = {one.fact for one in marked.shortcuts if one.flagged}
    assert "corners" in flagged
    assert "mean brightness" not in flagged
    assert not any(one.flagged for one in plain.shortcuts)
    assert any(line.startswith("Shortcut: corners alone predicts") for line in marked.sentences())


def test_a_class_that_is_always_jpeg_is_a_shortcut(tmp_path: Path) -> None:
    for number in range(20):
        saved(tmp_path / "yes" / f"{number}.jpg", noise(number))
        saved(tmp_path / "no" / f"{number}.png", noise(100 + number))
    found = {one.fact: one for one in audit(open_data(tmp_path)).shortcuts}
    assert found["file type"].accuracy == 1
    assert found["file type"].majority == 0.5
    assert found["file type"].flagged
    assert not found["aspect"].flagged


def test_patients_do_not_teach_the_shortcut_rule(tmp_path: Path) -> None:
    # Each patient has a brightness of their own, which says nothing about other patients of the class.
    rng = np.random.default_rng(1)
    for patient in range(16):
        label, level = ("a", "b")[patient % 2], 40 + 10 * patient
        for number in range(5):
            shown = np.clip(noise(int(rng.integers(1e6))) * 0.05 + level, 0, 255).astype(np.uint8)
            saved(tmp_path / label / f"P{patient}" / f"{number}.png", shown)
    found = {one.fact: one for one in audit(open_data(tmp_path)).shortcuts}
    assert not found["mean brightness"].flagged


def test_pictures_of_one_value_are_alike_only_when_equal(tmp_path: Path) -> None:
    saved(tmp_path / "a" / "1.png", np.full((16, 16), 7, np.uint8))
    saved(tmp_path / "a" / "2.png", np.full((16, 16), 7, np.uint8))
    saved(tmp_path / "b" / "3.png", np.full((16, 16), 90, np.uint8))
    report = audit(open_data(tmp_path))
    assert len(report.alike) == 1
    assert report.shortcuts == ()


def test_one_picture_and_no_picture(tmp_path: Path) -> None:
    saved(tmp_path / "a" / "1.png", noise(1))
    data = open_data(tmp_path)
    assert audit(data).sentences() == []
    with pytest.raises(HeatlensError, match="holds no pictures to audit"):
        audit(data.with_samples([]))


def test_progress_counts_every_picture_and_may_stop_it(folders: Path) -> None:
    seen: list[tuple[int, int]] = []
    audit(open_data(folders), lambda done, total: seen.append((done, total)))
    assert seen == [(number, 6) for number in range(1, 7)]

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        audit(open_data(folders), stop)


@pytest.mark.slow
def test_the_real_folder_has_25_redundant_copies() -> None:
    data = open_data(shared("data", "yes_no"))
    report = audit(data)
    assert len(report.redundant) == 25
    assert sum(pair.exact for pair in report.alike) == 25
    assert report.broken == ()
    near = {frozenset((pair.first.path.name, pair.second.path.name)) for pair in report.alike if not pair.exact}
    assert frozenset(("Y20.jpg", "Y92.png")) in near
    assert len(without(data, report.redundant)) == 228


def no_window(_: object) -> int:
    raise AssertionError


def test_the_command_prints_findings_and_writes_sheets(planted: Path, tmp_path: Path, capsys) -> None:
    out = tmp_path / "out"
    assert cli.main(["audit", str(planted), "--out", str(out)], no_window) == 0
    printed = capsys.readouterr()
    assert "2 pairs of equal or nearly equal pictures on two sides" in printed.out
    assert "1 picture cannot be read" in printed.out
    sheets = {path.name for path in out.iterdir()}
    assert sheets == {"audit.json", "audit.recipe.json", "across-splits.png", "copies.png", "nearly-equal.png"}
    sheet = cv2.imread(str(out / "across-splits.png"))
    assert sheet.std() > 20
    # The same from parts that are kept, and from those that are finished; of folders of results beside it a note.
    kept = tmp_path / "kept"
    for _ in range(2):
        assert cli.main(["audit", str(planted), "--out", str(kept), "--workers", "0"], no_window) == 0
        plain, ours = (json.loads((folder / "audit.json").read_text()) for folder in (out, kept))
        assert {**ours, "notes": plain["notes"]} == plain


def test_the_command_prints_json(planted: Path, capsys) -> None:
    assert cli.main(["audit", str(planted), "--json"], no_window) == 0
    stated = json.loads(capsys.readouterr().out)
    assert stated["leaks"] == 2
    assert stated["kind"] == "split folders"
    assert {"first", "second", "correlation", "across"} <= stated["alike"][0].keys()


def test_the_command_refuses_what_is_no_data(tmp_path: Path, capsys) -> None:
    assert cli.main(["audit", str(tmp_path / "nowhere")], no_window) == 2
    assert "does not exist" in capsys.readouterr().err


def test_the_command_is_told_how_to_read_a_table(folders: Path, tmp_path: Path, capsys) -> None:
    rows = [f"{path.relative_to(folders)};{path.parent.name}" for path in sorted(folders.rglob("*.png"))]
    table = tmp_path / "odd.csv"
    table.write_text("\n".join(["Fname;kind", *rows]))
    told = ["audit", str(table), "--read", "path=Fname", "--read", "label=kind", "--read", f"root={folders}"]
    assert cli.main(told, no_window) == 0
    assert f"table: {len(rows)} pictures, 2 classes" in capsys.readouterr().out
    for wrong, sentence in (("label", "has no value; write it as"), ("every=many", "'many' is not a number")):
        assert cli.main(["audit", str(table), "--read", wrong], no_window) == 2
        assert sentence in capsys.readouterr().err
