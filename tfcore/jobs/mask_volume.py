"""What a network that segments draws on all slices of a volume, measured as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tfcore.data.truth import truths_of
from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.pictures import read
from tfcore.pictures.between import between
from tfcore.pictures.many import Left
from tfcore.results import MaskVolume
from tfcore.training.predictions import draw_files


def mask_volume(
    context: Context, model: str, pictures: Sequence[str], threshold: float | None = None, trust: bool = False
) -> MaskVolume:
    """Millilitres, pieces and, where the truth is known, Dice of every class over these slices, in their order."""
    opened = context.models.get(model, trust)
    drawn, true, place = [], [], 0.0
    for done, one in enumerate(draw_files(opened, map(Path, pictures), threshold)):
        context.progress(done, len(pictures))
        if isinstance(one, Left):
            raise HeatlensError(one.sentence)
        drawn.append(np.stack([one.inside(index) for index in range(1, len(one.classes))]))
        shown = read(pictures[done])
        truth = truths_of(shown, one.classes)
        if truth is not None and truth.shape == drawn[-1].shape:
            true.append(truth)
        apart = between(pictures[done])
        place = 0.0 if apart is None or shown.spacing is None else float(np.prod(shown.spacing)) * apart / 1000
    # (S, slices, H, W)
    masks = np.stack(drawn, 1)
    truths = np.stack(true, 1) if len(true) == len(drawn) else None
    voxels = tuple(int(np.count_nonzero(each)) for each in masks)
    return MaskVolume(
        classes=opened.mask_classes[1:],
        slices=len(drawn),
        voxels=voxels,
        millilitres=tuple(count * place for count in voxels) if place else None,
        parts=tuple(map(_parts, masks)),
        dice=None if truths is None else tuple(map(_dice, masks, truths)),
    )


def _parts(inside: np.ndarray) -> int:
    """Pieces that do not touch each other, not even by a corner."""
    from scipy.ndimage import label

    return int(label(inside, np.ones((3, 3, 3)))[1])


def _dice(ours: np.ndarray, theirs: np.ndarray) -> float:
    both = np.count_nonzero(ours) + np.count_nonzero(theirs)
    return 2 * np.count_nonzero(ours & theirs) / both if both else 1.0
