"""What a figure says about a heatmap: prediction, method, layer, scale. Plain text, no drawing."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

import numpy as np

from tfcore.figure.display import Display
from tfcore.figure.style import shortened
from tfcore.results import covered, untrained
from tfcore.words import apart, probability

if TYPE_CHECKING:
    from tfcore.pictures import Picture
    from tfcore.results import Heat

SCALES = {
    "min-max": "min-max per image",
    "from zero": "from zero",
    "manual": "set by hand",
    "shared": "one scale for all",
}
BURNED_IN = (
    "Pictures of this kind often have the patient's name or number written into their pixels, and a figure shows it: "
    "look at it before you share it."
)
NEARLY_FLAT = "nearly flat"
NOTHING = "no positive evidence"
NOTHING_SIGNED = "no evidence"
NO_HEATMAP = "no heatmap"
# The same in two words, by what the reason says.
_NO_HEATMAP = {
    "overflowed": "overflow",
    "is no number": "answers of NaN",
    "is not finite": "an answer of NaN",
    "exceed the score": "out of proportion",
}

_CLASS_LETTERS = 28
_LAYER_LETTERS = 40
_FILE_LETTERS = 60
# What the model of every run is called.
_OF_A_RUN = "model.keras"
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def class_name(heat: Heat, index: int) -> str:
    """The class as the model's card calls it, or its number where the card is silent."""
    return heat.classes[index] if 0 <= index < len(heat.classes) else f"class {index}"


def class_probabilities(heat: Heat) -> np.ndarray:
    """One probability per class; a single sigmoid unit answers for two."""
    given = np.asarray(heat.probabilities, dtype=float).ravel()
    return np.array([1 - given[0], given[0]]) if given.size == 1 and heat.target in (0, 1) else given


def prediction(heat: Heat) -> list[str]:
    """The predicted class and its probability, the target where it is another class, and whether anybody trained it."""
    found = heat.sureness
    many = found is not None and found.samples is not None
    probabilities = found.mean if found is not None and many else class_probabilities(heat)

    def named(index: int) -> str:
        return f"{shortened(class_name(heat, index), _CLASS_LETTERS)} {probability(probabilities[index])}"

    predicted = int(probabilities.argmax())
    parts = [named(predicted) if found is None else found.answer]
    if heat.shares is not None:
        # Of every pixel there is an answer, of the picture none.
        drawn = covered(heat.classes, heat.shares, heat.around) if heat.mask is None else heat.mask.words
        said = drawn if found is None else found.answer
        parts = [said, f"target {class_name(heat, heat.target)}"]
    elif heat.target != predicted:
        parts.append(f"target {named(heat.target)}")
    if heat.region:
        parts.append(f"region {shortened(heat.region, _LAYER_LETTERS)}")
    return [*parts, *filter(None, [untrained(heat.weights)])]


def layer_name(heat: Heat) -> str:
    """The layer with its stage; of several that were joined, how many."""
    return shortened(heat.place, _LAYER_LETTERS)


def model_name(heat: Heat, among: Collection[str] = ()) -> str:
    """The model that made the heat, as it is called ``among`` others."""
    return called(heat.model, among)


def called(model: str, among: Collection[str] = ()) -> str:
    """A model by the name of its file, of a run by its folder's, with as many folders as tell it from the others.

    >>> called("runs/first/model.keras"), called("a/net.keras", ["a/net.keras", "b/net.keras"])
    ('first', 'a/net.keras')
    """
    return shortened(apart({each: _parts(each) for each in (model, *among)})[model], _LAYER_LETTERS)


def _parts(model: str) -> tuple[str, ...]:
    parts = tuple(model.replace("\\", "/").split("/"))
    return parts[:-1] if len(parts) > 1 and parts[-1] == _OF_A_RUN else parts


def title(heat: Heat, among: Collection[str] = ()) -> list[str]:
    """Prediction and probability, the target where it is another class, method, layer and model ``among`` others."""
    parts = [*prediction(heat), heat.method]
    if heat.layer:
        parts.append(f"layer {layer_name(heat)}")
    return [*parts, model_name(heat, among)]


def subtitle(heat: Heat, picture: Picture, display: Display) -> list[str]:
    """Which file it is, and what else a reader has to know to read the row."""
    parts = [shortened(picture.path.name, _FILE_LETTERS), picture.note]
    if display.outline is not None and not heat.degenerate:
        parts.append(f"outline at mean + {display.outline:g} sd")
    if heat.sureness is not None:
        parts.append(f"± standard deviation over {', '.join(heat.sureness.origin[-2:])}")
    if display.mirrors(picture):
        parts.append(f"{display.convention} convention")
    parts.append(heat.note)
    if heat.verdict is not None:
        parts += [f"{remark.mark} {remark.text}" for remark in heat.verdict.remarks()]
    return [part for part in parts if part]


def nothing(heat: Heat) -> str:
    """What stands in the place of a map without any evidence."""
    if why := str(heat.facts.get("why", "")):
        return ": ".join([NO_HEATMAP, *(short for said, short in _NO_HEATMAP.items() if said in why)][:2])
    return NOTHING_SIGNED if heat.signed else NOTHING


def scale(low: float, high: float, signed: bool, display: Display) -> tuple[list[str], list[str]]:
    """Numbers at the bottom, middle and top of a colour bar, and the parts of its label.

    Very small and very large values share one power of ten, which the label names.
    """
    largest = max(abs(low), abs(high))
    power = math.floor(math.log10(largest)) if largest else 0
    power = 0 if -3 <= power <= 3 else power
    unit = 10.0**power
    decimals = min(max(1 - math.floor(math.log10((high - low) / unit)), 0), 6)
    numbers = [_number(value / unit, decimals) for value in (low, (low + high) / 2, high)]
    label = [scale_name(display)]
    if signed:
        label.append("signed")
    if power:
        label.append(f"×10{str(power).translate(_SUPERSCRIPTS)}")
    return numbers, label


def scale_name(display: Display) -> str:
    """How the scale was chosen."""
    if display.normalise == "percentiles":
        return f"percentiles {display.percent:g} to {100 - display.percent:g}"
    return SCALES[display.normalise]


def _number(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    if float(text) == 0:
        text = text.lstrip("-")
    return text.replace("-", "−")


def models(heats: Iterable[Heat]) -> set[str]:
    """All that a row has to be told from by its model."""
    return {heat.model for heat in heats}


def several_models(heats: Iterable[Heat]) -> bool:
    """Whether a row has to say which model it comes from."""
    return len(models(heats)) > 1
