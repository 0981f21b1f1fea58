"""The true mask of a single picture, where one lies beside it as data have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources.masks import masked
from tfcore.data.sources.volumes import LABELS, mask_beside
from tfcore.pictures import Picture
from tfcore.pictures.address import parse


def truth_of(picture: Picture, classes: Sequence[str]) -> np.ndarray | None:
    """Class indices (H, W) by the model's classes; nothing where no mask lies beside the picture.

    For a model of two classes everything but 0 is the second. For one of more a mask holds the numbers of the classes,
    or what BraTS has for them where they are called so.
    """
    address = parse(picture.path)
    if address.file.is_dir():
        found = Sample(picture.path, mask=mask_beside(address.file))
    else:
        alone = Dataset((Sample(picture.path),), tuple(classes), address.file.parent, "picture")
        found = next(iter(masked(alone)), alone.samples[0])
    return None if found.mask is None else reading.mask(found, _values(classes))


def _values(classes: Sequence[str]) -> Mapping[int, int] | None:
    """The class of each value of a mask."""
    if len(classes) == 2:
        return None
    numbers = {index: index for index in range(len(classes))}
    return next((values for names, values in LABELS.values() if names == tuple(classes)), numbers)
