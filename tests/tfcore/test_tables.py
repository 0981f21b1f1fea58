"""No cell of a table is run as a formula, and every one comes back as it was."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from tfcore.data.labels import labels
from tfcore.data.sources.table import table as read_table
from tfcore.errors import HeatlensError
from tfcore.plain import json_text
from tfcore.tables import Rows, bare, guarded, names_in, names_text, write_table

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "＝1+1", "=cmd|' /C calc'!A0")
BEGINNINGS = tuple("=+-@\t\r\n＝＋－＠")
TEXTS = some.one_of(some.sampled_from(FORMULAS), some.text(), some.text("='+-@\t\r\n 1.ae", max_size=6))


@given(TEXTS)
def test_every_text_comes_back(text: str) -> None:
    assert bare(guarded(text)) == text


@given(TEXTS)
def test_what_could_be_a_formula_is_a_number_or_a_text(text: str) -> None:
    cell = guarded(text)
    if cell.startswith(BEGINNINGS):
        assert np.isfinite(float(cell))


@given(some.lists(some.tuples(TEXTS, TEXTS, some.floats()), max_size=4))
def test_a_table_is_read_back_by_any_reader(rows: list[tuple[str, str, float]]) -> None:
    stream = io.StringIO(newline="")
    table = Rows(stream, ["a", "=b", "c"])
    for a, b, c in rows:
        table.add({"a": a, "=b": b, "c": c})
    heading, *cells = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert heading == ["a", "'=b", "c"]
    assert [(bare(a), bare(b)) for a, b, _ in cells] == [(a, b) for a, b, _ in rows]
    assert [cell[2] for cell in cells] == [repr(c) if np.isfinite(c) else "" for *_, c in rows]


@pytest.mark.parametrize("value", [-0.25, np.float32(-0.5), "-0.250000", -3])
def test_numbers_stay_numbers(value: object, tmp_path: Path) -> None:
    path = write_table(tmp_path / "t.csv", ["x"], [{"x": value}])
    assert float(path.read_text().splitlines()[1]) == float(value)  # type: ignore[arg-type]


def test_labels_and_data_are_read_from_guarded_cells(tmp_path: Path) -> None:
    (tmp_path / "=1.png").write_bytes(b"")
    table = write_table(tmp_path / "t.csv", ["path", "label"], [{"path": "=1.png", "label": "+yes"}])
    assert "'=1.png,'+yes" in table.read_text()
    assert labels([tmp_path / "=1.png"], table, ["+yes", "no"]).of == {str(tmp_path / "=1.png"): "+yes"}
    (sample,) = read_table(table)
    assert (sample.path.name, sample.label) == ("=1.png", "+yes")


VALUES = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(some.characters()) | some.binary(),
    lambda inner: some.lists(inner) | some.dictionaries(some.text() | some.integers(), inner),
)


@given(VALUES, some.booleans())
def test_json_is_valid_whatever_it_holds(value: object, only_ascii: bool) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    text = json_text({"value": value, "name": "bad\udcff", "array": np.array([np.nan, 1])}, only_ascii=only_ascii)
    found = json.loads(text.encode("ascii" if only_ascii else "utf-8"), parse_constant=refuse)
    assert found["name"] == "bad\udcff"
    assert found["array"] == [None, 1]


@given(some.lists(some.text(min_size=1).map(str.strip).filter(bool)))
def test_names_come_back_whatever_they_hold(names: list[str]) -> None:
    assert names_in(names_text(names)) == tuple(names)


def test_a_quote_that_is_not_closed_is_one_sentence() -> None:
    with pytest.raises(HeatlensError, match="close every quote"):
        names_in('"a, b')
