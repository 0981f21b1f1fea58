"""What was found, in groups of the same fault at the same place."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType, TracebackType

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Finding:
    """``what`` went wrong, the ``place`` in the code it came from, and the details."""

    what: str
    place: str
    details: str = ""


@dataclass(frozen=True)
class Outcome:
    """How one case ended, and what it cost."""

    kind: str
    index: int
    name: str
    findings: tuple[Finding, ...] = ()
    # The sentence by which the input was refused, if it was.
    refused: str = ""
    seconds: float = 0.0
    megabytes: float = 0.0


@dataclass
class Group:
    """Cases with the same fault at the same place."""

    first: Finding
    outcomes: list[Outcome] = field(default_factory=list)


def grouped(outcomes: Iterable[Outcome]) -> list[Group]:
    """The largest group first."""
    groups: dict[tuple[str, str, str], Group] = {}
    for outcome in outcomes:
        for finding in outcome.findings:
            key = (outcome.kind, finding.what, finding.place)
            groups.setdefault(key, Group(finding)).outcomes.append(outcome)
    return sorted(groups.values(), key=lambda group: -len(group.outcomes))


def of_error(error: BaseException) -> Finding:
    """An exception that nobody should see."""
    return Finding(type(error).__name__, place_in(error.__traceback__), "".join(traceback.format_exception(error)))


def place_in(trace: TracebackType | None) -> str:
    """Where in the project an exception came from; outside of it where it never was in the project."""
    return _nearest([(entry.filename, entry.name) for entry in traceback.extract_tb(trace)])


def place_of(frame: FrameType | None) -> str:
    """Where in the project we are."""
    return _nearest([(entry.filename, entry.name) for entry in traceback.extract_stack(frame)])


def here(depth: int = 2) -> str:
    """Where in the project the caller's caller is."""
    return place_of(sys._getframe(depth))


def _nearest(frames: list[tuple[str, str]]) -> str:
    for filename, function in reversed(frames):
        for room in ("tfcore", "gui", "resources"):
            if filename.startswith(f"{PROJECT / room}/"):
                return f"{Path(filename).relative_to(PROJECT)} {function}"
    return " ".join(frames[-1]) if frames else "nowhere"
