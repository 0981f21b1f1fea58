"""Averaged weights and learning rates that move: as their formulas say, and as a run keeps them."""

from __future__ import annotations

import csv
from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf

import tfcore
from tfcore.data.open import open_data
from tfcore.data.splits import load_split
from tfcore.training.averages import Averages
from tfcore.training.feeds import Features
from tfcore.training.loop import Stage
from tfcore.training.run import Run


@pytest.fixture
def network() -> keras.Model:
    inputs = keras.Input((3,))
    values = keras.layers.BatchNormalization(name="frozen", trainable=False)(inputs)
    values = keras.layers.Dense(2, name="dense")(values)
    return keras.Model(inputs, keras.layers.BatchNormalization(name="norm")(values))


def test_the_mean_is_tensorflows_own_and_stands_in_for_a_while(network: keras.Model) -> None:
    """So are batch norm's statistics, which belong to the weights."""
    averages = Averages(network, 4)
    kernel, statistics = network.get_layer("dense").kernel, network.get_layer("norm").moving_mean
    done = tf.Variable(0)
    reference = tf.train.ExponentialMovingAverage(0.75, num_updates=done)
    ours = [kernel.value, statistics.value]
    rng = np.random.default_rng(0)
    reference.apply(ours)
    # As many steps as it takes until the span counts, and some more.
    for step in range(1, 31):
        for variable in (kernel, statistics):
            variable.assign(rng.normal(size=variable.shape))
        done.assign(step)
        reference.apply(ours)
        averages.step()
    last = np.asarray(kernel)
    with averages.in_place():
        means = [reference.average(each) for each in ours]
        assert np.allclose(kernel, means[0], atol=1e-6)
        assert np.allclose(statistics, means[1], atol=1e-6)
    assert np.array_equal(kernel, last)
    assert len(averages.variables) == 1 + len(network.trainable_variables) + 2


def test_the_rate_rises_in_a_line_and_falls_as_keras_has_it(network: keras.Model) -> None:
    feed = Features(np.zeros((50, 3), np.float32), np.zeros(50, np.int32), batch=10)
    still = Stage("whole", network, feed, feed, 4, 0.5, Averages(network, 0))
    assert {still.rate(step) for step in range(20)} == {0.5}
    stage = Stage("whole", network, feed, feed, 4, 0.5, Averages(network, 0), warm_up=0.2, decay="cosine")
    assert [stage.rate(step) for step in range(4)] == [0.125, 0.25, 0.375, 0.5]
    cosine = keras.optimizers.schedules.CosineDecay(0.5, decay_steps=16)
    falling = [float(cosine(step)) for step in range(16)]
    assert [stage.rate(step) for step in range(4, 20)] == pytest.approx(falling, abs=1e-6)


def test_what_is_kept_is_the_mean_that_was_judged(learnt: Run, phantoms: Path) -> None:
    run = learnt
    model = tfcore.load_model(run.model)
    val = load_split(open_data(phantoms), run.folder / "split.csv").part("val")
    # Of the network itself: a temperature was learnt afterwards.
    logits = model.logits(model.prepare([sample.path for sample in val]))
    chances = np.exp(logits) / np.exp(logits).sum(-1, keepdims=True)
    truth = [model.classes.index(str(sample.label)) for sample in val]
    with (run.folder / "history.csv").open(newline="") as stream:
        losses = [float(row["val_loss"]) for row in csv.DictReader(stream)]
    assert -np.log(chances[np.arange(len(truth)), truth]).mean() == pytest.approx(min(losses), abs=1e-4)
