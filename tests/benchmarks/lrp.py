"""What relevance propagation costs, as ratios to the compiled forward pass of the same run.

Run with ``python -m tests.benchmarks.lrp`` (some minutes; ``--only VGG16 --side 224 --batch 1`` for a part). Nothing is
asserted: the goal stands beside the numbers.
"""

from __future__ import annotations

import argparse
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np

import tfcore
from tests.benchmarks.forward import compiled_forward
from tests.benchmarks.timing import interleaved, once, show

NETWORKS = ("VGG16", "ResNet50", "DenseNet201")
METHODS = ("lrp-alphabeta", "lrp-epsilon", "lrp-composite")
GOALS = {"lrp-alphabeta": 3.3}


def measure(network: str, side: int, count: int, methods: tuple[str, ...], rounds: int) -> None:
    """Each method beside the forward pass, in turns."""
    base = getattr(keras.applications, network)(
        weights=None, include_top=False, input_shape=(side, side, 3), pooling="avg"
    )
    model = tfcore.load_model(keras.Sequential([base, keras.layers.Dense(4, activation="softmax")]))
    forward = compiled_forward(model)
    batch = np.random.default_rng(0).random((count, side, side, 3), np.float32)
    things = {"forward": lambda: forward(batch)}
    for method in methods:
        things[method] = lambda method=method: tfcore.explain(model, batch, method=method)
    first = once(things[methods[0]])
    title = f"{network}, {side} px, batch of {count} (first {methods[0]}, tracing included: {first:.1f} s)"
    show(title, interleaved(things, rounds=rounds), "forward", GOALS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=NETWORKS, nargs="*", default=list(NETWORKS))
    parser.add_argument("--methods", nargs="*", default=list(METHODS))
    parser.add_argument("--side", type=int, nargs="*", default=[224, 299])
    parser.add_argument("--batch", type=int, nargs="*", default=[1, 4])
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    for network in given.only:
        for side in given.side:
            for count in given.batch:
                measure(network, side, count, tuple(given.methods), given.rounds)


if __name__ == "__main__":
    main()
