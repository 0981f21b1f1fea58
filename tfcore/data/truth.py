"""The true mask of a single picture, where one lies beside it as data have them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.sources.masks import masked
from tfcore.data.sources.volumes import LABELS, REGIONS, mask_beside
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


def truths_of(picture: Picture, classes: Sequence[str]) -> np.ndarray | None:
    """Where each class but the first truly is, (S, H, W), of classes that may overlap.

    Those that are called as the regions of a tumour are read from a mask as BraTS has it.
    """
    if not set(classes[1:]) <= REGIONS["brats"].keys():
        truth = truth_of(picture, classes)
        return None if truth is None else np.stack([truth == index for index in range(1, len(classes))])
    names, _ = LABELS["brats"]
    truth = truth_of(picture, names)
    return None if truth is None else np.stack([np.isin(truth, REGIONS["brats"][name]) for name in classes[1:]])
