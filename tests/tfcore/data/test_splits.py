"""Shares are kept, patients never parted, and a split can be had again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tfcore.data.conftest import samples
from tfcore.data import Dataset, k_folds, load_split, save_split, split
from tfcore.errors import HeatlensError


def sizes(data: Dataset) -> dict[str, int]:
    return dict(Counter(str(sample.split) for sample in data))


def test_the_xray_split_has_the_papers_sizes() -> None:
    parted = split(samples(dict.fromkeys(("covid", "normal", "opacity", "viral"), 1345)), (0.8, 0.1, 0.1))
    assert sizes(parted) == {"train": 4304, "val": 536, "test": 540}
    assert set(parted.part("train").counts().values()) == {1076}


def test_the_binary_split_follows_from_its_percentages() -> None:
    parted = split(samples({"tumour": 2513, "healthy": 2087}), (0.595, 0.105, 0.3))
    assert sizes(parted) == {"train": 2737, "val": 483, "test": 1380}


def test_two_parts_will_do() -> None:
    assert sizes(split(samples({"a": 10, "b": 20}), (0.7, 0.3))) == {"train": 21, "val": 9}
    assert sizes(split(samples({"a": 10, "b": 20}), (0.7, 0, 0.3))) == {"train": 21, "test": 9}


def test_the_seed_decides_and_nothing_else() -> None:
    data = samples({"a": 30, "b": 30})
    first, again, other = split(data, seed=1), split(data, seed=1), split(data, seed=2)
    assert first.samples == again.samples
    assert first.samples != other.samples


def test_unannotated_pictures_get_no_split() -> None:
    data = samples({"a": 10, "b": 10})
    data = data.with_samples([*data, replace(data.samples[0], path=Path("data/unknown.png"), label=None)])
    assert split(data, (0.6, 0.2, 0.2)).samples[-1].split is None


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(2, 30)), min_size=3, max_size=40),
    st.integers(0, 5),
)
def test_no_patient_is_ever_on_two_sides(patients: list[tuple[int, int]], seed: int) -> None:
    made = samples({"x": 1}).samples[0]
    data = samples({"0": 0, "1": 0, "2": 0}).with_samples(
        replace(made, path=Path(f"{patient}-{number}"), label=str(label), patient=str(patient))
        for patient, (label, count) in enumerate(patients)
        for number in range(count)
    )
    parted = split(data, (0.6, 0.2, 0.2), seed)
    sides = {(sample.patient, sample.split) for sample in parted}
    assert len(sides) == len(patients)
    assert set(parted.splits) == {"train", "val", "test"}


def test_many_patients_still_give_stratified_shares() -> None:
    data = samples({"gbm": 800, "men": 400}, patients=lambda label, number: f"{label}{number // 20}")
    parted = split(data, (0.8, 0.1, 0.1), seed=3)
    for name, share in zip(("train", "val", "test"), (0.8, 0.1, 0.1), strict=True):
        counts = parted.part(name).counts()
        assert counts["gbm"] == pytest.approx(800 * share, abs=20)
        assert counts["men"] == pytest.approx(400 * share, abs=20)


def test_equal_pictures_stay_together_and_with_their_patients() -> None:
    data = samples({"a": 20, "b": 20}, patients=lambda label, number: f"{label}{number // 2}")
    pairs = [(data.samples[0], data.samples[25]), (data.samples[24], data.samples[9])]
    parted = split(data, (0.6, 0.2, 0.2), seed=5, together=pairs).samples
    # 24 and 25 are one patient, 0 and 1 another, 8 and 9 a third.
    assert len({parted[number].split for number in (0, 1, 24, 25, 8, 9)}) == 1


def test_too_few_pictures_or_patients_are_refused() -> None:
    with pytest.raises(HeatlensError, match="b has 1 picture, too few for 3 parts"):
        split(samples({"a": 10, "b": 1}))
    with pytest.raises(HeatlensError, match="2 patients cannot be split into 3 parts"):
        split(samples({"a": 10, "b": 10}, patients=lambda label, _: label))
    with pytest.raises(HeatlensError, match="has no labelled pictures"):
        split(samples({"a": 0}))


def test_a_small_class_is_in_every_part() -> None:
    parted = split(samples({"many": 100, "few": 3}), (0.8, 0.1, 0.1))
    assert [parted.part(name).counts()["few"] for name in parted.splits] == [1, 1, 1]


def test_a_class_that_a_part_lacks_is_said() -> None:
    data = samples({"a": 30, "b": 10}, patients=lambda label, number: f"{label}{number // 10}")
    parted = split(data, (0.6, 0.2, 0.2))
    assert sum(note.endswith("has no pictures of b.") for note in parted.notes) == 2


@pytest.mark.parametrize("ratios", [(0.5, 0.4), (1.2, -0.2), (0, 0.5, 0.5), (1,), (0.25, 0.25, 0.25, 0.25)])
def test_ratios_must_be_shares(ratios: tuple[float, ...]) -> None:
    with pytest.raises(HeatlensError, match="are not shares of train, val and test"):
        split(samples({"a": 10}), ratios)


def test_folds_validate_every_picture_once() -> None:
    folds = k_folds(samples({"a": 21, "b": 40}), k=5, seed=1)
    assert Counter(one for fold in folds for one in fold.part("val").with_samples(fold.part("val")).samples) == Counter(
        one for one in {replace(sample, split="val") for sample in folds[0]}
    )
    assert all(4 <= fold.part("val").counts()["a"] <= 5 for fold in folds)
    assert all(len(fold.part("train")) + len(fold.part("val")) == 61 for fold in folds)


def test_folds_part_no_patient_and_keep_the_test_pictures() -> None:
    data = samples({"a": 40, "b": 40}, patients=lambda label, number: f"{label}{number // 4}")
    tested = split(data, (0.8, 0, 0.2))
    for fold in k_folds(tested, k=4):
        assert [one.split == "test" for one in fold] == [one.split == "test" for one in tested]
        assert len({(one.patient, one.split) for one in fold}) == 20
    with pytest.raises(HeatlensError, match="k = 1 is not a number of folds"):
        k_folds(data, k=1)


@pytest.mark.parametrize("name", ["split.csv", "split.json"])
def test_a_saved_split_comes_back(tmp_path: Path, name: str) -> None:
    data = samples({"ä": 10, "b": 10}, patients=lambda _, number: str(number // 2))
    data = data.with_samples(replace(sample, frame=index % 2 or None) for index, sample in enumerate(data))
    parted = split(data, (0.6, 0.2, 0.2), seed=4)
    path = save_split(parted, tmp_path / name)
    assert load_split(data, path).samples == parted.samples


def test_a_saved_split_of_other_data_is_refused(tmp_path: Path) -> None:
    path = save_split(split(samples({"a": 10, "b": 10})), tmp_path / "split.csv")
    with pytest.raises(HeatlensError, match=r"does not place 2 pictures, first b/10\.png"):
        load_split(samples({"a": 10, "b": 12}), path)
    with pytest.raises(HeatlensError, match=r"places, but the data lacks, 1 pictures, first b/9\.png"):
        load_split(samples({"a": 10, "b": 9}), path)
    (tmp_path / "bad.json").write_text("[1]")
    with pytest.raises(HeatlensError, match="is not a saved split"):
        load_split(samples({"a": 1}), tmp_path / "bad.json")
    with pytest.raises(HeatlensError, match="was not read"):
        load_split(samples({"a": 1}), tmp_path / "gone.csv")
