"""Overlap of label volumes: MONAI's figures, known answers, and what is empty."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.shared import shared
from tfcore.errors import HeatlensError
from tfcore.evaluate import overlap

FIGURES = ("dice", "hd95", "assd", "hd")


def test_every_case_is_what_monai_says(subtests: pytest.Subtests) -> None:
    stored = np.load(shared("oracles", "segmentation.npz"))
    cases = {Path(name).parent for name in stored.files if name.startswith("labels")}
    for case in sorted(cases):
        for thickness in (1, 3):
            found = overlap(stored[f"{case}/prediction"], stored[f"{case}/reference"], (1, 1, thickness))
            values = [[found[region][figure] for figure in FIGURES] for region in ("WT", "TC", "ET")]
            with subtests.test(case=str(case), thickness=thickness):
                np.testing.assert_allclose(values, stored[f"{case}/{thickness}"], atol=1e-5)


def test_two_squares_a_known_distance_apart() -> None:
    ours, theirs = np.zeros((8, 20), int), np.zeros((8, 20), int)
    ours[2:6, 2:6] = theirs[2:6, 4:8] = 1
    found = overlap(ours, theirs, (1.0, 0.5), regions={"square": [1]})["square"]
    assert found["dice"] == pytest.approx(0.5)
    assert found["iou"] == pytest.approx(1 / 3)
    assert found["hd"] == pytest.approx(1.0)


def test_which_label_enhances_is_a_named_preset() -> None:
    labels = np.arange(5)[None]
    assert overlap(labels, labels * (labels == 1), regions="brats-ped")["ET"]["dice"] == 1
    assert overlap(labels, labels * (labels >= 3), regions="brats")["ET"]["dice"] == 1
    with pytest.raises(HeatlensError, match="choose brats, brats-ped"):
        overlap(labels, labels, regions="guess")


def test_shapes_and_spacing_that_do_not_fit_are_sentences() -> None:
    with pytest.raises(HeatlensError, match="give one grid"):
        overlap(np.zeros((2, 2)), np.zeros((2, 3)))
    with pytest.raises(HeatlensError, match="lengths above 0"):
        overlap(np.zeros((2, 2)), np.zeros((2, 2)), (1, 0))
