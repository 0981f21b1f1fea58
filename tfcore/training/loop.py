"""The loop: epochs of learning, each judged on the validation pictures, until the plan is done or nothing improves."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import keras, tf
from tfcore.training.averages import Averages
from tfcore.training.checkpoint import Checkpoint
from tfcore.training.feeds import Feed
from tfcore.training.history import History
from tfcore.training.machines import Machines, Step
from tfcore.training.task import Task
from tfcore.training.watch import Watch

# An epoch of a network over batches; what is called before and after each step. Loss and metric come back.
Learner = Callable[[keras.Model, tf.data.Dataset, Step, Step], dict[str, float]]


@dataclass(frozen=True, eq=False)
class Stage:
    """A stretch of epochs with one network (compiled), the pictures of two sides and one height of the learning rate,
    to which it rises and from which it falls."""

    name: str
    network: keras.Model
    train: Feed
    val: Feed
    epochs: int
    lr: float
    averages: Averages
    warm_up: float = 0.0
    decay: str = "none"

    def rate(self, step: int) -> float:
        """The learning rate at a step of the stage, counted from 0."""
        steps = self.epochs * self.train.steps
        rising = self.warm_up * steps
        if step + 1 < rising:
            return self.lr * (step + 1) / rising
        if self.decay == "cosine":
            return self.lr * 0.5 * (1 + math.cos(math.pi * max(0, step - rising) / (steps - rising)))
        return self.lr


@dataclass(eq=False)
class Loop:
    """What stays the same over the stages of a run. ``improved`` is called when an epoch is the best so far."""

    task: Task
    history: History
    checkpoint: Checkpoint
    watch: Watch
    improved: Callable[[], None]
    patience: int | None = None
    # That learn it together, where there are others.
    machines: Machines | None = None

    def __post_init__(self) -> None:
        # The same for every stage and for what is predicted in the end.
        self.forward = cache(forward_of)

    def remaining(self, stage: str, epochs: int) -> int:
        """Epochs that the stage still has to go; none once patience is at its end."""
        if self.patience is not None and self.history.since_best(stage) >= self.patience:
            return 0
        return max(0, epochs - self.history.of(stage))

    def run(self, stage: Stage) -> None:
        """The epochs of a stage; each ends with a checkpoint."""
        forward = self.forward(stage.network)
        learner = self._alone if self.machines is None else self.machines.learner(stage.network, self.task)
        while self.remaining(stage.name, stage.epochs):
            began = time.perf_counter()
            learnt = self._epoch(stage, learner)
            with stage.averages.in_place():
                figures = self.task.validation(answered(forward, stage.val.epoch(0), self._validating(stage)))
                if self.machines is not None:
                    figures = self.machines.figures(figures)
                self._check_finite(figures["val_loss"], stage)
                row = {
                    "epoch": len(self.history) + 1,
                    "stage": stage.name,
                    **learnt,
                    **figures,
                    "seconds": round(time.perf_counter() - began, 3),
                }
                if self.history.add(row):
                    self.checkpoint.save_best(stage.network, stage.name)
                    self.improved()
            self.checkpoint.save(stage.network, stage.name, self.history, stage.averages)
            self.watch.epoch(row)

    def _epoch(self, stage: Stage, learner: Learner) -> dict[str, float]:
        number, done = len(self.history), self.history.of(stage.name)
        metric, steps = self.task.metric, stage.train.steps

        def before_step(step: int, **_: Any) -> None:
            stage.network.optimizer.learning_rate = stage.rate(done * steps + step)

        def after_step(step: int, logs: Mapping[str, float]) -> None:
            stage.averages.step()
            self._check_finite(logs["loss"], stage)
            text = f"epoch {done + 1}/{stage.epochs} · loss {logs['loss']:.3f} · {metric} {logs[metric]:.3f}"
            self.watch.tick(done * steps + step + 1, stage.epochs * steps, text)

        batches = stage.train.epoch(number).map(lambda inputs, targets: (inputs, self.task.wanted(targets)))
        learnt = learner(stage.network, batches, before_step, after_step)
        return {**learnt, "lr": stage.rate((done + 1) * steps - 1)}

    def _alone(self, network: keras.Model, batches: tf.data.Dataset, before: Step, after: Step) -> dict[str, float]:
        weights = self.task.weights
        fitted = network.fit(
            batches,
            epochs=1,
            verbose=0,
            # The feed has an order of its own.
            shuffle=False,
            class_weight=None if weights is None else dict(weights),
            callbacks=[keras.callbacks.LambdaCallback(on_train_batch_begin=before, on_train_batch_end=after)],
        )
        return {name: float(fitted.history[name][0]) for name in ("loss", self.task.metric)}

    def _validating(self, stage: Stage) -> Callable[[int], None]:
        """Says so, and lets the run be cancelled meanwhile."""
        epoch = self.history.of(stage.name) + 1
        done, total = epoch * stage.train.steps, stage.epochs * stage.train.steps
        return lambda _: self.watch.tick(done, total, f"epoch {epoch}/{stage.epochs} · validating")

    def _check_finite(self, loss: float, stage: Stage) -> None:
        if not math.isfinite(loss):
            raise HeatlensError(
                f"The loss stopped being a number in epoch {len(self.history) + 1}; lower the learning rate "
                f"(it is {stage.lr:g}), as --lr {stage.lr / 10:g}."
            )


def forward_of(network: keras.Model) -> Callable[[Any], Any]:
    """The network at inference, compiled once for batches of any length."""
    shape = [None, *network.inputs[0].shape[1:]]
    return tf.function(
        lambda batch: tf.cast(network(batch, training=False), tf.float32),
        input_signature=[tf.TensorSpec(shape, tf.float32)],
        autograph=False,
    )


def answered(
    forward: Callable[[Any], Any],
    batches: tf.data.Dataset,
    tick: Callable[[int], None] = lambda _: None,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The logits (n, …, C) of every batch with its targets, in order."""
    done = 0
    for images, targets in batches:
        yield forward(images).numpy(), targets.numpy()
        done += len(images)
        tick(done)
