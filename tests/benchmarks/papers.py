"""The tables of two papers on networks trained here: 003's models × recall × F1 × AOPC, and 004's 5.1 to 5.9.

Run with ``python -m tests.benchmarks.papers`` (ten minutes each; ``--only 003 --pictures 40 --unseen 8 --epochs 1`` for
a look). It writes docs/results/paper-003.md and paper-004.md from what ``heatlens train`` and ``heatlens evaluate``
wrote, by the commands that stand on the pages.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import main as front_door
from tests.benchmarks.localisation import RESULTS, page
from tfcore.evaluate import Table, reopened
from tfcore.report.tables import Grid, by_layer, of_models

SEED = 21
# A paper's networks, how they learn, the side of the pictures they see, what is measured of them, and of how many
# phantoms they learn, on how many they are measured, and for how many epochs. Networks that
# tell phantoms apart in minutes stand in for 003's VGG16 and DenseNet201, whose frozen bases are of no use untrained.
METHODS = "grad-cam,grad-cam++,xgrad-cam,hires-cam,layer-cam,relevance-cam,xrelevance-cam"
LAYERS = "stage1,stage2,stage3,stage4,stage4+stage3,stage4+stage3+stage2,stage4+stage3+stage2+stage1"
MEASURED = "iou,layer-dropout,confidence-drop,sensitivity-axiom,conservation-axiom"
PAPERS = {
    "003": (
        "--recipe xray-transfer --head gap --norm batch --lr 0.001",
        ("cnn-2", "cnn-5"),
        64,
        "--methods grad-cam --metrics aopc",
        (320, 40, 24),
    ),
    "004": (
        "--recipe mri-4class --batch 8 --lr 0.001",
        ("resnext50", "sk-resnext50"),
        64,
        f"--methods {METHODS} --layers {LAYERS} --metrics {MEASURED} --insert 0.1 --samples 4",
        (160, 8, 10),
    ),
}
_NUMBERS = (
    "5.1 is the two models side by side; 5.2 and 5.3 are the layers of sk-resnext50 by themselves and joined, 5.4 "
    "those of the other model; 5.5 is the mean over thinned networks (dropout of 0.1 put in behind each stage), which "
    "with that dropout off, as in 5.6, is 5.2 again; 5.7 to 5.9 follow."
)


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=tuple(PAPERS), help="one of the papers")
    parser.add_argument("--pictures", type=int, help="phantoms to learn from (default: the paper's of PAPERS)")
    parser.add_argument("--unseen", type=int, help="phantoms to measure on, four or more")
    parser.add_argument("--epochs", type=int, help="passes over the pictures")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the pages")
    parser.add_argument("--folder", type=Path, help="keep what is trained and measured there, and go on from it")
    given = parser.parse_args()
    for paper in [given.only] if given.only else PAPERS:
        stated = (given.pictures, given.unseen, given.epochs)
        sizes = tuple(own if asked is None else asked for asked, own in zip(stated, PAPERS[paper][-1], strict=True))
        with tempfile.TemporaryDirectory() as temporary:
            folder = (given.folder or Path(temporary)) / paper
            folder.mkdir(parents=True, exist_ok=True)
            commands = asked_of(paper, *sizes)
            for line in commands:
                if not _is_done(folder, line):
                    # One process each, as one would type them: what a training held is gone when measuring begins.
                    subprocess.run([sys.executable, front_door.__file__, *line.split()], cwd=folder, check=True)
            table = reopened(folder / "tables")
        page(given.out / f"paper-{paper}.md", [_told(paper, sizes, commands), *_grids(paper, table)])


def asked_of(paper: str, pictures: int, unseen: int, epochs: int) -> list[str]:
    """The commands as one would type them behind ``heatlens``."""
    learning, networks, side, asked, _ = PAPERS[paper]
    models = " ".join(f"--model {name}/model.keras" for name in networks)
    return [
        f"phantom learnt --n {pictures} --size {side} --seed {SEED}",
        f"phantom unseen --n {unseen} --size {side} --seed {SEED + 1}",
        *(f"train learnt {learning} --arch {name} --size {side} --epochs {epochs} --out {name}" for name in networks),
        f"evaluate unseen {models} {asked} --out tables",
    ]


def _is_done(folder: Path, line: str) -> bool:
    """Whether phantoms or a network lie there already; what is measured goes on by itself."""
    words = line.split()
    last = {"phantom": f"{words[1]}/phantoms.csv", "train": f"{words[-1]}/report.html"}
    return words[0] in last and (folder / last[words[0]]).exists()


def _told(paper: str, sizes: tuple[int, ...], commands: Sequence[str]) -> str:
    pictures, unseen, epochs = sizes
    asked = f"--only {paper} --pictures {pictures} --unseen {unseen} --epochs {epochs}"
    lines = "\n".join(f"heatlens {line}" for line in commands)
    return (
        f"# The tables of {paper}, on networks trained here\n\n"
        f"Made by `python -m tests.benchmarks.papers {asked}`, which runs these commands and lays out what they wrote. "
        f"The networks are small trainings from random weights on {pictures} phantoms: the numbers show the "
        f"tables, not what the paper's networks score on the paper's data. Measured on {unseen} phantoms they "
        f"never saw.\n\n```\n{lines}\n```\n"
    )


def _grids(paper: str, table: Table) -> list[str]:
    grid = of_models(table)
    assert grid is not None
    layered = [_NUMBERS + "\n", *(markdown(each) for each in by_layer(table))] if paper == "004" else []
    return [markdown(grid), *layered]


def markdown(grid: Grid) -> str:
    """A table of the report as Markdown."""
    lines = [("", *grid.columns), ("---",) * (1 + len(grid.columns))]
    for name, cells in grid.rows:
        texts = [f"**{cell.text}**" if cell.best else cell.text for cell in cells]
        small = [f" ({cell.small})" if cell.small else "" for cell in cells]
        lines.append((name, *(text + more for text, more in zip(texts, small, strict=True))))
    note = grid.note.replace("95 % interval below.", "In brackets the bootstrap 95 % interval.")
    return f"## {grid.title}\n\n{note}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    main()
