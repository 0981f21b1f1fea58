from __future__ import annotations

import numpy as np
import pytest

from tfcore.results import Sureness

CLASSES = ("glioma", "meningioma")


def told(mean: float, mutual_information: float, passes: int = 100) -> str:
    """Of two classes, in shares of ln 2."""
    p = np.array([mean, 1 - mean])
    entropy = -(p * np.log(p)).sum()
    disputed, votes = mutual_information * np.log(2), np.array([0.9, 0.1])
    return Sureness(CLASSES, p, p, entropy, disputed, votes, None, passes, np.log(2)).words


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
    disputed, nothing = np.array([[0.0, 0.9], [0.9, 0.0]]), np.zeros((2, 2, 2))
    found = Sureness(CLASSES, nothing, nothing, entropy, disputed, nothing, None, 50, 1.0)
    assert found.words == "Over 50 passes, 50.0% of the pixels are disputed and 25.0% are left open."
