"""Networks that draw: is what they are unsure of what is wrong, and do deep layers see more with skips than without?

Run with ``python -m tests.benchmarks.drawn`` (an hour on two cores, most of it training; ``--runs DIR`` takes runs that
are there: DIR/res-unet and DIR/sim-unet). It writes docs/results/drawn.md.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import tfcore
from tests.benchmarks.localisation import RESULTS, page
from tfcore.data.phantom import write_brains
from tfcore.data.truth import truth_of
from tfcore.models.model import Model
from tfcore.pictures import case, read
from tfcore.results import Structures
from tfcore.uncertainty import uncertainty

VOLUMES, VOXELS, SIZE, EPOCHS, SEED = 60, 64, 64, 30, 0
UNSEEN, UNSEEN_SEED = 24, 10_000
HOW: Mapping[str, Any] = {"encoder": "small", "filters": 8, "size": SIZE, "epochs": EPOCHS, "empty": 0.2}
NETWORKS = ("res-unet", "sim-unet")
PASSES = 20
# Noise on z-scores: clean volumes alone are drawn too well for anything to be told apart.
NOISE = (0.0, 0.5, 1.0)
# The whole tumour is explained as its largest class, at layers from the input to the output.
TARGET = "oedema"
# Pixels of a tumour in a slice, so that there is something to agree on.
LEAST = 20
LAYERS = (
    *("stem_out", "stage1_out", "stage2_out", "stage3_out", "stage4_out", "stage5_out"),
    *("dec1_2", "dec2_2", "dec3_2", "dec4_2", "dec5_2"),
)
MEASURES = ("entropy", "mutual_information", "variance")


FOUND = """## What follows

**Wrong pixels are less sure.** Entropy parts wrong pixels from right ones with an AUROC of 0.95 and more, for both
networks and through noise; mutual information and variance do so nearly as well.

**The Dice between passes ranks cases, where there is something to agree on.** Over volumes with a tumour its
correlation with the true Dice is 0.98 for res-unet, over slices 0.91; for sim-unet, which errs in every volume
alike, about 0.5. Volumes without a tumour break the order: there the true Dice is 1 or 0, by whether a single voxel
was drawn, and the passes differ about few voxels in either case. So a low agreement on a small structure asks for a
look, and no more.

**The paper's claim about skips does not hold here.** It says that with skips and residuals the first layers find
the tumour already, and that without them only the last layers do, the middle ones hardly anything. On these
phantoms the encoder of sim-unet looks at the tumour more than that of res-unet (6 to 9 times what chance would give
at stages 1 to 3, against up to 2.6 times), and so does its decoder up to the last layer but one. What has no way
around has to go through the middle; with skips the deep layers may leave the place to the shallow ones. Alike in
both: the deepest map, of 2 × 2 places, says nothing about where, and the first layer, which sees the contrasts
themselves, does. These are small encoders and made-up tumours, whose contrasts a single layer can see.
"""


@dataclass
class Found:
    """What one network was measured on."""

    # By noise: every pixel of the brain, whether it is wrong and how unsure the network is of it.
    wrong: dict[float, list[np.ndarray]] = field(default_factory=dict)
    unsure: dict[tuple[float, str], list[np.ndarray]] = field(default_factory=dict)
    # A row per volume and noise: mean Dice between passes, Dice with the truth, of the whole tumour.
    agreement: list[float] = field(default_factory=list)
    dice: list[float] = field(default_factory=list)
    noise: list[float] = field(default_factory=list)
    # The volume of each row has a tumour; and the same two Dices of every slice that has 20 pixels of one.
    tumour: list[bool] = field(default_factory=list)
    slices: list[tuple[float, float]] = field(default_factory=list)
    # By layer, the share of Grad-CAM's heat inside the tumour, slice by slice, and the share of the picture that it is.
    inside: dict[str, list[float]] = field(default_factory=dict)
    area: list[float] = field(default_factory=list)


def trained(folder: Path, arch: str) -> Model:
    """The network of the best epoch."""
    data, out = folder / "learnt", folder / arch
    if not (out / "model.keras").exists():
        if not data.exists():
            write_brains(data, VOLUMES, VOXELS, SEED)
        tfcore.train(data, "brats-2d", arch=arch, out=out, **HOW)
    return tfcore.load_model(str(out / "model.keras"))


def auroc(scores: np.ndarray, wrong: np.ndarray) -> float:
    """The chance that a wrong pixel is less sure than a right one, ties counting half."""
    from scipy.stats import rankdata

    positive, negative = int(wrong.sum()), int((~wrong).sum())
    ranks = rankdata(scores)[wrong].sum()
    return float((ranks - positive * (positive + 1) / 2) / (positive * negative))


def spearman(one: Sequence[float], other: Sequence[float]) -> float:
    from scipy.stats import spearmanr

    return float(spearmanr(one, other).statistic)


def measured(model: Model, folder: Path) -> Found:
    """Every unseen volume, through noise of each strength."""
    found = Found()
    draw = np.random.default_rng(0)
    for brain in sorted(each for each in folder.iterdir() if each.is_dir()):
        slices = [read(f"{brain}#axial={z}") for z in range(case.opened(brain).counts["axial"])]
        slices = [one for one in slices if (one.array > 0).mean() >= 0.05]
        clean = model.prepare(slices)
        truth = np.stack([truth_of(one, model.classes) for one in slices])
        for strength in NOISE:
            inside = (clean != 0).any(-1)
            batch = clean + strength * draw.normal(size=clean.shape).astype(np.float32) * inside[..., np.newaxis]
            sure = uncertainty(model, batch, PASSES)
            wrong = sure.mean.argmax(-1) != truth
            found.wrong.setdefault(strength, []).append(wrong[inside])
            for measure in MEASURES:
                found.unsure.setdefault((strength, measure), []).append(getattr(sure, measure)[inside])
            assert sure.structures is not None
            place = sure.structures.names.index("WT")
            whole = Structures(("WT",), sure.structures.shared[:, place : place + 1].astype(int).sum(0))
            ours, theirs = sure.mean.argmax(-1) > 0, truth > 0
            both = ours.sum() + theirs.sum()
            found.agreement.append(float(whole.agreement[0]))
            found.dice.append(2 * (ours & theirs).sum() / both if both else 1.0)
            found.noise.append(strength)
            found.tumour.append(bool(theirs.any()))
            for row in np.flatnonzero(theirs.sum((1, 2)) >= LEAST):
                one, other = ours[row], theirs[row]
                shared = float(2 * (one & other).sum() / (one.sum() + other.sum()))
                found.slices.append((float(sure.structures[row].agreement[place]), shared))
        there = (truth == model.classes.index(TARGET)).sum((1, 2)) >= LEAST
        if there.any():
            looked_at(model, clean[there], truth[there] > 0, found)
    return found


def looked_at(model: Model, batch: np.ndarray, tumour: np.ndarray, found: Found) -> None:
    """Where Grad-CAM of the target lies, layer by layer."""
    heats = tfcore.explain_many(model, batch, ["grad-cam"], LAYERS, TARGET)
    for (_, layer), heat in heats.items():
        sums = heat.maps.sum((1, 2))
        shares = np.where(sums > 0, (heat.maps * tumour).sum((1, 2)) / np.maximum(sums, 1e-12), 0.0)
        found.inside.setdefault(str(layer), []).extend(shares.tolist())
    found.area.extend(tumour.mean((1, 2)).tolist())


def sure_rows(found: Mapping[str, Found]) -> list[str]:
    rows = []
    for name, one in found.items():
        for strength in NOISE:
            wrong = np.concatenate(one.wrong[strength])
            areas = [auroc(np.concatenate(one.unsure[strength, measure]), wrong) for measure in MEASURES]
            dice = np.mean([d for d, noise in zip(one.dice, one.noise, strict=True) if noise == strength])
            figures = " | ".join(f"{area:.3f}" for area in areas)
            rows.append(f"| {name} | {strength:g} | {dice:.3f} | {wrong.mean():.2%} | {figures} |")
    return rows


def rank_rows(found: Mapping[str, Found]) -> list[str]:
    rows = []
    for name, one in found.items():
        pairs = list(zip(one.agreement, one.dice, strict=True))
        there = [pair for pair, tumour in zip(pairs, one.tumour, strict=True) if tumour]
        cells = [f"{spearman(*zip(*some, strict=True)):.2f} (n = {len(some)})" for some in (pairs, there, one.slices)]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return rows


def layer_rows(found: Mapping[str, Found]) -> list[str]:
    rows = []
    for layer in LAYERS:
        cells = []
        for one in found.values():
            shares, area = np.array(one.inside[layer]), np.array(one.area)
            cells.append(f"{shares.mean():.3f} | {np.mean(shares / area):.1f} × | {(shares == 0).mean():.0%}")
        rows.append(f"| {layer} | {' | '.join(cells)} |")
    return rows


def main() -> None:
    """Learn where needed, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    parser.add_argument("--runs", type=Path, help="folder of runs that are kept, or made there")
    parser.add_argument("--unseen", type=int, default=UNSEEN, help=f"volumes to measure on (default {UNSEEN})")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="heatlens-drawn-") as place:
        folder = given.runs or Path(place)
        write_brains(Path(place) / "unseen", given.unseen, VOXELS, UNSEEN_SEED)
        found = {arch: measured(trained(folder, arch), Path(place) / "unseen") for arch in NETWORKS}
    table = "| --- " * 7 + "|"
    page(
        given.out / "drawn.md",
        [
            "# What networks that draw are unsure of, and where their layers look\n\n"
            f"Made by `python -m tests.benchmarks.drawn`: `res-unet` and `sim-unet` with the small encoder, learnt by "
            f"`brats-2d` on {VOLUMES} phantom volumes of seed {SEED} ({EPOCHS} epochs, {SIZE} px), measured on "
            f"{given.unseen} volumes of seed {UNSEEN_SEED}, slice by slice inside the brain, {PASSES} passes with "
            "dropout on. Noise is Gaussian, in standard deviations of the brain, on all four channels.\n",
            "## Are wrong pixels less sure than right ones?\n\nAUROC of each measure against error, over the pixels of "
            "the brain; Dice of the whole tumour by volume.\n\n"
            "| network | noise | Dice WT | wrong pixels | entropy | mutual information | variance |\n"
            f"{table}\n" + "\n".join(sure_rows(found)) + "\n",
            "## Does the Dice between passes rank by the true Dice?\n\nSpearman correlation of the two, of the whole "
            "tumour, with and without noise.\n\n"
            "| network | all volumes | volumes with a tumour | slices with a tumour |\n"
            "| --- | --- | --- | --- |\n" + "\n".join(rank_rows(found)) + "\n",
            f"## Where do the layers look?\n\nGrad-CAM of {TARGET} at every layer from the input to the output, on "
            "slices with 20 pixels of it or more: share of the heat inside the tumour, how many times what its "
            "area would get by chance, and slices without any heat.\n\n"
            "| layer | res-unet: inside | by chance | no heat | sim-unet: inside | by chance | no heat |\n"
            f"{table}\n" + "\n".join(layer_rows(found)) + "\n",
            FOUND,
        ],
    )


if __name__ == "__main__":
    main()
