"""Do concepts tell what a confounded network goes by?

Run with ``python -m tests.benchmarks.concepts`` (some minutes; ``--n 80`` for a part). It trains the network of
:mod:`tests.benchmarks.confounder` and writes docs/results/concepts.md.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from tests.benchmarks.confounder import CLASSES, EPOCHS, SEED, SIDE, marked, pictures, trained
from tests.benchmarks.localisation import RESULTS, page
from tfcore.models.model import Model
from tfcore.results import ConceptScore
from tfcore.trust import tcav

# Pictures of each concept; of those that are drawn from three times as many.
SHOWN, RUNS, LAYERS = 40, 20, ("conv2", "conv3")
COLUMNS = ("concept", "layer", "score", "random score", "sensitivity", "random sensitivity", "p (Holm)", "")


def scores(model: Model) -> tuple[ConceptScore, ...]:
    """Of the marker, and of phantoms drawn like those they are held against, which have nothing in common."""

    def unseen(count: int, seed: int) -> list[np.ndarray]:
        return pictures(count, SEED + seed, confounder=False)[0]

    # Every second one is a glioma.
    gliomas = model.prepare(unseen(2 * SHOWN, 2)[::2])
    concepts = {"marker": map(marked, unseen(SHOWN, 3)), "any phantoms": unseen(SHOWN, 4)}
    ready = {name: model.prepare(list(some)) for name, some in concepts.items()}
    return tcav(model, gliomas, CLASSES[0], ready, model.prepare(unseen(3 * SHOWN, 5)), LAYERS, RUNS)


def main() -> None:
    """Train, test, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=400, help="phantoms to learn from (default 400)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    rows = [" | ".join(COLUMNS), " | ".join("---" for _ in COLUMNS)]
    for each in scores(trained(given.n)):
        cells = (
            each.concept,
            each.layer,
            f"{each.score:.2f} ± {each.sd:.2f}",
            f"{each.random:.2f} ± {each.random_sd:.2f}",
            f"{each.sensitivity:.3f}",
            f"{each.random_sensitivity:.3f} ± {each.random_sensitivity_sd:.3f}",
            f"{each.p_holm:.2g}",
            "found" if each.significant else "not told from random concepts",
        )
        rows.append(" | ".join(cells))
    page(
        given.out / "concepts.md",
        [
            "# Do concepts tell what a confounded network goes by?\n\n"
            "Made by `python -m tests.benchmarks.concepts"
            + (f" --n {given.n}" if given.n != 400 else "")
            + f"`: the network of [confounder.md](confounder.md) (cnn-3, {SIDE} px, {EPOCHS} epochs, {given.n} "
            "phantoms) calls glioma what carries a white square in the corner. "
            f"{SHOWN} unseen gliomas without it are asked whether their class depends on two concepts "
            f"(`heatlens tcav`, {RUNS} directions each): {SHOWN} phantoms with the marker, and {SHOWN} phantoms that "
            f"have nothing in common which others have not. Both are held against random halves of {3 * SHOWN} "
            "unmarked phantoms. The score is the share of gliomas whose class score grows along the direction, the "
            "sensitivity the mean cosine between direction and gradient; tested "
            "is the sensitivity, two-sided, corrected over all rows.\n",
            "\n".join(f"| {row} |" for row in rows) + "\n",
        ],
    )


if __name__ == "__main__":
    main()
