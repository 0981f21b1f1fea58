"""What dissection costs, as ratios to the forward passes it is made of, and its memory.

Run with ``python -m tests.benchmarks.inside`` (two minutes). Nothing is asserted: goals stand beside the numbers. The
forwards are those of both looks at the pictures. What is added goes by filters and pixels, whatever the network:
about a twentieth of a millisecond for each filter that fires in a picture of 224 px, which a network of many filters
and little computing per filter does not hide.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

import tfcore
from tests.benchmarks.forward import compiled_forward
from tests.benchmarks.memory import peaks, say_peak
from tests.benchmarks.timing import interleaved, show
from tfcore.data.phantom import write
from tfcore.explain.pieces import images_per_pass
from tfcore.inside import looks
from tfcore.models.layers import finished_layers
from tfcore.models.model import Model

PICTURES = 32


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


def speed() -> None:
    """The two looks with all that is counted, against the network alone, twice over the same pictures."""
    model = tfcore.build("vgg16", classes=4, input_shape=(224, 224, 3))
    batch, concepts = pictures(model, PICTURES)
    forward, together = compiled_forward(model), images_per_pass(model, batch)
    every = finished_layers(model.program)
    parts = [tf.constant(batch[start : start + together]) for start in range(0, PICTURES, together)]
    things = {
        "forwards of both looks": lambda: [forward(part) for part in (*parts, *parts)],
        "dissect the ends of stages": lambda: tfcore.dissect(model, batch, concepts=concepts),
        "dissect all layers": lambda: tfcore.dissect(model, batch, every, concepts=concepts),
    }
    filters = sum(int(model.program.step(path).shape[-1] or 0) for path in every)
    title = f"vgg16, {PICTURES} pictures of 224 px, {len(every)} layers of {filters} filters in all"
    goals = {"dissect the ends of stages": 1.5, "dissect all layers": 1.5}
    show(title, interleaved(things, rounds=2, warm=1), "forwards of both looks", goals)


def peak(count: int) -> None:
    """Print the megabytes that so many pictures of a folder need at most."""
    # Reached by few pictures as well, so that what is kept is the same.
    looks.KEPT_BYTES = 8 << 20
    with tempfile.TemporaryDirectory() as folder:
        data = write(Path(folder) / "phantoms", n=count, size=128, seed=0).parent
        tfcore.dissect(tfcore.load_model("demo"), data)
    say_peak()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peak", type=int, metavar="PICTURES", help="only print the peak memory of so many pictures")
    given = parser.parse_args()
    if given.peak:
        peak(given.peak)
        return
    speed()
    peaks("the demo network over a folder", "tests.benchmarks.inside", (100, 400), "pictures")


if __name__ == "__main__":
    main()
