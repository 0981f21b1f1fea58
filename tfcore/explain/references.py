"""Pictures that say what is usual: a folder that somebody names, made ready for the network."""

from __future__ import annotations

from itertools import islice

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import sent
from tfcore.models.model import Model
from tfcore.pictures.find import find
from tfcore.registry import Param

# More of them change little and take memory.
_MOST = 100


def reference(otherwise: str) -> Param:
    """The setting that names them."""
    return Param(
        "reference",
        "text",
        None,
        f"folder of pictures that say what is usual, the first {_MOST} of it (empty: {otherwise})",
        optional=True,
        path="folder",
    )


def references(model: Model, name: str, shape: tuple[int, ...]) -> np.ndarray:
    """(R, H, W, C): the pictures of a folder, or the one of a file."""
    folder = sent(name)
    if not folder.exists():
        raise HeatlensError(f"There is no folder {name} to take reference pictures from; name one that exists.")
    paths = list(islice(find([folder]), _MOST))
    if not paths:
        raise HeatlensError(f"The reference folder {name} holds no pictures; name one that does.")
    found = np.concatenate([model.prepare([path]) for path in paths])
    if found.shape[1:] != shape:
        raise HeatlensError(
            f"The reference pictures of {name} are {found.shape[1:3]} pixels, the images are {shape[:2]}; "
            "give pictures of the same size."
        )
    return found
