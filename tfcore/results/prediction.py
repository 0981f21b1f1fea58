"""What a network says of a picture, once or over many passes with dropout on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfcore.results.heat import Box

if TYPE_CHECKING:
    import numpy as np


@dataclass(frozen=True)
class Prediction:
    """What the network says of one picture, without a heatmap."""

    path: str
    classes: tuple[str, ...]
    # The network's own answer (C,): probabilities, but for a network that ends in plain numbers.
    probabilities: np.ndarray
    # In nats; NaN for plain numbers.
    entropy: float = math.nan


@dataclass(frozen=True)
class Sureness:
    """How sure the network is of one picture: many passes with dropout on (METHODS.md §7). Entropies are in nats."""

    path: str
    model: str
    classes: tuple[str, ...]
    # Per class (C,); for a network that answers per pixel every array has (H, W) before its classes.
    mean: np.ndarray
    variance: np.ndarray
    entropy: np.ndarray
    mutual_information: np.ndarray
    # Share of the passes that decide for each class.
    votes: np.ndarray
    # Probability below which 5 % and 95 % of the passes lie (C, 2), and all passes (T, C); None per pixel.
    intervals: np.ndarray | None
    samples: np.ndarray | None
    # Passes done; fewer than asked for where the job was cancelled.
    passes: int
    seed: int
    # The rate of dropout that was put in, None where the network's own was used.
    insert: float | None
    # Random layers other than dropout, which stayed switched off.
    left_inactive: tuple[str, ...]
    # The entropy of a network that knows nothing: the end of the scale.
    largest_entropy: float
    # What the figures say, in a sentence.
    words: str
    box: Box
    seconds: float
    hashes: dict[str, str]

    @property
    def inserted(self) -> bool:
        """Whether dropout was put into a network for these passes."""
        return self.insert is not None
