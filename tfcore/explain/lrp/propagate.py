"""Relevance for a batch: one traced function per way of propagating and set of layers wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.explain.finite import finite_rows
from tfcore.explain.lrp import start as starts
from tfcore.explain.lrp.rules import EPSILON, Rule
from tfcore.explain.lrp.start import Start
from tfcore.explain.lrp.through import Through, through
from tfcore.explain.lrp.walk import Run, plan
from tfcore.explain.pieces import images_per_pass
from tfcore.explain.runners import Request, in_passes
from tfcore.lazy import tf
from tfcore.models.intensity import Z_SCORE
from tfcore.models.model import Model
from tfcore.models.prepare import scaled
from tfcore.models.reference import pooled
from tfcore.models.scores import Target, class_weights, score, signature
from tfcore.models.traced import Traced

Tensor = Any


@dataclass(frozen=True)
class Propagation:
    """One way of propagating relevance: which rule where, and what to begin with."""

    rules: tuple[tuple[str, Rule], ...]
    start: Start = starts.score
    epsilon: float = EPSILON
    # Whether biases take their share.
    bias: bool = True
    canonize: bool = True
    # The channels that relevance has to pass, where it is not all of them.
    through: str | None = None


@dataclass(frozen=True, eq=False)
class Propagated:
    """What one run found; every array has one row per image."""

    logits: np.ndarray
    targets: np.ndarray
    # Σ R of the outputs, and by layer what nobody below received.
    total: np.ndarray
    absorbed: Mapping[str, np.ndarray]
    # By number of the value in the program.
    relevance: Mapping[int, np.ndarray]
    values: Mapping[int, np.ndarray]
    # Of the layer by which pictures are held against those learnt from (N, K); (N, 0) where nothing is known of them.
    features: np.ndarray


def propagate(request: Request, how: Propagation, wanted: Sequence[int], values: Sequence[int] = ()) -> Propagated:
    """Relevance at the wanted values of the program, and some values themselves."""
    model = request.model
    if how.start is not starts.score and (request.target.against >= 0).any():
        raise HeatlensError("This method holds a class against all others already; give it a class, not a contrast.")
    wanted, values = tuple(wanted), tuple(values)
    channels = through(model.program, how.through)
    number, mask = (channels.number, channels.mask) if channels else (None, np.zeros(0, np.float32))
    key = ("lrp", replace(how, through=None), number, wanted, values, model.reference is None)
    traced, absorbing = model.compiled(key, lambda: _trace(model, how, channels, wanted, values))

    def one(batch: np.ndarray, target: Target) -> list[np.ndarray]:
        return [tensor.numpy() for tensor in traced(batch, target, mask)]

    together = images_per_pass(model, request.batch, 0)
    logits, targets, features, total, absorbed, *maps = in_passes(request, together, one)
    relevance, shown = maps[: len(wanted)], maps[len(wanted) :]
    return Propagated(
        logits=logits,
        targets=targets,
        total=total,
        absorbed=dict(zip(absorbing, absorbed.T, strict=True)),
        relevance=dict(zip(wanted, relevance, strict=True)),
        values=dict(zip(values, shown, strict=True)),
        features=features,
    )


def _trace(
    model: Model, how: Propagation, channels: Through | None, wanted: tuple[int, ...], values: tuple[int, ...]
) -> tuple[Any, list[str]]:
    program = model.program
    _check_end(model, how.start)
    planned = plan(model, dict(how.rules), set(wanted), how.epsilon, how.bias, how.canonize, channels)
    absorbing: list[str] = []
    known = None if model.reference is None else program.step(model.feature_layer).output

    def passes(batch: Tensor, target: Target, mask: Tensor) -> tuple[Tensor, ...]:
        run = Run(planned, batch, _bounds(model, batch), mask)
        logits = tf.cast(run.values[program.output], tf.float32)
        settled = score(model, logits, target)[1]
        relevance = _start(model, how.start, run.outputs, target.settled(settled))
        found = run.back(relevance)
        absorbing[:] = run.absorbed
        nothing = tf.zeros([tf.shape(batch)[0], 0])
        absorbed = tf.stack(list(run.absorbed.values()), 1) if run.absorbed else nothing
        maps = [run.relevance_of(number, found) for number in wanted]
        shown = [run.values[number] for number in values]
        features = nothing if known is None else pooled(run.values[known])
        return logits, settled, features, run.total, absorbed, *maps, *shown

    takes = [model.signature, signature(), tf.TensorSpec([None], tf.float32)]
    traced = Traced(passes, takes)
    # Traced now, so that the names of the absorbing layers are known.
    traced.trace()
    return traced, absorbing


def _check_end(model: Model, start: Start) -> None:
    """A sentence where relevance would begin with what is no score: the two sides of a unit are ± its logit."""
    if model.outputs.kind == "unit" and not model.outputs.activation:
        raise HeatlensError(
            f"Relevance propagation begins with a logit, and the network's one unit ends in {model.outputs.last}, "
            "which has none; use grad-cam or integrated-gradients instead."
        )
    if start is starts.softmax_gradient:
        model.outputs.check_probabilities("sglrp")


def _start(model: Model, start: Start, outputs: Tensor, target: Target) -> Tensor:
    """The relevance the outputs begin with, in their shape."""
    outputs = tf.cast(outputs, tf.float32)
    classes = outputs.shape[-1]
    scores = tf.reshape(outputs, (tf.shape(outputs)[0], -1, classes))
    probabilities = model.outputs.answers(scores)
    weights = class_weights(target, classes)[:, None]
    share = tf.reshape(target.region, (tf.shape(outputs)[0], -1, 1)) / tf.cast(tf.shape(scores)[1], tf.float32)
    return tf.reshape(start(scores, probabilities, weights, share), tf.shape(outputs))


def _bounds(model: Model, batch: Tensor) -> tuple[Tensor, Tensor]:
    """Between what each channel lies: black and white as the card prepares them, or beyond where the batch is."""
    low, high = tf.reduce_min(batch, (1, 2), keepdims=True), tf.reduce_max(batch, (1, 2), keepdims=True)
    if model.card.scaling == "per-image standard" or model.card.intensity == Z_SCORE:
        return low, high
    shape = (1, 1, 1, model.card.channels)
    black, white = (scaled(np.full(shape, level, np.float32), model.card) for level in (0, 255))
    return tf.minimum(low, black), tf.maximum(high, white)


class Relevances(Mapping[str, "np.ndarray"]):
    """Relevance by layer path or stage name; layers not asked for beforehand are computed when they are looked up."""

    def __init__(self, request: Request, how: Propagation, found: Propagated, names: Mapping[str, int]) -> None:
        # The targets are settled now, and whoever watched the run no longer does.
        self._request = Request(request.model, request.batch, request.target.settled(found.targets))
        self._how, self._names = how, names
        self._relevance = dict(found.relevance)

    def __getitem__(self, name: str) -> np.ndarray:
        number = self._names[name]
        if number not in self._relevance:
            self._relevance.update(propagate(self._request, self._how, [number]).relevance)
        return finite_rows(self._relevance[number])

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
