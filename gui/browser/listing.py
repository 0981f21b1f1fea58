"""Which files are listed, which of them are shown, and in what order; plain data without Qt."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal

import numpy as np

from gui.browser.scan import Entry, Facts, searchable, visible

Order = Literal["name", "newest", "largest", "least sure"]
_NAN = float("nan")


class Listing:
    """Columns with one row per file, numbered in order of arrival; ``rows`` are the numbers shown, in order.

    Columns of plain strings and doubles keep 100,000 files in some 50 MB and let one sort or filter take 20 ms.
    """

    def __init__(self) -> None:
        self.order: Order = "name"
        self._wanted: list[str] = []
        self.clear()

    def clear(self) -> None:
        """No files; order and filter stay."""
        self._paths: list[str] = []
        self._keys: list[str] = []
        self._words: list[str] = []
        self._notes: dict[int, str] = {}
        self._note_lines = 0
        self._dates, self._sizes, self._levels = array("d"), array("d"), array("d")
        self._numbers: dict[str, int] = {}
        self._by_name: list[int] = []
        self.rows: list[int] = []

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, path: object) -> bool:
        return path in self._numbers

    def paths(self) -> list[str]:
        """Every listed file, by name, whether the filter shows it or not."""
        return [self._paths[number] for number in self._by_name]

    def path(self, row: int) -> str:
        """The file shown in that row."""
        return self._paths[self.rows[row]]

    def note(self, row: int) -> str:
        """The lines under the file shown in that row."""
        return self._notes.get(self.rows[row], "")

    def note_of(self, path: str) -> str:
        """The lines under a listed file, shown or not."""
        return self._notes.get(self._numbers[path], "") if path in self._numbers else ""

    def note_lines(self) -> int:
        """How many lines under a file there have been at most; none once no file has any."""
        return self._note_lines if self._notes else 0

    def row(self, path: str | None) -> int | None:
        """Where the file is shown, or None."""
        number = self._numbers.get(path) if path is not None else None
        try:
            return None if number is None else self.rows.index(number)
        except ValueError:
            return None

    def append(self, entries: Iterable[Entry]) -> list[int] | None:
        """List new files. The numbers to show below the others, or None where all rows have to be arranged anew."""
        new = []
        for entry in entries:
            if entry.path in self._numbers:
                continue
            self._numbers[entry.path] = number = len(self._paths)
            self._paths.append(entry.path)
            self._keys.append(entry.key)
            self._words.append(entry.words)
            new.append(number)
        for column in (self._dates, self._sizes, self._levels):
            column.extend([_NAN] * len(new))
        new.sort(key=self._keys.__getitem__)
        last = self._keys[self._by_name[-1]] if self._by_name else ""
        in_order = not new or last <= self._keys[new[0]]
        self._by_name += new
        if not in_order:
            # Two sorted runs are merged in linear time.
            self._by_name.sort(key=self._keys.__getitem__)
            if self.order == "name":
                return None
        return self._shown(new)

    def remove(self, paths: Iterable[str]) -> None:
        """Take files off the list; call :meth:`arrange` afterwards."""
        gone = {number for path in paths if (number := self._numbers.pop(path, None)) is not None}
        for number in gone:
            self._paths[number] = self._keys[number] = self._words[number] = ""
            self._notes.pop(number, None)
        self._by_name = [number for number in self._by_name if number not in gone]

    def annotate(self, path: str, text: str, level: float | None) -> None:
        """Write lines under a file; the filter finds them too. ``level`` is how unsure the model is of it."""
        number = self._numbers.get(path)
        if number is None:
            return
        if text:
            self._note_lines = max(self.note_lines(), text.count("\n") + 1)
            self._notes[number] = text
        else:
            self._notes.pop(number, None)
        name, _, _ = self._words[number].partition("\n")
        self._words[number] = f"{name}\n{searchable(text)}"
        self._levels[number] = _NAN if level is None else level

    def learn(self, facts: Iterable[Facts]) -> None:
        """Take in dates and sizes."""
        for path, date, size in facts:
            number = self._numbers.get(path)
            if number is not None:
                self._dates[number], self._sizes[number] = date, size

    def unknown(self) -> list[str]:
        """The files whose dates and sizes the chosen order needs and nobody has looked up."""
        if self.order not in ("newest", "largest"):
            return []
        missing = np.isnan(np.array(self._dates))
        return [self._paths[number] for number in self._by_name if missing[number]]

    def set_filter(self, text: str) -> None:
        """Show only files that contain every word of the text."""
        self._wanted = searchable(text).split()

    def arrange(self) -> None:
        """Filter and sort all rows; files of equal rank stay in order of their names, unknown ranks come last."""
        rows = self._shown(self._by_name)
        ranks: dict[str, Callable[[], np.ndarray]] = {
            "newest": lambda: -np.array(self._dates),
            "largest": lambda: -np.array(self._sizes),
            "least sure": lambda: -np.array(self._levels),
        }
        if rows and self.order in ranks:
            numbers = np.array(rows)
            rows = numbers[np.argsort(ranks[self.order]()[numbers], kind="stable")].tolist()
        self.rows = rows

    def _shown(self, numbers: list[int]) -> list[int]:
        words = self._words
        for wanted in self._wanted:
            numbers = [number for number in numbers if wanted in words[number]]
        return list(numbers)


def name_of(path: str) -> str:
    """The file name, for reading."""
    return visible(Path(path).name)
