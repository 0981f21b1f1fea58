"""The files of an evaluation: tidy numbers, summaries, comparisons, answers and curves."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.evaluate.compared import COMPARISON_COLUMNS, comparison_row
from tfcore.evaluate.metric import Curve
from tfcore.evaluate.parts import Answer
from tfcore.evaluate.rows import VALUE_COLUMNS, Row, Value
from tfcore.evaluate.statistics import intervals
from tfcore.files import check_free, written_whole
from tfcore.growing import partial as partial_name
from tfcore.marks import MEMBER, PROGRAM, version
from tfcore.tables import bare, heading, write_table
from tfcore.told import Told, found_from, picture_from, told_json

if TYPE_CHECKING:
    from tfcore.evaluate.table import Table

# Model, method, layer, metric.
Of = tuple[str, str, str, str]
RESULTS, REPORT, FACTS, PARTS = "results.csv", "report.html", "evaluation.json", "parts"
_ROWS = tuple(Row.__dataclass_fields__)
_CURVES = ("model", "method", "layer", "metric", "x", "mean", "low", "high", "n")
_ANSWERS = ("picture", "patient", "model", "label", "predicted", "probability", "right")
# Tables by the columns they are known by; the others by their mark.
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    RESULTS: VALUE_COLUMNS,
    "summary.csv": _ROWS,
    "comparisons.csv": COMPARISON_COLUMNS,
    "predictions.csv": _ANSWERS,
    "curves.csv": _CURVES,
}
FILES = (*_COLUMNS, "results.parquet", "summary.json", "curves.npz", FACTS, REPORT)


def check_tables_free(folder: str | Path, overwrite: bool = False) -> None:
    """Say, before anything is measured, which file of somebody else's is in the way."""
    for name in FILES:
        check_free(Path(folder) / name, overwrite, heading(_COLUMNS.get(name, ())))


def write(table: Table, folder: Path, overwrite: bool = False, beside: bool = False) -> list[Path]:
    """All of them; ``beside`` those of an earlier evaluation they are called results.partial.csv and so on."""
    rows = {
        RESULTS: map(Value.row, table.values),
        "summary.csv": ({**asdict(row), "left_out": row.why_left_out} for row in table.rows),
        "comparisons.csv": map(comparison_row, table.compared.comparisons),
        "predictions.csv": (
            {**asdict(each), "picture": Path(each.picture), "right": each.right} for each in table.answers
        ),
    }
    curves = drawn(table)
    if curves:
        rows["curves.csv"] = _points(table.curves)
    whole: dict[str, Callable[[], bytes]] = {
        "summary.json": lambda: _json([{PROGRAM: version(), **asdict(row)} for row in table.rows], folder),
        FACTS: lambda: _json(table.as_dict(), folder),
        "results.parquet": lambda: _parquet(table, folder),
    }
    if curves:
        whole["curves.npz"] = partial(_npz, table, curves, folder)
    place = partial_name if beside else Path
    written = []
    for name, some in rows.items():
        written.append(write_table(place(folder / name), _COLUMNS[name], some, overwrite))
    for name, content in whole.items():
        with written_whole(place(folder / name), overwrite) as temporary:
            temporary.write_bytes(content())
        written.append(place(folder / name))
    return written


def drawn(table: Table) -> dict[Of, list[tuple[str, Curve]]]:
    """The curves of every row that has some, with their pictures, all of one length."""
    found: dict[Of, list[tuple[str, Curve]]] = {}
    for each in table.values:
        if each.curve is not None:
            some = found.setdefault((each.model, each.method, each.layer, each.metric), [])
            if not some or len(some[0][1].x) == len(each.curve.x):
                some.append((each.picture, each.curve))
    return found


def stored(
    folder: str | Path,
) -> tuple[tuple[Row, ...], tuple[Value, ...], tuple[str, ...], dict[str, Any], tuple[Answer, ...]]:
    """What :func:`write` wrote of a table to a folder, its pictures and models as they are found from here."""
    folder = Path(folder)
    try:
        record = json.loads((folder / FACTS).read_bytes())
        values = list(_rows_of(folder / RESULTS))
        answers = [Answer(**_answer(row)) for row in _rows_of(folder / "predictions.csv")]
        curves = _curves_of(folder / "curves.npz")
        for one in (record["facts"], *record["facts"]["models"]):
            one |= {name: found_from(folder, one[name]) for name in ("model", "data") if name in one}
        rows = tuple(Row(**row) for row in record["rows"])
        found = [
            Value(
                row["picture"],
                *_cell(row),
                float(row["value"]) if row["value"] else None,
                row["left_out"],
                curves.get((*_cell(row), row["picture"])),
            )
            for row in values
        ]
        return rows, tuple(found), tuple(record["unread"]), record["facts"], tuple(answers)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HeatlensError(
            f"{folder} holds no finished evaluation; name the folder that one was written to."
        ) from error


def _rows_of(path: Path) -> Iterator[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            found = {name: bare(cell) for name, cell in row.items()}
            yield found | {"picture": picture_from(path.parent, found["picture"])}


def _answer(row: Mapping[str, str]) -> dict[str, Any]:
    texts = {name: row[name] or None for name in ("patient", "label")}
    number = float(row["probability"]) if row["probability"] else None
    return {
        "picture": row["picture"],
        "model": row["model"],
        "predicted": row["predicted"],
        **texts,
        "probability": number,
    }


def _curves_of(path: Path) -> dict[tuple[str, ...], Curve]:
    if not path.exists():
        return {}
    with np.load(path, allow_pickle=False) as kept:
        pictures = [picture_from(path.parent, picture) for picture in kept["pictures"].tolist()]
        return {
            (*of, pictures[number]): Curve(kept[f"x_{place}"], y)
            for place, of in enumerate(kept["rows"].tolist())
            for number, y in zip(kept[f"pictures_{place}"].tolist(), kept[f"y_{place}"], strict=True)
        }


def _cell(row: Mapping[str, str]) -> tuple[str, str, str, str]:
    return row["model"], row["method"], row["layer"], row["metric"]


@dataclass(frozen=True, eq=False)
class MeanCurve:
    """Point by point the mean over n pictures, with its 95 % interval (2, K) where there is one."""

    x: np.ndarray
    mean: np.ndarray
    band: np.ndarray | None
    n: int


def mean_curves(table: Table) -> dict[Of, MeanCurve]:
    """The mean of every row that has curves."""
    patients, found = table.patients, {}
    for of, some in drawn(table).items():
        owners = [patients.get(picture, picture) for picture, _ in some] if patients else None
        y = np.stack([curve.y for _, curve in some])
        band = intervals(y, table.facts.get("seed", 0), owners)
        found[of] = MeanCurve(np.asarray(some[0][1].x, float), y.mean(0), band, len(y))
    return found


def _points(curves: Mapping[Of, MeanCurve]) -> Iterator[dict[str, Any]]:
    for of, curve in curves.items():
        ends = np.full((len(curve.mean), 2), np.nan) if curve.band is None else curve.band.T
        for x, mean, (low, high) in zip(curve.x, curve.mean, ends, strict=True):
            numbers = {"x": float(x), "mean": float(mean), "low": float(low), "high": float(high), "n": curve.n}
            yield {**dict(zip(_CURVES, of, strict=False)), **numbers}


def _npz(table: Table, curves: Mapping[Of, list[tuple[str, Curve]]], folder: Path) -> bytes:
    """``x_K`` (points) and ``y_K`` (pictures, points) of row K of ``rows``; ``pictures_K`` numbers ``pictures``."""
    pictures = list(dict.fromkeys(each.picture for each in table.values))
    number = {name: index for index, name in enumerate(pictures)}
    places = [*map(Told(folder).place, pictures)]
    arrays = {MEMBER: np.array(version()), "rows": np.array([*curves]), "pictures": np.array(places)}
    for place, some in enumerate(curves.values()):
        arrays[f"x_{place}"] = np.asarray(some[0][1].x, np.float32)
        arrays[f"y_{place}"] = np.stack([curve.y for _, curve in some]).astype(np.float32)
        arrays[f"pictures_{place}"] = np.array([number[picture] for picture, _ in some], np.int32)
    stream = io.BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def _parquet(table: Table, folder: Path) -> bytes:
    import pyarrow
    from pyarrow import parquet

    columns = {name: [getattr(each, name) for each in table.values] for name in VALUE_COLUMNS}
    kinds = {name: pyarrow.float64() if name == "value" else pyarrow.string() for name in columns}
    told = Told(folder)
    for name, texts in columns.items():
        if name != "value":
            tell = told.place if name == "picture" else told
            # File names that are not Unicode become the escapes they are written as elsewhere.
            known = {text: tell(text).encode("utf-8", "backslashreplace").decode() for text in set(texts)}
            columns[name] = [known[text] for text in texts]
    made = pyarrow.table(columns, schema=pyarrow.schema(kinds.items(), {PROGRAM: version()}))
    stream = io.BytesIO()
    parquet.write_table(made, stream)
    return stream.getvalue()


def _json(value: Any, folder: Path) -> bytes:
    return told_json(value, folder).encode()
