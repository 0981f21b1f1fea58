"""The figures of 002 about the inside of a network: concepts (2–4, 9, 10) and made pictures (6, 12, 13)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from tfcore.figure.tiles import ACROSS, Tile, in_lines, tiles
from tfcore.figure.words import called
from tfcore.inside.gallery import overlaid
from tfcore.results.dissection import Detector, Dissection, FilterMasks
from tfcore.results.maximised import Maximised

if TYPE_CHECKING:
    from tfcore.figure.page import Page

# Pixels of a picture in a figure.
_SIDE = 256
# Filters of a figure, and how many stand side by side.
_BEST, _ACROSS = 24, 6
_MOST = 8 * ACROSS
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
    title = called(str(found.facts["model"])), f"{found.facts['pictures']} pictures", "IoU over all pictures"
    return tiles(in_lines(some, _ACROSS), title=title)


def filters_figure(picture: np.ndarray, masks: FilterMasks, filters: Sequence[int] | None = None) -> Page:
    """Where filters of one layer fire in one picture (H, W, 3), as many as a page holds (figures 9 and 10); by default
    all that do, in their order.
    """
    fire = {index for index in range(len(masks.packed)) if masks.packed[index].any()}
    chosen = [index for index in (sorted(fire) if filters is None else filters) if index in fire][:_MOST]
    some = [Tile(overlaid(picture, masks.mask(index), side=_SIDE), f"filter {index}") for index in chosen]
    said = f"{len(chosen)} of {len(fire)} filters that fire" if len(chosen) < len(fire) else f"{len(fire)} filters fire"
    return tiles(in_lines(some), title=(Path(masks.path).name, masks.layer, said))


def maximised_figure(found: Maximised) -> Page:
    """Pictures that are compared beside each other, in grey and in colour each one tile, else channel by channel
    (figures 6, 12 and 13).
    """
    layers = found.layer or ("classes" if " · filter " not in found.names[0] else f"{len(found.names)} layers")
    title = (called(found.model), layers, f"{found.params['steps']} steps", f"seed {found.params['seed']}")
    words = [f"{name}\n{value:.3g}" for name, value in zip(found.names, found.activations, strict=True)]
    channels = found.levels.shape[-1]
    if channels in (1, 3):
        some = [Tile(np.squeeze(level), said) for level, said in zip(found.levels, words, strict=True)]
        return tiles(in_lines(some, found.beside or ACROSS), title=title)
    names = _CHANNELS if channels == len(_CHANNELS) else tuple(f"channel {number}" for number in range(1, channels + 1))
    across = found.beside if 0 < found.beside * channels <= ACROSS else 1
    lines = [range(start, min(start + across, len(words))) for start in range(0, len(words), across)]
    rows = [
        (
            " | ".join(words[place].replace("\n", " · ") for place in line),
            [Tile(found.levels[place, ..., channel]) for place in line for channel in range(channels)],
        )
        for line in lines
    ]
    return tiles(rows, names * across, title)


def _short(layer: str) -> str:
    return layer.rpartition("/")[2]
