"""What is learnt: the loss and its targets, the figures a network is judged by, and what a report says of them.

One file per task; :mod:`tfcore.training.classes` is one class of many. A network that segments needs another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.lazy import keras, tf

# A cell of the report's page: numbers are shares, None is a dash.
Cell = str | float | None


@dataclass(frozen=True)
class Plot:
    """A plot of the report."""

    title: str
    caption: str
    figure: Figure


class Task(Protocol):
    """What the loop, the run and the report ask of a task. Answers are what the network's logits become."""

    # The figure of a step beside its loss.
    metric: str
    # The validation figures an epoch can be chosen by, and that choice in words.
    chosen_by: Mapping[str, str]
    # How much a picture of each class counts, where not all count the same.
    weights: Mapping[int, float] | None

    @property
    def mean_of(self) -> list[str]:
        """The classes that a mean over classes counts, for whoever draws it."""

    @property
    def notes(self) -> list[str]:
        """What a reader of the figures should know, a sentence each."""

    def loss(self, smoothing: float) -> keras.losses.Loss:
        """Between what is wanted and the logits."""

    def wanted(self, targets: tf.Tensor) -> tf.Tensor:
        """What the loss compares logits with, of a batch of the pipeline's targets."""

    def validation(self, logits: np.ndarray, targets: np.ndarray) -> dict[str, float]:
        """The figures of an epoch, ``val_loss`` and those of ``chosen_by`` among them."""

    def report(self, answers: np.ndarray, targets: np.ndarray) -> dict[str, Any]:
        """Every figure of the test pictures; ``n`` is their number."""

    def headline(self, report: Mapping[str, Any]) -> dict[str, float]:
        """The figures that are compared over folds."""

    def rows(self, report: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The figures as a table (report.csv)."""

    def told(self, answer: np.ndarray) -> dict[str, Any]:
        """One picture's answer as cells of a table (predictions.csv)."""

    def tiles(self, report: Mapping[str, Any]) -> list[tuple[str, Cell, str]]:
        """What the page shows large: name, figure, explanation."""

    def sheet(self, report: Mapping[str, Any]) -> tuple[list[str], list[list[Cell]], list[list[Cell]]]:
        """The page's table class by class: titles, rows, and rows of means."""

    def plots(self, report: Mapping[str, Any], answers: np.ndarray, targets: np.ndarray) -> dict[str, Plot]:
        """Plots by the names of their files."""
