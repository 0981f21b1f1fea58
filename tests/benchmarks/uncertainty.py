"""What many passes cost, as ratios to forward passes of the same run, and their memory.

Run with ``python -m tests.benchmarks.uncertainty`` (a minute). Nothing is asserted: goals stand beside the numbers.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
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
from tfcore.models.program import Step, infer
from tfcore.uncertainty import uncertainty
from tfcore.uncertainty.dropout import is_dropout

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


def drawing() -> Model:
    """A U-Net with dropout behind every layer."""
    return tfcore.build("res-unet", classes=4, input_shape=(128, 128, 4), encoder="small")


def dropping_forward(model: Model) -> Callable[[tf.Tensor], tf.Tensor]:
    """A compiled forward pass in which Keras's own dropout layers drop, and nothing else is as in training."""
    program = model.program

    def call(step: Step, *args: Any, **kwargs: Any) -> Any:
        return step.operation(args[0], training=True) if is_dropout(step) else infer(step, *args, **kwargs)

    @tf.function(autograph=False)
    def run(batch: tf.Tensor) -> tf.Tensor:
        return program.run({program.input: batch}, [program.output], call)[program.output]

    return run


def images(count: int, side: int = 256, channels: int = 3) -> np.ndarray:
    return np.random.default_rng(0).random((count, side, side, channels), np.float32)


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

    unet, slice_ = drawing(), images(1, 128, 4)
    unet_forward, some = compiled_forward(unet), tf.constant(np.repeat(slice_, TOGETHER, 0))
    dropping = dropping_forward(unet)
    things = {
        "100 forwards with dropout on": lambda: [dropping(some) for _ in range(PASSES // TOGETHER)],
        "100 forwards in batches": lambda: [unet_forward(some) for _ in range(PASSES // TOGETHER)],
        "100 passes": lambda: uncertainty(unet, slice_, PASSES),
    }
    timings = interleaved(things, rounds=7, warm=2)
    show("U-Net with dropout everywhere, one slice", timings, "100 forwards with dropout on", {"100 passes": 1.05})


def peak(passes: int) -> None:
    """Print the megabytes that so many passes need at most, of a network that classifies and one that segments."""
    uncertainty(network(everywhere=True), images(1), passes)
    uncertainty(drawing(), images(1, 128, 4), passes)
    say_peak()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peak", type=int, metavar="PASSES", help="only print the peak memory of so many passes")
    given = parser.parse_args()
    if given.peak:
        peak(given.peak)
    else:
        speed()
        peaks("dropout after each block", "tests.benchmarks.uncertainty", (100, 1000), "passes")


if __name__ == "__main__":
    main()
