"""Heatmaps of pictures that were dragged into a figure, explained as the one on show is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.export.many import Many, Outcome
from gui.shown import Steps
from gui.sweep import PRIORITY
from tfcore.pictures import read
from tfcore.results import Heat

if TYPE_CHECKING:
    from gui.desk import Desk
    from tfcore.figure.panel import Item


class Gathering(QObject):
    """Asks, reads, and hands on all at once, in the order in which they were dragged."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._running: set[Many] = set()

    @property
    def idle(self) -> bool:
        return not self._running

    def gather(self, paths: Sequence[str], then: Callable[[list[Item]], None]) -> None:
        """The items of these pictures; why some have none is said."""
        desk, found = self._desk, dict[str, list["Item"]]()
        if desk.explaining.asking(paths[0], PRIORITY) is None:
            desk.jobs.history.add("No model is open yet; add pictures when one is.", "warning")
            return
        subject = desk.figures.subject()
        again = subject.again if subject is not None and subject.again is not None else self._plain

        def read_in(path: str, heats: list[Heat]) -> None:
            picture = read(path)
            found[path] = [(heat, picture) for heat in heats]

        many = Many(paths, again, read_in, self)

        def ended(outcome: Outcome) -> None:
            self._running.discard(many)
            for problem in outcome.problems:
                desk.jobs.history.add(problem, "error")
            then([item for path in paths for item in found.get(path, ())])

        self._running.add(many)
        many.ended.connect(ended)
        many.start()

    def _plain(self, path: str) -> Steps:
        asking = self._desk.explaining.asking(path, PRIORITY)
        assert asking is not None
        heat = yield asking
        return [heat]
