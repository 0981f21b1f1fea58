"""Where the heat lies on phantoms the demo model never saw: IoU and energy inside the lesion, method by method.

Run with ``python -m tests.benchmarks.localisation`` (some minutes; ``--n 20`` for a part). It writes
docs/results/localisation-demo.md, laid out like tables 5.2 and 5.3 of the thesis that proposed xrelevance-cam.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import tfcore
from tfcore.data import Dataset, open_data, reading
from tfcore.data.phantom import write
from tfcore.evaluate import Table
from tfcore.files import written_whole
from tfcore.registry import INPUT, catalogue

RESULTS = Path(__file__).parents[2] / "docs" / "results"
SEED = 77
STAGES = ("stage1", "stage2", "stage3", "stage4")
TOGETHER = ("stage4+stage3", "stage4+stage3+stage2", "aggregate")
METRICS = {"iou": "IoU, %", "energy-pointing": "Positive heat inside the lesion, %"}


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=200, help="phantoms (default 200)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    model = tfcore.load_model("demo")
    # cam is defined at the last stage alone.
    cams = [each.name for each in catalogue("method") if each.family == "class activation" and each.name != "cam"]
    lrp = [each.name for each in catalogue("method") if each.family == "relevance propagation"]
    methods = [*cams, *lrp]
    with phantoms(given.n, SEED) as data:
        places = [*STAGES, *TOGETHER, INPUT]
        found = tfcore.evaluate(model, data, methods, list(METRICS), places, progress=said("CAM and LRP"))
        mask = tfcore.evaluate(model, data, ["cam"], list(METRICS), ["stage4"], progress=said("cam"))
        share = float(np.mean([area for sample in data if (area := reading.mask(sample).mean()) > 0]))
    used = found.row("grad-cam", "stage4", "iou")
    parts = [
        "# Where the heat lies: the demo model on unseen phantoms\n\n"
        "Made by `python -m tests.benchmarks.localisation"
        + (f" --n {given.n}" if given.n != 200 else "")
        + f"`: {given.n} phantoms of seed {SEED} (`heatlens phantom DIR --n {given.n} --seed {SEED}`), the demo model, "
        f"its predicted class. {used.n} phantoms have a lesion; left out: {used.why_left_out or 'none'}. Means over "
        "images with the bootstrap 95 % interval; the mask of a map is map > mean + 1 sd, IoU is the true intersection "
        "over union. The map of a relevance method at a layer is the relevance there summed over channels; deep-taylor "
        "and lrp-alphabeta differ at the pixels only. Bold: the best mean of a column. Where a "
        "cell names an n of its own, the other maps were zero. "
        f"The lesions cover {number(100 * share)} % of the picture on average, which is what heat spread "
        "evenly would score.\n"
    ]
    for metric, title in METRICS.items():
        parts.append(f"## {title}\n\nEach stage by itself (the mean of the four in the last column):\n")
        parts.append(grid(found, metric, methods, STAGES, average=True, scale=100))
        parts.append("Stages together (`aggregate`: all four), each ReLU'd and min-max normalised before:\n")
        parts.append(grid(found, metric, methods, ("stage4", *TOGETHER), scale=100))
        parts.append("Relevance of the pixels, and `cam` at the one layer it is defined for:\n")
        parts.append(grid(found, metric, lrp, (INPUT,), scale=100))
        parts.append(grid(mask, metric, ["cam"], ("stage4",), scale=100))
    page(given.out / "localisation-demo.md", parts)


@contextmanager
def phantoms(n: int, seed: int) -> Iterator[Dataset]:
    """A folder of phantoms, gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield open_data(write(Path(folder) / "phantoms", n, seed=seed).parent)


def grid(
    table: Table,
    metric: str,
    methods: Sequence[str],
    layers: Sequence[str],
    average: bool = False,
    scale: float = 1,
    lowest: bool = False,
) -> str:
    """A Markdown table of means with their intervals, a line per method."""
    rows = {(method, layer): table.row(method, layer, metric) for method in methods for layer in layers}
    usual = max(row.n for row in rows.values())
    pick = min if lowest else max
    best = {layer: pick(_mean(rows[method, layer].mean) for method in methods) for layer in layers}
    lines = [("method", *layers, *(["mean"] if average else [])), ("---",) * (1 + len(layers) + average)]
    for method in methods:
        cells = [method]
        for layer in layers:
            row = rows[method, layer]
            if row.mean is None or row.low is None or row.high is None:
                cells.append("–")
                continue
            mean = number(row.mean * scale)
            cell = f"**{mean}**" if row.mean == best[layer] and len(methods) > 1 else mean
            cell += f" ({number(row.low * scale)} … {number(row.high * scale)})"
            cells.append(cell + (f", n = {row.n}" if row.n != usual else ""))
        if average:
            cells.append(number(sum(_mean(rows[method, layer].mean) for layer in layers) / len(layers) * scale))
        lines.append(tuple(cells))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def number(value: float) -> str:
    """Two decimals, more for small numbers."""
    if value == 0 or abs(value) >= 0.1:
        return f"{value:.2f}"
    return f"{value:.2g}" if abs(value) >= 0.001 else f"{value:.1e}"


def page(path: Path, parts: Sequence[str]) -> None:
    """The parts as one Markdown file."""
    with written_whole(path, overwrite=True) as temporary:
        temporary.write_text("\n".join(parts), encoding="utf-8")
    print(path)


def said(what: str) -> Callable[[int, int], None]:
    """Progress on stderr."""
    return lambda done, total: print(f"{what} {done}/{total}", file=sys.stderr, flush=True)


def _mean(value: float | None) -> float:
    return float("nan") if value is None else value


if __name__ == "__main__":
    main()
