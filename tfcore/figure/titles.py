"""Titles of a figure's cells, written with fields in braces: ``{true} → {predicted} {p:.2f}``."""

from __future__ import annotations

import math
import re
import string
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.figure import words
from tfcore.pictures.address import stem
from tfcore.words import probability

if TYPE_CHECKING:
    from tfcore.figure.display import Display
    from tfcore.pictures import Picture
    from tfcore.results import Heat

FIELDS = {
    "true": "what the picture really shows",
    "predicted": "the class with the highest probability",
    "p": "its probability",
    "target": "the class that is explained",
    "p_target": "its probability",
    "sd": "standard deviation of p over passes with dropout on",
    "answer": "all that is said of the prediction",
    "method": "how the heatmap was made",
    "layer": "where in the network",
    "model": "the network's file, of a run its folder",
    "picture": "the picture's file, without its ending",
    "region": "the part of the picture that is explained",
    "verdict": "what a verdict says of the map",
}
_NUMBERS = ("p", "p_target", "sd")
# No title is wider than a page: formats that ask for more are no formats.
_FORMAT = re.compile(r"[<>^]?[-+ ]?\d{0,2}(\.\d{1,2})?[eEfFgG%ds]?")
UNKNOWN = "–"


class Share(float):
    """A probability, never rounded to a certainty that is not there.

    >>> f"{Share(0.9998):.2f} {Share(0.968):.2f}"
    '>.99 0.97'
    """

    def __format__(self, form: str) -> str:
        digits = re.fullmatch(r"\.([1-9])f", form)
        return probability(float(self), int(digits[1])) if digits else super().__format__(form)


def titled(template: str, values: Mapping[str, Any]) -> list[str]:
    """The lines of a title; what is not known is a dash.

    >>> titled("{true} → {predicted} {p:.2f}", {"predicted": "glioma", "p": 0.968})
    ['– → glioma 0.97']
    """
    return [line.strip() for line in _Fields().vformat(template, (), values).splitlines()]


def check_template(template: str) -> None:
    """A sentence about what no title can be."""
    titled(template, {name: 0.5 if name in _NUMBERS else name for name in FIELDS})


def values_of(heat: Heat, picture: Picture, true: str = "", among: Collection[str] = ()) -> dict[str, Any]:
    """Every field that is known of a heatmap; its model is told from those ``among`` which it stands."""
    found = heat.sureness
    many = found is not None and found.samples is not None
    probabilities = found.mean if found is not None and many else words.class_probabilities(heat)
    best = int(probabilities.argmax())
    drawn = heat.shares is not None
    return {
        "true": true or None,
        "predicted": words.prediction(heat)[0] if drawn else words.class_name(heat, best),
        # How much of it is drawn stands with its name.
        "p": "" if drawn else Share(probabilities[best]),
        "target": words.class_name(heat, heat.target),
        "p_target": Share(probabilities[heat.target]) if not drawn and heat.target < len(probabilities) else None,
        "sd": math.sqrt(float(found.variance[best])) if found is not None and many else None,
        "answer": ", ".join(words.prediction(heat)),
        "method": heat.method,
        "layer": words.layer_name(heat) or "input",
        "model": words.model_name(heat, among),
        "picture": stem(picture.path),
        "region": heat.region or None,
        "verdict": heat.verdict and heat.verdict.words,
    }


def said_of_heat(heats: Sequence[Heat], scale: str, cells: str, display: Display) -> list[str]:
    """What a reader has to know of the heat in a figure: who shares a scale, and whether it is interpolated."""
    if not heats:
        return []
    how = words.scale_name(display)
    if display.normalise in ("shared", "manual"):
        how = f"heat: {how}"
    else:
        how = "min-max" if display.normalise == "min-max" else how
        shared = {"cell": "each heatmap by itself", "figure": "one scale for the figure"}
        how = f"heat {how}, {shared.get(scale, f'one scale per {scale}')}"
    if cells == "native":
        sizes = sorted({heat.map.shape for heat in heats})
        return [how, "in its native cells: " + ", ".join(f"{high} × {wide}" for high, wide in sizes)]
    return [how, "interpolated" if display.interpolation == "smooth" else "in its pixels"]


class _Fields(string.Formatter):
    """Names alone: nothing is looked up inside what a field holds."""

    def vformat(self, template: str, args: Any, values: Any) -> str:
        try:
            return super().vformat(template, args, values)
        except ValueError as error:
            raise HeatlensError(
                f"The title {template!r} has a brace without its other; write fields as {{predicted}}."
            ) from error

    def get_field(self, name: str, args: Any, values: Any) -> Any:
        if name not in FIELDS:
            raise HeatlensError(f"A title has no field {{{name}}}; choose among {', '.join(FIELDS)}.")
        return values.get(name), name

    def convert_field(self, value: Any, conversion: Any) -> Any:
        return value

    def format_field(self, value: Any, how: str) -> str:
        if value is None or value == "":
            return UNKNOWN if value is None else ""
        try:
            if not _FORMAT.fullmatch(how):
                raise ValueError(how)
            return format(value, how)
        except ValueError as error:
            raise HeatlensError(
                f"{how!r} is no format of {value!r} in a title; write {{p:.2f}} or {{p:.0%}}."
            ) from error
