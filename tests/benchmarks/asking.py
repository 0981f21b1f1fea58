"""Where the methods that only ask, and those that read attention, find the lesion, whether what they find matters, and
whether the standard errors are honest: the demo model and a small transformer on phantoms.

Run with ``python -m tests.benchmarks.asking`` (some minutes; ``--n 5``, ``--only asking`` for a part). It writes
docs/results/asking-demo.md and attention-demo.md. The transformer is trained on phantoms of another seed first.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import cv2
import keras
import numpy as np

import tfcore
from resources.make_demo import phantoms as drawn
from resources.make_demo import varied
from tests.benchmarks.localisation import RESULTS, SEED, number, page, phantoms, said
from tfcore.data import Dataset, reading
from tfcore.data.phantom import CLASSES
from tfcore.evaluate.table import Table
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
    "lrp-composite": {},
}
# Where concept relevance passes a single channel.
LAYER = "stage3"
# Of the runs whose errors are held against each other.
SEEDS = 100
FEW = {
    "rise": {"samples": 100},
    "lime": {"samples": 100, "superpixels": 16},
    "kernel-shap": {"samples": 100, "superpixels": 16},
}
# Of the transformer, which is small and sees small pictures.
OF_ATTENTION = {
    "attention": {},
    "attention-rollout": {},
    "gradient-rollout": {},
    "attnlrp": {},
    "occlusion": {"patch": 8, "stride": 4},
    "rise": {"samples": 1000},
    "grad-cam": {},
    "integrated-gradients": {},
}
TRAINING, SIDE, WIDTH, HEADS, BLOCKS = 5000, 64, 48, 4, 2
EPOCHS, RATE, TOGETHER = 5, 2e-3, 32
# What is known from before, to compare with.
BESIDE = ("grad-cam", "integrated-gradients", "lrp-composite")


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=8, help="phantoms (default 8)")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help=f"of the transformer's training (default {EPOCHS})")
    parser.add_argument("--only", choices=("asking", "attention"), nargs="*", default=("asking", "attention"))
    parser.add_argument("--out", type=Path, default=RESULTS, help="folder for the pages")
    given = parser.parse_args()
    with phantoms(given.n, SEED) as data:
        if "attention" in given.only:
            page(given.out / "attention-demo.md", attention(data, given.epochs))
        if "asking" in given.only:
            page(given.out / "asking-demo.md", asking(data))


def asking(data: Dataset) -> list[str]:
    """The demo model, what only asks it and what was not measured of it elsewhere."""
    model = tfcore.load_model("demo")
    found = tfcore.evaluate(model, data, list(SETTINGS), list(METRICS), params=SETTINGS, progress=said("methods"))
    concept = {"lrp-composite": {"through": f"{LAYER}:{busiest(model)}"}}
    passing = tfcore.evaluate(model, data, list(concept), list(METRICS), params=concept, progress=said("concept"))
    ill = next(sample for sample in data if reading.mask(sample).any())
    covered = [errors_of(model, model.prepare([ill.path]), method) for method in FEW]
    return [
        f"# Methods that only ask: the demo model on unseen phantoms\n\n{made('asking', data, found)} The map of rise "
        "has an offset, which spreads its energy. On the demo network, which has no attention, attnlrp is "
        "grad-times-input. The last line is concept relevance: what passes the one "
        f"channel of {LAYER} that most relevance passes on phantoms of seed {SEED + 1}.\n",
        rows([*table(found, SETTINGS), *table(passing, concept, ())[2:]]),
        f"## Are the standard errors honest?\n\nOne phantom with a lesion, {SEEDS} seeds each. If they are, the mean "
        "over all seeds lies within one standard error of an estimate 68 % of the time and within 1.96 of them 95 % of "
        "the time; counted over seeds and pixels (super-pixels count by their area).\n",
        rows([["method", "settings", "within 1", "within 1.96", "stated / found"], ["---"] * 5, *covered]),
    ]


def attention(data: Dataset, epochs: int) -> list[str]:
    """A small transformer, and what reads it."""
    seeing = tfcore.load_model(transformer(epochs), classes=CLASSES)
    shown, labels = _arrays(seeing, data)
    right = float((seeing.predict(shown).argmax(-1) == labels).mean())
    found = tfcore.evaluate(
        seeing, data, list(OF_ATTENTION), list(METRICS), params=OF_ATTENTION, progress=said("transformer")
    )
    return [
        f"# Methods that read attention: a small transformer on unseen phantoms\n\n{made('attention', data, found)} "
        f"The transformer sees pictures of {SIDE} × {SIDE} pixels: three convolutions to "
        f"{SIDE // 8} × {SIDE // 8} tokens, {BLOCKS} "
        f"blocks of {HEADS} heads and a width of {WIDTH}, trained for {epochs} epochs on {TRAINING} phantoms of "
        f"seed {SEED + 1}; it names {number(100 * right)} % of the phantoms here. attention and "
        "attention-rollout are about no class.\n",
        rows(table(found, OF_ATTENTION)),
    ]


def made(part: str, data: Dataset, found: Table) -> str:
    """How a page came to be, and what its columns mean."""
    share = float(np.mean([area for sample in data if (area := reading.mask(sample).mean()) > 0]))
    used = next(each for each in found.rows if (each.method, each.metric) == ("rise", "iou"))
    better = ", ".join(f"{metric}: {find('metric', metric).better} is better" for metric in METRICS)
    return (
        f"Made by `python -m tests.benchmarks.asking --n {len(data)} --only {part}`: {len(data)} phantoms of seed "
        f"{SEED}, explained for the predicted class. {used.n} phantoms have a lesion; left out of the first two "
        f"columns: {used.why_left_out or 'none'}. Means over images with the bootstrap 95 % interval. {better}. The "
        f"lesions cover {number(100 * share)} % of the picture on average, which is the energy inside that heat spread "
        "evenly would have. Methods in italics stand beside for comparison."
    )


def busiest(model: Model) -> int:
    """The channel of a layer that most relevance for the predicted class passes, on other phantoms."""
    with phantoms(20, SEED + 1) as others:
        found = tfcore.explain(model, model.prepare([sample.path for sample in others]), "lrp-composite")
    return int(np.abs(found.relevance(LAYER)).sum((0, 1, 2)).argmax())


def table(found: Table, settings: Mapping[str, Mapping[str, Any]], beside: Sequence[str] = BESIDE) -> list[list[str]]:
    """A line for each method: what was measured of it, and its settings."""
    lines = [["method", *METRICS.values(), "settings"], ["---"] * (len(METRICS) + 2)]
    for method, given in settings.items():
        cells = [f"*{method}*" if method in beside else method]
        for metric in METRICS:
            row = next(each for each in found.rows if (each.method, each.metric) == (method, metric))
            if row.mean is None or row.low is None or row.high is None:
                cells.append("–")
                continue
            cells.append(f"{number(row.mean)} ({number(row.low)} … {number(row.high)}), n = {row.n}")
        lines.append([*cells, ", ".join(f"{name} {value}" for name, value in given.items()) or "usual"])
    return lines


def transformer(epochs: int, n: int = TRAINING) -> Any:
    """A vision transformer behind a few convolutions, trained on other phantoms; a Keras model."""
    layers = keras.layers
    keras.utils.set_random_seed(SEED)
    images = keras.Input((SIDE, SIDE, 1))
    value = images
    for filters in (WIDTH // 2, WIDTH, WIDTH):
        value = layers.Conv2D(filters, 3, 2, padding="same", use_bias=False)(value)
        # In so few steps the mean of all of them would be that of the first ones.
        value = layers.ReLU()(layers.BatchNormalization(momentum=0.9)(value))
    value = layers.Reshape((-1, WIDTH))(value)
    for _ in range(BLOCKS):
        normed = layers.LayerNormalization()(value)
        value = layers.Add()([value, layers.MultiHeadAttention(HEADS, WIDTH // HEADS)(normed, normed)])
        hidden = layers.Dense(2 * WIDTH, activation="gelu")(layers.LayerNormalization()(value))
        value = layers.Add()([value, layers.Dense(WIDTH)(hidden)])
    value = layers.GlobalAveragePooling1D()(layers.LayerNormalization()(value))
    network = keras.Model(images, layers.Dense(len(CLASSES), activation="softmax")(value))
    learnt, labels = drawn(SEED + 1, n)
    learnt = np.stack([cv2.resize(each, (SIDE, SIDE)) for each in learnt])[..., None]
    steps, draw = epochs * -(-n // TOGETHER), np.random.default_rng(SEED)
    rate = keras.optimizers.schedules.CosineDecay(RATE / 20, steps, warmup_target=RATE, warmup_steps=steps // 10)
    network.compile(keras.optimizers.AdamW(rate), "sparse_categorical_crossentropy", metrics=["accuracy"])
    for epoch in range(epochs):
        network.fit(varied(draw, learnt), labels, TOGETHER, initial_epoch=epoch, epochs=epoch + 1, verbose=2)
    return network


def _arrays(model: Model, data: Dataset) -> tuple[np.ndarray, np.ndarray]:
    return model.prepare([sample.path for sample in data]), np.array([CLASSES.index(str(each.label)) for each in data])


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
