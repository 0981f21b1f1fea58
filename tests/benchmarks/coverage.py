"""Do sets of classes hold the truth as often as they promise? The demo network on hard phantoms of five seeds.

Run with ``python -m tests.benchmarks.coverage`` (two minutes; ``--n 100`` for a part). It writes
docs/results/coverage.md.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import tfcore
from tests.benchmarks.localisation import RESULTS, page
from tfcore.data.phantom import CLASSES, phantom
from tfcore.trust import conformal

SEEDS = (101, 102, 103, 104, 105)
# So hard that the network errs in a good part of them.
DIFFICULTY = 0.8
ALPHAS = (0.1, 0.05)


def main() -> None:
    """Learn sets on one half of each seed's phantoms, look into those of the other half, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=400, help="phantoms of each seed, half to learn from (default 400)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    model = tfcore.load_model("demo")
    half, labels = given.n // 2, np.arange(given.n) % len(CLASSES)
    answers = {}
    for seed in SEEDS:
        images = [
            phantom([seed, index], CLASSES[labels[index]], difficulty=DIFFICULTY).image for index in range(given.n)
        ]
        answers[seed] = model.predict(np.concatenate([model.prepare([image]) for image in images])).astype(float)
    accuracy = np.mean([p.argmax(1) == labels for p in answers.values()])
    rows = []
    for score in ("lac", "aps"):
        for alpha in ALPHAS:
            held, sizes, of_class = [], [], []
            for p in answers.values():
                p = p / p.sum(1, keepdims=True)
                sets = conformal(p[:half], labels[:half], alpha, score).sets(p[half:])
                holds = sets[np.arange(len(sets)), labels[half:]]
                held.append(holds.mean())
                sizes.append(sets.sum(1).mean())
                of_class.append([holds[labels[half:] == index].mean() for index in range(len(CLASSES))])
            n = len(SEEDS) * (given.n - half)
            # Of what was drawn to be looked into, and of what was drawn to learn from.
            error = np.sqrt(alpha * (1 - alpha) * (1 / n + 1 / (len(SEEDS) * half)))
            each = " · ".join(f"{share:.3f}" for share in held)
            classes = " · ".join(f"{share:.2f}" for share in np.mean(of_class, 0))
            rows.append(
                f"| {score} | {1 - alpha:.0%} | {np.mean(held):.3f} ± {error:.3f} | {each} | {np.mean(sizes):.2f} "
                f"| {classes} |"
            )
            print(rows[-1], flush=True)
    page(
        given.out / "coverage.md",
        [
            "# How often the sets hold the truth\n\n"
            "Made by `python -m tests.benchmarks.coverage"
            + (f" --n {given.n}" if given.n != 400 else "")
            + f"`: the demo network on phantoms of difficulty {DIFFICULTY:g} (accuracy {accuracy:.3f}), {given.n} of "
            f"each of the seeds {', '.join(map(str, SEEDS))}. Sets are learnt on one half, looked into on the other. "
            "Behind the mean stands the standard error of sampling, of both halves together.\n",
            "| score | promised | held | by seed | classes in a set | "
            f"held by class ({' · '.join(CLASSES)}) |\n| --- | --- | --- | --- | --- | --- |\n"
            + "\n".join(rows)
            + "\n",
            "The promise is about all pictures together: of a class that is hard to tell, fewer sets hold it.\n",
        ],
    )


if __name__ == "__main__":
    main()
