"""Phantoms: the same by seed, told apart by their lesions alone, whole on disk."""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

from tfcore.commands import phantom as command
from tfcore.data.phantom import CLASSES, Phantom, phantom, write
from tfcore.data.phantom.folder import MOST
from tfcore.errors import HeatlensError


def series(n: int, seed: int = 0, **settings: bool) -> list[Phantom]:
    return [phantom([seed, index], CLASSES[index % 4], **settings) for index in range(n)]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(newline="", encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("label", CLASSES)
@pytest.mark.parametrize("size", [32, 33, 128, 300])
def test_a_phantom_has_its_size_and_the_facts_of_its_mask(label: str, size: int) -> None:
    made = phantom(3, label, size)
    assert made.image.dtype == made.mask.dtype == np.uint8
    assert made.image.shape == made.mask.shape == (size, size)
    assert set(np.unique(made.mask)) <= {0, 255}
    assert made.facts["area"] == np.count_nonzero(made.mask)
    assert (made.facts["area"] == 0) == (label == "no_tumour") == (made.facts["cx"] is None)
    assert made.facts["mean"] == pytest.approx(made.image.mean())


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    first, again, other = phantom([5, 2], "glioma"), phantom([5, 2], "glioma"), phantom([5, 3], "glioma")
    assert first.image.tobytes() == again.image.tobytes()
    assert first.mask.tobytes() == again.mask.tobytes()
    assert first.image.tobytes() != other.image.tobytes()


def test_a_generator_goes_on_where_it_stands() -> None:
    rng = np.random.default_rng(5)
    first, second = phantom(rng, "glioma"), phantom(rng, "glioma")
    assert np.array_equal(first.image, phantom(5, "glioma").image)
    assert not np.array_equal(first.image, second.image)


def test_a_seed_puts_the_lesion_in_the_same_place_at_every_size() -> None:
    small, large = phantom(4, "meningioma", 128).facts, phantom(4, "meningioma", 256).facts
    assert large["cx"] == pytest.approx(2 * small["cx"], abs=2)
    assert large["cy"] == pytest.approx(2 * small["cy"], abs=2)


def test_lesions_lie_where_their_kind_grows() -> None:
    made = series(160)
    pituitary = [each.facts for each in made if each.label == "pituitary"]
    assert all(abs(facts["cx"] - 64) < 14 and 70 < facts["cy"] < 100 for facts in pituitary)
    glioma = [each.facts for each in made if each.label == "glioma"]
    assert np.mean([abs(facts["cx"] - 64) > 10 for facts in glioma]) > 0.95
    away = {
        label: np.mean([np.hypot(each.facts["cx"] - 64, each.facts["cy"] - 64) for each in made if each.label == label])
        for label in ("glioma", "meningioma", "pituitary")
    }
    assert away["pituitary"] < away["glioma"] < away["meningioma"]


@pytest.mark.parametrize("label", ["meningioma", "pituitary"])
def test_masks_cover_the_bright_lesion_and_end_with_it(label: str) -> None:
    def contrast(made: Phantom) -> float:
        beside = cv2.dilate(made.mask, np.ones((9, 9))) > cv2.dilate(made.mask, np.ones((5, 5)))
        return float(made.image[made.mask > 0].mean() / made.image[beside].mean())

    assert np.median([contrast(phantom([11, index], label)) for index in range(20)]) > 1.4


@pytest.mark.slow
def test_brightness_alone_does_not_tell_the_classes_apart() -> None:
    made = series(480)
    features = np.array([[each.image.mean(), each.image.std()] for each in made])
    features = StandardScaler().fit_transform(PolynomialFeatures(3, include_bias=False).fit_transform(features))
    labels = np.array([each.label for each in made])
    rule = LogisticRegression(C=10, max_iter=5000).fit(features[:240], labels[:240])
    assert rule.score(features[240:], labels[240:]) < 0.40


def test_the_marker_goes_with_one_class_and_changes_nothing_else() -> None:
    plain, planted = series(120, seed=1), series(120, seed=1, confounder=True)
    seen = {label: np.mean([each.facts["confounder"] for each in planted if each.label == label]) for label in CLASSES}
    assert seen["glioma"] > 0.8
    assert max(share for label, share in seen.items() if label != "glioma") < 0.2
    for without, with_marker in zip(plain, planted, strict=True):
        changed = np.argwhere(without.image != with_marker.image)
        assert (len(changed) > 0) == with_marker.facts["confounder"]
        assert len(changed) == 0 or changed.max() < 16
        assert np.array_equal(without.mask, with_marker.mask)


def test_a_difficult_phantom_is_the_same_with_a_smaller_fainter_lesion_in_more_noise() -> None:
    def seen(difficulty: float) -> tuple[float, float, float]:
        made = [phantom([2, index], "meningioma", difficulty=difficulty) for index in range(12)]
        areas = [each.facts["area"] for each in made]
        contrasts = [each.image[each.mask > 0].mean() / each.image[each.image > 60].mean() for each in made]
        # The corner shows nothing but noise.
        return float(np.mean(areas)), float(np.mean(contrasts)), float(np.mean([each.image[:8, :8] for each in made]))

    areas, contrasts, noises = zip(*map(seen, (0.0, 0.5, 1.0)), strict=True)
    assert sorted(areas, reverse=True) == list(areas)
    assert sorted(contrasts, reverse=True) == list(contrasts)
    assert sorted(noises) == list(noises)
    assert np.array_equal(phantom([2, 0], "glioma").image, phantom([2, 0], "glioma", difficulty=0).image)


def test_a_folder_holds_balanced_classes_their_masks_and_a_true_table(tmp_path: Path) -> None:
    out = tmp_path / "Phantome für Übung"
    seen: list[tuple[int, int]] = []
    table = write(out, n=10, size=64, seed=3, confounder=True, progress=lambda done, n: seen.append((done, n)))
    assert table == out / "phantoms.csv"
    assert seen == [(done, 10) for done in range(1, 11)]
    listed = rows(table)
    assert Counter(row["label"] for row in listed) == {"glioma": 3, "meningioma": 3, "no_tumour": 2, "pituitary": 2}
    assert sorted(path.name for path in out.iterdir()) == sorted([*CLASSES, "masks", "phantoms.csv"])
    for row in listed:
        assert row["path"].split("/")[0] == row["label"]
        image = cv2.imdecode(np.fromfile(out / row["path"], np.uint8), cv2.IMREAD_UNCHANGED)
        mask = cv2.imdecode(np.fromfile(out / row["mask"], np.uint8), cv2.IMREAD_UNCHANGED)
        again = phantom([int(row["seed"]), int(row["index"])], row["label"], 64, confounder=True)
        assert np.array_equal(image, again.image)
        assert np.array_equal(mask, again.mask)
        assert int(row["area"]) == np.count_nonzero(mask)
        assert float(row["mean"]) == pytest.approx(image.mean(), abs=0.01)
        assert row["confounder"] == str(int(again.facts["confounder"]))
        assert (row["cx"] == "") == (row["label"] == "no_tumour")


def test_the_same_seed_writes_the_same_folder(tmp_path: Path) -> None:
    write(tmp_path / "a", n=5, size=48, seed=2)
    write(tmp_path / "b", n=5, size=48, seed=2)
    write(tmp_path / "c", n=5, size=48, seed=9)
    first = contents(tmp_path / "a")
    assert len(first) == 11
    assert first == contents(tmp_path / "b")
    assert first != contents(tmp_path / "c")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"n": 3}, "n = 3 is too few"),
        ({"n": -1}, "n = -1 is too few"),
        ({"size": 31}, "size = 31"),
        ({"size": 1025}, "32 to 1024"),
        ({"seed": -1}, "seed = -1"),
        ({"difficulty": 1.5}, r"difficulty = 1\.5 is not a number from 0"),
        ({"difficulty": float("nan")}, "difficulty = nan"),
    ],
)
def test_bad_numbers_are_refused_before_anything_is_written(
    tmp_path: Path, settings: dict[str, float], words: str
) -> None:
    with pytest.raises(HeatlensError, match=words):
        write(tmp_path / "out", **settings)  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_an_unknown_class_is_answered_with_the_known_ones() -> None:
    with pytest.raises(HeatlensError, match=r"'gliom'.*did you mean glioma"):
        phantom(0, "gliom")


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine")
    with pytest.raises(HeatlensError, match=r"notes\.txt is a file; name a new folder"):
        write(file, n=4)
    with pytest.raises(HeatlensError, match=r"inner was not made: a part of its path is a file"):
        write(file / "inner", n=4)
    assert file.read_text() == "mine"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(HeatlensError, match="is not empty; name a new folder"):
        write(tmp_path, n=4)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_stopping_midway_leaves_whole_pictures_and_no_table(tmp_path: Path) -> None:
    def stop(done: int, n: int) -> None:
        if done == 5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "out", n=8, size=48, progress=stop)
    files = contents(tmp_path / "out")
    assert len(files) == 10
    assert all(
        cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED).shape == (48, 48) for data in files.values()
    )


def parsed(*words: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    command.add(parser.add_subparsers())
    return parser.parse_args(["phantom", *words])


def test_the_command_prints_the_table_on_stdout_and_words_on_stderr(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = parsed(str(tmp_path / "out"), "--n", "4", "--size", "32")
    assert arguments.run(arguments) == 0
    said = capsys.readouterr()
    assert said.out.strip() == str(tmp_path / "out" / "phantoms.csv")
    assert "4 phantoms" in said.err


def test_the_command_prints_json_when_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    how = ("--n", "4", "--size", "32", "--seed", "6", "--confounder", "--difficulty", "0.5", "--json")
    arguments = parsed(str(tmp_path / "out"), *how)
    assert arguments.run(arguments) == 0
    summary = json.loads(capsys.readouterr().out)
    assert (summary["n"], summary["size"], summary["seed"], summary["confounder"]) == (4, 32, 6, True)
    listed = rows(Path(summary["table"]))
    assert [row["difficulty"] for row in listed] == ["0.5"] * 4
    again = phantom([6, 0], listed[0]["label"], 32, confounder=True, difficulty=0.5)
    image = cv2.imread(str(Path(summary["table"]).parent / listed[0]["path"]), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(image, again.image)


def test_the_command_is_there_before_any_heavy_import() -> None:
    code = (
        "import sys, tfcore.commands.phantom, tfcore.data.phantom;"
        "print([name for name in ('tensorflow', 'keras', 'cv2', 'rich', 'scipy') if name in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


@pytest.mark.parametrize("n", [MOST + 1, 99999999999999, 10**30])
def test_too_many_phantoms_are_refused_before_anything_is_written(tmp_path: Path, n: int) -> None:
    with pytest.raises(HeatlensError, match=r"is too many phantoms; ask for 1,000,000 or fewer"):
        write(tmp_path / "new" / "out", n=n)
    assert list(tmp_path.iterdir()) == []


def test_phantoms_that_the_disk_does_not_hold_are_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=10 << 20))
    with pytest.raises(HeatlensError, match=r"take up to \d+ MB and .* has 10 MB free; ask for fewer"):
        write(tmp_path / "new" / "out", n=1000)
    assert list(tmp_path.iterdir()) == []
