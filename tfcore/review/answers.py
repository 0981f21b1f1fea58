"""What readers answered: a file for each, a line for each answer, on the disk before the next case is shown."""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.files import make_folder, not_written, why
from tfcore.marks import PROGRAM, version
from tfcore.measure import Roi
from tfcore.review.order import Sight, order
from tfcore.review.study import BEST, Study, check_cases, folder_of, read
from tfcore.tables import write_table

COLUMNS = (
    *("reader", "case", "arm", "answer", "confidence", "seconds", "truth", "finding"),
    *("part", "position", "rating", "diagnosis", "drawing", "slice", "paused", "sights", "at", "picture"),
)


@dataclass
class Answers:
    """One reader's way through a study; what is answered stays answered."""

    path: Path
    study: Study
    reader: str
    number: int
    # Each as it was given, in the order of the sights, and how often the next case was put before the reader.
    given: list[dict[str, Any]] = field(default_factory=list)
    sights: int = 0
    # What the file is known to hold; whatever comes behind it was written by somebody else.
    _size: int = 0

    def __post_init__(self) -> None:
        self.order = order(self.study, self.number)

    @property
    def next(self) -> Sight | None:
        """What is to be read now; nothing once all is read."""
        return self.order[len(self.given)] if len(self.given) < len(self.order) else None

    @property
    def waits(self) -> datetime | None:
        """When the next part may begin, where the days between two parts are not over."""
        if (now := self.next) is None or not self.given or now.part == self.order[len(self.given) - 1].part:
            return None
        due = datetime.fromisoformat(self.given[-1]["at"]) + timedelta(days=self.study.days)
        return due if due > datetime.now(UTC) else None

    def cut(self) -> None:
        """Take away a line that was not written to its end."""
        try:
            if self.path.stat().st_size > self._size:
                os.truncate(self.path, self._size)
        except OSError as error:
            raise not_written(self.path, error) from error

    def saw(self) -> None:
        """The next case is put before the reader."""
        self._add({"saw": len(self.given)})
        self.sights += 1

    def answer(self, answers: Mapping[str, Any], seconds: float, paused: float = 0.0) -> None:
        """Keep what was said of the next case; a sentence if it could not be kept, and then nothing is lost."""
        sight = self.next
        assert sight is not None
        said = {
            "position": len(self.given),
            "case": sight.case,
            "arm": sight.arm,
            "answers": checked(self.study, answers),
        }
        spent = {"seconds": round(seconds, 3), "paused": round(paused, 3), "sights": max(self.sights, 1)}
        line = {**said, **spent, "at": datetime.now(UTC).isoformat(timespec="seconds")}
        self._add(line)
        self.given.append(line)
        self.sights = 0

    def _add(self, line: Mapping[str, Any]) -> None:
        text = f"{json.dumps(line)}\n".encode("ascii")
        try:
            with self.path.open("r+b") as stream:
                if stream.seek(0, os.SEEK_END) != self._size:
                    raise HeatlensError(
                        f"{self.reader} is reading in another window as well; close this one and go on there."
                    )
                try:
                    stream.write(text)
                    stream.flush()
                    os.fsync(stream.fileno())
                except OSError:
                    # No piece of a line stays.
                    stream.truncate(self._size)
                    raise
        except OSError as error:
            raise not_written(self.path, error) from error
        self._size += len(text)


def begin(path: str | Path, reader: str, study: Study | None = None) -> Answers:
    """The reader's answers to the study in a file: where they were left, or from the beginning.

    A reader is known by name, whatever the case of its letters; the number, which settles the order, is given by turn.
    A ``study`` that is given was read and looked at before.
    """
    path, name = Path(path).absolute(), " ".join(reader.split())
    if not name:
        raise HeatlensError("A reader has a name, or initials; the answers are kept under it.")
    if study is None:
        check_cases(study := read(path))
    for known in readers(path, study):
        if known.reader.casefold() == name.casefold():
            known.cut()
            return known
    folder = folder_of(path) / "answers"
    make_folder(folder)
    for number in range(1, 10_000):
        # Not marked as ours in the way of outputs, which may be replaced: answers are somebody's work.
        head = {"answers": 1, PROGRAM: version(), "study": study.hash, "reader": name, "number": number}
        text = f"{json.dumps(head)}\n".encode("ascii")
        file = folder / f"reader-{number}.jsonl"
        try:
            # Two that begin at once get different numbers.
            with file.open("xb") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
        except FileExistsError:
            continue
        except OSError as error:
            raise not_written(file, error) from error
        return Answers(file, study, name, number, _size=len(text))
    raise HeatlensError(f"{folder} holds answers of too many readers; make a new study.")


def readers(path: str | Path, study: Study | None = None) -> list[Answers]:
    """The answers of all who have begun, in the order in which they did."""
    path = Path(path)
    study = study or read(path)
    files = (folder_of(path) / "answers").glob("reader-*.jsonl")
    found = [known for file in files if (known := _read(file, study)) is not None]
    return sorted(found, key=lambda one: one.number)


def _read(file: Path, study: Study) -> Answers | None:
    """What the file holds; nothing where not even its first line is whole."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise HeatlensError(f"{file} was not read: {why(error)}.") from error
    # A line that was not written to its end counts as not answered.
    whole, line_end, _ = content.rpartition(b"\n")
    if not line_end:
        return None
    try:
        head, *lines = map(json.loads, whole.splitlines())
        found = Answers(file, study, str(head["reader"]), int(head["number"]), _size=len(whole) + 1)
        if head["study"] != study.hash:
            raise HeatlensError(
                f"The answers of {head['reader']} ({file.name}) are to another study than this one, or the study was "
                "changed; put them beside the study they belong to."
            )
        for line in lines:
            if "saw" in line:
                found.sights += 1
                continue
            sight = found.order[len(found.given)]
            if (line["position"], line["case"], line["arm"]) != (len(found.given), sight.case, sight.arm):
                raise ValueError("another order")
            checked(study, line["answers"])
            found.given.append(line)
            found.sights = 0
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise HeatlensError(f"{file} is damaged ({error}); take a copy of it that is whole.") from error
    return found


def checked(study: Study, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers, one to each question; a sentence where one is missing or none that can be given."""
    found: dict[str, Any] = {}
    for question in study.questions:
        value = answers.get(question.kind)
        match question.kind:
            case "draw":
                found["draw"] = None if value is None else _drawing(value)
                continue
            case "diagnosis":
                good = value in question.choices
            case _:
                good = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= BEST
        if not good:
            raise HeatlensError(
                f"{question.text}: {'not answered yet' if value is None else f'{value!r} is no answer'}."
            )
        found[question.kind] = value
    return found


def _drawing(value: Any) -> dict[str, Any]:
    """With the number of the slice, counted from 1, where readers leaf through several."""
    roi, at = value if isinstance(value, tuple) else (value, None)
    if not isinstance(roi, Roi):
        roi, at = Roi("lesion", value["kind"], tuple(map(tuple, value["points"]))), value.get("slice")
    drawn = {"kind": roi.kind, "points": [[round(x, 2), round(y, 2)] for x, y in roi.points]}
    return drawn if at is None else {**drawn, "slice": int(at)}


def rows(path: str | Path) -> Iterator[dict[str, Any]]:
    """A row for each answer by ``COLUMNS``: tidy, as programs for several readers and cases (MRMC) take it.

    ``answer`` is the rating, or the diagnosis where none was asked.
    """
    path = Path(path)
    study = read(path)
    folder = path.absolute().parent
    for reader in readers(path, study):
        for position, (sight, given) in enumerate(zip(reader.order, reader.given, strict=False), 1):
            case, said = study.cases[sight.case], given["answers"]
            finding = study.finding(case.truth)
            drawn = said.get("draw")
            points = "" if drawn is None else " ".join(f"{x:g},{y:g}" for x, y in drawn["points"])
            yield {
                "reader": reader.reader,
                "case": sight.case + 1,
                "arm": study.arms[sight.arm].text,
                "answer": said.get("rating", said.get("diagnosis")),
                "confidence": said.get("confidence"),
                "seconds": given["seconds"],
                "truth": case.truth,
                "finding": None if finding is None else int(finding),
                "part": sight.part + 1,
                "position": position,
                "rating": said.get("rating"),
                "diagnosis": said.get("diagnosis"),
                "drawing": "" if drawn is None else f"{drawn['kind']} {points}",
                "slice": None if drawn is None else drawn.get("slice"),
                **{name: given[name] for name in ("paused", "sights", "at")},
                "picture": folder / case.picture,
            }


def write_rows(path: str | Path, out: Path, overwrite: bool = False) -> Path:
    """The path of the CSV file with all answers."""
    return write_table(out, COLUMNS, rows(path), overwrite)


def told(answers: Answers) -> str:
    """How far a reader is, in one line: ``12 of 40 read, 9 s each``."""
    done = len(answers.given)
    each = f", {statistics.median(one['seconds'] for one in answers.given):.0f} s each" if done else ""
    return f"{done} of {len(answers.order)} read{each}"
