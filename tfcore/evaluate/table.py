"""What an evaluation found: a row per method, layer and metric, and the number of every image behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tfcore.evaluate.metric import Curve, Outcome, read
from tfcore.evaluate.statistics import summary
from tfcore.files import check_free, written_whole
from tfcore.growing import partial
from tfcore.marks import PROGRAM, version
from tfcore.plain import json_text
from tfcore.tables import heading, write_table

_ROWS, VALUES, _ALL = "evaluation.csv", "images.csv", "evaluation.json"
_TITLES = ("method", "layer", "metric", "better", "mean", "95 % interval", "median", "sd", "n", "left out")


@dataclass(frozen=True)
class Value:
    """One image's number for one row, or why it has none, and the curve that it is the area of, where it is one."""

    picture: str
    method: str
    layer: str
    metric: str
    value: float | None
    left_out: str
    curve: Curve | None = None

    def row(self) -> dict[str, Any]:
        """Its cells; a curve is none."""
        return {name: getattr(self, name) for name in VALUE_COLUMNS}

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON, with x and y of the curve where there is one."""
        return self.row() if self.curve is None else {**self.row(), "curve": {"x": self.curve.x, "y": self.curve.y}}


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
            PROGRAM: version(),
            "facts": dict(self.facts),
            "rows": [asdict(row) for row in self.rows],
            "unread": list(self.unread),
            "values": [value.as_dict() for value in self.values],
        }

    def write(self, folder: str | Path, overwrite: bool = False, beside: bool = False) -> list[Path]:
        """evaluation.csv (rows), images.csv (values) and evaluation.json (all) in the folder.

        ``beside`` the tables of an earlier evaluation they are called evaluation.partial.csv and so on.
        """
        files = [Path(folder) / name for name in FILES]
        of_rows, of_values, whole = map(partial, files) if beside else files
        rows = ({**asdict(row), "left_out": row.why_left_out} for row in self.rows)
        write_table(of_rows, Row.__dataclass_fields__, rows, overwrite)
        write_table(of_values, VALUE_COLUMNS, map(Value.row, self.values), overwrite)
        with written_whole(whole, overwrite) as temporary:
            record = json_text(self.as_dict(), indent=1)
            temporary.write_text(f"{record}\n", encoding="utf-8")
        return [of_rows, of_values, whole]


FILES = (_ROWS, VALUES, _ALL)
VALUE_COLUMNS = tuple(name for name in Value.__dataclass_fields__ if name != "curve")


def check_tables_free(folder: str | Path, overwrite: bool = False) -> None:
    """Say, before anything is measured, which file of somebody else's is in the way."""
    for name, columns in zip(FILES, (Row.__dataclass_fields__, VALUE_COLUMNS, ()), strict=True):
        check_free(Path(folder) / name, overwrite, heading(columns))


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
        here = [value(picture, method, layer, metric, outcome) for picture, outcome in outcomes]
        numbers = [each.value for each in here if each.value is not None]
        left_out = Counter(each.left_out for each in here if each.value is None)
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
        values += here
    return Table(tuple(rows), tuple(values), tuple(unread), facts)


def value(picture: str, method: str, layer: str, metric: str, outcome: Outcome) -> Value:
    """One image's number or reason as a row."""
    return Value(picture, method, layer, metric, *read(outcome))


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
