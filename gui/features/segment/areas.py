"""What of a mask lies over the picture: the classes that are ticked, and how the true mask is held against them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import Qt

from gui.canvas.mask_item import Area
from gui.texts import tr
from tfcore.figure.masks import colour_of
from tfcore.results import Mask

# How the true mask is seen, and what each way shows.
AGAINST = {
    "predicted": tr("What the network draws, alone"),
    "with truth": tr(
        "The true mask over it, in dashed white lines; side by side in colour, over the picture without heat"
    ),
    "difference": tr("Pixels of the ticked classes that were missed, and pixels drawn that are not of their class"),
}
MISSED, FALSE = "#56b4e9", "#e69f00"
_TRUE = "#ffffff"
# So that the picture is still seen.
_DIFFERENCE = 0.6


def areas_of(mask: Mask, fills: Mapping[int, float], against: str) -> list[Area]:
    """``fills`` says of each class that is ticked how opaque it is."""
    if mask.truth is not None and against == "difference":
        pairs = [(mask.inside(index), mask.true_inside(index)) for index in fills]
        nowhere = np.zeros((1, *mask.labels.shape), bool)
        missed = np.any([*nowhere, *(true & ~ours for ours, true in pairs)], axis=0)
        false = np.any([*nowhere, *(ours & ~true for ours, true in pairs)], axis=0)
        none = Qt.PenStyle.NoPen
        return [Area(missed, MISSED, _DIFFERENCE, none), Area(false & ~missed, FALSE, _DIFFERENCE, none)]
    drawn = [Area(mask.inside(index), colour_of(index), fill) for index, fill in fills.items()]
    if mask.truth is not None and against == "with truth":
        drawn += [Area(mask.true_inside(index), _TRUE, line=Qt.PenStyle.DashLine) for index in fills]
    return [area for area in drawn if area.inside.any()]


def beside(mask: Mask, fills: Mapping[int, float], against: str) -> list[Area]:
    """The true mask in the colours of its classes, for the picture that stands beside."""
    if mask.truth is None or against == "predicted":
        return []
    true = [Area(mask.true_inside(index), colour_of(index), fill) for index, fill in fills.items()]
    return [area for area in true if area.inside.any()]
