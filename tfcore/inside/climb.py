"""The way uphill: pictures changed step by step so that something in the network rises."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.explain.pieces import images_per_pass
from tfcore.explain.pointwise import Function, changed
from tfcore.explain.tokens import as_map
from tfcore.inside.basis import Basis, Unit
from tfcore.inside.regularise import PLACES, disturbed, energy, total_variation, unlike
from tfcore.lazy import tf
from tfcore.models.program import Step, infer
from tfcore.models.scores import Target, score
from tfcore.registry.maximising import DISTURB, PENALISE, SWEPT

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Share of the steps over which the picture comes to rest: what it shows unmoved is what is told of it.
_STILL = 0.25
# Steps between two looks at what there is by now.
_BETWEEN = 8
# Adam: decay of the mean of gradients and of their squares.
_MEAN, _SQUARE, _EPSILON = 0.9, 0.999, 1e-8

# Told the steps done, those in all, and every few steps the pictures as grey levels; may raise Cancelled.
Watch = Callable[[int, int, np.ndarray | None], None]


def unwatched(done: int, total: int, levels: np.ndarray | None) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, eq=False)
class Goal:
    """Filters of a layer, or classes where there is none, by number and in words."""

    step: Step | None
    index: np.ndarray
    names: tuple[str, ...]


def _awake(_: str, function: Function) -> Function:
    """A ReLU that is shut at every place of a picture lets the gradient through: otherwise no step leads out of it."""

    def call(value: tf.Tensor) -> tf.Tensor:
        result = function(value)
        shut = tf.reduce_all(result == 0, range(1, len(value.shape) - 1), keepdims=True)
        return result + tf.cast(shut, value.dtype) * (value - tf.stop_gradient(value))

    return call


_AWAKE = changed(_awake)


class Climb:
    """Pictures that are climbed together, all from the same noise and disturbed alike, so that they can be compared.

    ``swept`` has settings with a value for each picture.
    """

    def __init__(
        self,
        model: Model,
        goal: Goal,
        settings: Mapping[str, Any],
        swept: Mapping[str, Sequence[float]],
        shape: tuple[int, int, int],
        mean: np.ndarray | None,
    ) -> None:
        self._model, self._goal, self._settings, self._shape = model, goal, settings, shape
        self._unit = Unit.of(model.card)
        count = max([len(goal.index), *map(len, swept.values())])
        self._index = np.broadcast_to(goal.index, count).astype(np.int32)
        of_each = {name: swept.get(name, [settings[name]] * count) for name in SWEPT}
        self._disturb, self._weights = (
            np.array([of_each[name] for name in names], np.float32).T for names in (DISTURB, PENALISE)
        )
        # Moved pictures need something to move in.
        self._margin = int(self._disturb[:, 0].max())
        height, width, channels = shape
        larger = height + 2 * self._margin, width + 2 * self._margin, channels
        self._basis = Basis(settings["basis"] == "waves", larger, self._unit)
        self._mean = np.zeros(shape, np.float32) if mean is None else self._unit.of_inputs(mean).astype(np.float32)
        if mean is None:
            self._weights[:, PENALISE.index("style")] = 0
        together = images_per_pass(model, np.zeros((1, *shape), np.float32), kept_from=0)
        self._parts = [slice(start, start + together) for start in range(0, count, together)]
        self.total = len(self._parts) * settings["steps"]
        # All that differs from climb to climb of one kind is handed over.
        kind = goal.step, settings["basis"], self._margin, shape
        self._upwards = model.compiled(("climb", *kind), lambda: tf.function(self._step, autograph=False))
        self._looked = model.compiled(("climbed", *kind), lambda: tf.function(self._look, autograph=False))

    def climbed(self, watch: Watch) -> dict[str, Any]:
        """Pictures, what they bring about, and what is penalised in them, by the names of ``Maximised``."""
        finished: list[tuple[np.ndarray, ...]] = []

        def told(done: int, u: np.ndarray | None) -> None:
            before = len(finished) * self._settings["steps"]
            watch(before + done, self.total, None if u is None else self._levels([*(one[0] for one in finished), u]))

        for some in self._parts:
            finished.append(self._some(self._index[some], self._disturb[some], self._weights[some], told))
        u, course, activations, penalties = (np.concatenate(each) for each in zip(*finished, strict=True))
        return {
            "pictures": np.asarray(self._unit.inputs(u)),
            "levels": self._levels([u]),
            "course": course,
            "activations": activations,
            "penalties": dict(zip(PENALISE, penalties.T, strict=True)),
        }

    def _levels(self, u: Sequence[np.ndarray]) -> np.ndarray:
        return self._unit.levels(np.concatenate(u), self._model.card)

    def _some(
        self,
        index: np.ndarray,
        disturb: np.ndarray,
        weights: np.ndarray,
        told: Callable[[int, np.ndarray | None], None],
    ) -> tuple[np.ndarray, ...]:
        """Pictures that go up together."""
        steps, random = self._settings["steps"], np.random.default_rng(self._settings["seed"])
        numbers = tf.constant(self._basis.start(len(index), self._settings["seed"]))
        # Adam: the mean of the gradients, and of their squares.
        mean, square = tf.zeros_like(numbers), tf.zeros_like(numbers)
        course = []
        for step in range(1, steps + 1):
            still = min(1.0, (steps - step) / (_STILL * steps))
            moved, turned = still * random.uniform(-1, 1, 2), still * random.uniform(-1, 1)
            moves = np.column_stack([*np.rint(np.outer(moved, disturb[:, 0])), turned * disturb[:, 1]])
            so_far = numbers, mean, square, tf.constant(float(step))
            drawn = moves.astype(np.float32), self._places(random)
            found = self._upwards(*so_far, *drawn, index, weights, self._mean, tf.constant(self._settings["rate"]))
            numbers, mean, square, reached = found
            course.append(reached.numpy())
            told(step, self._window(numbers) if step % _BETWEEN == 0 and step < steps else None)
        u = self._window(numbers)
        activations, penalties = self._looked(u, index, self._mean, self._places(np.random.default_rng(0)))
        return u, np.stack(course, 1), activations.numpy(), penalties.numpy()

    def _step(
        self,
        numbers: tf.Tensor,
        mean: tf.Tensor,
        square: tf.Tensor,
        step: tf.Tensor,
        moves: tf.Tensor,
        places: tf.Tensor,
        index: tf.Tensor,
        weights: tf.Tensor,
        like: tf.Tensor,
        rate: tf.Tensor,
    ) -> tuple[tf.Tensor, ...]:
        """One step of Adam up Φ(x) − Σ weight · penalty (eq. 8a)."""
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch(numbers)
            u = self._basis.picture(numbers)
            seen = disturbed(u, moves, self._shape[:2], self._margin)
            reached = self._rises(seen, index)
            worth = reached - tf.reduce_sum(weights * self._penalties(seen, like, places), 1)
        gradient = tape.gradient(worth, numbers)
        mean = _MEAN * mean + (1 - _MEAN) * gradient
        square = _SQUARE * square + (1 - _SQUARE) * gradient**2
        unbiased = tf.sqrt(1 - _SQUARE**step) / (1 - _MEAN**step)
        return numbers + rate * unbiased * mean / (tf.sqrt(square) + _EPSILON), mean, square, reached

    def _look(self, u: tf.Tensor, index: tf.Tensor, like: tf.Tensor, places: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return self._rises(u, index), self._penalties(u, like, places)

    def _rises(self, u: tf.Tensor, index: tf.Tensor) -> tf.Tensor:
        """Φ (F,): the mean activation of each filter, or the score of each class."""
        program, step = self._model.program, self._goal.step
        inputs = {program.input: self._unit.inputs(u)}
        if step is None:
            logits = program.run(inputs, [program.output])[program.output]
            against = tf.fill(tf.shape(index), -1)
            return score(self._model, logits, Target(index, against, tf.ones((tf.shape(index)[0], 1, 1))))[0]

        def call(one: Step, *args: Any, **kwargs: Any) -> Any:
            return (_AWAKE if one is step else infer)(one, *args, **kwargs)

        found = program.run(inputs, [step.output], call)
        activation = as_map(found[step.output], program)
        return tf.reduce_mean(tf.gather(activation, index[:, tf.newaxis], axis=3, batch_dims=1), (1, 2, 3))

    def _penalties(self, u: tf.Tensor, like: tf.Tensor, places: tf.Tensor) -> tf.Tensor:
        """(F, 3): total variation, energy, and how unlike the mean picture."""
        return tf.stack([total_variation(u), energy(u), unlike(u, like[tf.newaxis], places)], 1)

    def _window(self, numbers: tf.Tensor) -> np.ndarray:
        """The middle of the larger pictures."""
        margin, (height, width, _) = self._margin, self._shape
        found: np.ndarray = self._basis.picture(numbers).numpy()
        return found[:, margin : margin + height, margin : margin + width]

    def _places(self, random: np.random.Generator) -> np.ndarray:
        pixels = self._shape[0] * self._shape[1]
        return random.choice(pixels, min(PLACES, pixels), replace=False).astype(np.int32)
