"""Whether channel weights account for the demo model's score: both axioms, method by method and stage by stage.

Run with ``python -m tests.benchmarks.axioms`` (a minute or two; ``--n 8`` for a part). It writes
docs/results/axioms-demo.md, laid out like tables 5.8 and 5.9 of the thesis that proposed xrelevance-cam.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import tfcore
from tests.benchmarks.localisation import RESULTS, SEED, STAGES, grid, page, phantoms, said
from tfcore.evaluate.contributions import weighing

METRICS = {
    "conservation-axiom": "Conservation: |S − Σ_k Σ_ij w A| / |S|",
    "sensitivity-axiom": "Sensitivity: Σ_k |D_k − Σ_ij w A_k| / Σ_k |D_k|, D_k = S − S with A_k set to 0",
}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=100, help="phantoms (default 100)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    model = tfcore.load_model("demo")
    methods = [spec.name for spec in weighing() if spec.name != "cam"]
    with phantoms(given.n, SEED) as data:
        found = tfcore.evaluate(model, data, methods, list(METRICS), STAGES, progress=said("axioms"))
    parts = [
        "# Do channel weights account for the score? The demo model on unseen phantoms\n\n"
        "Made by `python -m tests.benchmarks.axioms"
        + (f" --n {given.n}" if given.n != 100 else "")
        + f"`: {given.n} phantoms of seed {SEED}, the demo model, its predicted class. Means over images with the "
        "bootstrap 95 % interval; lower is better, bold is the lowest of a column. These are ratios: a few images with "
        "a small score or small drops can carry a mean.\n\n"
        f"S is the logit; for relevance-cam and xrelevance-cam the contrastive score |S|/C with C = "
        f"{len(model.classes)} classes, as in the thesis. So read the first table with care: xrelevance-cam begins "
        "with just this much relevance and its weights give back what arrives, which is why its error is that of the "
        "propagation alone; measured against the logit itself it would be 1 − 1/C. relevance-cam begins with a sum of "
        "zero.\n"
    ]
    for metric, title in METRICS.items():
        parts.append(f"## {title}\n")
        parts.append(grid(found, metric, methods, STAGES, average=True, lowest=True))
    page(given.out / "axioms-demo.md", parts)


if __name__ == "__main__":
    main()
