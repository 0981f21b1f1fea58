"""The network of a run, on the hardware there is, and how it is compiled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from tfcore.errors import HeatlensError
from tfcore.lazy import keras, tf
from tfcore.models.build import build
from tfcore.models.model import Model
from tfcore.registry import find
from tfcore.training.plan import Plan
from tfcore.training.task import Task


def hardware() -> tf.distribute.Strategy:
    """Where variables are made: copies on every GPU where there are several."""
    gpus = tf.config.list_logical_devices("GPU")
    return tf.distribute.MirroredStrategy(gpus) if len(gpus) > 1 else tf.distribute.get_strategy()


def mixed(plan: Plan) -> bool:
    """Whether 16-bit arithmetic is used: it is faster on a GPU and slower on a CPU."""
    return plan["precision"] == "auto" and bool(tf.config.list_logical_devices("GPU"))


def fresh(plan: Plan, classes: Sequence[str], channels: int = 3) -> Model:
    """The network as the plan starts it: the same weights for the same seed."""
    keras.utils.set_random_seed(plan.seed)
    size = plan["size"]
    with _policy("mixed_float16" if mixed(plan) else "float32"):
        sides = find("architecture", plan.arch).input_shape[:2] if size is None else (size, size)
        shape = (*sides, channels)
        model = build(plan.arch, tuple(classes), shape, plan.weights, **plan.architecture)
    if None in model.card.input_shape:
        raise HeatlensError(f"{plan.arch} takes pictures of any size; state one with --size.")
    stated = {name: plan[name] for name in ("scaling", "intensity") if plan.settings.get(name)}
    return Model(model.keras, model.card.with_(**stated)) if stated else model


def compiled(network: keras.Model, plan: Plan, lr: float, task: Task) -> keras.Model:
    """The network with the plan's optimiser and the task's loss; it gives logits."""
    kinds = {"adam": keras.optimizers.Adam, "adamw": keras.optimizers.AdamW, "adamax": keras.optimizers.Adamax}
    # AdamW insists on a number; without one the others leave the step out.
    none = 0.0 if plan["optimizer"] == "adamw" else None
    optimizer = kinds[plan["optimizer"]](lr, weight_decay=plan["weight_decay"] or none)
    network.compile(optimizer, task.loss(plan["label_smoothing"]), metrics=task.metrics())
    network.optimizer.build(network.trainable_variables)
    return network


def thaw(network: keras.Model) -> None:
    """Let the whole network learn, but for batch norm: small batches would spoil the statistics it came with."""
    for layer in network._flatten_layers(include_self=False):
        if isinstance(layer, keras.layers.BatchNormalization) and not layer.trainable:
            continue
        layer.trainable = True


def portable(model: Model, plan: Plan, classes: Sequence[str]) -> keras.Model:
    """The network as other programs expect it in a file: ending in probabilities, in 32 bits."""
    network = model.keras
    if mixed(plan):
        plain = replace(plan, settings={**plan.settings, "precision": "float32"}, weights=None)
        network = fresh(plain, classes, model.card.channels).keras
        network.set_weights(model.keras.get_weights())
    values = keras.layers.Softmax(name="softmax")(network.output)
    return keras.Model(network.input, values, name=network.name)


@contextmanager
def _policy(name: str) -> Iterator[None]:
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy(name)
    try:
        yield
    finally:
        keras.config.set_dtype_policy(before)
