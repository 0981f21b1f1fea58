"""Does the demo model know when it does not know? Entropy as noise grows, and accuracy when the unsure are left out.

Run with ``python -m tests.benchmarks.noise`` (two minutes; ``--n 40`` for a part). It writes
docs/results/noise-demo.md.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import tfcore
from tests.benchmarks.localisation import RESULTS, SEED, page
from tests.tfcore.uncertainty.noise import noisy, phantoms
from tfcore.uncertainty import coverage, uncertainty
from tfcore.uncertainty.coverage import Coverage

PASSES = 100
STRENGTHS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.15, 0.2, 0.3, 0.4)
# Noise at which the model errs often enough for a curve, and still recognises most.
CURVE_AT = 0.1


def measured(count: int) -> tuple[list[str], Coverage, Coverage]:
    """Rows of the table, and the curves at one strength by entropy and by mutual information."""
    model = tfcore.load_model("demo")
    levels, labels = phantoms(count, SEED)
    rows = []
    for strength in STRENGTHS:
        found = uncertainty(model, model.prepare(list(noisy(levels, strength))), PASSES)
        said = found.mean.argmax(-1)
        correct = np.array(model.classes)[said] == labels
        most = np.bincount(said, minlength=len(model.classes))
        figures = (found.entropy.mean(), found.mutual_information.mean(), found.mean.max(-1).mean())
        rows.append(
            f"| {strength:g} | {correct.mean():.3f} | "
            + " | ".join(f"{figure:.3f}" for figure in figures)
            + f" | {model.classes[most.argmax()]} {most.max() / count:.0%} |"
        )
        print(rows[-1], flush=True)
        if strength == CURVE_AT:
            curves = coverage(found.entropy, correct), coverage(found.mutual_information, correct)
    return rows, *curves


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200, help="phantoms (default 200)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    rows, by_entropy, by_mutual = measured(given.n)
    curve = [
        f"| {share:.2f} | {ours:.3f} ({low:.3f} … {high:.3f}) | {theirs:.3f} |"
        for share, ours, low, high, theirs in zip(
            by_entropy.share, by_entropy.accuracy, by_entropy.low, by_entropy.high, by_mutual.accuracy, strict=True
        )
    ]
    page(
        given.out / "noise-demo.md",
        [
            "# How sure the demo model is of noisy phantoms\n\n"
            "Made by `python -m tests.benchmarks.noise"
            + (f" --n {given.n}" if given.n != 200 else "")
            + f"`: {given.n} phantoms of seed {SEED}, {PASSES} passes through the model's own dropout. Normal noise is "
            "added to the picture before it is prepared, clipped to 0 … 255 and rounded, as in a file; its strength is "
            "the standard deviation as a share of the grey scale. Figures are means; entropies are in nats, at most "
            "ln 4 = 1.386. The model was trained on phantoms whose own noise is 0.008 … 0.03.\n\n"
            "Mean entropy and mutual information grow with the noise for as long as the model recognises most "
            "pictures, up to about 0.1. Beyond, it takes nearly all of them for one class, at 0.2 as surely as it "
            "judges clean ones. Dropout does not warn of pictures unlike any it was trained on. So read sureness only "
            "for pictures of the kind the model knows.\n",
            "| noise | accuracy | entropy | mutual information | top probability | most frequent answer |\n"
            "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n",
            f"## Coverage at noise {CURVE_AT:g}\n",
            "| share kept | accuracy by entropy (bootstrap 95 %) | by mutual information |\n| --- | --- | --- |\n"
            + "\n".join(curve)
            + "\n",
        ],
    )


if __name__ == "__main__":
    main()
