"""The masks that passes draw, and how alike they are: kept as bits, held against each other structure by structure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.sources.volumes import LABELS, REGIONS
from tfcore.errors import HeatlensError
from tfcore.results.structures import Structures, dice_of

if TYPE_CHECKING:
    from tfcore.models.model import Model

# Masks that are held against each other: more say nothing new, and so memory does not grow with the passes.
MASKS = 100


def pairwise_dice(samples: Any) -> np.ndarray:
    """Dice of every two of S masks (S, …) of true and false, (S, S); of two empty ones 1.

    >>> pairwise_dice([[True, True], [True, False]])[0].round(3).tolist()
    [1.0, 0.667]
    """
    masks = np.asarray(samples)
    if masks.ndim < 2 or not masks.size or not np.isin(masks, (0, 1)).all():
        raise HeatlensError(
            f"The samples are {masks.dtype} of shape {masks.shape}; give masks of true and false, (samples, …)."
        )
    return dice_of(_shared(masks.reshape(len(masks), -1)))


def structures_of(classes: Sequence[str], drawn: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """By name what is made of which classes: each that is drawn, and of a brain tumour the regions that join some.

    >>> structures_of(("background", "necrotic", "oedema", "enhancing"), (1, 2, 3))["TC"]
    (1, 3)
    """
    found: dict[str, tuple[int, ...]] = {classes[index]: (index,) for index in drawn}
    preset = next((name for name, (names, _) in LABELS.items() if names == tuple(classes)), "")
    for name, labels in REGIONS.get(preset, {}).items():
        inside = tuple(sorted(label for label in labels if label < len(classes)))
        if len(inside) > 1:
            found[name] = inside
    return found


def drawn_by(model: Model, votes: np.ndarray) -> Structures:
    """What each of T members draws, from what it says of every pixel (T, h, w, C), yes or no."""
    drawn = structures_of(model.classes, model.drawn)
    masks = np.stack([votes[..., list(inside)].any(-1) for inside in drawn.values()], -1)
    return Structures(tuple(drawn), shared_of(packed(masks)))


def packed(masks: np.ndarray) -> np.ndarray:
    """Masks (K, h, w, S) as bits, (K, S, bytes)."""
    passes, structures = masks.shape[0], masks.shape[-1]
    return np.packbits(masks.reshape(passes, -1, structures).swapaxes(1, 2), axis=-1)


def shared_of(bits: np.ndarray) -> np.ndarray:
    """(S, K, K): places that the masks of two passes share, from :func:`packed` masks."""
    return np.stack([_shared(np.unpackbits(bits[:, index], axis=-1)) for index in range(bits.shape[1])])


def _shared(masks: np.ndarray) -> np.ndarray:
    # Where no mask has anything there is nothing to count.
    inside = masks[:, masks.any(0)].astype(np.float32)
    return np.rint(inside @ inside.T).astype(np.int32)
