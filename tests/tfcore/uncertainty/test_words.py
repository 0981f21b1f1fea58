from __future__ import annotations

import numpy as np
import pytest

from tfcore.uncertainty.words import in_words

CLASSES = ("glioma", "meningioma")


def told(mean: float, mutual_information: float, passes: int = 100) -> str:
    """Of two classes, in shares of ln 2."""
    p = np.array([mean, 1 - mean])
    entropy = -(p * np.log(p)).sum()
    return in_words(CLASSES, p, np.array([0.9, 0.1]), entropy, mutual_information * np.log(2), np.log(2), passes)


@pytest.mark.parametrize(
    ("mean", "mutual_information", "agreement", "clarity"),
    [
        (0.99, 0.00, "The passes agree: 90 of 100 say glioma.", "clear."),
        (0.90, 0.05, "The passes mostly agree", "fairly clear, with meningioma as the alternative"),
        (0.55, 0.01, "The passes agree", "open: glioma or meningioma"),
        (0.55, 0.30, "The passes disagree", "open"),
    ],
)
def test_agreement_and_clarity_are_told_apart(
    mean: float, mutual_information: float, agreement: str, clarity: str
) -> None:
    words = told(mean, mutual_information)
    assert words.startswith(agreement)
    assert clarity in words


def test_one_pass_agrees_with_nobody() -> None:
    assert "nothing about agreement" in told(0.9, 0.0, passes=1)


def test_a_map_is_told_by_its_pixels() -> None:
    entropy = np.array([[0.1, 1.0], [0.1, 0.1]])
    words = in_words(
        CLASSES, np.zeros((2, 2, 2)), np.zeros((2, 2, 2)), entropy, np.array([[0.0, 0.9], [0.9, 0.0]]), 1.0, 50
    )
    assert words == "Over 50 passes, 50.0% of the pixels are disputed and 25.0% are left open."
