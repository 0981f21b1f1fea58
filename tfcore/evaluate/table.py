"""What an evaluation found: a row per model, method, layer and metric, and the number of every image behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tfcore.evaluate import files
from tfcore.evaluate.compared import Compared, compared
from tfcore.evaluate.metric import Outcome, read
from tfcore.evaluate.parts import Answer
from tfcore.evaluate.rows import Row, Value
from tfcore.evaluate.statistics import RESAMPLES, summary
from tfcore.figure.provenance import packages
from tfcore.marks import PROGRAM, version
from tfcore.registry import find

_TITLES = ("method", "layer", "metric", "better", "mean", "95 % interval", "median", "sd", "n", "left out")


@dataclass(frozen=True, eq=False)
class Table:
    """The result of ``evaluate``; ``facts`` say what it was computed with.

    >>> table.row("grad-cam", "stage4", "iou").mean                                        # doctest: +SKIP
    """

    rows: tuple[Row, ...]
    values: tuple[Value, ...]
    # A sentence for each picture that could not be read.
    unread: tuple[str, ...]
    facts: Mapping[str, Any]
    # What every model says of every picture.
    answers: tuple[Answer, ...] = ()

    def row(self, method: str, layer: str, metric: str, model: str | None = None) -> Row:
        """The row of that name, of the first model unless one is named."""
        return self.known[self.models[0] if model is None else model, method, layer, metric]

    @cached_property
    def known(self) -> dict[tuple[str, str, str, str], Row]:
        """Every row by model, method, layer and metric."""
        return {(row.model, row.method, row.layer, row.metric): row for row in self.rows}

    @property
    def models(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row.model for row in self.rows))

    @property
    def metrics(self) -> dict[str, str]:
        """Every metric, with the direction that is better."""
        return {row.metric: row.better for row in self.rows}

    @property
    def patients(self) -> dict[str, str]:
        """Whose each picture is, where that is known."""
        return {each.picture: each.patient for each in self.answers if each.patient is not None}

    @property
    def settings(self) -> dict[str, dict[str, Any]]:
        """Every method and metric with all its parameters, also those that nobody set."""
        given = self.facts.get("params", {})
        methods = {row.method: find("method", row.method) for row in self.rows}
        metrics = {name: find("metric", name) for name in self.metrics}
        return {
            **{name: spec.parse(given.get(name, {})) for name, spec in methods.items()},
            **{name: spec.parse(given.get(name, {})) for name, spec in metrics.items()},
        }

    @cached_property
    def curves(self) -> dict[files.Of, files.MeanCurve]:
        """The mean curve of every row that has curves."""
        return files.mean_curves(self)

    @cached_property
    def compared(self) -> Compared:
        """What differs by more than noise, who comes first, and where the metrics contradict each other."""
        return compared(self)

    def as_text(self) -> str:
        """A plain aligned table for people."""
        several = len(self.models) > 1
        titles = ("model", *_TITLES) if several else _TITLES
        return aligned([titles, *((row.model, *_cells(row)) if several else _cells(row) for row in self.rows)])

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON: all but the number of every picture."""
        return {
            PROGRAM: version(),
            "versions": packages(),
            "facts": dict(self.facts),
            "settings": self.settings,
            "resamples": RESAMPLES,
            "rows": [asdict(row) for row in self.rows],
            **self.compared.as_dict(),
            "unread": list(self.unread),
        }

    def write(self, folder: str | Path, overwrite: bool = False, beside: bool = False) -> list[Path]:
        """Every table of it (``tfcore.evaluate.files``) in the folder; the files written."""
        return files.write(self, Path(folder), overwrite, beside)


def reopened(folder: str | Path) -> Table:
    """The table that was written to a folder."""
    return Table(*files.stored(folder))


def table(
    found: Mapping[tuple[str, str, str, str], Sequence[tuple[str, Outcome]]],
    better: Mapping[str, str],
    seed: int,
    unread: Sequence[str],
    facts: Mapping[str, Any],
    answers: Sequence[Answer] = (),
) -> Table:
    """The table of (picture, outcome) pairs by model, method, layer and metric."""
    rows, values = [], []
    # A picture without a patient stands for itself.
    whose = {each.picture: each.patient or each.picture for each in answers} if _has_patients(answers) else None
    for of, outcomes in found.items():
        model, method, layer, metric = of
        here = [value(of, picture, outcome) for picture, outcome in outcomes]
        there = [each for each in here if each.value is not None]
        left_out = Counter(each.left_out for each in here if each.value is None)
        if unread:
            left_out["picture not readable"] = len(unread)
        owners = None if whose is None else [whose[each.picture] for each in there]
        numbers: list[float] = [each.value for each in there]  # type: ignore[misc]
        about = asdict(summary(numbers, seed, owners))
        rows.append(Row(model, method, layer, metric, better[metric], left_out=dict(left_out), **about))
        values += here
    return Table(tuple(rows), tuple(values), tuple(unread), facts, tuple(answers))


def value(of: tuple[str, str, str, str], picture: str, outcome: Outcome) -> Value:
    """One image's number or reason as a row."""
    return Value(picture, *of, *read(outcome))


def _has_patients(answers: Sequence[Answer]) -> bool:
    return any(each.patient is not None for each in answers)


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Cells in columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _cells(row: Row) -> tuple[str, ...]:
    between = "–" if row.low is None or row.high is None else f"{row.low:.4g} … {row.high:.4g}"
    numbers = (_shown(row.mean), between, _shown(row.median), _shown(row.sd), str(row.n))
    return (row.method, row.layer, row.metric, f"{row.better} is better", *numbers, row.why_left_out or "–")


def _shown(number: float | None) -> str:
    return "–" if number is None else f"{number:.4g}"
