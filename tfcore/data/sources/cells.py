"""The rows of CSV and TSV tables, with columns of any order and usual names: the one reader of tables."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from tfcore.data.sources import stored
from tfcore.errors import HeatlensError
from tfcore.tables import bare
from tfcore.words import listed, shown

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# Names as they stand in people's tables, the surest first; compared without case, spaces, dashes and underscores.
_NAMES = {
    "path": ("path", "filepath", "imagepath", "filename", "file", "image", "imagename", "img", "picture", "imageid"),
    "label": ("label", "class", "classname", "target", "category", "diagnosis", "finding", "findinglabel", "tumor"),
    "patient": ("patient", "patientid", "subject", "subjectid", "case", "caseid"),
    "split": ("split", "set", "subset", "partition", "part", "usage"),
    "mask": ("mask", "maskpath", "segmentation"),
}
_MEANING = {"path": ("file names", "--read path=…"), "label": ("labels", "--label-column …")}
_NOTHING = ("", "nan", "none", "null", "n/a", "na")


class Row(NamedTuple):
    """A line of a table: what it says for every role, ``None`` where its cell is empty. A line that names two pictures
    is one of each, ``doubtful``: neither can be used, whatever other lines say.
    """

    line: int
    path: str
    says: Mapping[str, str | None]
    doubtful: bool = False


def rows(
    source: Path, named: Mapping[str, str | None], notes: list[str], needed: Iterable[str] = ("path",)
) -> tuple[list[Row], dict[str, str | None]]:
    """The rows, and the column taken for every role: the one that is ``named`` for it, else one of a usual name.

    Damaged rows are left out by their line. Where columns of one name say several things the row comes once for each,
    so that its picture is known to be in doubt.
    """
    header, filled = _table(source, notes)
    columns = {role: _column(source, header, role, name, role in needed) for role, name in named.items()}
    places = {role: _places(header, column, named[role] is not None) for role, column in columns.items()}
    for role, at in places.items():
        if len(at) > 1:
            notes.append(f"{source.name} has {len(at)} columns called {columns[role]} ({role}); where they agree, one.")
    found, damaged, torn = [], [], []
    for line, cells in filled:
        if any("\0" in cell for cell in cells):
            damaged.append(str(line))
            continue
        said = {role: _said(cells[place] for place in at) for role, at in places.items()}
        paths = said.pop("path")
        if len(paths) > 1:
            torn.append(str(line))
        if not paths:
            raise HeatlensError(f"{source} line {line} names no file in its column {columns['path']!r}; fill it in.")
        for number in range(max(1, *map(len, said.values()))):
            says = {role: each[min(number, len(each) - 1)] if each else None for role, each in said.items()}
            found += [Row(line, path, says, len(paths) > 1) for path in paths]
    for lines, fault in ((damaged, "hold zero bytes"), (torn, "name two files")):
        if lines:
            notes.append(f"{source.name}: {len(lines)} rows {fault}; left out: line {listed(lines)}.")
    if not found:
        raise HeatlensError(f"{source} has no row that can be used ({notes[-1].rstrip('.')}); correct it.")
    return found, columns


def _table(source: Path, notes: list[str]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and every row that is not empty with its line number."""
    written = stored.text(source, notes)
    first = next((line for line in io.StringIO(written) if line.strip()), "")
    if "\0" in first:
        raise HeatlensError(f"{source} is no text but holds zero bytes; name a table saved as CSV.")
    separator = max(SEPARATORS, key=first.count)
    breaks = max(written.count("\n"), written.count("\r"))
    cells = breaks + written.count(separator)
    if breaks > stored.MOST_ROWS or cells > stored.MOST_VALUES:
        raise HeatlensError(f"{source} has some {breaks:,} rows and {cells:,} cells, more than are read; split it.")
    # Strict, so that a quote that is never closed does not swallow the rows below it.
    lines = csv.reader(io.StringIO(written, newline=""), delimiter=separator, strict=True)
    try:
        filled = [(lines.line_num, row) for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise HeatlensError(
            f"{source} is not a table (line {lines.line_num}: {error}); save it anew as CSV."
        ) from error
    if len(filled) < 2:
        raise HeatlensError(f"{source} has no rows below its heading; fill it in.")
    header = [name.strip() for name in filled[0][1]]
    for line, row in filled[1:]:
        if len(row) != len(header):
            raise HeatlensError(
                f"{source} line {line} has {len(row)} columns and its heading {len(header)}; use one separator "
                f"({SEPARATORS[separator]}) throughout and quote cells that hold it."
            )
    return header, filled[1:]


def _column(source: Path, header: Sequence[str], role: str, named: str | None, needed: bool) -> str | None:
    there = listed([repr(name) for name in header])
    if named is not None:
        if named in header:
            return named
        close = get_close_matches(named, header, 1)
        hint = f"did you mean {shown(close[0])!r}?" if close else f"it has {there}."
        raise HeatlensError(f"{source} has no column {named!r}; {hint}")
    plain = {_bare(name): name for name in reversed(header)}
    for usual in _NAMES[role]:
        if usual in plain:
            return plain[usual]
    if needed:
        meaning, flag = _MEANING[role]
        raise HeatlensError(
            f"{source} has no column that looks like {meaning} (it has {there}); call it {role}, or name it ({flag})."
        )
    return None


def _places(header: Sequence[str], column: str | None, exactly: bool) -> list[int]:
    """Every column of that name; a name that was guessed is compared as it was guessed."""
    if column is None:
        return []
    if exactly:
        return [place for place, name in enumerate(header) if name == column]
    return [place for place, name in enumerate(header) if _bare(name) == _bare(column)]


def _bare(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _said(cells: Iterable[str]) -> list[str]:
    """What cells say, each thing once; the empty ones say nothing."""
    return [said for said in dict.fromkeys(bare(cell.strip()) for cell in cells) if said.casefold() not in _NOTHING]
