"""A function from pictures to answers, as a network of one layer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.lazy import keras
from tfcore.models.card import Card
from tfcore.models.head import values_of
from tfcore.models.opening.with_keras import first_line
from tfcore.models.outputs import Ending

# Probabilities below it, and above 1 minus it, have no logarithm that would mean anything.
LEAST = 1e-7
# What answers show themselves to be, and the activation whose logits they are brought back to.
_ACTIVATIONS = {
    "probabilities": "softmax",
    "label probabilities": "sigmoid",
    "log probabilities": "log_softmax",
}
# Height and width of what a box of open size is first shown, in pixels.
_USUAL = 128
_PROBES = 4
# How many channels pictures have: first the usual numbers, then those of sequences and stains.
_CHANNELS = ((1, 3), range(2, 17))


@dataclass(frozen=True, eq=False)
class BlackBox:
    """Something that can be asked. ``ask`` takes pictures (n, H, W, C) in float32 and gives (n, K) or (n, h, w, K)."""

    ask: Callable[[np.ndarray], Any]
    # Words for what it is, "ONNX model", and its name in sentences.
    what: str
    name: str
    # Height, width and channels; sides that may have any length are None.
    input_shape: tuple[int | None, int | None, int]
    # It takes whole grey levels, 0 to 255.
    whole: bool = False
    # It takes so many pictures and no others.
    together: int | None = None
    parameters: int = 0
    classes: tuple[str, ...] = ()
    # Which of its answers is taken, and which others there are.
    head: str = ""
    heads: tuple[str, ...] = ()
    # Found out by asking: see :func:`probed`.
    ending: Ending = field(default=Ending("", "bounded", 1, ""))
    # (K,) or (h, w, K), the sides as shares of those of the picture.
    answers: tuple[float, ...] = ()

    @property
    def words(self) -> str:
        """What is to be known of it."""
        explained = f"; explained: {self.explained}" if self.explained else ""
        return f"black box: {self.what}, which is asked and not looked into{explained}"

    @property
    def explained(self) -> str:
        """What is explained in place of probabilities; empty where it is what the box says."""
        return {
            "softmax": f"logarithms of its probabilities, cut off below {LEAST:g}",
            "sigmoid": f"log-odds of its probabilities, cut off at {LEAST:g}",
        }.get(self.ending.activation, "")

    def logits(self, batch: np.ndarray) -> np.ndarray:
        """What it says of the pictures, its probabilities as logits. What is no number stays none: whoever asked
        leaves that picture out and says so.
        """
        found = self._asked(batch)
        if found.shape[-1] != self.ending.units or found.ndim != 1 + len(self.answers):
            raise HeatlensError(
                f"{self.name} answers with {_times(found.shape[1:])} numbers for a picture, and with "
                f"{self.ending.units} before; check the model."
            )
        if self.ending.activation == "softmax":
            found = np.log(np.clip(found, LEAST, 1))
        elif self.ending.activation == "sigmoid":
            found = np.clip(found.astype(np.float64), LEAST, 1 - LEAST)
            found = np.log(found) - np.log1p(-found)
        return found.astype(np.float32)

    def _asked(self, batch: np.ndarray) -> np.ndarray:
        """The answers as they are, from as many pictures at a time as it takes."""
        if self.whole:
            batch = np.clip(np.rint(batch), 0, 255)
        size = self.together or len(batch)
        parts = []
        for start in range(0, len(batch), size):
            some = batch[start : start + size]
            # Those that are missing are stood in for by the last one.
            missing = size - len(some)
            filled = np.concatenate([some, np.repeat(some[-1:], missing, 0)]) if missing else some
            parts.append(self._answered(filled)[: len(some)])
        return np.concatenate(parts)

    def _answered(self, batch: np.ndarray) -> np.ndarray:
        try:
            found = np.asarray(self.ask(batch))
        except HeatlensError:
            raise
        except Exception as error:  # a stranger's code raises what it likes
            raise HeatlensError(f"{self.name} failed when it was asked: {first_line(error)}.") from error
        if found.dtype.kind not in "fiub" or found.ndim not in (2, 4) or len(found) != len(batch):
            raise HeatlensError(
                f"{self.name} answers {len(batch)} pictures with {found.dtype} of shape {found.shape}; Heatlens takes "
                "numbers for each picture (pictures × classes) or pixel (pictures × height × width × classes)."
            )
        return found


def probed(box: BlackBox) -> BlackBox:
    """The box with what its answers to a few made-up pictures show: how many numbers, what they mean."""
    height, width, channels = (side or _USUAL for side in box.input_shape)
    random = np.random.default_rng(0)
    noise = random.random((_PROBES, height, width, channels), np.float32)
    found = box._asked(noise * 255 if box.whole else noise)
    seen = [found]
    # So that what has no bounds shows it; some refuse such numbers.
    with suppress(HeatlensError), np.errstate(all="ignore"):
        seen.append(box._asked(random.standard_normal(noise.shape, np.float32) * (60 if box.whole else 30)))
    values = values_of(np.concatenate(seen))
    if values in ("bounded", "unbounded"):
        values = "unbounded" if min(each.min() for each in seen) < 0 else "bounded"
    units = found.shape[-1]
    activation = "sigmoid" if units == 1 and values == "probabilities" else _ACTIVATIONS.get(values, "")
    sides = tuple(size / side for size, side in zip(found.shape[1:-1], (height, width), strict=False))
    ending = Ending(activation, "" if activation else values, units, f"a black box ({box.what})")
    return replace(box, ending=ending, answers=(*sides, units))


def network(box: BlackBox) -> keras.Model:
    """A network of one layer that asks the box."""
    from tfcore.custom_layers import Asked

    shown = keras.Input(box.input_shape)
    return keras.Model(shown, Asked(box, name="black_box")(shown), name=_plain(box.name))


def card_of(box: BlackBox, stated: Card | None, named: Any) -> Card:
    """What somebody stated of it, the rest told by the box or guessed."""
    outputs, known = box.ending.units, {"classes": box.classes} if box.classes else {}
    if box.classes and len(box.classes) != max(2, outputs):
        known = {}
    if stated is None:
        task = "segmentation" if len(box.answers) == 3 else "classification"
        card = Card.guess(box.input_shape, max(2, outputs), task=task, **known)
        card = replace(card, scaling="none") if box.whole else card
    else:
        if not stated.classes and known:
            stated = stated.with_(**known)
        card = stated.for_model(box.input_shape, outputs, named)
    return replace(card, head=box.head, repaired=(box.words,))


def chosen(heads: Sequence[str], stated: str, name: str) -> str:
    """The answer to take of those there are: the one that the card states, else the first."""
    if stated and stated not in heads:
        raise HeatlensError(f"{name} has no output {stated!r}; state as head in its card one of {', '.join(heads)}.")
    return stated or heads[0]


def channels_first(
    shape: Sequence[Any], stated: Card | None, name: str
) -> tuple[bool, tuple[int | None, int | None, int]]:
    """Whether the channels of an input (n, …) come before height and width, and its height, width and channels."""
    sides = [side if isinstance(side, int) and side > 0 else None for side in shape[1:]]
    wanted = None if stated is None or "input_shape" in stated.guessed else stated.input_shape
    if len(shape) != 4:
        raise HeatlensError(
            f"{name} takes inputs of shape {_times(shape)}; Heatlens asks models that take pictures "
            "(pictures × height × width × channels, or channels first)."
        )
    first, last = sides[0], sides[2]
    for few in _CHANNELS if wanted is None else [(wanted[2],)]:
        if last is not None and last in few:
            return False, (sides[0], sides[1], last)
        if first is not None and first in few:
            return True, (sides[1], sides[2], first)
    if wanted is None or None not in (first, last):
        raise HeatlensError(
            f"{name} takes inputs of shape {_times(shape)}, which do not say where the channels of a picture are; "
            "state input_shape as [height, width, channels] in its card."
        )
    # The side that is not known is that of the channels; where none is, they come last, as in Keras.
    before = last is not None
    return before, (sides[1] if before else sides[0], sides[2] if before else sides[1], wanted[2])


def _times(shape: Sequence[Any]) -> str:
    return " × ".join("any" if side is None else str(side) for side in shape)


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name) or "box"
