"""What is learnt: the loss and its targets, the figures a network is judged by, and what a report says of them.

One file per task; :mod:`tfcore.training.classes` is one class of many, :mod:`tfcore.training.pixels` one per pixel.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.data.dataset import Dataset
    from tfcore.data.pipeline import Pipeline
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
    # Whether an answer is one class of many, whose probability a temperature makes honest.
    one_of_many: bool
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

    def metrics(self) -> list[Any]:
        """What Keras measures in a step, ``metric`` first."""

    def validation(self, batches: Iterable[tuple[np.ndarray, np.ndarray]]) -> dict[str, float]:
        """The figures of an epoch from logits and targets, ``val_loss`` and those of ``chosen_by`` among them."""

    def gathered(self, answers: Iterator[np.ndarray], pictures: Pipeline) -> Any:
        """What the report needs of the answers to the test pictures, which come batch by batch, in order."""

    def report(self, gathered: Any) -> dict[str, Any]:
        """Every figure of the test pictures; ``n`` is their number."""

    def honesty(self, kept: Mapping[str, Any], gathered: Any) -> dict[str, Any]:
        """Errors of calibration before and after what the card keeps, where it keeps something."""

    def headline(self, report: Mapping[str, Any]) -> dict[str, float]:
        """The figures that are compared over folds."""

    def rows(self, report: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The figures as a table (report.csv)."""

    def told(self, gathered: Any) -> list[dict[str, Any]]:
        """The answer to each picture or case, as a row of a table (predictions.csv) whose ``path`` is its sample."""

    def tiles(self, report: Mapping[str, Any]) -> list[tuple[str, Cell, str]]:
        """What the page shows large: name, figure, explanation."""

    def sheet(self, report: Mapping[str, Any]) -> tuple[list[str], list[list[Cell]], list[list[Cell]]]:
        """The page's table class by class: titles, rows, and rows of means."""

    def plots(self, report: Mapping[str, Any], gathered: Any) -> dict[str, Plot]:
        """Plots by the names of their files."""

    def amount(self, data: Dataset) -> dict[str, int]:
        """What one side of the data holds of what is to be learnt, by name."""
