"""The frozen part of a network, run once per picture; what it says is reused in every epoch.

Exact, because what is cut off has nothing that learns and nothing that is random.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.lazy import keras, tf
from tfcore.models.model import Model


@dataclass(frozen=True, eq=False)
class Frozen:
    """A network in two: the part that stays as it is (compiled), and the head that learns (sharing its layers)."""

    base: Callable[[Any], Any]
    head: keras.Model
    shape: tuple[int, ...]


def frozen_part(model: Model) -> Frozen | None:
    """The network parted behind its last fixed value; ``None`` where there is none to speak of."""
    program = model.program
    fixed = {program.input}
    for step in program.steps:
        learns = getattr(step.operation, "trainable_weights", ())
        # Every random layer of Keras carries a seed generator, unless its rate is zero.
        random = getattr(step.operation, "_seed_generators", ())
        if set(step.inputs) <= fixed and not learns and not random:
            fixed.update(step.outputs)
    open_steps = [step for step in program.steps if not fixed.issuperset(step.outputs)]
    cuts = {number for step in open_steps for number in step.inputs if number in fixed}
    if len(cuts) != 1 or cuts == {program.input}:
        return None
    (cut,) = cuts
    before = program.between([program.input], [cut])
    # Padding or rescaling alone is not worth keeping anything for.
    if not any(step.operation.weights for step in before):
        return None
    shape = tuple(side for side in before[-1].shape[1:] if side is not None)
    if len(shape) + 1 != len(before[-1].shape):
        return None
    base = tf.function(
        lambda batch: program.run({program.input: batch}, [cut])[cut],
        input_signature=[model.signature],
        autograph=False,
    )
    values = keras.Input(shape, dtype="float32")
    output = program.run(
        {cut: values}, [program.output], call=lambda step, *args, **kwargs: step.operation(*args, **kwargs)
    )[program.output]
    return Frozen(base, keras.Model(values, output, name=f"{model.keras.name}_head"), shape)


def features(
    frozen: Frozen,
    batches: Iterable[Any],
    count: int,
    memory: int = 1024**3,
    tick: Callable[[int], None] = lambda _: None,
) -> np.ndarray:
    """What the base says about every picture, in their order: (count, …) float32.

    More bytes than ``memory`` lie in a file that is gone when nobody uses it any more.
    """
    found = _room((count, *frozen.shape), memory)
    done = 0
    for images, _ in batches:
        found[done : done + len(images)] = frozen.base(images).numpy()
        done += len(images)
        tick(done)
    return found


def _room(shape: tuple[int, ...], memory: int) -> np.ndarray:
    if int(np.prod(shape)) * 4 <= memory:
        return np.empty(shape, np.float32)
    # The file has no name, so nothing stays behind.
    return np.memmap(tempfile.TemporaryFile(), np.float32, "w+", shape=shape)
