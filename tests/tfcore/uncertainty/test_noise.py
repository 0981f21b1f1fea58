"""The demo model is less sure of worse scans, as far as it still recognises them."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from tests.tfcore.uncertainty.noise import noisy, phantoms
from tfcore.models.model import Model
from tfcore.uncertainty import coverage, uncertainty


def test_noise_makes_the_demo_less_sure_and_its_sureness_tells_right_from_wrong(demo: Model) -> None:
    # Far beyond, at twice this noise, it calls everything a meningioma and is sure of it: docs/results/noise-demo.md.
    levels, labels = phantoms(60, seed=77)
    found = [uncertainty(demo, demo.prepare(list(noisy(levels, strength))), passes=20) for strength in (0.0, 0.05, 0.1)]
    assert all(less.entropy.mean() < more.entropy.mean() for less, more in pairwise(found))
    assert all(less.mutual_information.mean() < more.mutual_information.mean() for less, more in pairwise(found))
    correct = np.array(demo.classes)[found[-1].mean.argmax(-1)] == labels
    curve = coverage(found[-1].entropy, correct)
    assert curve.accuracy[curve.share <= 0.5].min() > curve.accuracy[-1]
