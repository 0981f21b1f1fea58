"""Which answers to look at first, and which signal tells it: on phantoms that are hard, and on what is no phantom."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.gui.features.segment.networks import by_brightness
from tfcore.cli import main
from tfcore.data import phantom


def test_the_likeliest_failures_come_first_and_every_signal_says_what_it_is_worth(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "data"
    phantom.write(data, n=24, size=128, seed=5, difficulty=0.9)
    (data / "phantoms.csv").unlink()
    noise = np.random.default_rng(0).integers(0, 256, (128, 128), np.uint8)
    cv2.imwrite(str(data / "glioma" / "noise.png"), noise)
    out = tmp_path / "out"
    asked = ["triage", str(data), "--model", "demo", "--by", "failure", "--out", str(out)]
    assert main(asked, lambda _: 1) == 0
    assert "AURC by all together" in capsys.readouterr().err
    record = json.loads((out / "triage.json").read_text())
    assert len(record["cases"]) == 25
    scores = [case["failure"] for case in record["cases"]]
    assert scores == sorted(scores, reverse=True)
    (odd,) = (case for case in record["cases"] if case["picture"].endswith("noise.png"))
    assert any(reason["kind"] == "unlike" for reason in odd["reasons"])
    assert odd["signals"]["shift"] == max(case["signals"]["shift"] for case in record["cases"])
    assert set(odd["signals"]) == {"entropy", "shift", "methods"}

    # By hand: of the surest k, how many are wrong, and the mean of that over k.
    sure = sorted(record["cases"], key=lambda case: case["signals"]["entropy"])
    wrong = np.array([not case["right"] for case in sure])
    aurc = (wrong.cumsum() / np.arange(1, len(wrong) + 1)).mean()
    assert record["risk"]["entropy"]["aurc"] == pytest.approx(aurc)
    with (out / "risk.csv").open() as stream:
        rows = [row for row in csv.DictReader(stream) if row["signal"] == "entropy"]
    assert (len(rows), float(rows[-1]["risk"])) == (len(wrong), pytest.approx(wrong.mean(), abs=1e-6))


def test_masks_that_passes_do_not_agree_on_are_likelier_to_be_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Pixels are drawn by their brightness, and a tenth of them is dropped: small lesions suffer most."""
    for number in range(6):
        side = 2 + 2 * number
        levels = np.zeros((16, 16), np.uint8)
        levels[:side, :side] = 120
        cv2.imwrite(str(tmp_path / f"{number}.png"), levels)
        # Of the three smallest lesions half is true.
        levels[:, side // 2 if number < 3 else side :] = 0
        cv2.imwrite(str(tmp_path / f"{number}_mask.png"), (levels > 0).astype(np.uint8))
    # Of two folds the second takes for core what the first takes for a lesion.
    for fold, lesion in ((1, -2.5), (2, -5.5)):
        (place := tmp_path / "run" / f"fold-{fold}").mkdir(parents=True)
        made = by_brightness(place, dropout=0.1, lesion=lesion)
        for suffix in (".keras", ".json"):
            made.with_suffix(suffix).rename(place / f"model{suffix}")
    asked = ["triage", str(tmp_path), "--model", str(tmp_path / "run"), "--methods", "saliency", "--json"]
    assert main(asked, lambda _: 1) == 0
    record = json.loads(capsys.readouterr().out)
    cases = {Path(case["picture"]).stem: case for case in record["cases"]}
    assert len(cases) == 6
    assert [cases[str(number)]["right"] for number in range(6)] == pytest.approx([2 / 3] * 3 + [1] * 3)
    assert all(0 < case["signals"]["pairwise Dice"] < 0.5 for case in cases.values())
    for case in cases.values():
        assert case["signals"]["models"] == 1
        words = "2 models draw different masks (mean Dice 0.00 of the structure least alike)"
        assert words in [reason["words"] for reason in case["reasons"] if reason["kind"] == "models disagree"]
    risk = record["risk"]["pairwise Dice"]
    assert (risk["n"], risk["aurc"] >= risk["eaurc"]) == (6, True)
