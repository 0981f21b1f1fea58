"""No more of a structure is missed than was wished."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

import tfcore
from tests.gui.features.segment.networks import by_brightness
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.splits import save_split, split
from tfcore.errors import HeatlensError
from tfcore.trust import mask_risks, risk_control
from tfcore.trust.mask_risk import GRID, kept


def test_the_promise_holds_for_cases_still_to_come() -> None:
    """Each case misses what lies below its own quantiles of a Beta distribution, of which it has 50 places."""
    random = np.random.default_rng(0)
    held = []
    for _ in range(60):
        places = random.beta(random.uniform(2, 6, (140, 1)), 2, (140, 50))
        misses = (places[:, :, None] < GRID).mean(1)
        threshold = risk_control(misses[:40], 0.1)
        held.append(misses[40:, np.searchsorted(GRID, threshold)].mean())
    # Never above what was wished, and below it by 2/(n + 1) at most.
    error = 3 * np.std(held) / np.sqrt(len(held))
    assert 0.1 - 2 / 41 - error <= np.mean(held) <= 0.1 + error
    # Eight cases can not promise a tenth: the next one may be missed whole.
    assert risk_control(np.zeros((8, len(GRID))), 0.1) == 0
    with pytest.raises(HeatlensError, match="alpha=1"):
        risk_control(misses, 1)


def test_thresholds_are_learnt_structure_by_structure(tmp_path: Path) -> None:
    model = tfcore.load_model(str(by_brightness(tmp_path)))
    samples = []
    for number in range(12):
        # The lesion fades towards its edge, where the network would not draw it.
        levels = np.zeros((16, 16), np.uint8)
        levels[4:12, 4:12] = np.linspace(40, 120, 8).astype(np.uint8)
        place = tmp_path / f"{number}.png"
        cv2.imwrite(str(place), levels)
        cv2.imwrite(str(tmp_path / f"{number}_truth.png"), (levels > 0).astype(np.uint8))
        samples.append(Sample(place, mask=tmp_path / f"{number}_truth.png"))
    data = Dataset(tuple(samples), model.classes, tmp_path, "masks", mask_values=((0, 0), (1, 1)))
    # One of them cannot be read, and the others are enough.
    (tmp_path / "broken.png").write_bytes(b"no picture")
    broken = replace(samples[0], path=tmp_path / "broken.png")
    data = replace(data, samples=(broken, *data.samples))
    said: list[str] = []
    lesion, core = mask_risks(model, data, alpha=0.1, left=said.append)
    assert len(said) == 1
    assert "broken.png" in said[0]
    assert (lesion.structure, lesion.cases) == ("lesion", 12)
    assert lesion.missed <= 0.1 < lesion.missed_before
    assert 0 < lesion.threshold < 0.5
    assert (core.cases, core.threshold) == (0, 0)

    # Pictures that a run has learnt from are refused; forced, the card says so.
    save_split(split(data, (0.5, 0.5), seed=0), tmp_path / "split.csv")
    with pytest.raises(HeatlensError, match=r"has learnt from \d+ of these 13 pictures.*--force"):
        mask_risks(model, data)
    forced = mask_risks(model, data, force=True)
    told = kept(model, forced, 0.1, "masks")["missed"]
    assert told["learnt from"] == forced[0].learnt_from > 0
