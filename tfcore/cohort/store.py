"""Parts on the disk: each a Parquet file that is there whole or not at all, and a diary of who did what."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from tfcore.cohort.plan import Asked, Part
from tfcore.files import not_written, write_whole, written_from
from tfcore.jobs.part import Row, content, stamp
from tfcore.marks import PROGRAM, version
from tfcore.plain import json_text

PLAN, DIARY = "cohort.json", "cohort.jsonl"
# What a column of Parquet can hold by itself; all else is JSON.
_PLAIN = (str, bool, int, float)
Data = Mapping[str, Sequence[str]]


def folder_of(out: Path, table: bool) -> Path:
    """Where the parts of a result lie: in its folder, or beside its table."""
    return Path(f"{out}.parts") if table else out / "parts"


class Store:
    """The parts of one result."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def plan(self, asked: Asked, parts: Sequence[Part], workers: str, line: Sequence[str] = ()) -> None:
        """Put down what is to be done by which command, and that it begins."""
        command = asked.kind.removesuffix("_pictures").removesuffix("_runs")
        each = [{"key": part.key, "pictures": len(part.sources), "first": part.sources[0][0]} for part in parts]
        given = {"line": list(line), "folder": written_from(self.folder, Path.cwd())}
        about: dict[str, Any] = {PROGRAM: version(), "command": command, "of": asked.of, "workers": workers}
        about |= {"given": given, "parts": each}
        write_whole(self.folder / PLAN, json_text(about))
        write_whole(self.folder / DIARY, f"{json_text({PROGRAM: version()})}\n")

    def note(self, part: Part, event: str, **more: Any) -> None:
        """One more line of the diary."""
        path = self.folder / DIARY
        try:
            with path.open("a", encoding="utf-8") as stream:
                stream.write(f"{json_text({'part': part.key, 'event': event, **more})}\n")
        except OSError as error:
            raise not_written(path, error) from error

    def has(self, part: Part) -> bool:
        """Whether the part is there, of these very data, with the files that are made of them."""
        try:
            from pyarrow import parquet

            facts = parquet.read_schema(self._file(part)).metadata
            data: Data = json.loads(facts[b"data"])
        except (OSError, ValueError, KeyError, TypeError):
            return False
        made = (Path(file) for source in part.sources for file in source[1:])
        return all(_as_it_was(file, *known) for file, known in data.items()) and all(
            file.exists() for file in made if str(file) not in json.loads(facts[b"unmade"])
        )

    def rows(self, part: Part) -> Iterator[Row]:
        """The rows of a part, in the order of its pictures; what is empty is left out."""
        from pyarrow import parquet

        with parquet.ParquetFile(self._file(part)) as stored:
            table = stored.read(use_threads=False)
        nested = json.loads(table.schema.metadata[b"nested"])
        for row, source in zip(table.to_pylist(), part.sources, strict=True):
            found = {name: value for name, value in row.items() if value is not None}
            # The name as it is, also where it is no text that a table can hold.
            yield {
                "path": Path(source[0]),
                **{
                    name: json.loads(value) if name in nested else value
                    for name, value in found.items()
                    if name != "path"
                },
            }

    def keep(self, part: Part, rows: Sequence[Row], data: Data) -> None:
        """Write the part whole."""
        # What could not be made of a broken picture is not looked for.
        unmade = [file for row, source in zip(rows, part.sources, strict=True) if "error" in row for file in source[1:]]
        write_whole(self._file(part), packed(rows, {"data": json_text(data), "unmade": json_text(unmade)}))

    def _file(self, part: Part) -> Path:
        return self.folder / f"{part.key}.parquet"


def packed(rows: Sequence[Row], facts: Mapping[str, str]) -> bytes:
    """As Parquet, the same bytes for the same rows."""
    import pyarrow
    from pyarrow import parquet

    names = dict.fromkeys(name for row in rows for name in row)
    columns, nested = {}, []
    for name in names:
        cells = [str(cell) if isinstance(cell := row.get(name), Path) else cell for row in rows]
        kinds = {type(cell) for cell in cells if cell is not None}
        if len(kinds) > 1 or not kinds <= set(_PLAIN):
            nested.append(name)
            cells = [None if cell is None else json_text(cell) for cell in cells]
        columns[name] = [
            cell.encode("utf-8", "backslashreplace").decode() if isinstance(cell, str) else cell for cell in cells
        ]
    table = pyarrow.table(columns)
    about = {PROGRAM: version(), "nested": json_text(nested), **facts}
    stream = io.BytesIO()
    parquet.write_table(table.replace_schema_metadata(about), stream)
    return stream.getvalue()


def _as_it_was(file: str, when_read: str, what_was_read: str) -> bool:
    """A file that was only touched or copied is the same."""
    with suppress(OSError, ValueError):
        return stamp(file) == when_read or content(file) == what_was_read
    return False
