"""What is said of a heat in a line: in the heading, under a thumbnail, beside others."""

from __future__ import annotations

from gui.texts import tr
from gui.whole import name_of
from tfcore.figure import words
from tfcore.figure.display import nearly_flat
from tfcore.results import Heat, Prediction, covered
from tfcore.words import probability


def answer(heat: Heat | Prediction) -> str:
    """The predicted class and its probability: ``glioma 0.97``; where classes are drawn, the largest and its share."""
    if heat.shares is not None:
        return covered(heat.classes, heat.shares, heat.around)
    return f"{heat.classes[int(heat.probabilities.argmax())]} {probability(heat.probabilities.max())}"


def heading(heat: Heat, told: str) -> str:
    """The file, a warning, and what a figure's title says of it; ``told`` of the map in place of the prediction."""
    said, *more = words.prediction(heat)
    flat = tr("{nearly_flat} heat", nearly_flat=words.NEARLY_FLAT) if nearly_flat(heat) else ""
    return " · ".join(filter(None, (name_of(heat.path), flat, told or said, *more, heat.found)))
