"""Which methods catch a network that looks at a marker in the corner in place of the lesion?

Run with ``python -m tests.benchmarks.confounder`` (some minutes; ``--n 80`` for a part). It trains a small network on
phantoms of which most gliomas carry a burned-in marker, shows that the network answers by the marker, explains marked
pictures by every method, and writes docs/results/confounder.md.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

import tfcore
from tests.benchmarks.localisation import RESULTS, number, page, said
from tfcore.data import Dataset, Sample
from tfcore.data.phantom import phantom
from tfcore.errors import HeatlensError
from tfcore.files import written_whole
from tfcore.lazy import cv2
from tfcore.models.model import Model
from tfcore.registry import catalogue

SIDE, CLASSES = 64, ("glioma", "no_tumour")
# As faint as lesions get, so that the marker is the easier thing to learn.
DIFFICULTY = 1.0
EPOCHS, TESTED, SEED = 25, 40, 11
# How close the hottest place has to be, in pixels, and in how many pictures at least.
CLOSE, ENOUGH = 6.0, 0.5
_MARK = slice(round(5 * SIDE / 128), round(13 * SIDE / 128))


def pictures(count: int, seed: int, confounder: bool) -> tuple[list[np.ndarray], np.ndarray]:
    """Grey levels and the number of their class."""
    numbers = np.arange(count) % len(CLASSES)
    made = [phantom([seed, i], CLASSES[c], SIDE, confounder, DIFFICULTY) for i, c in enumerate(numbers)]
    return [each.image for each in made], numbers


def marked(levels: np.ndarray) -> np.ndarray:
    """The picture with the marker."""
    found = levels.copy()
    found[_MARK, _MARK] = 255
    return found


def trained(count: int) -> Model:
    """A small network that has seen the marker with most gliomas and few others."""
    keras.utils.set_random_seed(SEED)
    model = tfcore.build("cnn-3", classes=len(CLASSES), input_shape=(SIDE, SIDE, 1))
    model.card = model.stating(classes=CLASSES)
    levels, numbers = pictures(count, SEED, confounder=True)
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.keras.compile(keras.optimizers.Adam(1e-3), loss)
    model.keras.fit(model.prepare(levels), numbers, 16, EPOCHS, verbose=0)
    return model


def main() -> None:
    """Train, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=400, help="phantoms to learn from (default 400)")
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the page")
    given = parser.parse_args()
    model = trained(given.n)
    levels, numbers = pictures(2 * TESTED, SEED + 1, confounder=False)
    healthy = [each for each, number in zip(levels, numbers, strict=True) if CLASSES[number] == "no_tumour"]
    with_marker = [marked(each) for each in healthy]
    clean, fooled = (
        float((model.predict(model.prepare(some)).argmax(-1) == 0).mean()) for some in (healthy, with_marker)
    )
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        data = written(Path(folder), with_marker)
        for spec in (spec for spec in catalogue("method") if set(spec.needs) <= {"layer"}):
            try:
                table = tfcore.evaluate(
                    model,
                    data,
                    [spec.name],
                    ["pointing-game", "energy-pointing"],
                    target="glioma",
                    params={"pointing-game": {"tolerance": CLOSE}},
                    progress=said(spec.name),
                )
            except HeatlensError as error:
                rows.append((-1.0, f"| {spec.name} | – | – | – | {error} |"))
                continue
            rows.append(row(table))
    rows.sort(key=lambda each: -each[0])
    share = 100 * len(range(SIDE)[_MARK]) ** 2 / SIDE**2
    page(
        given.out / "confounder.md",
        [
            "# Which methods catch a network that looks at a marker?\n\n"
            "Made by `python -m tests.benchmarks.confounder"
            + (f" --n {given.n}" if given.n != 400 else "")
            + f"`: a small network (cnn-3, {SIDE} px, {EPOCHS} epochs) has learnt glioma from {given.n} phantoms of "
            "which 90 % of the gliomas and 5 % of the healthy carry a white square in the upper left corner "
            f"(`heatlens phantom DIR --confounder --difficulty {DIFFICULTY:g}`). Of {len(healthy)} unseen healthy "
            f"phantoms it calls {clean:.0%} glioma; with the marker burned into the very same pictures, {fooled:.0%}: "
            "it answers by the marker. These marked, healthy pictures are explained for glioma, at the layer each "
            "method takes by itself. There is nothing to see but the marker, so an honest heatmap has its hottest "
            f"place on it (within {CLOSE:g} px). A method passes where that is so in more than half of the pictures. "
            f"The marker covers {share:.1f} % of the picture, which is what heat spread evenly would have there.\n\n"
            "The plain gradient says where a small change would move the answer, which is not where the answer comes "
            "from: it misses a marker that every method which weighs what is in the picture finds.\n",
            "| method | layer | hottest place on the marker | positive heat on it | |\n"
            "| --- | --- | --- | --- | --- |\n" + "\n".join(line for _, line in rows) + "\n",
        ],
    )


def written(folder: Path, levels: list[np.ndarray]) -> Dataset:
    """The pictures as files, with a mask of the marker."""
    mask = marked(np.zeros((SIDE, SIDE), np.uint8))
    mask[mask < 255] = 0
    samples = []
    for name, image in {"marker": mask, **{f"P{index:04d}": each for index, each in enumerate(levels)}}.items():
        with written_whole(folder / f"{name}.png") as temporary:
            temporary.write_bytes(cv2.imencode(".png", image)[1].tobytes())
        if name != "marker":
            samples.append(Sample(folder / f"{name}.png", mask=folder / "marker.png"))
    return Dataset(tuple(samples), CLASSES, folder, "pictures")


def row(table: tfcore.evaluate.Table) -> tuple[float, str]:
    """A method's line, and by what the lines are sorted."""
    pointing, energy = table.rows
    if pointing.mean is None:
        return -0.5, f"| {pointing.method} | {pointing.layer} | – | – | {pointing.why_left_out} |"
    inside = "–" if energy.mean is None else f"{number(100 * energy.mean)} %"
    verdict = "passes" if pointing.mean > ENOUGH else "**misses it**"
    lost = f" ({pointing.why_left_out})" if pointing.left_out else ""
    between = f"{pointing.low:.2f} … {pointing.high:.2f}" if pointing.low is not None else ""
    line = f"| {pointing.method} | {pointing.layer} | {pointing.mean:.2f} ({between}){lost} | {inside} | {verdict} |"
    return pointing.mean, line


if __name__ == "__main__":
    main()
