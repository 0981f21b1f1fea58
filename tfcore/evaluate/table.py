"""What an evaluation found: a row per method, layer and metric, and the number of every image behind it."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tfcore.evaluate.metric import Outcome
from tfcore.evaluate.statistics import summary
from tfcore.files import written_whole

_TITLES = ("method", "layer", "metric", "better", "mean", "95 % interval", "median", "sd", "n", "left out")


@dataclass(frozen=True)
class Value:
    """One image's number for one row, or why it has none."""

    picture: str
    method: str
    layer: str
    metric: str
    value: float | None
    left_out: str


@dataclass(frozen=True)
class Row:
    """A method at a layer by a metric over all images; ``left_out`` counts the images without a number by reason."""

    method: str
    layer: str
    metric: str
    better: str
    n: int
    mean: float | None
    median: float | None
    sd: float | None
    low: float | None
    high: float | None
    left_out: Mapping[str, int]

    @property
    def why_left_out(self) -> str:
        """In words, the most frequent reason first."""
        return ", ".join(f"{count} {reason}" for reason, count in Counter(self.left_out).most_common())


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

    def row(self, method: str, layer: str, metric: str) -> Row:
        """The row of that name."""
        return next(row for row in self.rows if (row.method, row.layer, row.metric) == (method, layer, metric))

    def as_text(self) -> str:
        """A plain aligned table for people."""
        return aligned([_TITLES, *(_cells(row) for row in self.rows)])

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        return {
            "facts": dict(self.facts),
            "rows": [asdict(row) for row in self.rows],
            "unread": list(self.unread),
            "values": [asdict(value) for value in self.values],
        }

    def write(self, folder: str | Path) -> list[Path]:
        """evaluation.csv (rows), images.csv (values) and evaluation.json (all) in the folder."""
        folder = Path(folder)
        rows = ({**asdict(row), "left_out": row.why_left_out} for row in self.rows)
        files = [
            _csv(folder / "evaluation.csv", Row.__dataclass_fields__, rows),
            _csv(folder / "images.csv", Value.__dataclass_fields__, map(asdict, self.values)),
            folder / "evaluation.json",
        ]
        with written_whole(files[-1]) as temporary:
            temporary.write_text(json.dumps(self.as_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        return files


def table(
    found: Mapping[tuple[str, str, str], Sequence[tuple[str, Outcome]]],
    better: Mapping[str, str],
    seed: int,
    unread: Sequence[str],
    facts: Mapping[str, Any],
) -> Table:
    """The table of (picture, outcome) pairs by method, layer and metric."""
    rows, values = [], []
    for (method, layer, metric), outcomes in found.items():
        numbers = [outcome for _, outcome in outcomes if not isinstance(outcome, str)]
        left_out = Counter(outcome for _, outcome in outcomes if isinstance(outcome, str))
        if unread:
            left_out["picture not readable"] = len(unread)
        rows.append(
            Row(
                method=method,
                layer=layer,
                metric=metric,
                better=better[metric],
                left_out=dict(left_out),
                **asdict(summary(numbers, seed)),
            )
        )
        for picture, outcome in outcomes:
            number, reason = (None, outcome) if isinstance(outcome, str) else (float(outcome), "")
            values.append(Value(picture, method, layer, metric, number, reason))
    return Table(tuple(rows), tuple(values), tuple(unread), facts)


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


def _csv(path: Path, columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> Path:
    with written_whole(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return path
