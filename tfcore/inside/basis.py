"""What a picture is made of while it is climbed: its pixels, or waves that are all as easy to change."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tfcore.lazy import tf
from tfcore.models.card import Card
from tfcore.models.intensity import Z_SCORE
from tfcore.models.prepare import scaled, unscaled

# How red, green and blue go together in photographs (Olah et al. 2017): square root of their correlation.
_COLOURS = np.array([[0.26, 0.09, 0.02], [0.27, 0.00, -0.05], [0.27, -0.09, 0.03]], np.float32)
_COLOURS /= np.linalg.norm(_COLOURS, axis=0).max()
# Standard deviation of what a climb begins with.
_NOISE = 0.1
# Per cent of the values that may be darker than black or brighter than white, of pictures that know neither.
_TAIL = 0.5


@dataclass(frozen=True, eq=False)
class Unit:
    """From u, 0 at middle grey and ±1 at black and white, to what the network eats; z-scores have no ends and are u."""

    grey: np.ndarray
    half: np.ndarray
    bounded: bool

    @classmethod
    def of(cls, card: Card) -> Unit:
        channels = card.channels
        if card.scaling == "per-image standard" or card.intensity == Z_SCORE:
            return cls(np.zeros(channels, np.float32), np.ones(channels, np.float32), False)
        ends = np.repeat(np.array([0, 255], np.float32), channels).reshape(2, 1, 1, channels)
        black, white = scaled(ends.copy(), card)[:, 0, 0]
        return cls((black + white) / 2, (white - black) / 2, True)

    def inputs(self, u: tf.Tensor) -> tf.Tensor:
        return self.grey + self.half * u

    def of_inputs(self, inputs: np.ndarray) -> np.ndarray:
        """u of what a network eats."""
        found: np.ndarray = (inputs - self.grey) / self.half
        return found

    def levels(self, u: np.ndarray, card: Card) -> np.ndarray:
        """Grey levels from 0 to 255, or red, green and blue, uint8."""
        if self.bounded:
            shown = unscaled(np.asarray(self.inputs(u)), card)
        else:
            ends = np.percentile(np.abs(u), 100 - _TAIL, axis=(1, 2, 3), keepdims=True)
            shown = 127.5 * (1 + u / np.maximum(ends, 1e-6))
        return np.rint(np.clip(shown, 0, 255)).astype(np.uint8)


@dataclass(frozen=True, eq=False)
class Basis:
    """From the numbers that are climbed to u (F, h, w, C)."""

    waves: bool
    shape: tuple[int, int, int]
    unit: Unit

    def start(self, count: int, seed: int) -> np.ndarray:
        """Noise, the same for every picture."""
        height, width, channels = self.shape
        one = (channels, height, width // 2 + 1, 2) if self.waves else self.shape
        noise = np.random.default_rng(seed).normal(0, _NOISE, one).astype(np.float32)
        return np.repeat(noise[np.newaxis], count, 0)

    def picture(self, numbers: tf.Tensor) -> tf.Tensor:
        """u of the numbers."""
        if self.waves:
            numbers = self._of_waves(numbers)
        return tf.tanh(numbers) if self.unit.bounded else numbers

    def _of_waves(self, numbers: tf.Tensor) -> tf.Tensor:
        height, width, channels = self.shape
        frequency = np.hypot(np.fft.fftfreq(height)[:, None], np.fft.rfftfreq(width)[None])
        # Slow waves as strong as they are in pictures: 1/f.
        scale = np.sqrt(height * width) / np.maximum(frequency, 1 / max(height, width))
        spectrum = tf.complex(numbers[..., 0], numbers[..., 1]) * scale.astype(np.complex64)
        waves = tf.transpose(tf.signal.irfft2d(spectrum, [height, width]), (0, 2, 3, 1))
        # Noise of the numbers is as strong as noise of pixels.
        waves = waves * float(np.sqrt(height * width / (2 * np.mean(scale**2))))
        return tf.einsum("nijc,dc->nijd", waves, _COLOURS) if channels == 3 else waves
