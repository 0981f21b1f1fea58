"""Which files are listed, which of them are shown, and in what order; plain data without Qt."""

from __future__ import annotations

import time
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice

import numpy as np

from gui.browser.narrowing import taken_apart
from gui.browser.notes import Case, Mark, Note, Order, is_ranked
from gui.browser.scan import Entry, Facts, searchable
from tfcore.review import Judgment

_NAN = float("nan")


class Listing:
    """Columns with one row per file, numbered in order of arrival; ``rows`` are the numbers shown, in order.

    Columns of plain strings and doubles keep 100,000 files in some 50 MB and let one sort or filter take 20 ms.
    """

    def __init__(self) -> None:
        # One of its own, or the name of a case.
        self.order: Order | str = "name"
        # A mark, or the name of a case.
        self.only: str = ""
        self.cases: Mapping[str, Case] = {}
        # Numbers that were measured of files, by the name of what was measured.
        self.metrics: Mapping[str, Mapping[str, float]] = {}
        # What is said of single files beside their notes.
        self.remarks: Mapping[str, str] = {}
        # What a reviewer said of them, and the words of it that a filter searches.
        self.judgments: dict[str, Judgment] = {}
        self._judged_words: dict[str, str] = {}
        self.filter = ""
        self.clear()

    def clear(self) -> None:
        """No files; order and filters stay."""
        self._paths: list[str] = []
        self._keys: list[str] = []
        self._words: list[str] = []
        self._notes: dict[int, Note] = {}
        self._labels: dict[int, str] = {}
        # Counted as they change: there are many files, and answers come many times a second.
        self.marks: Counter[Mark] = Counter()
        self._predicted = self._note_lines = 0
        self._dates, self._sizes, self._levels = array("d"), array("d"), array("d")
        self._numbers: dict[str, int] = {}
        self._by_name: list[int] = []
        self.rows: list[int] = []

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, path: object) -> bool:
        return path in self._numbers

    def lists(self, paths: Mapping[str, object]) -> bool:
        return paths.keys() <= self._numbers.keys()

    def paths(self) -> list[str]:
        """Every listed file, by name, whether the filter shows it or not."""
        return [self._paths[number] for number in self._by_name]

    def path(self, row: int) -> str:
        return self._paths[self.rows[row]]

    def note_of(self, path: str) -> str:
        """The lines under a listed file, shown or not."""
        note = self._notes.get(self._numbers.get(path, -1))
        return "" if note is None else note.text

    def entries(self, paths: Iterable[str]) -> list[Entry]:
        """Listed files as they came, without what was written under them."""
        numbers = [number for path in paths if (number := self._numbers.get(path)) is not None]
        return [Entry(self._paths[n], self._keys[n], self._words[n].partition("\n")[0]) for n in numbers]

    def notes(self, most: int) -> dict[str, Note]:
        """The newest notes, by file."""
        return {self._paths[number]: note for number, note in islice(reversed(self._notes.items()), most)}

    def unpredicted(self) -> int:
        """How many files no prediction is known of, where any is known; their class is in no filter."""
        return len(self) - self._predicted if self._predicted else 0

    def note_lines(self) -> int:
        """How many lines under a file there have been at most; none once no file has any."""
        return self._note_lines if self._notes else 0

    def row(self, path: str | None) -> int | None:
        """Where the file is shown, or None."""
        with suppress(KeyError, ValueError):
            return self.rows.index(self._numbers[path or ""])
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
            self._count(number, 1)
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
        return None if self.only in self.cases else self._shown(new)

    def remove(self, paths: Iterable[str]) -> None:
        """Take files off the list; call :meth:`arrange` afterwards."""
        gone = {number for path in paths if (number := self._numbers.pop(path, None)) is not None}
        for number in gone:
            self._count(number, -1)
            self._paths[number] = self._keys[number] = self._words[number] = ""
            self._notes.pop(number, None)
            self._labels.pop(number, None)
        self._by_name = [number for number in self._by_name if number not in gone]

    def annotate(self, path: str, note: Note) -> None:
        """Write lines under a file; the filter finds them too."""
        number = self._numbers.get(path)
        if number is None:
            return
        self._count(number, -1)
        self._notes.pop(number, None)
        if note.text:
            self._note_lines = max(self.note_lines(), note.text.count("\n") + 1)
            self._notes[number] = note._replace(when=note.when or time.time())
        name, _, _ = self._words[number].partition("\n")
        self._words[number] = f"{name}\n{searchable(note.text)}"
        self._levels[number] = _NAN if note.level is None else note.level
        self._count(number, 1)

    def judge(self, judgments: Mapping[str, Judgment], anew: bool) -> None:
        """What a reviewer says of files, listed or not; ``anew`` of no others."""
        if anew:
            self.judgments, self._judged_words = {}, {}
        for path, said in judgments.items():
            self.judgments[path] = said
            self._judged_words[path] = searchable(f"{said.words}\n{said.note}")

    def label(self, labels: Mapping[str, str]) -> None:
        """What the files really show, for those of which it is known."""
        self._labels = {number: labels[path] for path, number in self._numbers.items() if path in labels}
        self.marks = Counter(map(self._mark, self._by_name))

    def judged(self) -> Iterator[tuple[str, str, str]]:
        """File, label and prediction of those of which both are known."""
        for number, label in self._labels.items():
            if (note := self._notes.get(number)) is not None and note.predicted and self._paths[number]:
                yield self._paths[number], label, note.predicted

    def labels(self) -> dict[str, str]:
        """What listed files really show, of those of which it is known."""
        return {path: label for number, label in self._labels.items() if (path := self._paths[number])}

    def label_of(self, path: str) -> str:
        """What a listed file really shows, if that is known."""
        return self._labels.get(self._numbers.get(path, -1), "")

    def mark_of(self, path: str) -> Mark:
        """Whether what is predicted of a listed file is what it shows; nothing before there is a prediction."""
        number = self._numbers.get(path)
        return "" if number is None else self._mark(number)

    @property
    def narrowed(self) -> bool:
        return bool(self.filter.strip() or self.only)

    @property
    def labelled(self) -> bool:
        """Whether it is known of any file what it shows."""
        return bool(self._labels)

    def _count(self, number: int, by: int) -> None:
        self.marks[self._mark(number)] += by
        note = self._notes.get(number)
        self._predicted += by if note is not None and note.predicted else 0

    def _mark(self, number: int) -> Mark:
        if (label := self._labels.get(number)) is None:
            return "no label"
        predicted = self._predicted_class(number)
        return "" if not predicted else "right" if predicted == label else "wrong"

    def learn(self, facts: Iterable[Facts]) -> None:
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
        """Show only files that contain every word of the text, and for which every condition in it holds."""
        self.filter = text

    def arrange(self) -> None:
        """Filter and sort all rows; files of equal rank stay in order of their names, unknown ranks come last."""
        rows = self._shown(self._by_name)
        if (case := self.cases.get(self.only)) is not None and is_ranked(case):
            self.rows = sorted(rows, key=lambda number: case[self._paths[number]])
            return
        own, paths, each = self.judgments, self._paths, range(len(self._paths))
        ranks: dict[str, Callable[[], np.ndarray]] = {
            "newest": lambda: -np.array(self._dates),
            "largest": lambda: -np.array(self._sizes),
            "least sure": lambda: -np.array(self._levels),
            "least probable": lambda: np.array(list(map(self._probability, each))),
            "most probable": lambda: -np.array(list(map(self._probability, each))),
            "by class": self._by_class,
            "by note": lambda: self._alphabetical((of, each.note.casefold()) for of, each in own.items()),
            "wrong first": lambda: np.array(list(map(self._agreement, each))),
            "best rated": lambda: -np.array([own[of].rating + own[of].star / 2 if of in own else _NAN for of in paths]),
        }
        if found := self.cases.get(self.order, {}):
            ranks[self.order] = lambda: np.array([found.get(path, _NAN) for path in paths])
        if rows and self.order in ranks:
            numbers = np.array(rows)
            rows = numbers[np.argsort(ranks[self.order]()[numbers], kind="stable")].tolist()
        self.rows = rows

    def _probability(self, number: int) -> float:
        note = self._notes.get(number)
        return _NAN if note is None or note.probability is None else note.probability

    def _by_class(self) -> np.ndarray:
        classes = self._alphabetical((self._paths[of], note.predicted) for of, note in self._notes.items())
        return classes - np.nan_to_num(list(map(self._probability, range(len(self._paths))))) / 2

    def _alphabetical(self, words: Iterable[tuple[str, str]]) -> np.ndarray:
        """By what is said of each."""
        said = dict(words)
        places = {each: place for place, each in enumerate(sorted({*said.values()} - {""}))}
        return np.array([places.get(said.get(path, ""), _NAN) for path in self._paths])

    def _agreement(self, number: int) -> float:
        """Wrong before right: of the wrong ones the most probable first, of the right ones the least."""
        sign, probability = {"wrong": -1.0, "right": 1.0}.get(self._mark(number), _NAN), self._probability(number)
        return sign * (1.0 if probability != probability else probability)

    def _shown(self, numbers: list[int]) -> list[int]:
        paths, said_of, told = self._paths, self.judgments, taken_apart(self.filter, self.metrics)
        for wanted in told.words:
            said = {path for path, text in self._judged_words.items() if wanted in text}
            said |= {path for path, text in self.remarks.items() if wanted in searchable(text)}
            numbers = [number for number in numbers if self._tells(number, wanted) or paths[number] in said]
        values: dict[str, Callable[[int], float]] = {
            **{name: partial(self._measured, known) for name, known in self.metrics.items()},
            "p": self._probability,
            "entropy": self._levels.__getitem__,
            "rating": lambda at: (said_of[paths[at]].rating if paths[at] in said_of else 0) or _NAN,
        }
        for compared in told.compared:
            numbers = compared.among(numbers, values[compared.of])
        names = {"predicted": self._predicted_class, "label": lambda at: self._labels.get(at, "")}
        for called in told.called:
            numbers = called.among(numbers, names[called.of])
        if (case := self.cases.get(self.only)) is not None:
            numbers = [number for number in numbers if self._paths[number] in case]
        elif self.only and self.labelled:
            numbers = [number for number in numbers if self._mark(number) == self.only]
        return list(numbers)

    def _tells(self, number: int, wanted: str) -> bool:
        return wanted in self._words[number] or (wanted in ("right", "wrong") and self._mark(number) == wanted)

    def _measured(self, known: Mapping[str, float], number: int) -> float:
        return known.get(self._paths[number], _NAN)

    def _predicted_class(self, number: int) -> str:
        return self._notes[number].predicted if number in self._notes else ""
