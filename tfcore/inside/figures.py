"""The figures of 002 about the inside of a network: concepts (2–4, 9, 10) and made pictures (6, 12, 13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tfcore.figure.tiles import Tile, in_lines, tiles
from tfcore.inside.gallery import overlaid
from tfcore.results.dissection import Detector, Dissection
from tfcore.results.maximised import Maximised

if TYPE_CHECKING:
    from tfcore.figure.page import Page

# Pixels of a picture in a figure.
_SIDE = 256
# Of a brain.
_CHANNELS = ("T1", "T1ce", "T2", "FLAIR")


def concepts_figure(found: Dissection, detectors: Sequence[Detector] | None = None, each: int = 1) -> Page:
    """Masks of filters over the pictures they fire most strongly in; by default of the twelve best."""
    chosen = found.best()[:12] if detectors is None else detectors
    shown = found.shown(chosen, each)
    some = [
        Tile(
            overlaid(one.image, one.mask, one.concept, _SIDE),
            f"{detector.layer} f{detector.filter} · {detector.concept} {detector.iou:.2f}",
        )
        for detector in chosen
        for one in shown[detector]
    ]
    return tiles(
        in_lines(some, 6), title=(str(found.facts["model"]), f"{found.facts['pictures']} pictures", "mask and IoU")
    )


def maximised_figure(found: Maximised) -> Page:
    """A row for each filter with its channels; in colour one picture each."""
    title = (found.model, found.layer or "classes", f"{found.params['steps']} steps", f"seed {found.params['seed']}")
    words = [f"{name} · {value:.3g}" for name, value in zip(found.names, found.activations, strict=True)]
    if found.levels.shape[-1] in (1, 3):
        return tiles(
            in_lines(
                [
                    Tile(level, said)
                    for level, said in zip(
                        found.levels.squeeze(-1) if found.levels.shape[-1] == 1 else found.levels, words, strict=True
                    )
                ]
            ),
            title=title,
        )
    channels = found.levels.shape[-1]
    names = _CHANNELS if channels == len(_CHANNELS) else tuple(f"channel {number}" for number in range(1, channels + 1))
    rows = [
        (said, [Tile(level[..., channel]) for channel in range(channels)])
        for level, said in zip(found.levels, words, strict=True)
    ]
    return tiles(rows, names, title)
