"""The tables of two papers on networks trained here: 003's models × recall × F1 × AOPC, and 004's 5.1 to 5.9.

Run with ``python -m tests.benchmarks.papers`` (half an hour; ``--pictures 40 --unseen 8 --epochs 1`` for a look). It
writes docs/results/papers.md from what ``heatlens train`` and ``heatlens evaluate`` wrote, by the commands on the page.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from tests.benchmarks.localisation import RESULTS, page
from tfcore import cli
from tfcore.evaluate import Table, reopened
from tfcore.report.tables import Grid, by_layer, of_models

SIZE, SEED = 64, 21
METHODS = "grad-cam,grad-cam++,xgrad-cam,hires-cam,layer-cam,relevance-cam,xrelevance-cam"
LAYERS = "stage1,stage2,stage3,stage4,stage4+stage3,stage4+stage3+stage2,stage4+stage3+stage2+stage1"
MEASURED = "iou,layer-dropout,confidence-drop,sensitivity-axiom,conservation-axiom"


class Commands:
    """Runs commands in a folder, and remembers them as one would type them there."""

    def __init__(self, folder: Path) -> None:
        self.said: list[str] = []
        os.chdir(folder)

    def __call__(self, line: str) -> None:
        self.said.append(f"heatlens {line}")
        if cli.main(line.split(), lambda _: 0) != cli.DONE:
            raise SystemExit(f"heatlens {line} did not end well")


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=480, help="phantoms to learn from (default 480)")
    parser.add_argument("--unseen", type=int, default=40, help="phantoms to measure on (default 40)")
    parser.add_argument("--epochs", type=int, default=12, help="passes over the pictures (default 12)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    out = given.out.resolve()
    with tempfile.TemporaryDirectory() as folder:
        run = Commands(Path(folder))
        run(f"phantom learnt --n {given.pictures} --size {SIZE} --seed {SEED}")
        run(f"phantom unseen --n {given.unseen} --size {SIZE} --seed {SEED + 1}")
        for arch in ("vgg16", "densenet201"):
            run(f"train learnt --recipe xray-transfer --arch {arch} --size {SIZE} --epochs {given.epochs} --out {arch}")
        run("evaluate unseen --model vgg16/model.keras --model densenet201/model.keras --metrics aopc --out table-003")
        first = reopened("table-003")
        for arch in ("resnext50", "sk-resnext50"):
            run(f"train learnt --recipe mri-4class --arch {arch} --size {SIZE} --epochs {given.epochs} --out {arch}")
        asked = f"--methods {METHODS} --layers {LAYERS} --metrics {MEASURED} --insert 0.1 --out tables-004"
        run(f"evaluate unseen --model resnext50/model.keras --model sk-resnext50/model.keras {asked}")
        second = reopened("tables-004")
    page(out / "papers.md", [*_told(given, run.said, first), *_of_004(second)])


def _told(given: argparse.Namespace, commands: Sequence[str], table: Table) -> Iterator[str]:
    asked = f"--pictures {given.pictures} --unseen {given.unseen} --epochs {given.epochs}"
    yield (
        "# The papers' tables, on networks trained here\n\n"
        f"Made by `python -m tests.benchmarks.papers {asked}`, which runs these commands one after the other and lays "
        "out what they wrote. The networks are small trainings from random weights on phantoms of "
        f"{SIZE} px: the numbers show the tables, not what the papers' networks score on the papers' data.\n\n"
        "```\n" + "\n".join(commands) + "\n```\n"
    )
    grid = of_models(table)
    assert grid is not None
    yield f"## 003: {grid.title}\n\n{grid.note}\n\n{markdown(grid)}"


def _of_004(table: Table) -> Iterator[str]:
    yield (
        f"## 004: tables 5.1 to 5.9\n\n{table.facts['pictures']} unseen phantoms. 5.1 is the two models side by side; "
        "5.2 and 5.3 are the layers of sk-resnext50 by themselves and joined, 5.4 those of the other model; 5.5 the "
        "mean over thinned networks; 5.7 to 5.9 the rest.\n"
    )
    for grid in by_layer(table):
        yield f"### {grid.title}\n\n{grid.note}\n\n{markdown(grid)}"


def markdown(grid: Grid) -> str:
    """A table of the report as Markdown."""
    lines = [("", *grid.columns), ("---",) * (1 + len(grid.columns))]
    for name, cells in grid.rows:
        texts = [f"**{cell.text}**" if cell.best else cell.text for cell in cells]
        small = [f" ({cell.small})" if cell.small else "" for cell in cells]
        lines.append((name, *(text + more for text, more in zip(texts, small, strict=True))))
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
