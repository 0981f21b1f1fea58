"""What training costs beside what it cannot do without.

Run with ``python -m tests.benchmarks.training`` (``--base densenet201 --n 400``). Nothing is asserted: the goals stand
beside the numbers.

- Twenty epochs on a frozen base, to one pass of the base over the same pictures. The pass reads the pictures and runs
  the base over training and validation; the training does that too, then its epochs with their checkpoints, and writes
  the model.
- An epoch of a small network as a recipe trains it (pictures kept, checkpoints, model), to an epoch of Keras's ``fit``
  over the same pictures as arrays in memory, both with validation; the first epochs, which trace, do not count. What an
  epoch writes does not grow with the pictures, so that the ratio is smaller for more of them.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

from tfcore.data.dataset import Dataset
from tfcore.data.phantom import write
from tfcore.data.pipeline import pipeline
from tfcore.lazy import keras
from tfcore.training.features import features
from tfcore.training.folder import RunFolder
from tfcore.training.network import compiled, fresh
from tfcore.training.plan import Plan, plan
from tfcore.training.session import Session
from tfcore.training.sides import Sides, cleaned, opened, placed
from tfcore.training.watch import Watch

GOALS = {"base": 1.3, "epoch": 1.15}


def frozen(arch: str, n: int, size: int | None, epochs: int) -> tuple[float, float]:
    """Seconds of one pass, and of a whole training."""
    with tempfile.TemporaryDirectory(prefix="heatlens-training-") as place:
        write(Path(place) / "data", n=n, size=128)
        intended = plan("xray-transfer", arch, epochs=epochs, size=size)
        watch = Watch()
        sides = placed(cleaned(opened(Path(place) / "data", intended), intended, watch.tick), intended)
        folder = RunFolder(Path(place) / "run")
        folder.begin(intended)
        session = Session(intended, sides, folder, watch, {})
        # The base is traced before either is timed: both need it, once.
        one_pass(session, sides, intended, warm=True)
        passing = min(one_pass(session, sides, intended) for _ in range(2))
        began = time.perf_counter()
        session.run()
        return passing, time.perf_counter() - began


def one_pass(session: Session, sides: Sides, plan: Plan, warm: bool = False) -> float:
    """Read the pictures of two sides and run the base over them (over a batch only, to warm up)."""
    assert session.frozen is not None
    began = time.perf_counter()
    for side in ("train", "val"):
        pictures = pipeline(sides.part(side, plan), session.card, plan["batch"])
        batches = pictures.data.take(1) if warm else pictures.data
        features(session.frozen, batches, plan["batch"] if warm else len(pictures))
    return time.perf_counter() - began


def epochs_of_both(arch: str, n: int, size: int, epochs: int) -> tuple[np.ndarray, np.ndarray]:
    """Seconds of every epoch but the first, by the clock and of computing (epochs, 2): of a recipe and of ``fit``."""
    with tempfile.TemporaryDirectory(prefix="heatlens-training-") as place:
        write(Path(place) / "data", n=n, size=size)
        intended = plan("mri-4class", arch, epochs=epochs, size=size)
        ours, theirs = Lap(), Lap()
        watch = Watch(epoch=lambda _: ours())
        sides = placed(cleaned(opened(Path(place) / "data", intended), intended, watch.tick), intended)
        folder = RunFolder(Path(place) / "run")
        folder.begin(intended)
        session = Session(intended, sides, folder, watch, {})
        session.run()
        train, val = (arrays(sides.part(side, intended), session) for side in ("train", "val"))
    network = compiled(fresh(intended, session.classes).keras, intended, intended["lr"], session.task)
    each = keras.callbacks.LambdaCallback(on_epoch_end=lambda *_: theirs())
    network.fit(*train, intended["batch"], epochs, verbose=0, callbacks=[each], validation_data=val)
    return ours.laps, theirs.laps


class Lap:
    """What lies between two calls."""

    def __init__(self) -> None:
        self._stamps: list[tuple[float, float]] = []

    def __call__(self) -> None:
        self._stamps.append((time.perf_counter(), time.process_time()))

    @property
    def laps(self) -> np.ndarray:
        return np.diff(np.array(self._stamps), axis=0)


def arrays(part: Dataset, session: Session) -> tuple[np.ndarray, np.ndarray]:
    """The pictures of a side and what is wanted of each."""
    batches = list(pipeline(part, session.card).data)
    wanted = [session.task.wanted(targets).numpy() for _, targets in batches]
    return np.concatenate([images.numpy() for images, _ in batches]), np.concatenate(wanted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base", default="vgg16", help="a network with a frozen base; empty: none")
    parser.add_argument("--arch", default="cnn-5", help="a small network; empty: none")
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--size", type=int)
    parser.add_argument("--epochs", type=int, default=20)
    given = parser.parse_args()
    if given.base:
        passing, training = frozen(given.base, given.n, given.size, given.epochs)
        print(f"{given.base}, {given.n} pictures: one pass {passing:.1f} s, {given.epochs} epochs {training:.1f} s")
        print(f"× {training / passing:.2f}   goal ≤ {GOALS['base']}")
    if given.arch:
        ours, theirs = (np.median(laps, 0) for laps in epochs_of_both(given.arch, given.n, given.size or 128, 8))
        print(f"{given.arch}, {given.n} pictures: an epoch {ours[0]:.2f} s, of fit {theirs[0]:.2f} s")
        ratio = ours / theirs
        print(f"× {ratio[0]:.2f} by the clock, {ratio[1]:.2f} of computing   goal ≤ {GOALS['epoch']}")


if __name__ == "__main__":
    main()
