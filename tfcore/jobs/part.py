"""The rows of some of very many pictures, by a kind of job that gives one for each."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from tfcore.data import open_data
from tfcore.data.dataset import Dataset, Sample
from tfcore.engine.context import Context
from tfcore.jobs import find
from tfcore.pictures.address import file_of
from tfcore.pictures.content import hashes
from tfcore.pictures.kept import state

# The address of a picture, and the files that are made of it.
Source = Sequence[str]
Row = dict[str, Any]
Found = dict[str, Any]
T = TypeVar("T")


def part(
    context: Context, kind: str, sources: Sequence[Source], arguments: Mapping[str, Any], line: Line | None = None
) -> Found:
    """``rows`` in the order of the pictures, and of every file that was read (``data``) its state and its content."""
    found = None if line is None else line.next(context, kind, sources, arguments)
    if found is None:
        (found,) = _in_turn(context, kind, [sources], arguments)
    return found


class Line:
    """Parts that come to one worker one after the other: with the next it begins while files of the last are written.

    One that fails is tried by itself then, since what failed may have been the next.
    """

    def __init__(self, parts: Iterable[Sequence[Source]] = ()) -> None:
        self._coming = deque(parts)
        self._found: Iterator[Found] = iter(())

    def next(
        self, context: Context, kind: str, sources: Sequence[Source], arguments: Mapping[str, Any]
    ) -> Found | None:
        """What is found of this part, where it is the one that comes next."""
        found = next(self._found, None)
        if found is None and self._coming and [*map(list, self._coming[0])] == [*map(list, sources)]:
            self._found = _in_turn(context, kind, self._taken(), arguments)
            found = next(self._found, None)
        return found

    def close(self) -> None:
        """Whatever was begun is left."""
        self._found = iter(())

    def _taken(self) -> Iterator[Sequence[Source]]:
        while self._coming:
            yield self._coming.popleft()


def _in_turn(
    context: Context, kind: str, parts: Iterable[Sequence[Source]], arguments: Mapping[str, Any]
) -> Iterator[Found]:
    begun: deque[tuple[int, dict[str, list[str]]]] = deque()

    def noted() -> Iterator[Sequence[Source]]:
        for sources in parts:
            # Before they are read.
            begun.append((len(sources), {file: [stamp(file), content(file)] for file in files_of(sources)}))
            yield sources

    rows: list[Row] = []
    for row in rows_of(context, kind, noted(), arguments):
        rows.append(row)
        total, data = begun[0]
        context.progress(len(rows), total)
        if len(rows) == total:
            begun.popleft()
            yield {"rows": rows, "data": data}
            rows = []


def rows_of(
    context: Context, kind: str, parts: Iterable[Sequence[Source]], arguments: Mapping[str, Any]
) -> Iterator[Row]:
    """A row for each picture, as they come; of one that is broken ``path`` and ``error``.

    No batch of the network reaches from one part into the next, so that the numbers are the same to the last bit
    whether they are asked for one by one or all in one go.
    """
    rows: Iterator[Row] = find(kind)(context, parts, **arguments)
    return rows


def files_of(sources: Sequence[Source]) -> list[str]:
    """The files that the pictures lie in, each once."""
    return list(dict.fromkeys(str(file_of(source[0])) for source in sources))


def for_all_parts(context: Context, question: Any, begin: Callable[[], T]) -> T:
    """What is made ready once, by the first part of a question."""
    if question not in context.models.begun:
        context.models.begun = {question: begin()}
    ready: T = context.models.begun[question]
    return ready


def data_of(data: Any, **reading: Any) -> Dataset:
    """Opened by its name, or the samples that came along."""
    return data if isinstance(data, Dataset) else open_data(data, **reading)


class Listed:
    """A data set of which parts ask by address, which also tells the frames of one file apart."""

    def __init__(self, data: Dataset) -> None:
        self.data = data
        self._by_address = {sample.address: sample for sample in data}

    def of(self, sources: Sequence[Source]) -> list[Sample]:
        return [self._by_address[source[0]] for source in sources]


def stamp(file: str) -> str:
    """What changes when the file, or one in the folder, is written."""
    return _short(repr(state(file)))


def content(file: str) -> str:
    """What changes when other bytes are in it."""
    return _short("".join(hashes(file)))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
