"""Phantoms of patients, graded ones, and pairs of lesions."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from tests.tfcore.data.test_phantom import rows
from tfcore.data import open_data
from tfcore.data.phantom import CLASSES, phantom, write


def test_the_slices_of_a_patient_show_one_head_and_one_class(tmp_path: Path) -> None:
    table = write(tmp_path / "patients", n=8, size=64, slices=2)
    found = rows(table)
    assert [row["patient"] for row in found] == [f"patient {index // 2}" for index in range(8)]
    assert [row["label"] for row in found] == [CLASSES[index // 2] for index in range(8)]
    assert open_data(table.parent).has_patients
    # Outside the lesions the slices of a healthy patient differ by their noise alone.
    healthy = [cv2.imread(str(table.parent / row["path"]), 0) for row in found if row["label"] == "no_tumour"]
    other = cv2.imread(str(table.parent / found[0]["path"]), 0)
    assert np.corrcoef(healthy[0].ravel(), healthy[1].ravel())[0, 1] > 0.9
    assert np.corrcoef(healthy[0].ravel(), other.ravel())[0, 1] < 0.9


def test_graded_lesions_have_the_size_and_contrast_that_the_table_says() -> None:
    small, large = (phantom(4, "meningioma", scale=scale).facts["area"] for scale in (0.5, 1.0))
    assert small < 0.5 * large
    faint, strong = (phantom(4, "meningioma", contrast=contrast) for contrast in (0.2, 1.0))
    inside = faint.mask > 0
    assert faint.image[inside].mean() < strong.image[inside].mean() - 20


def test_two_lesions_lie_apart_and_have_masks_of_their_own(tmp_path: Path) -> None:
    table = write(tmp_path / "pairs", n=12, size=64, pairs=True)
    for row in rows(table):
        if row["second"]:
            one, other = (cv2.imread(str(table.parent / row[name]), 0) > 0 for name in ("mask", "second_mask"))
            assert row["second"] != row["label"]
            assert one.any()
            assert other.any()
            assert not (one & other).any()
    # The second lesion is all that differs.
    alone, both = phantom(3, "glioma", 64), phantom(3, "glioma", 64, second="pituitary")
    assert np.array_equal(alone.mask, both.mask)
    apart = alone.image != both.image
    assert both.second_mask is not None
    assert apart.any()
    assert not apart[cv2.dilate(both.second_mask, np.ones((15, 15))) == 0].any()
