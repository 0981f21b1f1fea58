"""Pictures without evidence, against which an image is compared."""

from __future__ import annotations

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import sent
from tfcore.models.model import Model

# Width of the blur, as a share of the longer side: lesions go, the brain's outline stays.
_BLUR = 0.05


def baseline_of(model: Model, batch: np.ndarray, name: str) -> np.ndarray:
    """The baseline of every image: ``zero``, ``mean`` (of each channel), ``blur``, or the path of a picture."""
    if name == "zero":
        return np.zeros_like(batch)
    if name == "mean":
        return np.broadcast_to(batch.mean((1, 2), keepdims=True), batch.shape)
    if name == "blur":
        return np.stack([_blurred(image) for image in batch])
    picture = model.prepare([sent(name)])
    if picture.shape[1:] != batch.shape[1:]:
        raise HeatlensError(
            f"The baseline {name} is {picture.shape[1:3]} pixels, the images are {batch.shape[1:3]}; "
            "give a picture of the same size."
        )
    return np.broadcast_to(picture, batch.shape)


def _blurred(image: np.ndarray) -> np.ndarray:
    import cv2

    blurred: np.ndarray = cv2.GaussianBlur(image, (0, 0), _BLUR * max(image.shape[:2]))
    return blurred.reshape(image.shape)
