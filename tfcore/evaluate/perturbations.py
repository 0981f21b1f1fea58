"""What a perturbed picture shows in place of its own pixels, in the units the network eats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfcore.explain.baselines import baseline_of
from tfcore.models.intensity import Z_SCORE
from tfcore.models.prepare import scaled

if TYPE_CHECKING:
    from tfcore.evaluate.images import Images
    from tfcore.models.card import Card

# Of pictures from 0 to 1.
_NOISE = 0.1


def perturbed(images: Images, how: str, seed: int) -> np.ndarray:
    """The whole pictures (N, H, W, C) after a perturbation: noise added, uniform noise, their mean, blur, or zero."""
    batch = images.batch
    if how in ("mean", "blur", "zero"):
        return baseline_of(images.model, batch, how)
    draw = np.random.default_rng(seed)
    # The same for every picture, so that one gets the same number alone and in a batch.
    drawn = draw.normal(0, _NOISE, batch.shape[1:]) if how == "noise" else draw.uniform(0, 1, batch.shape[1:])
    low, high = np.stack([_black_and_white(images.model.card, image) for image in batch], 1)[:, :, None, None]
    noise = images.given.get(how, drawn * (high - low) + (0 if how == "noise" else low))
    return (batch + noise if how == "noise" else np.broadcast_to(noise, batch.shape)).astype(np.float32)


def _black_and_white(card: Card, image: np.ndarray) -> np.ndarray:
    """What black and white are for the network (2, C); where pictures are standardised, how far this one reaches."""
    channels = image.shape[-1]
    if card.scaling == "per-image standard" or card.intensity == Z_SCORE:
        return np.stack([np.full(channels, image.min()), np.full(channels, image.max())])
    levels = np.stack([np.zeros((1, 1, channels), np.float32), np.full((1, 1, channels), 255, np.float32)])
    return scaled(levels, card)[:, 0, 0]
