"""Noisy copies of an image, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np


def noisy_copies(image: np.ndarray, samples: int, sigma: float, seed: int, together: int) -> Iterator[np.ndarray]:
    """``samples`` copies with Gaussian noise of ``sigma`` times the image's range, ``together`` at a time.

    Copy number i has the same noise for every image, so an image gets the same map alone and in a batch.
    """
    for start in range(0, samples, together):
        yield np.stack(
            [image + noise(image, sigma, seed, sample) for sample in range(start, min(start + together, samples))]
        )


def noise(image: np.ndarray, sigma: float, seed: int, sample: int) -> np.ndarray:
    """Draw number ``sample`` of the noise for an image."""
    draw: np.ndarray = np.random.default_rng([seed, sample]).standard_normal(image.shape, np.float32)
    return draw * np.float32(sigma * (image.max() - image.min()))
