"""What a network that segments draws on all slices of a volume, measured as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tfcore.engine.context import Context
from tfcore.errors import HeatlensError
from tfcore.evaluate.overlap import dice_of
from tfcore.pictures import read
from tfcore.pictures.between import between
from tfcore.pictures.many import Left
from tfcore.results import Mask, MaskVolume
from tfcore.training.predictions import draw_files, judged
from tfcore.trust.ensemble import Ensemble


def mask_volume(
    context: Context,
    model: str,
    pictures: Sequence[str],
    trust: bool = False,
    models: Sequence[tuple[str, bool]] = (),
) -> MaskVolume:
    """Millilitres, pieces and, where the truth is known, Dice of every class over these slices, in their order.

    What is drawn on each slice is a part of the result; ``models`` are those that draw as one.
    """
    opened = context.models.get(model, trust)
    together = Ensemble(context.models.all_of(models)) if models else None
    drawn = draw_files(opened, map(Path, pictures)) if together is None else together.draw_files(map(Path, pictures))
    slices: list[Mask] = []
    place = 0.0
    for done, one in enumerate(drawn):
        context.progress(done, len(pictures))
        if isinstance(one, Left):
            raise HeatlensError(one.sentence)
        shown = read(pictures[done])
        slices.append(judged(one if isinstance(one, Mask) else one[0], shown))
        context.partial(slices[-1])
        apart = between(pictures[done])
        place = 0.0 if apart is None or shown.spacing is None else float(np.prod(shown.spacing)) * apart / 1000
    classes = range(1, len(opened.mask_classes))
    masks = [np.stack([one.inside(index) for one in slices]) for index in classes]
    voxels = tuple(int(np.count_nonzero(each)) for each in masks)
    dice = None
    if all(one.truth is not None for one in slices):
        dice = tuple(
            dice_of(mask, np.stack([one.true_inside(index) for one in slices]))
            for index, mask in zip(classes, masks, strict=True)
        )
    return MaskVolume(
        classes=opened.mask_classes[1:],
        slices=len(slices),
        voxels=voxels,
        millilitres=tuple(count * place for count in voxels) if place else None,
        parts=tuple(map(_parts, masks)),
        dice=dice,
    )


def _parts(inside: np.ndarray) -> int:
    """Pieces that do not touch each other, not even by a corner."""
    from scipy.ndimage import label

    return int(label(inside, np.ones((3, 3, 3)))[1])
