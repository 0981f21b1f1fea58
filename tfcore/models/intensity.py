"""How a card brings a picture's values to levels where it does not leave that to the picture's own window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from tfcore.errors import HeatlensError

if TYPE_CHECKING:
    from tfcore.pictures import Picture

Z_SCORE = "z-score"
HOW = "'window 40 400' (centre and width, in HU for CT), 'percentile 1 99' or 'z-score'"


def parsed(intensity: str) -> tuple[str, tuple[float, ...]]:
    """Its name and numbers, or a sentence."""
    name, *said = intensity.split() or [""]
    try:
        numbers = tuple(map(float, said))
    except ValueError:
        numbers = (math.nan,)
    valid = {
        "": not numbers,
        Z_SCORE: not numbers,
        "window": len(numbers) == 2 and all(map(math.isfinite, numbers)) and numbers[1] > 0,
        "percentile": len(numbers) == 2 and 0 <= numbers[0] < numbers[-1] <= 100,
    }
    if not valid.get(name, False):
        raise HeatlensError(f"intensity = {intensity!r} is not known; write {HOW}, or nothing for the picture's own.")
    return name, numbers


def levels_by(intensity: str, picture: Picture) -> np.ndarray:
    """Levels from 0 to 255, or of a z-score deviations from the mean of the volume (of a case: of the brain)."""
    from tfcore.pictures import case
    from tfcore.pictures.whole import spread_of_whole

    name, numbers = parsed(intensity)
    if not name:
        return picture.levels()
    if name == "window" and picture.array.dtype == np.uint8:
        raise HeatlensError(
            f"{picture.path} holds 8-bit grey levels, and the model's card wants values such as HU ({intensity}); give "
            "the DICOM or NIfTI file itself."
        )
    if name == Z_SCORE and (scores := case.scores(picture)) is not None:
        return scores
    if picture.grey is not None:
        raise HeatlensError(
            f"{picture.path} is of a case, whose channels have levels of their own, and the model's card wants "
            f"{intensity}; write z-score into the card, or nothing."
        )
    values = picture.array.astype(np.float64)
    if name == Z_SCORE:
        whole = spread_of_whole(picture)
        if not math.isfinite(whole.mean + whole.sd) or not np.isfinite(values).all():
            raise HeatlensError(f"{picture.path} holds values too large for a z-score; scale them before.")
        scores = (values - whole.mean) / (whole.sd or 1.0)
        return (-scores if picture.inverted else scores).astype(np.float32)
    if name == "window":
        low, high = numbers[0] - numbers[1] / 2, numbers[0] + numbers[1] / 2
    else:
        low, high = spread_of_whole(picture).percentiles(*numbers)
        # A volume of one value is mid-grey.
        low, high = (low, high) if high > low else (low - 1, high + 1)
    levels = (np.clip(values, low, high) - low) * (255 / (high - low))
    return (255 - levels if picture.inverted else levels).astype(np.float32)
