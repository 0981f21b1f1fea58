"""What every region holds, measured away from the window's thread, anew when its heat is another."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from gui.export.drawing import Drawing
from tfcore import pictures
from tfcore.errors import HeatlensError
from tfcore.measure import Measured, Roi, measured
from tfcore.pictures import Picture
from tfcore.results import Heat

# A picture by its address, and a region of it.
Entry = tuple[str, Roi]


@dataclass(frozen=True)
class Found:
    """What a region holds, or why that is not known; whose heat it was, and to which question it was the answer."""

    holds: Measured
    heat: Heat | None
    question: Hashable
    why: str = ""


class Numbers(QObject):
    """``of`` says what is known; ``changed`` that more is."""

    changed = Signal()

    def __init__(
        self, parent: QObject, picture: Callable[[str], Picture | None], heat: Callable[[str], Heat | None]
    ) -> None:
        super().__init__(parent)
        self._picture, self._heat = picture, heat
        self._known: dict[Entry, Found] = {}
        self._work: Drawing | None = None
        self._waiting: list[Entry] = []

    @property
    def idle(self) -> bool:
        """All is measured."""
        return self._work is None

    def of(self, entry: Entry) -> Found | None:
        return self._known.get(entry)

    def want(self, entries: Iterable[Entry], question: Hashable) -> None:
        """Measure what is not known yet: heat that was forgotten meanwhile stays measured while it is asked for."""
        self._waiting = list(entries)
        self._known = {entry: self._known[entry] for entry in self._waiting if entry in self._known}
        if self._work is None:
            self._measure(question)

    def forget(self, path: str) -> None:
        """The file of this picture is another one."""
        self._known = {entry: found for entry, found in self._known.items() if entry[0] != path}

    def _measure(self, question: Hashable) -> None:
        wanted = [
            (path, roi, self._picture(path), heat)
            for path, roi in self._waiting
            if self._lacks((path, roi), heat := self._heat(path), question)
        ]
        if not wanted:
            return

        def work() -> dict[Entry, Found]:
            found: dict[Entry, Found] = {}
            read: dict[str, Picture] = {}
            for path, roi, shown, heat in wanted:
                try:
                    picture = shown or read.get(path) or read.setdefault(path, pictures.read(path))
                    found[path, roi] = Found(measured(picture, roi, heat), heat, question)
                except HeatlensError as error:
                    found[path, roi] = Found(Measured(), heat, question, str(error))
                # One picture at a time stays in memory.
                read = {path: read[path]} if path in read else {}
            return found

        def done(found: dict[Entry, Found]) -> None:
            self._work = None
            self._known |= {entry: one for entry, one in found.items() if entry in self._waiting}
            self.changed.emit()
            self._measure(question)

        def failed(sentence: str) -> None:
            done({(path, roi): Found(Measured(), heat, question, sentence) for path, roi, _, heat in wanted})

        self._work = Drawing(work, done, failed, self)

    def _lacks(self, entry: Entry, heat: Heat | None, question: Hashable) -> bool:
        known = self._known.get(entry)
        if known is None:
            return True
        if heat is None:
            return known.heat is not None and known.question != question
        return known.heat is not heat
