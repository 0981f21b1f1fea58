"""What pictures really show, from the folder they lie in or from a table."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.tables import bare

_FILE_COLUMNS = ("path", "file", "filename", "file_name", "image", "picture")
_LABEL_COLUMNS = ("label", "class", "diagnosis", "target")


def from_folders(paths: Sequence[Path], classes: Sequence[str]) -> dict[Path, str]:
    """The labels of pictures that lie in a folder named after a class."""
    return {path: path.parent.name for path in paths if path.parent.name in classes}


def from_table(
    table: Path, paths: Sequence[Path], classes: Sequence[str], column: str | None = None
) -> dict[Path, str]:
    """The labels that a CSV table gives these pictures; files are named from the table's folder, or by name alone."""
    by_path = _read(table, column)
    unknown = sorted(set(by_path.values()) - set(classes))
    if unknown:
        raise HeatlensError(
            f"{table} holds the label {unknown[0]!r}, but the classes of the model are {', '.join(classes)}; "
            "correct the table, or the classes in the model's card."
        )
    by_name: dict[str, set[str]] = {}
    for path, label in by_path.items():
        by_name.setdefault(path.name, set()).add(label)
    labels = {}
    for path in paths:
        named = by_name.get(path.name, set())
        if (resolved := path.resolve()) in by_path:
            labels[path] = by_path[resolved]
        elif len(named) == 1:
            labels[path] = next(iter(named))
    if not labels:
        raise HeatlensError(f"{table} names none of the pictures; write file names as they are, one per row.")
    return labels


def _read(table: Path, column: str | None) -> Mapping[Path, str]:
    try:
        with table.open(newline="", encoding="utf-8-sig") as stream:
            rows = csv.DictReader(stream)
            heading = {name.strip().lower(): name for name in rows.fieldnames or () if name}
            files = _column(table, heading, _FILE_COLUMNS, "file names")
            labels = _column(table, heading, (column.lower(),) if column else _LABEL_COLUMNS, "labels")
            return {
                (table.parent / bare(row[files].strip())).resolve(): bare(row[labels].strip())
                for row in rows
                if row[files] and row[labels] and row[labels].strip()
            }
    except FileNotFoundError as error:
        raise HeatlensError(f"There is no table {table}; check its name.") from error
    except OSError as error:
        raise HeatlensError(f"{table} was not read: {why(error)}.") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise HeatlensError(f"{table} is not a CSV table ({error}); save it as CSV with commas, in UTF-8.") from error


def _column(table: Path, heading: Mapping[str, str], names: Sequence[str], what: str) -> str:
    for name in names:
        if name in heading:
            return heading[name]
    there = ", ".join(heading.values()) or "none"
    raise HeatlensError(f"{table} has no column of {what}; call it {' or '.join(names)} (it has {there}).")
