"""Which network and which way of learning tell hard phantoms apart best, and most calmly, in the same time?

Run with ``python -m tests.benchmarks.recipes`` (half an hour on one core). It writes docs/results/recipes-phantoms.md.
Every row learns for the same number of seconds of computing on one thread, from the same pictures in memory.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

import tfcore
from tests.benchmarks.localisation import RESULTS, page
from tfcore.data.phantom import CLASSES, phantom
from tfcore.lazy import keras, tf

SIZE, LEARNT, VALIDATED, TESTED = 64, 640, 160, 400
# A run of the real data at the recipe's rate of 1e-4 makes about ten times as many steps as fit in here.
RATE, DECAY = 1e-3, 0.004
# Epochs at the end over which calmness is measured.
LAST = 8
Arrays = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Way:
    """A network and how it learns."""

    arch: str
    head: str = "flatten"
    norm: str = "none"
    batch: int = 32
    warm_up: int = 0
    averaged: float = 0.0

    @property
    def cells(self) -> list[str]:
        learning = [f"warm-up over {self.warm_up} steps"] * bool(self.warm_up)
        learning += [f"averaged weights ({self.averaged:g})"] * bool(self.averaged)
        return [self.arch, self.head, self.norm, str(self.batch), " and ".join(learning)]


@dataclass(frozen=True)
class Learnt:
    """What came of it."""

    accuracy: float
    validation: tuple[float, ...]

    @property
    def calm(self) -> float:
        return float(np.std(self.validation[-LAST:]))

    @property
    def lowest(self) -> float:
        return min(self.validation[-LAST:])


def pictures(seed: int, n: int, difficulty: float) -> Arrays:
    """Phantoms as the networks are fed them, and their classes."""
    made = [phantom([seed, index], CLASSES[index % 4], SIZE, difficulty=difficulty).image for index in range(n)]
    return np.repeat(np.stack(made)[..., np.newaxis], 3, -1).astype(np.float32) / 255, np.arange(n) % 4


def learnt(way: Way, parts: Sequence[Arrays], seconds: float, seed: int) -> Learnt:
    """The network of the epoch with the least validation loss, on the test pictures; and every epoch's validation."""
    (images, classes), validated, tested = parts
    keras.utils.set_random_seed(seed)
    shape = (SIZE, SIZE, 3)
    network = tfcore.build(way.arch, CLASSES, shape, dropout=0.5, head=way.head, norm=way.norm).keras
    rate: Any = RATE
    if way.warm_up:
        steps = [*range(way.warm_up)]
        rate = keras.optimizers.schedules.PiecewiseConstantDecay(
            steps, [RATE * (step + 1) / way.warm_up for step in steps] + [RATE]
        )
    mean = {"use_ema": True, "ema_momentum": way.averaged} if way.averaged else {}
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    network.compile(keras.optimizers.AdamW(rate, weight_decay=DECAY, **mean), loss)
    forward = tf.function(lambda batch: network(batch, training=False), autograph=False)
    # Traced before the clock runs.
    network.fit(images[: way.batch], classes[: way.batch], way.batch, verbose=0)
    used, best, accuracies = 0.0, (np.inf, 0.0), []
    while used < seconds:
        began = time.process_time()
        network.fit(images, classes, way.batch, verbose=0)
        used += time.process_time() - began
        learning = [variable.numpy() for variable in network.trainable_variables]
        if way.averaged:
            assign(network, network.optimizer._model_variables_moving_average)
        validation, accuracy = judged(forward, validated)
        accuracies.append(accuracy)
        if validation < best[0]:
            best = validation, judged(forward, tested)[1]
        assign(network, learning)
    return Learnt(best[1], tuple(accuracies))


def assign(network: keras.Model, values: Sequence[Any]) -> None:
    for variable, value in zip(network.trainable_variables, values, strict=True):
        variable.assign(value)


def judged(forward: Any, part: Arrays) -> tuple[float, float]:
    """Loss and accuracy."""
    images, classes = part
    logits = np.concatenate([forward(images[start : start + 80]).numpy() for start in range(0, len(images), 80)])
    loss = tf.nn.sparse_softmax_cross_entropy_with_logits(classes, logits)
    return float(tf.reduce_mean(loss)), float(np.mean(logits.argmax(1) == classes))
