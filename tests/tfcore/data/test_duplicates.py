"""Which pictures are paired, and how many pairs copies make."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from tests.tfcore.data.conftest import noise
from tfcore.data import Sample
from tfcore.data.duplicates import grouped, pairs
from tfcore.data.looks import Look


def look(seed: int, name: str, split: str | None = None, label: str = "a", frame: int | None = None) -> Look:
    small = noise(seed).astype(np.float32)
    sample = Sample(Path(name), label, split=split, frame=frame)
    return Look(sample, str(seed), small, int(np.random.default_rng(seed).integers(2**62)), {})


def found(*looks: Look) -> list[tuple[int, int]]:
    return [(pair.first, pair.second) for pair in pairs(looks)]


def test_n_copies_make_n_minus_1_pairs() -> None:
    assert found(look(1, "a"), look(2, "b"), look(1, "c"), look(1, "d")) == [(0, 2), (0, 3)]


def test_copies_on_three_sides_are_paired_with_each_other() -> None:
    looks = [look(1, "a", "train"), look(1, "b", "val"), look(1, "c", "test"), look(1, "d", "train")]
    assert found(*looks) == [(0, 1), (0, 2), (1, 2), (0, 3)]


def test_a_near_copy_is_paired_with_every_side_of_a_copy() -> None:
    near = Look(
        Sample(Path("n"), "a", split="val"), "other", noise(1).astype(np.float32) + 1, look(1, "").gradients, {}
    )
    assert found(look(1, "a", "val"), look(1, "b", "train"), near) == [(0, 1), (0, 2), (1, 2)]


def test_frames_of_one_file_are_never_paired() -> None:
    assert found(look(1, "v.avi", frame=0), look(1, "v.avi", frame=2), look(2, "w.avi", frame=0)) == []
    assert found(look(1, "v.avi", frame=0), look(1, "w.avi", frame=0)) == [(0, 1)]


def test_pairs_hang_together_in_groups() -> None:
    made = pairs([look(1, "a"), look(2, "b"), look(1, "c"), look(3, "d"), look(2, "e"), look(1, "f")])
    assert sorted(grouped(made)) == [[0, 2, 5], [1, 4]]


def test_different_pictures_and_few_pictures_make_no_pairs() -> None:
    assert found(*(look(seed, str(seed)) for seed in range(60))) == []
    assert found(look(1, "a")) == []
    assert found() == []
