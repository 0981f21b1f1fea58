"""What the last values of a network mean: how its scores become its answer, and what may be said of that answer.

A network answers with probabilities of classes that exclude each other, with probabilities of labels that do not, with
one unit for two classes, or with plain numbers; per picture or per pixel, the classes being the last axis. What is
predicted is always the network's own answer. What is explained is its score (METHODS.md §1): the logit where the last
activation is known, otherwise the answer itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import tf

Tensor = Any

# What a card may say that a network answers with, and what that makes of it: the kind of answer, and what turns the
# network's values into it.
STATED = {
    "probabilities": ("classes", ""),
    "log probabilities": ("classes", "exp"),
    "label probabilities": ("labels", ""),
    "logits": ("classes", "softmax"),
    "label logits": ("labels", "sigmoid"),
    "numbers": ("numbers", ""),
}
# What the values are where their last activation was recognised and taken off.
_RECOGNISED = {"softmax": "probabilities", "log_softmax": "log probabilities", "sigmoid": "label probabilities"}
# Structures that leave open what values of any size or sign are.
_GUESSES = {"unbounded": "logits", "bounded": "numbers"}


@dataclass(frozen=True)
class Ending:
    """How a network ends, told from its structure.

    ``activation`` is what was taken off its end, empty where nothing could be. ``values`` says what comes out where
    it shows: ``probabilities``, ``label probabilities``, ``log probabilities``, else ``unbounded`` or ``bounded``.
    """

    activation: str
    values: str
    units: int
    # The type of the last step, for sentences.
    last: str
    dtype: str = "float32"


@dataclass(frozen=True)
class Outputs:
    """From scores to answers. ``kind`` is ``classes``, ``labels``, ``unit`` (one for two classes) or ``numbers``;
    ``activation`` makes answers of the network's values (``softmax``, ``sigmoid``, ``exp``), empty where they are it.
    """

    kind: str
    activation: str
    stated: str
    # Whether the structure leaves open what is stated, and nobody did state it.
    open: bool
    guessed: bool
    dtype: str
    last: str
    # From which probability on a label is there.
    threshold: float = 0.5
    # What logits are divided by, so that probabilities are honest (METHODS.md §7); the class they decide for stays.
    temperature: float = 1.0

    @property
    def of_logits(self) -> bool:
        """Whether what is explained is a logit."""
        return self.activation in ("softmax", "sigmoid")

    @property
    def sentence(self) -> str:
        """What is explained, where it is not a logit; empty where it is."""
        if self.of_logits:
            return ""
        what = "logarithm of its answer" if self.activation == "exp" else "network's own answer"
        return f"explained is the {what}: the network ends in {self.last}, which has no logit"

    def words_of(self, explained: str = "") -> str:
        """What comes out, and what of it is explained: as given, else as this tells."""
        if self.kind == "unit" and self.stated != "numbers":
            what = "one probability for two classes"
        elif self.kind == "labels":
            what = "a probability for each label"
        else:
            what = "numbers" if self.kind == "numbers" else "probabilities"
        explained = explained or ("logits" if self.of_logits else "their logarithm" if self.activation else "the same")
        return f"{what}; explained: {explained}"

    def scores(self, values: Tensor) -> Tensor:
        """S (…, classes) from the network's values: one unit seen from both sides."""
        if values.shape[-1] != 1:
            return values
        other = 1 - values if self.kind == "unit" and not self.activation else -values
        return tf.concat([other, values], -1)

    def answers(self, values: Tensor) -> Tensor:
        """(…, classes): what the network itself says, calibrated where its card says how."""
        if self.temperature != 1:
            values = values / self.temperature
        if self.activation == "softmax":
            return tf.nn.softmax(values)
        if self.activation == "sigmoid":
            return tf.nn.sigmoid(self.scores(values))
        return tf.exp(values) if self.activation == "exp" else self.scores(values)

    def probabilities(self, values: np.ndarray) -> np.ndarray:
        """The same for arrays, in float32: computed in the network's own precision, it is its answer to the bit."""
        found: np.ndarray = self.answers(tf.cast(values, self.dtype)).numpy()
        return found.astype(np.float32)

    def check_probabilities(self, what: str) -> None:
        """A sentence where something needs probabilities and the network has none."""
        if self.kind == "numbers":
            raise HeatlensError(
                f"{what} needs probabilities, but the network ends in {self.last} and answers with plain numbers; if "
                "they are probabilities or logits after all, state outputs in its card."
            )

    def check_logits(self, what: str) -> None:
        """A sentence where something needs logits and the network's last activation could not be taken off."""
        if not self.of_logits:
            raise HeatlensError(f"{what} needs logits, and the network ends in {self.last}, which has none.")

    # --- what an answer says; arrays and tensors alike ---

    def votes(self, given: Tensor) -> Tensor:
        """1 for the class an answer decides for (for every label it says yes to), else 0."""
        if self.kind == "labels":
            return tf.cast(given >= self.threshold, tf.float32)
        if self.kind == "unit" and self.threshold != 0.5:
            return tf.one_hot(tf.cast(given[..., 1] >= self.threshold, tf.int32), 2)
        return tf.one_hot(tf.argmax(given, -1), given.shape[-1])

    def entropy(self, given: Tensor) -> Tensor:
        """−Σ p ln p in nats; of labels the sum of each one's −p ln p − (1−p) ln(1−p)."""
        return self._entropy(given, tf.math.xlogy, tf.reduce_sum)

    def entropy_of(self, given: np.ndarray) -> np.ndarray:
        """The same for arrays; NaN for plain numbers, which have none."""
        from scipy.special import xlogy

        if self.kind == "numbers":
            return np.full(given.shape[:-1], np.nan)
        return np.asarray(self._entropy(given, xlogy, np.sum))

    def _entropy(self, given: Any, xlogy: Callable[..., Any], total: Callable[..., Any]) -> Any:
        found = -total(xlogy(given, given), -1)
        return found - total(xlogy(1 - given, 1 - given), -1) if self.kind == "labels" else found

    def largest_entropy(self, classes: int) -> float:
        """The entropy of a network that knows nothing."""
        return float(classes * np.log(2) if self.kind == "labels" else np.log(classes))


def outputs_of(ending: Ending, stated: str = "") -> Outputs:
    """What a network with that ending answers; ``stated`` (by its card) decides where the structure leaves it open."""
    known = _RECOGNISED.get(ending.activation) or _GUESSES.get(ending.values) or ending.values
    if ending.units == 1 and known == "label probabilities":
        known = "probabilities"
    open_ = not ending.activation and ending.values in _GUESSES
    if stated and stated != known and ending.activation:
        end = f"the network ends in {ending.activation} and answers with {known}"
        raise HeatlensError(f"The card says outputs = {stated!r}, but {end}; correct the card.")
    said = stated or known
    kind, activation = STATED[said]
    activation = ending.activation.removeprefix("log_") or activation
    if ending.units == 1 and kind != "numbers":
        kind, activation = "unit", "sigmoid" if activation == "softmax" else activation
    return Outputs(kind, activation, said, open_, open_ and not stated, ending.dtype, ending.last)
