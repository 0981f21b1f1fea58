"""Several machines that learn one network: each finds the gradient of its share of a batch, all take the same step.

What is found is added up by TensorFlow's MultiWorkerMirroredStrategy. All else each machine does for itself to the same
result: reading, validation, what is best. The first alone writes the run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import make_folder, write_whole
from tfcore.lazy import keras, tf
from tfcore.training.meeting import met
from tfcore.training.task import Task

# Of what is sent to the others at once.
_PIECE = 1 << 24
# A machine that does not answer for so long is gone.
_SECONDS = 600
_GONE = ("AbortedError", "CancelledError", "DeadlineExceededError", "FailedPreconditionError", "UnavailableError")
Step = Callable[..., None]


class Machines:
    """This machine among others; TensorFlow must not have computed anything yet."""

    def __init__(self, addresses: Sequence[str], number: int) -> None:
        met(addresses, number)
        cluster = {"cluster": {"worker": list(addresses)}, "task": {"type": "worker", "index": number - 1}}
        os.environ["TF_CONFIG"] = json.dumps(cluster)
        self.count, self.number = len(addresses), number
        options = tf.distribute.experimental.CommunicationOptions(timeout_seconds=_SECONDS)
        try:
            self._strategy = tf.distribute.MultiWorkerMirroredStrategy(communication_options=options)
        except RuntimeError as error:
            raise HeatlensError("Machines must meet before TensorFlow computes; begin a new process.") from error
        self._add = tf.function(lambda value: self.summed([value])[0], autograph=False, reduce_retracing=True)
        if self._strategy.num_replicas_in_sync != self.count:
            raise HeatlensError(
                "Each GPU is a machine of its own here; start one process for each, with --device gpu:0."
            )

    @property
    def first(self) -> bool:
        return self.number == 1

    @property
    def note(self) -> str:
        return f"Learnt by {self.count} machines on shares of each batch; batch norm and Dice loss are of the shares."

    @contextmanager
    def heard(self) -> Iterator[None]:
        """A machine that vanished is one sentence."""
        try:
            yield
        except Exception as error:
            if type(error).__name__ in _GONE:
                raise HeatlensError(
                    "Another machine of the training is gone; the best epoch so far is kept, and --resume on all of "
                    "them goes on."
                ) from error
            raise

    # --- what all of them know ---

    def summed(self, values: Iterable[tf.Tensor]) -> list[tf.Tensor]:
        """Each added up over the machines; all of them must ask, in the same order."""

        def together(*mine: tf.Tensor) -> Any:
            # A tensor from elsewhere lies on no device yet.
            here = [tf.identity(value) for value in mine]
            return tf.distribute.get_replica_context().all_reduce(tf.distribute.ReduceOp.SUM, here)

        found: list[tf.Tensor] = self._strategy.run(together, args=tuple(values))
        return found

    def told(self, content: bytes) -> bytes:
        """What the first one says."""
        size = int(self._of_first(np.array([len(content)], np.int64))[0])
        mine = np.zeros(size, np.int32)
        if self.first:
            mine[:] = np.frombuffer(content, np.uint8)
        pieces = [self._of_first(mine[start : start + _PIECE]) for start in range(0, size, _PIECE)]
        return b"".join(piece.astype(np.uint8).tobytes() for piece in pieces)

    def agree(self, facts: Mapping[str, Any]) -> None:
        """Refuse to learn from other pictures or by other settings than the first."""
        mine = json.dumps(facts, sort_keys=True, default=str).encode()
        if self.told(mine) != mine:
            raise HeatlensError(
                f"Machine {self.number} was asked for another training than the first, or sees other pictures; give "
                "all of them the same command and the same folder."
            )

    def copied(self, folder: Path, names: Sequence[str]) -> None:
        """Files of the first, where it has them, are there for the others."""
        for name in names:
            path = folder / name
            content = self.told(path.read_bytes() if self.first and path.is_file() else b"")
            if content and not self.first:
                make_folder(path.parent)
                write_whole(path, content, overwrite=True)

    def figures(self, mine: Mapping[str, float]) -> dict[str, float]:
        """Those of the first, so that no machine takes another epoch for the best."""
        found = self._of_first(np.array([*mine.values()], np.float64))
        return dict(zip(mine, found.tolist(), strict=True))

    def alike(self, variables: Iterable[Any]) -> None:
        """Begin with the numbers of the first."""
        for variable in _numbers(variables):
            variable.assign(self._of_first(np.asarray(variable)))

    def _of_first(self, values: np.ndarray) -> np.ndarray:
        return self._sum(values if self.first else np.zeros_like(values))

    def _sum(self, values: np.ndarray) -> np.ndarray:
        with self.heard():
            found: np.ndarray = self._add(tf.constant(values.ravel())).numpy().reshape(values.shape)
        return found

    # --- learning ---

    def learner(
        self, network: keras.Model, task: Task
    ) -> Callable[[keras.Model, tf.data.Dataset, Step, Step], dict[str, float]]:
        """An epoch of the network, as ``fit`` would have it of the whole batches: loss and metric come back."""
        self.alike([*network.variables, *network.optimizer.variables])
        weights = None if task.weights is None else [task.weights[index] for index in sorted(task.weights)]

        def step(images: tf.Tensor, wanted: tf.Tensor, share: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
            counts = None if weights is None else tf.gather(tf.constant(weights, tf.float32), tf.argmax(wanted, -1))
            with tf.GradientTape() as tape:
                logits = network(images, training=True)
                # The mean over my share, counted as the share of the batch that it is.
                loss = share * network.compute_loss(images, wanted, logits, counts, training=True)
                scaled = network.optimizer.scale_loss(loss)
            learning = network.trainable_variables
            found = tape.gradient(scaled, learning)
            felt = [number for number, each in enumerate(found) if each is not None]
            loss, *summed = self.summed([loss, *(tf.convert_to_tensor(found[number]) for number in felt)])
            network.optimizer.apply([*summed], [learning[number] for number in felt])
            return loss, logits

        compiled = tf.function(step, autograph=False, reduce_retracing=True)

        def epoch(_: keras.Model, batches: tf.data.Dataset, before: Step, after: Step) -> dict[str, float]:
            metric, lost, seen = task.metrics()[0], 0.0, 0
            for number, (images, wanted) in enumerate(batches):
                before(number)
                total = len(images)
                # Whoever has nothing of a small batch looks at a picture that counts nothing.
                mine = np.arange(self.number - 1, total, self.count)
                share = tf.constant(len(mine) / total, tf.float32)
                mine = mine if len(mine) else np.array([0])
                with self.heard():
                    loss, logits = compiled(tf.gather(images, mine), tf.gather(wanted, mine), share)
                if share:
                    metric.update_state(tf.gather(wanted, mine), logits)
                lost, seen = lost + float(loss) * total, seen + total
                after(number, {"loss": lost / seen, task.metric: float(metric.result())})
            for variable in metric.variables:
                variable.assign(self._sum(np.asarray(variable)))
            # Statistics of batch norm.
            for variable in _numbers(network.non_trainable_variables):
                variable.assign(self._sum(np.asarray(variable)) / self.count)
            return {"loss": lost / seen, task.metric: float(metric.result())}

        return epoch


def _numbers(variables: Iterable[Any]) -> list[Any]:
    return [variable for variable in variables if "float" in str(variable.dtype)]
