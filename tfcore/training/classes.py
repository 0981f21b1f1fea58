"""One class of many: softmax and cross-entropy, judged by accuracy, recall and F1 of every class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from tfcore.data.balance import class_weights
from tfcore.data.dataset import Dataset
from tfcore.data.pipeline import Pipeline
from tfcore.lazy import keras, tf
from tfcore.training import figures
from tfcore.training.honest import both
from tfcore.training.plan import Plan
from tfcore.training.report import plots
from tfcore.training.settings import BEST
from tfcore.training.task import Cell, Plot

_MEANS = ("macro", "weighted")
_CONFUSION = "True classes in rows, predicted ones in columns: counts, shaded by the share of the true class."
_ROC = "Each class against all others, with the area under its curve (AUC)."


class Classes:
    """The task of the recipes that classify."""

    metric = "accuracy"
    one_of_many = True
    chosen_by: Mapping[str, str] = BEST

    def __init__(
        self, names: Sequence[str], focus: str | None = None, weights: Mapping[int, float] | None = None
    ) -> None:
        self.names, self.weights = names, weights
        self._focus = figures.focused(names, focus)

    @classmethod
    def of(cls, plan: Plan, data: Dataset) -> Classes:
        """As the plan has it."""
        return cls(data.classes, plan["focus"], class_weights(data) if plan["class_weights"] else None)

    @property
    def mean_of(self) -> list[str]:
        """The classes that the mean recall counts."""
        return [self.names[index] for index in self._focus]

    @property
    def notes(self) -> list[str]:
        left_out = [name for name in self.names if name not in self.mean_of]
        if not left_out:
            return []
        return [
            f"The mean validation recall is that of {', '.join(self.mean_of)}; it leaves out {', '.join(left_out)}."
        ]

    def loss(self, smoothing: float) -> keras.losses.Loss:
        return keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)

    def wanted(self, targets: tf.Tensor) -> tf.Tensor:
        return tf.one_hot(targets, len(self.names))

    def metrics(self) -> list[Any]:
        # Whole, not by its name: Keras would make its variables in the first step, and trace that step twice.
        return [keras.metrics.CategoricalAccuracy(self.metric)]

    def validation(self, batches: Iterable[tuple[np.ndarray, np.ndarray]]) -> dict[str, float]:
        logits, targets = map(np.concatenate, zip(*batches, strict=True))
        return figures.validation(logits, targets, self.names, self._focus)

    def gathered(self, answers: Iterator[np.ndarray], pictures: Pipeline) -> tuple[np.ndarray, Pipeline]:
        return np.concatenate(list(answers)), pictures

    def report(self, gathered: tuple[np.ndarray, Pipeline]) -> dict[str, Any]:
        answers, pictures = gathered
        return figures.report(answers, pictures.targets, self.names)

    def honesty(self, kept: Mapping[str, Any], gathered: tuple[np.ndarray, Pipeline]) -> dict[str, Any]:
        return both(kept, gathered[0], gathered[1].targets)

    def headline(self, report: Mapping[str, Any]) -> dict[str, float]:
        area = report["macro auc"]
        return {
            "accuracy": report["accuracy"],
            "macro F1": report["macro"]["f1"],
            "weighted F1": report["weighted"]["f1"],
            **({"macro AUC": area} if area is not None else {}),
            **{f"recall {name}": row["recall"] for name, row in report["classes"].items() if row["support"]},
        }

    def rows(self, report: Mapping[str, Any]) -> list[dict[str, Any]]:
        areas = {"macro": report["macro auc"], "weighted": None}
        of_all = {"support": report["n"], "auc": None}
        return [
            *({"class": name, **row} for name, row in report["classes"].items()),
            *({"class": f"{kind} average", **report[kind], **of_all, "auc": areas[kind]} for kind in _MEANS),
            {"class": "accuracy", "precision": None, "recall": None, "f1": report["accuracy"], **of_all},
        ]

    def told(self, gathered: tuple[np.ndarray, Pipeline]) -> list[dict[str, Any]]:
        rows = []
        for answer, sample in zip(gathered[0], gathered[1].samples, strict=True):
            shares = {f"p_{name}": f"{value:.6f}" for name, value in zip(self.names, answer, strict=True)}
            of_sample = {"path": sample, "frame": sample.frame, "true": sample.label}
            rows.append({**of_sample, "predicted": self.names[int(answer.argmax())], **shares})
        return rows

    def tiles(self, report: Mapping[str, Any]) -> list[tuple[str, Cell, str]]:
        low, high = report["accuracy interval"]
        honest = report.get("calibration")
        errors = [] if honest is None else honest["test"]["ece"]
        tile = [("calibration error", errors[1], f"ECE; {errors[0]:.3f} without the temperature")] if errors else []
        return [
            ("accuracy", report["accuracy"], f"95 % interval {low:.3f} to {high:.3f}"),
            ("macro F1", report["macro"]["f1"], "mean over the classes"),
            ("weighted F1", report["weighted"]["f1"], "classes weighted by their size"),
            ("macro AUC", report["macro auc"], "mean over the classes"),
            *tile,
        ]

    def sheet(self, report: Mapping[str, Any]) -> tuple[list[str], list[list[Cell]], list[list[Cell]]]:
        columns = {"class": "class", "precision": "precision", "recall": "recall", "f1": "F1", "auc": "AUC"}
        cells = [[*(row[name] for name in columns), str(row["support"])] for row in self.rows(report)]
        # Accuracy has a tile of its own.
        return [*columns.values(), "pictures"], cells[: -len(_MEANS) - 1], cells[-len(_MEANS) - 1 : -1]

    def plots(self, report: Mapping[str, Any], gathered: tuple[np.ndarray, Pipeline]) -> dict[str, Plot]:
        answers, pictures = gathered
        curves = plots.roc_curves(figures.roc(answers, pictures.targets), self.names)
        return {
            "confusion": Plot("Confusion", _CONFUSION, plots.confusion(report["confusion"], self.names)),
            "roc": Plot("ROC", _ROC, curves),
        }

    def amount(self, data: Dataset) -> dict[str, int]:
        return data.counts()
