"""What twenty epochs on a frozen base cost, as a ratio to one pass of the base over the same pictures.

Run with ``python -m tests.benchmarks.training`` (``--arch densenet201 --n 400``). Nothing is asserted: the goal stands
beside the number. The pass reads the pictures and runs the base over training and validation; the training does that
too, then its epochs with their checkpoints, and writes the model.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from tfcore.data.phantom import write
from tfcore.data.pipeline import pipeline
from tfcore.training.features import features
from tfcore.training.folder import RunFolder
from tfcore.training.plan import Plan, plan
from tfcore.training.session import Session
from tfcore.training.sides import Sides, cleaned, opened, placed
from tfcore.training.watch import Watch

GOAL = 1.3


def measure(arch: str, n: int, size: int | None, epochs: int) -> tuple[float, float]:
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--arch", default="vgg16")
    parser.add_argument("--n", type=int, default=200)
    parser.add_argument("--size", type=int)
    parser.add_argument("--epochs", type=int, default=20)
    given = parser.parse_args()
    passing, training = measure(given.arch, given.n, given.size, given.epochs)
    print(f"{given.arch}, {given.n} pictures: one pass {passing:.1f} s, {given.epochs} epochs {training:.1f} s")
    print(f"× {training / passing:.2f}   goal ≤ {GOAL}")


if __name__ == "__main__":
    main()
