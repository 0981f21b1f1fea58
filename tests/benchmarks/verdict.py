"""From where on does a verdict call a map stable, or alike to that of a network which forgot what it learnt?

Run with ``python -m tests.benchmarks.verdict`` (some minutes; ``--n 4`` for a part). It judges maps of the demo network
on phantoms that it never saw, and writes docs/results/verdict.md, from which tfcore/results/verdict.py has its limits.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import tfcore
from tests.benchmarks.localisation import RESULTS, page, said
from tfcore.data import open_data, phantom, reading
from tfcore.evaluate import verdict
from tfcore.models.model import Model
from tfcore.results import Verdict

# Weigh what the network has learnt; and paint edges of the picture whatever it has.
HONEST, BLIND = ("grad-cam", "layer-cam", "lrp-composite", "integrated-gradients"), ("guided-backprop", "deconvnet")
SEED = 10_007
# Of the honest ones so many are to be called stable.
MOST = 0.95
_HEAD = "| method | maps | {} |\n| --- | --- | --- | --- | --- |\n"


def judged(model: Model, folder: Path, n: int) -> dict[str, list[tuple[bool, Verdict]]]:
    """By method: whether the hottest place lies on the lesion, and the verdict."""
    # Three classes in four have a lesion.
    phantom.write(folder, n=-(-n * 4 // 3), size=128, seed=SEED)
    found: dict[str, list[tuple[bool, Verdict]]] = {name: [] for name in (*HONEST, *BLIND)}
    data = [sample for sample in open_data(folder).masked if reading.mask(sample, None).any()][:n]
    for done, sample in enumerate(data):
        said("judged")(done, len(data))
        batch, inside = model.prepare([sample.path]), reading.mask(sample, None) > 0
        for name, some in found.items():
            heat = tfcore.explain(model, batch, name).maps[0]
            hottest = np.unravel_index(heat.argmax(), heat.shape)
            some.append((bool(inside[hottest]), verdict(model, batch, name, orders=1)[0]))
    return found


def main() -> None:
    """Judge, count, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=16, help="phantoms with a lesion (default 16)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = judged(tfcore.load_model("demo"), Path(folder) / "phantoms", given.n)
    right = [each for name in HONEST for hit, each in found[name] if hit]
    moves = numbers(right, "moves")
    still, little = np.median(moves), np.quantile(moves, MOST)
    agrees = np.quantile(numbers(right, "agreement"), 1 - MOST)
    honest = np.quantile(numbers(right, "remains"), MOST)
    caught = ", ".join(
        f"{(numbers([each for _, each in found[name]], 'remains') >= honest).mean():.0%} of those of {name}"
        for name in BLIND
    )
    rows = []
    for name, some in found.items():
        each = [one for _, one in some]
        cells = [spread(numbers(each, which)) for which in ("moves", "agreement", "remains")]
        rows.append(f"| {name} | {len(each)} | {' | '.join(cells)} |")
    page(
        given.out / "verdict.md",
        [
            "# From where on a map is called stable\n\n"
            "Made by `python -m tests.benchmarks.verdict"
            + (f" --n {given.n}" if given.n != 16 else "")
            + f"`: maps of the demo network on {given.n} unseen phantoms with a lesion (seed {SEED}), each method at "
            "the layer it takes by itself. Median and middle 90 % of: the largest relative change under small noise, "
            "the rank correlation of the maps of passes with dropout on, and the SSIM with the maps of networks whose "
            "head and last stage were drawn anew.\n",
            _HEAD.format("change under noise | agreement under dropout | SSIM when the network forgets")
            + "\n".join(rows)
            + "\n",
            f"The limits come from the {len(right)} maps of {', '.join(HONEST)} whose hottest place lies on the "
            f"lesion. Half of them change by {still:.2f} or less (*stands still*), {MOST:.0%} by {little:.2f} or less "
            f"(*moves a little*); {MOST:.0%} agree under dropout by {agrees:.2f} or more, and keep an SSIM of "
            f"{honest:.2f} or less when the network forgets. From there on a map is said hardly to change: that meets "
            f"{caught}, which paint the picture whatever was learnt.\n",
            "They are those of one small network and of phantoms: read the number, not the word. A map that is stable "
            "and hangs on what was learnt may still point to the wrong place.\n",
        ],
    )


def numbers(some: list[Verdict], which: str) -> np.ndarray:
    """Of those that have it."""
    return np.array([value for each in some if (value := getattr(each, which)) is not None])


def spread(values: np.ndarray) -> str:
    """Median, and between what the middle 90 % lie."""
    if not len(values):
        return "–"
    low, middle, high = np.quantile(values, [0.05, 0.5, 0.95])
    return f"{middle:.2f} ({low:.2f} … {high:.2f})"


if __name__ == "__main__":
    main()
