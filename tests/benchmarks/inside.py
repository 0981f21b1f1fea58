"""What dissection costs, as ratios to the forward passes it is made of, and its memory.

Run with ``python -m tests.benchmarks.inside`` (two minutes). Nothing is asserted: goals stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

import tfcore
from tests.benchmarks.forward import compiled_forward
from tests.benchmarks.memory import peaks, say_peak
from tests.benchmarks.timing import interleaved, show
from tfcore.explain.pieces import images_per_pass
from tfcore.models.layers import every_layer
from tfcore.models.model import Model

PICTURES = 48


def network(name: str) -> Model:
    if name == "vgg16":
        return tfcore.build("vgg16", classes=4, input_shape=(224, 224, 3))
    return tfcore.build(name, classes=4, input_shape=(128, 128, 4))


def pictures(model: Model, count: int) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Noise with a bright square in each, and three concepts."""
    random = np.random.default_rng(0)
    batch = random.normal(0, 1, (count, *model.input_shape)).astype(np.float32)
    concepts = np.zeros((3, count, *batch.shape[1:3]), bool)
    for number in range(count):
        top, left = random.integers(0, batch.shape[1] // 2, 2)
        for place, side in enumerate((batch.shape[1] // 3, batch.shape[1] // 4, batch.shape[1] // 6)):
            concepts[place, number, top : top + side, left : left + side] = True
        batch[number][concepts[1, number]] += 2
    return batch, dict(zip(("whole", "core", "rim"), concepts, strict=True))


def speed(name: str) -> None:
    model = network(name)
    batch, concepts = pictures(model, PICTURES)
    forward, together = compiled_forward(model), images_per_pass(model, batch)
    every = every_layer(model.program)
    parts = [tf.constant(batch[start : start + together]) for start in range(0, PICTURES, together)]
    things = {
        "the same forwards (twice over)": lambda: [forward(part) for part in (*parts, *parts)],
        "dissect the ends of stages": lambda: tfcore.dissect(model, batch, concepts=concepts),
        "dissect all layers": lambda: tfcore.dissect(model, batch, every, concepts=concepts),
    }
    filters = sum(int(model.program.step(path).shape[-1] or 0) for path in every)
    title = f"{name}, {PICTURES} pictures of 128 px, {len(every)} layers of {filters} filters in all"
    goals = {"dissect the ends of stages": 1.5, "dissect all layers": 1.5}
    show(title, interleaved(things, rounds=3, warm=1), "the same forwards (twice over)", goals)


def peak(count: int) -> None:
    """Print the megabytes that so many pictures need at most, those of the pictures themselves apart."""
    model = network("res-unet")
    batch, concepts = pictures(model, 64)
    # The same pictures over and over take no room of their own.
    several = np.broadcast_to(batch, (count // 64, *batch.shape)).reshape(-1, *batch.shape[1:])
    marks = {
        name: np.broadcast_to(each, (count // 64, *each.shape)).reshape(-1, *each.shape[1:])
        for name, each in concepts.items()
    }
    tfcore.dissect(model, several, concepts=marks)
    say_peak()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peak", type=int, metavar="PICTURES", help="only print the peak memory of so many pictures")
    given = parser.parse_args()
    if given.peak:
        peak(given.peak)
        return
    for name in ("res-unet", "vgg16"):
        speed(name)
    peaks("res-unet", "tests.benchmarks.inside", (128, 512), "pictures")


if __name__ == "__main__":
    main()
