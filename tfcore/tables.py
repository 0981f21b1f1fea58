"""CSV as everything here writes it: by one hand, so that no cell is run as a formula by a spreadsheet."""

from __future__ import annotations

import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from tfcore.errors import HeatlensError
from tfcore.files import written_whole
from tfcore.growing import growing
from tfcore.told import Told

# What spreadsheets take for the beginning of a formula, also in the wide letters of East Asian keyboards. An
# apostrophe before it makes it a text; where one stands already, another keeps the two apart.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")

# So many different ones of a table are kept in mind.
_TEXTS = 1 << 14


class Stream(Protocol):
    """What rows can be written to."""

    def write(self, text: str, /) -> Any: ...

    def flush(self) -> Any: ...


def guarded(text: str) -> str:
    """The text as a cell that a spreadsheet shows and does not run; numbers stay numbers.

    >>> guarded("=1+1"), guarded("-0.25"), guarded("P1.png")
    ("'=1+1", '-0.25', 'P1.png')
    """
    return f"'{text}" if _FORMULA.match(text) and not _is_number(text) else text


def bare(cell: str) -> str:
    """The text of a cell that :func:`guarded` wrote."""
    return cell[1:] if _GUARDED.match(cell) else cell


def heading(columns: Iterable[str]) -> bytes:
    """The first line of a table, by which it is known as one of its kind."""
    return _line(map(guarded, columns)).encode("utf-8", "backslashreplace").partition(b"\n")[0]


def names_in(text: str) -> tuple[str, ...]:
    """The names in a text, parted by commas or line breaks; a name that holds a comma stands in double quotes.

    >>> names_in('glioma, "cyst, simple"\\nno tumour,')
    ('glioma', 'cyst, simple', 'no tumour')
    """
    try:
        rows = list(csv.reader(io.StringIO(text), skipinitialspace=True, strict=True))
    except csv.Error as error:
        raise HeatlensError(f"{text!r} is no list of names ({error}); close every quote.") from error
    return tuple(name for row in rows for cell in row if (name := cell.strip()))


def names_text(names: Iterable[str]) -> str:
    """The names as :func:`names_in` reads them, one on each line."""
    return "".join(_line([name]) for name in names).removesuffix("\n")


class Rows:
    """A table on its way: the heading is written at once, every row when it is added, with places told from the folder
    that it lies in.
    """

    def __init__(self, stream: Stream, columns: Iterable[str], folder: Path | None = None) -> None:
        self._stream, self._columns = stream, list(columns)
        self._known = frozenset(self._columns)
        self._told = None if folder is None else Told(folder)
        # Most cells of a column are texts that stood there before.
        self._text = lru_cache(_TEXTS)(self._as_text)
        self._lines = _Lines()
        self._stream.write(self._lines.of(map(guarded, self._columns)))

    def add(self, row: Mapping[str, Any]) -> None:
        """A row by the names of its columns; what it lacks stays empty, and so does what is no finite number."""
        if not row.keys() <= self._known:
            odd = row.keys() - self._known
            raise ValueError(f"there are no columns {sorted(odd)}")
        self._stream.write(self._lines.of(map(self._cell, map(row.get, self._columns))))
        self._stream.flush()

    def _cell(self, value: Any) -> Any:
        value = value.tolist() if hasattr(value, "tolist") else value
        if isinstance(value, str | Path):
            return self._text(value)
        if value is None or (isinstance(value, float) and not math.isfinite(value)):
            return ""
        return value if isinstance(value, float | int) or self._told is None else self._told(value)

    def _as_text(self, value: str | Path) -> str:
        return guarded(str(value if self._told is None else self._told(value)))


def write_table(
    path: str | Path, columns: Iterable[str], rows: Iterable[Mapping[str, Any]], overwrite: bool = False
) -> Path:
    """The path of the CSV file, written whole."""
    columns = list(columns)
    with (
        written_whole(path, overwrite, heading(columns)) as temporary,
        temporary.open("w", newline="", encoding="utf-8", errors="backslashreplace") as stream,
    ):
        table = Rows(stream, columns, Path(path).parent)
        for row in rows:
            table.add(row)
    return Path(path)


def table_bytes(columns: Iterable[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The same file, for who writes it with others."""
    stream = io.StringIO()
    table = Rows(stream, columns)
    for row in rows:
        table.add(row)
    return stream.getvalue().encode("utf-8", "backslashreplace")


@contextmanager
def growing_table(path: str | Path, columns: Sequence[str], overwrite: bool = False) -> Iterator[Rows]:
    """A CSV file whose rows are kept however the block ends (see :func:`tfcore.growing.growing`)."""
    with growing(path, overwrite, heading(columns)) as stream:
        yield Rows(stream, columns, Path(path).parent)


class _Lines:
    """Lines of CSV, one at a time."""

    def __init__(self) -> None:
        # Ended so, a cell that holds either half of this line end is quoted.
        self._writer = csv.writer(self, lineterminator="\r\n")

    def of(self, cells: Iterable[Any]) -> str:
        self._writer.writerow(cells)
        return self._last.removesuffix("\r\n") + "\n"

    def write(self, line: str) -> None:
        """What the writer makes of cells, whole."""
        self._last = line


def _line(cells: Iterable[Any]) -> str:
    return _Lines().of(cells)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
