"""The same figure of many pictures: what is missing is asked of the engine, two pictures at a time."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from gui.export.drawing import Drawing
from gui.shown import Steps
from gui.state import Questions
from gui.texts import tr
from tfcore.errors import HeatlensError
from tfcore.results import Heat

# Enough to keep the engine busy while the last figure is drawn.
_AT_ONCE = 2


@dataclass
class Outcome:
    """The heats of the pictures whose figures were written, and the sentences about the others."""

    total: int
    written: dict[str, list[Heat]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def left(self) -> int:
        """Pictures that were not come to."""
        return self.total - len(self.written) - len(self.problems)


class Many(QObject):
    """Goes through the pictures; what cannot be made is noted, and the rest goes on."""

    # Pictures done with, and the last one's name.
    progressed = Signal(int, str)
    ended = Signal(object)

    def __init__(
        self,
        paths: Sequence[str],
        heats: Callable[[str], Steps],
        write: Callable[[str, list[Heat]], object],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._waiting, self._heats, self._write = iter(paths), heats, write
        self._outcome = Outcome(len(paths))
        self._running: set[str] = set()
        # By the answer that they wait for.
        self._awaited: dict[tuple[Questions, Hashable], list[tuple[str, Steps]]] = {}
        self._heard: dict[Questions, Callable[[Hashable], None]] = {}

    def start(self) -> None:
        """Begin with the first ones."""
        while len(self._running) < _AT_ONCE and (path := next(self._waiting, None)) is not None:
            self._running.add(path)
            self._go_on(path, self._heats(path))
        if not self._running:
            self._finish()

    def stop(self) -> None:
        """Leave the rest; the figure that is being drawn is finished, and what is written stays."""
        self._waiting = iter(())
        self._running -= {path for waiting in self._awaited.values() for path, _ in waiting}
        self._awaited.clear()
        for store in self._heard:
            store.withdraw()
        self.start()

    def _go_on(self, path: str, steps: Steps, answer: Any = None) -> None:
        """Ask for what the figure still lacks, and draw it when it lacks nothing."""
        try:
            while True:
                store, question, job = steps.send(answer)
                if (answer := store.get(question)) is None:
                    self._listen(store)
                    self._awaited.setdefault((store, question), []).append((path, steps))
                    store.ask(question, job)
                    return
        except StopIteration as end:
            heats: list[Heat] = end.value
            write, done = partial(self._write, path, heats), partial(self._done, path)
            Drawing(write, lambda _: done(heats), done, self)
        except HeatlensError as error:
            self._done(path, str(error))

    def _listen(self, store: Questions) -> None:
        if store not in self._heard:
            self._heard[store] = partial(self._answered, store)
            store.ended.connect(self._heard[store])

    def _answered(self, store: Questions, question: Hashable) -> None:
        for path, steps in self._awaited.pop((store, question), []):
            if (answer := store.get(question)) is not None:
                self._go_on(path, steps, answer)
            else:
                self._done(path, store.problem(question) or tr("It was cancelled."))

    def _done(self, path: str, found: list[Heat] | str) -> None:
        if isinstance(found, str):
            name = Path(path).name
            self._outcome.problems.append(found if name in found else f"{name}: {found}")
        else:
            self._outcome.written[path] = found
        self._running.discard(path)
        self.progressed.emit(self._outcome.total - self._outcome.left, Path(path).name)
        self.start()

    def _finish(self) -> None:
        self._waiting = iter(())
        for store, heard in self._heard.items():
            store.ended.disconnect(heard)
        self._heard.clear()
        self.ended.emit(self._outcome)
