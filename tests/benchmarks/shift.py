"""Does a network know pictures unlike those it has learnt from? Rates and AUROC for the demo network against its
training phantoms: other seeds; noise, inverted, flipped, cropped; real brain MR, where it is at hand.

Run with ``python -m tests.benchmarks.shift`` (two minutes; ``--n 40`` for a part). It writes docs/results/shift.md.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterable
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import numpy as np
from sklearn.metrics import roc_auc_score

import tfcore
from tests.benchmarks.localisation import RESULTS, page
from tests.shared import SHARED
from tfcore.data.phantom import CLASSES, phantom
from tfcore.models.model import Model
from tfcore.pictures import find, read
from tfcore.results import Shift
from tfcore.results.shift import BEYOND

SEEDS = (10_001, 10_002, 10_003, 10_004, 10_005)
Change = Callable[[np.ndarray, np.random.Generator], np.ndarray]


def _noise(strength: float) -> Change:
    def noisy(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
        return np.clip(image + random.normal(0, 255 * strength, image.shape), 0, 255).round().astype(np.uint8)

    return noisy


def _cropped(image: np.ndarray, random: np.random.Generator) -> np.ndarray:
    edge = len(image) // 6
    return np.asarray(cv2.resize(image[edge:-edge, edge:-edge], image.shape[::-1]))


CHANGES: dict[str, Change] = {
    "noise 0.05": _noise(0.05),
    "noise 0.1": _noise(0.1),
    "noise 0.2": _noise(0.2),
    "inverted": lambda image, _: 255 - image,
    "flipped left to right": lambda image, _: image[:, ::-1].copy(),
    "flipped top to bottom": lambda image, _: image[::-1].copy(),
    "cropped by a sixth on each side": _cropped,
}


def phantoms(seed: int, n: int) -> list[np.ndarray]:
    return [phantom([seed, index], CLASSES[index % len(CLASSES)], 128).image for index in range(n)]


def shifts(model: Model, images: Iterable[np.ndarray]) -> list[Shift]:
    """Of each picture by itself; its look is told of files alone and is left out here."""
    assert model.reference is not None
    features = model.seen(np.concatenate([model.prepare([image]) for image in images]))[1]
    return [model.reference.shift(each) for each in features]


def row(name: str, found: list[Shift], usual: list[Shift]) -> str:
    """How many are beyond the mark, and how well either distance tells them from unseen phantoms."""
    truth = [0] * len(usual) + [1] * len(found)
    figures = [
        roc_auc_score(truth, [getattr(each, distance) for each in (*usual, *found)])
        for distance in ("mahalanobis", "neighbours")
    ]
    beyond = np.mean([each.beyond for each in found])
    median = np.median([each.mahalanobis for each in found])
    said = f"| {name} | {len(found)} | {beyond:.1%} | {figures[0]:.3f} | {figures[1]:.3f} | {median:.1f} |"
    print(said, flush=True)
    return said


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200, help="phantoms of each seed (default 200)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    model = tfcore.load_model("demo")
    assert model.reference is not None
    images = {seed: phantoms(seed, given.n) for seed in SEEDS}
    of_seed = {seed: shifts(model, some) for seed, some in images.items()}
    usual = of_seed[SEEDS[0]]
    rows = [row(f"unseen phantoms, seed {seed}", found, usual) for seed, found in of_seed.items()]
    random = np.random.default_rng(0)
    for name, change in CHANGES.items():
        rows.append(row(name, shifts(model, [change(one, random) for one in images[SEEDS[0]]]), usual))
    real = list(find([folder])) if (folder := SHARED / "data" / "yes_no").is_dir() else []
    if real:
        rows.append(row("real brain MR", shifts(model, [read(path).display()[..., 0] for path in real]), usual))
    pictures = model.reference.facts["pictures"]
    page(
        given.out / "shift.md",
        [
            "# Pictures unlike those the demo network has learnt from\n\n"
            "Made by `python -m tests.benchmarks.shift"
            + (f" --n {given.n}" if given.n != 200 else "")
            + f"`: the distance of the features of the last feature map from those of {pictures} training phantoms. "
            f"*beyond* is the share of pictures at or beyond the default mark, the {BEYOND:g}th percentile of the "
            "training set's own distances (held out by fifths), by either of the two distances; AUROC tells them from "
            f"unseen phantoms of seed {SEEDS[0]}, by the Mahalanobis distance to the nearest class and by the distance "
            "to the fifth nearest training picture. Changes are made to the phantoms of that seed. What is told "
            "without the network (colour, contrast, grey levels, border, size) has no part in these figures.\n",
            "| pictures | n | beyond | AUROC, Mahalanobis | AUROC, neighbours | median Mahalanobis |\n"
            "| --- | --- | --- | --- | --- | --- |\n" + "\n".join(rows) + "\n",
            "A network that learnt from mirrored phantoms holds mirrored ones for its own, and so does the reference. "
            "Weak noise changes answers before it is noticed: what is not flagged is not thereby safe.\n",
        ],
    )


if __name__ == "__main__":
    main()
