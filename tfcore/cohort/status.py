"""What of a cohort is done, running or failed, and why: read from the folder of its parts, whoever works there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tfcore.cohort.store import DIARY, PLAN, folder_of
from tfcore.errors import HeatlensError
from tfcore.told import picture_from
from tfcore.training.lock import holder
from tfcore.words import clock, counted


@dataclass(frozen=True)
class Failure:
    """A part that could not be done: its first picture, how many there are, and the sentence why."""

    first: str
    pictures: int
    why: str


@dataclass
class Worker:
    """What one of them has done in the present or last run; the first picture of the part that it is at."""

    number: int
    parts: int = 0
    pictures: int = 0
    seconds: float = 0
    at: str = ""


@dataclass(frozen=True)
class Status:
    """Of one result."""

    folder: Path
    command: str
    workers: str
    # Who is at work there now.
    holder: str | None
    parts: int
    done: int
    pictures: int
    pictures_done: int
    running: tuple[str, ...]
    failed: tuple[Failure, ...]
    # Of the workers together, in the present or last run.
    seconds: float
    # What each of them has done since, and what it is at.
    by_worker: tuple[Worker, ...]
    # The command as it was given, and where.
    line: tuple[str, ...]
    given_in: str
    # What there is a row of.
    of: str = "picture"

    @property
    def words(self) -> str:
        """In one line."""
        at = f"running ({self.holder})" if self.holder else "finished" if self.done == self.parts else "not running"
        failed = f", {counted(len(self.failed), 'part')} failed" if self.failed else ""
        return (
            f"{self.folder}: {at}; {self.done:,} of {counted(self.parts, 'part')} done, {self.pictures_done:,} of "
            f"{counted(self.pictures, self.of)}{failed}; {clock(self.seconds)} of work by {self.workers}"
        )

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def parts_folder(out: str | Path) -> Path:
    """Where the parts of a result lie, by the name that was given for the result."""
    out = Path(out)
    for folder in (out, folder_of(out, False), folder_of(out, True), *sorted(out.glob("*.parts"))):
        if (folder / PLAN).is_file():
            return folder
    raise HeatlensError(f"{out} has no parts of a cohort; name the --out of a command that was run with --workers.")


def status(out: str | Path) -> Status:
    """How far it is; parts are counted by their names, none is opened."""
    folder = parts_folder(out)
    try:
        plan = json.loads((folder / PLAN).read_bytes())
        parts = {part["key"]: part for part in plan["parts"]}
        there = {file.stem for file in folder.glob("*.parquet")} & parts.keys()
        who = holder(folder)
        pictures = {key: int(part["pictures"]) for key, part in parts.items()}
        last: dict[str, dict[str, Any]] = {}
        workers: dict[int, Worker] = {}
        for line in _diary(folder):
            last[line["part"]] = line
            number = int(line.get("worker", 0))
            worker = workers.setdefault(number, Worker(number + 1))
            worker.at = parts[line["part"]]["first"] if who and line["event"] == "began" else ""
            if line["event"] == "done":
                worker.parts += 1
                worker.pictures += pictures[line["part"]]
                worker.seconds += line["seconds"]
        given = plan.get("given", {"line": [], "folder": ""})
        return Status(
            folder,
            plan["command"],
            plan["workers"],
            who,
            len(parts),
            len(there),
            sum(pictures.values()),
            sum(pictures[key] for key in there),
            tuple(parts[key]["first"] for key, line in last.items() if who and line["event"] == "began"),
            tuple(
                Failure(parts[key]["first"], pictures[key], line["why"])
                for key, line in last.items()
                if line["event"] == "failed" and key not in there
            ),
            sum(worker.seconds for worker in workers.values()),
            tuple(worker for _, worker in sorted(workers.items())),
            tuple(given["line"]),
            picture_from(folder, given["folder"]) if given["folder"] else "",
            str(plan.get("of", "picture")),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HeatlensError(f"{folder / PLAN} cannot be read ({error}); run the command again.") from error


def _diary(folder: Path) -> Iterator[dict[str, Any]]:
    # A disk that was full when it began has room for the plan alone.
    with suppress(FileNotFoundError), (folder / DIARY).open(encoding="utf-8") as stream:
        for line in stream:
            # The last one may be half written.
            with suppress(ValueError):
                if "part" in (told := json.loads(line)):
                    yield told
