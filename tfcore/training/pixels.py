"""A class for every pixel: Dice and cross-entropy, judged by the overlap of whole cases, not of slices (METHODS.md §6).

The slices of a volume are put together again before they are judged, and what no slice was read of counts as
background. A picture with a mask is a case of its own, whose distances are in pixels.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any

import numpy as np

from tfcore.data import reading
from tfcore.data.dataset import Dataset, Sample
from tfcore.data.pipeline import Pipeline
from tfcore.data.sources import volumes
from tfcore.evaluate.overlap import FIGURES, Regions, overlap, regions_of
from tfcore.evaluate.statistics import summary
from tfcore.lazy import keras, tf
from tfcore.models.prepare import unfitted
from tfcore.training.dice import class_shares, dice_and_cross_entropy, soft_dice
from tfcore.training.plan import Plan
from tfcore.training.report import cases as drawn
from tfcore.training.settings import PIXELS_BEST
from tfcore.training.task import Cell, Plot


@dataclass(frozen=True)
class Case:
    """One volume or picture after the test: its overlap by region and figure, and the slice with most to see."""

    sample: Sample
    patient: str
    slices: int
    overlap: Mapping[str, Mapping[str, float]]
    # Millilitres (mm² of a single picture with a spacing, else pixels) by region: predicted, true.
    sizes: Mapping[str, tuple[float, float]]
    unit: str
    shown: drawn.Shown

    @property
    def dice(self) -> float:
        """The mean over the regions."""
        return float(np.mean([figures["dice"] for figures in self.overlap.values()]))


class Pixels:
    """The task of the recipes that segment."""

    metric = "dice"
    one_of_many = False
    chosen_by: Mapping[str, str] = PIXELS_BEST
    # A loss over pixels weighs them by itself.
    weights: Mapping[int, float] | None = None

    def __init__(self, names: Sequence[str], regions: Regions, class_weights: Sequence[float] | None = None) -> None:
        self.names, self.regions = names, regions
        self._class_weights = class_weights

    @classmethod
    def of(cls, plan: Plan, data: Dataset) -> Pixels:
        """As the plan has it. The regions of brains are the preset's; of other pictures, every class but the first."""
        if data.kind == "brats":
            regions = regions_of(plan["labels"])
        else:
            regions = {name: (index,) for index, name in enumerate(data.classes) if index}
        return cls(data.classes, regions, class_shares(data, plan.seed) if plan["class_weights"] else None)

    @property
    def mean_of(self) -> list[str]:
        return list(self.regions)

    @property
    def notes(self) -> list[str]:
        said = [
            f"{name} is {' + '.join(self.names[label] for label in sorted(set(labels)) if label < len(self.names))}."
            for name, labels in self.regions.items()
            if name not in self.names
        ]
        if self._class_weights is not None:
            weights = ", ".join(f"{n} {w:.2f}" for n, w in zip(self.names, self._class_weights, strict=True))
            said.append(f"Pixels count by their class in the cross-entropy: {weights}.")
        return said

    # --- learning ---

    def loss(self, smoothing: float) -> keras.losses.Loss:
        return dice_and_cross_entropy(self._class_weights, smoothing)

    def metrics(self) -> list[Any]:
        def dice(wanted: tf.Tensor, logits: tf.Tensor) -> tf.Tensor:
            return soft_dice(wanted, tf.nn.softmax(logits))

        return [keras.metrics.MeanMetricWrapper(dice, name=self.metric)]

    def wanted(self, targets: tf.Tensor) -> tf.Tensor:
        return tf.one_hot(targets, len(self.names))

    def validation(self, batches: Iterable[tuple[np.ndarray, np.ndarray]]) -> dict[str, float]:
        """Loss over the batches; Dice of each region over the pixels of all pictures together."""
        loss = self.loss(0.0)
        losses, counts = [], []
        shared = dict.fromkeys(self.regions, 0)
        together = dict.fromkeys(self.regions, 0)
        for logits, targets in batches:
            losses.append(float(loss(self.wanted(targets), logits)))
            counts.append(len(logits))
            found = logits.argmax(-1)
            for name, labels in self.regions.items():
                ours, theirs = np.isin(found, list(labels)), np.isin(targets, list(labels))
                shared[name] += int(np.count_nonzero(ours & theirs))
                together[name] += int(np.count_nonzero(ours) + np.count_nonzero(theirs))
        each = {name: 2 * shared[name] / together[name] if together[name] else 1.0 for name in self.regions}
        return {
            "val_loss": float(np.average(losses, weights=counts)),
            "val_dice": float(np.mean(list(each.values()))),
            **{f"val_dice {name}": value for name, value in each.items()},
        }

    # --- what came of it ---

    def gathered(self, answers: Iterator[np.ndarray], pictures: Pipeline) -> list[Case]:
        """Case by case, so that memory holds one volume at a time."""
        each = zip(pictures.samples, chain.from_iterable(answers), strict=True)
        values, fit = pictures.mask_values, pictures.card.fit
        return [
            self._case([(sample, answer) for sample, answer in of_case], values, fit)
            for _, of_case in groupby(each, key=lambda one: one[0].path)
        ]

    def _case(self, slices: Sequence[tuple[Sample, np.ndarray]], values: dict[int, int] | None, fit: str) -> Case:
        first = slices[0][0]
        whole = first if first.frame is None else replace(first, frame=0)
        depth = 1 if first.frame is None else volumes.depth_of(first)
        truth = np.stack(
            [reading.mask(whole if first.frame is None else replace(first, frame=z), values) for z in range(depth)]
        )
        found = np.zeros_like(truth)
        for sample, answer in slices:
            laid = unfitted(answer, truth.shape[1:], fit)
            found[sample.frame or 0] = laid.argmax(-1)
        spacing, unit, size = _geometry(first)
        flat = depth == 1 and first.frame is None
        figures = overlap(
            found[0] if flat else found, truth[0] if flat else truth, spacing[1:] if flat else spacing, self.regions
        )
        sizes = {
            name: (size * np.isin(found, list(labels)).sum(), size * np.isin(truth, list(labels)).sum())
            for name, labels in self.regions.items()
        }
        there = truth if truth.any() else found
        most = int((there > 0).sum((1, 2)).argmax()) if there.any() else depth // 2
        picture = reading.picture(first if first.frame is None else replace(first, frame=most))
        shown = drawn.Shown(drawn.grey(picture.levels()), found[most], truth[most])
        return Case(first, first.patient or first.name, len(slices), figures, sizes, unit, shown)

    def report(self, gathered: list[Case]) -> dict[str, Any]:
        regions = {}
        for name in self.regions:
            # Without the structure a case counts 1 or 0, by whether anything was found; with it, what was covered.
            there = np.array([case.sizes[name][1] > 0 for case in gathered])
            dice = np.array([case.overlap[name]["dice"] for case in gathered])
            of_figure: dict[str, Any] = {
                "with it": {"cases": int(there.sum()), "dice": float(dice[there].mean()) if there.any() else None},
                "without it": {"cases": int((~there).sum()), "found empty": int((dice[~there] == 1).sum())},
            }
            for figure in FIGURES:
                values = np.array([case.overlap[name][figure] for case in gathered])
                known = values[np.isfinite(values)]
                found = summary(_by_patient(gathered, values), 0)
                of_figure[figure] = {
                    "mean": found.mean,
                    "low": found.low,
                    "high": found.high,
                    "sd": float(known.std(ddof=1)) if len(known) > 1 else None,
                    "n": len(known),
                    "left out": len(values) - len(known),
                }
            regions[name] = of_figure
        return {
            "n": sum(case.slices for case in gathered),
            "cases": len(gathered),
            "patients": len({case.patient for case in gathered}),
            "dice": float(np.mean([case.dice for case in gathered])),
            "regions": regions,
            "unit": gathered[0].unit,
        }

    def honesty(self, kept: Mapping[str, Any], gathered: Any) -> dict[str, Any]:
        return {}

    def headline(self, report: Mapping[str, Any]) -> dict[str, float]:
        found = {f"dice {name}": figures["dice"]["mean"] for name, figures in report["regions"].items()}
        distances = {f"HD95 {name}": figures["hd95"]["mean"] for name, figures in report["regions"].items()}
        return {"dice": report["dice"], **found, **{name: one for name, one in distances.items() if one is not None}}

    def rows(self, report: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [
            {
                "region": name,
                **{
                    f"{figure} {part}".removesuffix(" mean"): figures[figure][part]
                    for figure in FIGURES
                    for part in ("mean", "sd", "n")
                },
            }
            for name, figures in report["regions"].items()
        ]

    def told(self, gathered: list[Case]) -> list[dict[str, Any]]:
        return [
            {
                "path": case.sample,
                "patient": case.patient,
                "slices": case.slices,
                "region": name,
                **{figure: None if np.isnan(value) else value for figure, value in figures.items()},
                f"predicted {case.unit}": case.sizes[name][0],
                f"true {case.unit}": case.sizes[name][1],
            }
            for case in gathered
            for name, figures in case.overlap.items()
        ]

    def tiles(self, report: Mapping[str, Any]) -> list[tuple[str, Cell, str]]:
        return [
            (f"Dice {name}", figures["dice"]["mean"], _interval(figures["dice"]))
            for name, figures in report["regions"].items()
        ] + [("cases", str(report["cases"]), f"of {report['patients']} patients, each judged as a whole")]

    def sheet(self, report: Mapping[str, Any]) -> tuple[list[str], list[list[Cell]], list[list[Cell]]]:
        unit = "mm" if report["unit"] in ("ml", "mm²") else "px"
        titles = ["region", "Dice", "95 % interval", "where it is", "IoU", f"HD95 ({unit})", f"ASSD ({unit})", "cases"]
        titles += ["without it, found empty"]
        rows: list[list[Cell]] = [
            [
                name,
                each["dice"]["mean"],
                _interval(each["dice"]).removeprefix("95 % interval "),
                each["with it"]["dice"],
                each["iou"]["mean"],
                *(None if each[one]["mean"] is None else f"{each[one]['mean']:.1f}" for one in ("hd95", "assd")),
                str(each["dice"]["n"]),
                f"{each['without it']['found empty']} of {each['without it']['cases']}",
            ]
            for name, each in report["regions"].items()
        ]
        return titles, rows, []

    def plots(self, report: Mapping[str, Any], gathered: list[Case]) -> dict[str, Plot]:
        order = sorted(gathered, key=lambda case: case.dice)
        chosen = {"worst": order[0], "median": order[len(order) // 2], "best": order[-1]}
        shown = {f"{name} · {one.sample.path.name} · Dice {one.dice:.2f}": one.shown for name, one in chosen.items()}
        of_region = {name: [case.overlap[name]["dice"] for case in gathered] for name in report["regions"]}
        return {
            "dice": Plot("Dice of every case", "Each point is a case, the line the median.", drawn.spread(of_region)),
            "cases": Plot(
                "Worst, median and best case",
                "The slice with most of what was to be found. Filled: predicted; outlined: true.",
                drawn.examples(shown, self.names),
            ),
        }

    def amount(self, data: Dataset) -> dict[str, int]:
        return {"pictures": len(data), "cases": len({sample.path for sample in data})}


def _geometry(sample: Sample) -> tuple[tuple[float, float, float], str, float]:
    """Millimetres between slices, rows and columns, the unit of a size, and the size of one place in it."""
    if sample.frame is not None:
        across, along, up = volumes.spacing_of(sample)
        return (up, along, across), "ml", across * along * up / 1000
    spacing = reading.picture(sample).spacing
    if spacing is None:
        return (1.0, 1.0, 1.0), "px", 1.0
    return (1.0, *spacing), "mm²", spacing[0] * spacing[1]


def _by_patient(cases: Sequence[Case], values: np.ndarray) -> list[float]:
    """The mean of each patient's cases, without those that have no value."""
    found: dict[str, list[float]] = {}
    for case, value in zip(cases, values, strict=True):
        if np.isfinite(value):
            found.setdefault(case.patient, []).append(float(value))
    return [float(np.mean(each)) for each in found.values()]


def _interval(figure: Mapping[str, Any]) -> str:
    if figure["low"] is None:
        return "too few cases for an interval"
    return f"95 % interval {figure['low']:.3f} to {figure['high']:.3f}"
