"""What metrics that perturb the picture cost, as ratios to the same number of batched forward passes of the same run.

Run with ``python -m tests.benchmarks.evaluate`` (some minutes; ``--only vgg16 --side 96`` for a part). Nothing is
asserted: goals stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf

import tfcore
from tests.benchmarks.forward import compiled_forward
from tests.benchmarks.timing import interleaved, show
from tfcore.evaluate.images import Images
from tfcore.explain.pieces import images_per_pass
from tfcore.models.model import Model
from tfcore.registry import find, function

# How often each goes through the network, beside once for the picture itself, which they share.
PASSES = {"aopc": 81, "insertion": 100, "deletion": 100, "faithfulness-correlation": 100}
NETWORKS = ("cnn-3", "mobilenetv2", "vgg16")


def measuring(model: Model, batch: np.ndarray, metrics: Sequence[str], **settings: Any) -> Callable[[], Any]:
    """All these metrics of the same pictures and maps."""
    found = tfcore.explain(model, batch, "saliency")

    def run() -> None:
        images = Images(model, batch, ["no mask"] * len(batch), batch.mean((0, 1, 2)), [found], asked=metrics)
        for spec in (find("metric", metric) for metric in metrics):
            function(spec)(images, found, {**spec.parse({}), **settings})

    return run


def forwards(model: Model, batch: np.ndarray, count: int) -> Callable[[], Any]:
    """``count`` images for each of the batch, in passes as large as ours."""
    forward, together = compiled_forward(model), images_per_pass(model, batch)
    sizes = [min(together, count - start) for start in range(0, count, together)]
    held = {size: tf.constant(np.repeat(batch[:1], size, 0)) for size in sizes}

    def run() -> None:
        for _ in batch:
            for size in sizes:
                forward(held[size])

    return run


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default=",".join(NETWORKS), help=f"networks of {', '.join(NETWORKS)}")
    parser.add_argument("--side", type=int, default=128, help="side of the pictures (default 128)")
    parser.add_argument("--pictures", type=int, default=2, help="pictures together (default 2)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds that count (default 3)")
    given = parser.parse_args()
    for name in given.only.split(","):
        model = tfcore.build(name, classes=4, input_shape=(given.side, given.side, 3))
        batch = np.random.default_rng(0).uniform(0, 1, (given.pictures, given.side, given.side, 3)).astype(np.float32)
        rows = {metric: ((metric,), count + 1) for metric, count in PASSES.items()}
        rows["all of them"] = tuple(PASSES), sum(PASSES.values()) + 1
        for title, (metrics, count) in rows.items():
            things = {
                f"{count} forwards": forwards(model, batch, count),
                title: measuring(model, batch, metrics),
            }
            if title == "aopc":
                things["aopc, road"] = measuring(model, batch, metrics, perturbation="road")
            timings = interleaved(things, given.rounds, 1)
            goals = {title: 1.1, "aopc, road": 1.1}
            show(f"{name}, {given.side} px, {len(batch)} pictures", timings, f"{count} forwards", goals)


if __name__ == "__main__":
    main()
