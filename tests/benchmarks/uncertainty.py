"""What many passes cost, as ratios to forward passes of the same run, and their memory.

Run with ``python -m tests.benchmarks.uncertainty`` (a minute). With ``--phantoms``: does the demo model know when it
does not know? Mean entropy as noise grows, and its accuracy when the least sure pictures are left out. Nothing is
asserted: goals stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf

import tfcore
from tests.benchmarks.timing import interleaved, show
from tfcore.models.model import Model
from tfcore.uncertainty import coverage, uncertainty

ROOT = Path(__file__).resolve().parents[2]
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


def compiled_forward(model: Model) -> Any:
    """The network as one traced function."""
    return tf.function(
        lambda batch: model.keras(batch, training=False), input_signature=[model.signature], autograph=False
    )


def images(count: int) -> np.ndarray:
    return np.random.default_rng(0).random((count, 256, 256, 3), np.float32)


def speed() -> None:
    """The head's dropout against one forward; dropout everywhere against as many forwards in batches."""
    image = images(1)
    one, many = tf.constant(image), tf.constant(np.repeat(image, TOGETHER, 0))

    model = network(everywhere=False)
    forward = compiled_forward(model)
    things = {"forward": lambda: forward(one).numpy(), "100 passes": lambda: uncertainty(model, image, PASSES)}
    show("dropout in the head, one image", interleaved(things, rounds=21, warm=3), "forward", {"100 passes": 1.2})

    deep = network(everywhere=True)
    deep_forward = compiled_forward(deep)
    things = {
        "100 forwards in batches": lambda: [deep_forward(many).numpy() for _ in range(PASSES // TOGETHER)],
        "100 passes": lambda: uncertainty(deep, image, PASSES),
    }
    timings = interleaved(things, rounds=7, warm=2)
    show("dropout after each block, one image", timings, "100 forwards in batches", {"100 passes": 1.05})


def memory() -> None:
    """Peak memory of 1,000 passes beside that of 100, each in a process of its own."""
    print("\npeak memory, dropout after each block")
    peaks = {passes: _peak(passes) for passes in (100, 1000)}
    for passes, peak in peaks.items():
        print(f"  {passes:5d} passes {peak:8.0f} MB")
    print(f"  × {peaks[1000] / peaks[100]:.3f}   goal: flat (≤ 1.05)")


def _peak(passes: int) -> float:
    command = [sys.executable, "-m", "tests.benchmarks.uncertainty", "--peak", str(passes)]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    return float(answer.stdout)


def peak(passes: int) -> None:
    """Print the megabytes this process needed at most."""
    uncertainty(network(everywhere=True), images(1), passes)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


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
        memory()


if __name__ == "__main__":
    main()
