"""An opened network: what it is (card), what is in it (layers), what it says (predict)."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from copy import copy
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import keras, tf
from tfcore.models import head, layers
from tfcore.models.belief import belief
from tfcore.models.card import Card
from tfcore.models.info import info_of
from tfcore.models.outputs import outputs_of
from tfcore.models.prepare import checked_batch, prepare
from tfcore.models.program import Program, program
from tfcore.models.reference import Reference, pooled
from tfcore.models.traced import Traced
from tfcore.models.twins import let_any_name
from tfcore.results import Belief, Box, LayerInfo, ModelInfo, untrained
from tfcore.words import model_name

# Traced functions kept per model; a window that flips between a few layers and methods never traces again.
_TRACES = 24
# Several threads may ask at once.
_MAKING = threading.RLock()
# Images per forward pass where the caller did not choose.
BATCH = 32


class Model:
    """A Keras model that gives logits, with its card.

    ``model.keras`` is the network without its last softmax or sigmoid, ``model.predict`` the network's own answer:
    probabilities, but for networks that end in plain numbers.
    """

    def __init__(
        self,
        network: keras.Model,
        card: Card,
        source: str = "",
        weights: str = "file",
        file: Path | None = None,
        reference: Reference | None = None,
    ) -> None:
        let_any_name(network)
        self.keras, self._ending = head.without_activation(network)
        temperature = card.calibration.get("temperature", 1.0)
        outputs = outputs_of(self._ending, card.stated("outputs"))
        self.outputs = replace(outputs, threshold=card.threshold, temperature=temperature)
        if temperature != 1:
            self.outputs.check_logits("The temperature in the card")
        self.card = card.answering(self.outputs.stated, self.outputs.guessed)
        self.source = source
        # Beside which the card lies; the model in a folder has its own.
        self.file = file
        # What tells pictures unlike those it has learnt from, where that is known.
        self.reference = reference
        self.name = model_name(source) if source else network.name
        # Of a model whose inside nobody sees.
        self.box = head.box_of(self.keras)
        self._weights = weights
        # As it was drawn by chance, so that it is seen when somebody has trained it or loaded another since.
        self._classifier = _classifier(network) if untrained(weights) else None
        self._traces: OrderedDict[Hashable, Any] = OrderedDict()
        # Of images that went through a network of open size.
        self._sizes: set[tuple[int, ...]] = set()

    @cached_property
    def program(self) -> Program:
        """Every step of the network, nested models laid open."""
        return program(self.keras)

    @property
    def input_shape(self) -> tuple[int | None, ...]:
        """Height, width and channels of what the network eats."""
        return tuple(self.keras.inputs[0].shape[1:])

    @property
    def binary(self) -> bool:
        """One unit: a two-class model whose second class is the unit."""
        return self.keras.outputs[0].shape[-1] == 1

    @property
    def weights(self) -> str:
        """Where the weights come from, one of ``tfcore.results.WEIGHTS``."""
        if self._classifier is not None and not np.array_equal(self._classifier, _classifier(self.keras)):
            return "given"
        return self._weights

    @property
    def activation(self) -> str:
        """What makes answers of the network's values: ``softmax``, ``sigmoid``, ``exp``; ``linear`` for nothing."""
        return self.outputs.activation or "linear"

    @property
    def classes(self) -> tuple[str, ...]:
        return self.card.classes

    @property
    def around(self) -> int | None:
        """Of a network that segments, the class that lies around all others: by its card, else the first; of labels,
        which may overlap, none.
        """
        if self.card.background in self.classes:
            return self.classes.index(self.card.background)
        return None if self.card.background or self.outputs.kind == "labels" else 0

    @property
    def drawn(self) -> tuple[int, ...]:
        """The classes it draws: all the others."""
        return tuple(index for index in range(len(self.classes)) if index != self.around)

    @property
    def mask_classes(self) -> tuple[str, ...]:
        """The classes of its masks, whose numbers are their places here: first what lies around."""
        nothing = next(name for name in ("background", "nothing", "nothing drawn") if name not in self.classes)
        around = nothing if self.around is None else self.classes[self.around]
        return (around, *(self.classes[index] for index in self.drawn))

    @property
    def thresholded(self) -> bool:
        """Whether a class is there from a probability on, and not where it is the most probable of all."""
        return self.outputs.kind == "labels" or (self.outputs.kind == "unit" and len(self.drawn) == 1)

    def stating(self, **changes: Any) -> Card:
        """The card with these fields stated, or a sentence where they contradict the network."""
        if changes.get("head", self.card.head) != self.card.head:
            # Another output has classes and values of its own.
            guessed = {*self.card.guessed, "classes", "outputs"} - changes.keys()
            return self.card.with_(**{"classes": (), "outputs": "", **changes, "guessed": guessed})
        card = self.card.with_(**changes)
        outputs_of(self._ending, card.stated("outputs"))
        return card.for_model(self.input_shape, self.keras.outputs[0].shape[-1], self.source or self.name)

    def save_card(self, card: Card) -> Path:
        if self.file is None:
            raise HeatlensError(
                f"{self.source or self.name} has no file beside which a card could lie; open a model file of your own."
            )
        return card.save(self.file)

    def check_inside(self, what: str) -> None:
        """A sentence where something looks inside the network and nobody can."""
        if self.box is not None:
            raise HeatlensError(f"{what} looks inside, and {self.name} is a black box, which can only be asked.")

    def layers(self) -> tuple[LayerInfo, ...]:
        """Every feature map that can be explained."""
        return tuple(layers.feature_maps(self.program))

    def prepare(self, sources: Any) -> np.ndarray:
        """Paths, pictures or arrays as the batch the network eats, by the card's preprocessing."""
        return self.prepare_with_boxes(sources)[0]

    def prepare_with_boxes(self, sources: Any) -> tuple[np.ndarray, list[Box]]:
        """The batch, and for each picture the part of it that the network sees."""
        if isinstance(sources, str | Path) or not isinstance(sources, Sequence):
            sources = [sources]
        batch, boxes = prepare(self.card, sources)
        self._check_size(batch.shape[1:])
        return batch, boxes

    def logits(self, batch: Any) -> np.ndarray:
        """What the network says before its last activation; its answer where that could not be taken off."""
        return self._passed("forward", self._forward, batch)[0]

    def predict(self, batch: Any) -> np.ndarray:
        """The network's own answer: probabilities, one column per class (two for a single unit)."""
        return self.outputs.probabilities(self.logits(batch))

    @cached_property
    def feature_layer(self) -> str:
        """The feature map by which pictures are held against those that were learnt from."""
        return layers.default_layer(self.program)

    def seen(self, batch: Any) -> tuple[np.ndarray, np.ndarray]:
        """Logits, and the mean (N, K) of each channel of the feature layer, from one pass."""
        logits, *features = self._passed("seen", self._forward if self.box else self._seen, batch)
        return logits, features[0] if features else np.zeros((len(logits), 0), np.float32)

    def belief(self, probabilities: np.ndarray) -> Belief:
        """How far one answer (C,) may be believed, as far as the card says so."""
        return belief(self.card.calibration, self.card.sets, probabilities)

    def checked(self, batch: Any) -> np.ndarray:
        """The batch as float32 (N, H, W, C), or a sentence that says how its shape differs from the network's."""
        array = checked_batch(batch, self.input_shape)
        self._check_size(array.shape[1:])
        return array

    def _check_size(self, shape: tuple[int, ...]) -> None:
        """A sentence where a network that takes images of any size would shrink this one to nothing."""
        if None not in self.input_shape or shape in self._sizes:
            return
        try:
            self.keras.compute_output_shape((1, *shape))
        except (ValueError, NotImplementedError) as error:
            # What layers of one's own cannot tell is found out when they run.
            if "negative" in str(error):
                raise HeatlensError(
                    f"The image is {' × '.join(map(str, shape[:2]))} pixels, too small for the layers of {self.name}; "
                    "leave it out, or state a size that pictures are brought to in the model's card."
                ) from error
        self._sizes.add(shape)

    def traced(self, function: Callable[..., Any], signature: list[Any]) -> Any:
        """The function that runs the network, traced unless that is a black box."""
        return function if self.box else Traced(function, signature)

    @property
    def signature(self) -> tf.TensorSpec:
        """Any number of images; heights and widths as the network leaves them open."""
        return tf.TensorSpec([None, *self.input_shape], tf.float32)

    def compiled(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """The traced function under that key, made at its first use; the least recently used ones are let go."""
        with _MAKING:
            if key not in self._traces:
                self._traces[key] = make()
                while len(self._traces) > _TRACES:
                    self._traces.popitem(last=False)
            self._traces.move_to_end(key)
            return self._traces[key]

    def running(self, program: Program) -> Model:
        """The same network for those who explain it, run as another program: with a layer changed or put in."""
        other = copy(self)
        other._traces = OrderedDict()
        other.__dict__["program"] = program
        return other

    def at_threshold(self, threshold: float) -> Model:
        """The same network, for which a class is there from another probability on than its card says."""
        if not self.thresholded:
            raise HeatlensError(
                f"{self.name} decides for the most probable class, so there is no threshold to move; leave it out."
            )
        other = copy(self)
        other.card = replace(self.card, threshold=threshold)
        other.outputs = replace(self.outputs, threshold=threshold)
        other.__dict__["program"] = self.program
        return other

    @cached_property
    def weights_hash(self) -> str:
        """A hash of the weights themselves, for results of a model that has no file."""
        digest = hashlib.sha256()
        for weight in self.keras.weights:
            digest.update(np.ascontiguousarray(weight.numpy()).tobytes())
        return digest.hexdigest()

    @property
    def hash(self) -> str:
        """What tells its numbers from those of another: the hash of its file where its card says it."""
        return self.card.sha256 or self.weights_hash

    def info(self) -> ModelInfo:
        """What the window and lists say of it."""
        return info_of(self)

    def _seen(self, batch: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        numbers = self.program.output, self.program.step(self.feature_layer).output
        found = self.program.run({self.program.input: batch}, numbers)
        return tf.cast(found[numbers[0]], tf.float32), pooled(found[numbers[1]])

    def _forward(self, batch: tf.Tensor) -> tuple[tf.Tensor]:
        network = self.keras.layers[-1] if self.box else self.keras
        return (tf.cast(network(batch, training=False), tf.float32),)

    def _passed(self, name: str, function: Callable[[tf.Tensor], Any], batch: Any) -> list[np.ndarray]:
        batch = self.checked(batch)
        traced = self.compiled(name, lambda: self.traced(function, [self.signature]))
        parts = [traced(tf.constant(batch[start : start + BATCH])) for start in range(0, len(batch), BATCH)]
        return [np.concatenate([each.numpy() for each in pieces]) for pieces in zip(*parts, strict=True)]


def _classifier(network: keras.Model) -> np.ndarray:
    """The values of the last kernel."""
    values: np.ndarray = [weight for weight in network.weights if len(weight.shape) > 1][-1].numpy().copy()
    return values
