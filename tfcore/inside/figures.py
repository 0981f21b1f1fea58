"""The figures of 002 about the inside of a network: concepts (2–4, 9, 10) and made pictures (6, 12, 13)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfcore.figure.tiles import Tile, in_lines, tiles
from tfcore.inside.gallery import overlaid
from tfcore.results.dissection import Detector, Dissection, FilterMasks
from tfcore.results.maximised import Maximised

if TYPE_CHECKING:
    from tfcore.figure.page import Page

# Pixels of a picture in a figure.
_SIDE = 256
# Filters of a figure, and how many stand side by side.
_BEST, _ACROSS = 24, 6
# Of a brain.
_CHANNELS = ("T1", "T1ce", "T2", "FLAIR")


def concepts_figure(found: Dissection, detectors: Sequence[Detector] | None = None) -> Page:
    """Masks of filters over the picture each fires most strongly in; by default of the best (figures 2 to 4)."""
    chosen = found.best()[:_BEST] if detectors is None else detectors
    shown = found.shown(chosen, 1)
    some = [
        Tile(
            overlaid(one.image, one.mask, one.concept, _SIDE),
            f"{_short(detector.layer)} · filter {detector.filter}\n{detector.concept} {detector.iou:.2f}",
        )
        for detector in chosen
        for one in shown[detector]
    ]
    title = str(found.facts["model"]), f"{found.facts['pictures']} pictures", "IoU over all pictures"
    return tiles(in_lines(some, _ACROSS), title=title)


def filters_figure(picture: np.ndarray, masks: FilterMasks, filters: Sequence[int] | None = None) -> Page:
    """Where filters of one layer fire in one picture (H, W, 3); by default all that do (figures 9 and 10)."""
    every = [index for index in range(len(masks.packed)) if masks.packed[index].any()]
    chosen = every if filters is None else filters
    some = [Tile(overlaid(picture, masks.mask(index), side=_SIDE), f"filter {index}") for index in chosen]
    return tiles(in_lines(some), title=(Path(masks.path).name, masks.layer, f"{len(every)} filters fire"))


def maximised_figure(found: Maximised) -> Page:
    """A row for each picture with its channels; in grey and in colour one after the other (figures 6, 12 and 13)."""
    title = (found.model, found.layer or "classes", f"{found.params['steps']} steps", f"seed {found.params['seed']}")
    words = [f"{name}\n{value:.3g}" for name, value in zip(found.names, found.activations, strict=True)]
    channels = found.levels.shape[-1]
    if channels in (1, 3):
        some = [Tile(np.squeeze(level), said) for level, said in zip(found.levels, words, strict=True)]
        return tiles(in_lines(some), title=title)
    names = _CHANNELS if channels == len(_CHANNELS) else tuple(f"channel {number}" for number in range(1, channels + 1))
    rows = [
        (said.replace("\n", " · "), [Tile(level[..., channel]) for channel in range(channels)])
        for level, said in zip(found.levels, words, strict=True)
    ]
    return tiles(rows, names, title)


def _short(layer: str) -> str:
    return layer.rpartition("/")[2]
