"""Where the methods that only ask find the lesion, whether what they find matters, and whether their standard errors
are honest: the demo model on phantoms.

Run with ``python -m tests.benchmarks.asking`` (some minutes; ``--n 5`` for a part). It writes
docs/results/asking-demo.md.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import tfcore
from tests.benchmarks.localisation import RESULTS, SEED, number, page, phantoms, said
from tfcore.data import reading
from tfcore.models.model import Model
from tfcore.registry import find

METRICS = {"iou": "IoU", "energy-pointing": "energy inside", "deletion": "deletion", "insertion": "insertion"}
# Settings that take some seconds for a picture.
SETTINGS = {
    "occlusion": {"patch": 16, "stride": 8},
    "rise": {"samples": 1000},
    "lime": {"samples": 500},
    "kernel-shap": {"samples": 500},
    "prediction-difference": {"patch": 8, "stride": 4, "samples": 3},
    "flip": {},
    "deconvnet": {},
    "expected-gradients": {"samples": 100},
    "attnlrp": {},
    "grad-cam": {},
    "integrated-gradients": {},
}
# Of the runs whose errors are held against each other.
SEEDS = 100
FEW = {
    "rise": {"samples": 100},
    "lime": {"samples": 100, "superpixels": 16},
    "kernel-shap": {"samples": 100, "superpixels": 16},
}
# What is known from before, to compare with.
BESIDE = ("grad-cam", "integrated-gradients")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=8, help="phantoms (default 8)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    model = tfcore.load_model("demo")
    with phantoms(given.n, SEED) as data:
        found = tfcore.evaluate(model, data, list(SETTINGS), list(METRICS), params=SETTINGS, progress=said("methods"))
        share = float(np.mean([area for sample in data if (area := reading.mask(sample).mean()) > 0]))
        ill = next(sample for sample in data if reading.mask(sample).any())
        covered = [errors_of(model, model.prepare([ill.path]), method) for method in FEW]
    lines = [["method", *METRICS.values(), "settings"], ["---"] * (len(METRICS) + 2)]
    for method, settings in SETTINGS.items():
        cells = [f"*{method}*" if method in BESIDE else method]
        for metric in METRICS:
            row = next(each for each in found.rows if (each.method, each.metric) == (method, metric))
            if row.mean is None or row.low is None or row.high is None:
                cells.append("–")
                continue
            cells.append(f"{number(row.mean)} ({number(row.low)} … {number(row.high)}), n = {row.n}")
        lines.append([*cells, ", ".join(f"{name} {value}" for name, value in settings.items()) or "usual"])
    used = next(each for each in found.rows if (each.method, each.metric) == ("rise", "iou"))
    better = ", ".join(f"{metric}: {find('metric', metric).better} is better" for metric in METRICS)
    why = used.why_left_out or "none"
    parts = [
        "# Methods that only ask: the demo model on unseen phantoms\n\n"
        f"Made by `python -m tests.benchmarks.asking --n {given.n}`: {given.n} phantoms of seed {SEED}, the demo "
        f"model, its predicted class. {used.n} phantoms have a lesion; left out of the first two columns: {why}. Means "
        f"over images with the bootstrap 95 % interval. {better}. The lesions cover {number(100 * share)} % of the "
        "picture on average, which is the energy inside that heat spread evenly would have. Methods in italics stand "
        "beside for comparison. The map of rise has an offset, which spreads its energy. No trained transformer is at "
        "hand, so attention is not in this table; on the demo network, which has none, attnlrp is grad-times-input.\n",
        rows(lines),
        f"## Are the standard errors honest?\n\nOne phantom with a lesion, {SEEDS} seeds each. If they are, the mean "
        "over all seeds lies within one standard error of an estimate 68 % of the time and within 1.96 of them 95 % of "
        "the time; counted over seeds and pixels (super-pixels count by their area).\n",
        rows([["method", "settings", "within 1", "within 1.96", "stated / found"], ["---"] * 5, *covered]),
    ]
    page(given.out / "asking-demo.md", parts)


def errors_of(model: Model, batch: np.ndarray, method: str) -> list[str]:
    """A row: how often the truth lies within the errors that are stated, and how large these are."""
    runs = [tfcore.explain(model, batch, method, target=0, seed=seed, **FEW[method]) for seed in range(SEEDS)]
    maps, errors = (np.stack([getattr(run, name)[0] for run in runs]) for name in ("maps", "standard_error"))
    off = np.abs(maps - maps.mean(0))
    shares = [f"{number(100 * float((off <= times * errors).mean()))} %" for times in (1, 1.96)]
    ratio = float(np.sqrt((errors**2).mean() / maps.var(0, ddof=1).mean()))
    return [method, ", ".join(f"{name} {value}" for name, value in FEW[method].items()), *shares, number(ratio)]


def rows(lines: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
