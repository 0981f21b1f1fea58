"""What many passes cost, as ratios to forward passes of the same run, and their memory.

Run with ``python -m tests.benchmarks.uncertainty`` (a minute). With ``--phantoms``: does the demo model know when it
does not know? Mean entropy as noise grows, and its accuracy when the least sure pictures are left out. Nothing is
asserted: goals stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

import tfcore
from tests.benchmarks.forward import compiled_forward
from tests.benchmarks.memory import peaks, say_peak
from tests.benchmarks.timing import interleaved, show
from tfcore.models.model import Model
from tfcore.uncertainty import coverage, uncertainty

PASSES = 100
TOGETHER = 25


def network(everywhere: bool) -> Model:
    """cnn-3 of METHODS.md §9, with dropout in the head alone or after each block too."""
    layers = keras.layers
    blocks: list[Any] = []
    for filters in (32, 64, 128):
        blocks += [layers.Conv2D(filters, 3, activation="relu"), layers.MaxPooling2D(2)]
        if everywhere:
            blocks.append(layers.Dropout(0.2))
    head = [layers.Flatten(), layers.Dense(128, activation="relu"), layers.Dropout(0.5)]
    return tfcore.load_model(
        keras.Sequential([keras.Input((256, 256, 3)), *blocks, *head, layers.Dense(2, activation="softmax")])
    )


def images(count: int) -> np.ndarray:
    return np.random.default_rng(0).random((count, 256, 256, 3), np.float32)


def speed() -> None:
    """The head's dropout against one forward; dropout everywhere against as many forwards in batches."""
    image = images(1)
    many = tf.constant(np.repeat(image, TOGETHER, 0))

    model = network(everywhere=False)
    forward = compiled_forward(model)
    things = {"forward": lambda: forward(image), "100 passes": lambda: uncertainty(model, image, PASSES)}
    show("dropout in the head, one image", interleaved(things, rounds=21, warm=3), "forward", {"100 passes": 1.2})

    deep = network(everywhere=True)
    deep_forward = compiled_forward(deep)
    things = {
        "100 forwards in batches": lambda: [deep_forward(many) for _ in range(PASSES // TOGETHER)],
        "100 passes": lambda: uncertainty(deep, image, PASSES),
    }
    timings = interleaved(things, rounds=7, warm=2)
    show("dropout after each block, one image", timings, "100 forwards in batches", {"100 passes": 1.05})


def peak(passes: int) -> None:
    """Print the megabytes that so many passes need at most."""
    uncertainty(network(everywhere=True), images(1), passes)
    say_peak()


def phantoms(count: int = 200) -> None:
    """Mean entropy against noise on new phantoms, and accuracy against the share kept."""
    from tfcore.data.phantom import write
    from tfcore.pictures import find

    model = tfcore.load_model("demo")
    insert = None if any(step.kind == "Dropout" for step in model.program.steps) else 0.2
    with tempfile.TemporaryDirectory(prefix="heatlens-phantoms-") as folder:
        out = Path(folder) / "phantoms"
        write(out, count, seed=77)
        paths = [path for path in find([out]) if path.parent.name in model.classes]
        batch = model.prepare(paths)
    truth = np.array([model.classes.index(path.parent.name) for path in paths])
    print(f"\ndemo model, {len(paths)} new phantoms, {'its own dropout' if insert is None else f'inserted {insert}'}")
    print("  noise   accuracy   mean entropy   mean mutual information")
    random = np.random.default_rng(0)
    for strength in (0.0, 0.05, 0.1, 0.2, 0.4):
        noisy = batch + strength * random.standard_normal(batch.shape).astype(np.float32)
        found = uncertainty(model, noisy, PASSES, insert=insert)
        right = found.mean.argmax(-1) == truth
        print(
            f"  {strength:5.2f}   {right.mean():8.3f}   {found.entropy.mean():12.3f}   "
            f"{found.mutual_information.mean():23.3f}",
            flush=True,
        )
        if strength == 0.1:
            curve = coverage(found.entropy, right)
    print("\n  at noise 0.1   share kept   accuracy (95 %)")
    for share, accuracy, low, high in zip(curve.share, curve.accuracy, curve.low, curve.high, strict=True):
        print(f"                 {share:10.2f}   {accuracy:.3f} ({low:.3f} to {high:.3f})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--phantoms", action="store_true", help="entropy against noise, and the coverage curve")
    parser.add_argument("--peak", type=int, metavar="PASSES", help="only print the peak memory of so many passes")
    given = parser.parse_args()
    if given.peak:
        peak(given.peak)
    elif given.phantoms:
        phantoms()
    else:
        speed()
        peaks("dropout after each block", "tests.benchmarks.uncertainty", (100, 1000), "passes")


if __name__ == "__main__":
    main()
