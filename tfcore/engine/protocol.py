"""The words the window and the engine exchange.

The window submits a :class:`Job`; events come back, each naming the job it belongs to: whoever asked keeps the answer
under its question, so a late one can never land on another picture.
"""

from __future__ import annotations

import importlib
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

_numbers = itertools.count(1)

# Kinds of job that take minutes to hours, and the engine of their own in which they run.
APART = {
    "train": "training",
    "audit": "audit",
    "evaluate": "evaluation",
    "evaluation_cost": "evaluation",
    "triage": "evaluation",
    "uncertainty_volume": "evaluation",
    "dissect": "filters",
    "save_dissection": "filters",
    "maximise": "filters",
}


@dataclass(frozen=True)
class Job:
    """One thing to do: ``kind`` names a file of ``tfcore.jobs``, ``arguments`` are its keywords.

    ``threshold`` among them is one that the user moved, of the job's ``model``, or
    of the first of its ``models``, whatever the kind.
    """

    kind: str
    arguments: dict[str, Any]
    title: str = ""
    # Higher goes first; work prepared ahead of need uses negative numbers.
    priority: int = 0
    id: int = field(default_factory=lambda: next(_numbers))


# --- commands: window → engine ---


@dataclass(frozen=True)
class Submit:
    job: Job


@dataclass(frozen=True)
class Cancel:
    id: int


@dataclass(frozen=True)
class GoOnAlone:
    """The window is about to leave: finish the job that runs, then end."""


# --- events: engine → window ---


@dataclass(frozen=True)
class Ready:
    """The engine has TensorFlow and waits for work."""

    device: str
    devices: tuple[str, ...]
    versions: dict[str, str]
    pid: int


@dataclass(frozen=True)
class Starting:
    """An engine is being started; ``reason`` says why, when it is not the first."""

    reason: str = ""


@dataclass(frozen=True)
class Lost:
    """The engine cannot be kept running and will not be started again by itself."""

    sentence: str


@dataclass(frozen=True)
class Started:
    job: Job


@dataclass(frozen=True)
class Progress:
    job: Job
    done: int
    total: int
    text: str = ""


@dataclass(frozen=True)
class Partial:
    """A piece of the result, ahead of its end (one row of a table, one picture of many)."""

    job: Job
    value: Any


@dataclass(frozen=True)
class Result:
    job: Job
    value: Any
    seconds: float


@dataclass(frozen=True)
class Failed:
    """The job ended without a result. ``sentence`` is for the user, ``log`` names the file with the details.

    ``error`` is the kind of complaint, for the few that the window answers with a question (``"NeedsTrust"``).
    """

    job: Job
    sentence: str
    log: str = ""
    error: str = ""


@dataclass(frozen=True)
class Dropped:
    """The job was cancelled before or while it ran."""

    job: Job


@dataclass(frozen=True)
class Ending:
    """The job has heard that it is cancelled, and puts away what it has: no force is needed."""

    job: Job


@dataclass(frozen=True)
class Log:
    level: str
    text: str


@dataclass(frozen=True)
class Memory:
    """How many bytes of memory the process of an engine holds; none once it has ended."""

    engine: str
    bytes: int


Event = Ready | Starting | Lost | Started | Progress | Partial | Result | Failed | Dropped | Ending | Log | Memory


Listener = Callable[[Event], None]


class Backend(Protocol):
    """Where jobs run."""

    def submit(self, job: Job) -> int:
        """Take a job; its id."""

    def cancel(self, id: int) -> None:
        """End the job: taken out of the queue, asked to stop, or (engine process) ended by force after 2 s.

        One that says that it is ending has a minute for that.
        """

    def withdraw(self, id: int) -> None:
        """Nobody waits for this job any more: it is dropped if it has not begun, and otherwise left to finish."""

    def restart(self, device: str | None = None) -> None:
        """Begin anew, on another device if one is named; what waits goes on."""

    def close(self, keep: int | None = None) -> None:
        """End everything, but for a running job that is to ``keep`` on: it ends by itself, and nobody hears of it."""


def open_backend(listener: Listener, device: str | None = None) -> Backend:
    """Running engine processes.

    ``listener`` is called with every event, from a thread that is not the caller's. ``device`` is ``None`` (first
    GPU if there is one), ``"cpu"`` or ``"gpu:0"``.
    """
    # Named as text so that who talks to the engine does not import what computes.
    backend: Backend = importlib.import_module("tfcore.engine.engines").Engines(listener, device)
    return backend
