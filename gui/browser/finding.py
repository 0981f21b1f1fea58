"""What is being looked for on the disk, and what is done with what is found there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from gui.browser.choice import Choice
from gui.browser.files import Files
from gui.browser.notes import Note
from gui.browser.scan import Entry, Facts, Scan, absolute
from gui.browser.thumbnails import Thumbnails
from gui.browser.watching import Watching
from gui.texts import tr
from tfcore.pictures.address import file_of


class Finding(QObject):
    """Lists what is found, and makes the picture current that the user is waiting for."""

    # Rows, counts or what is looked for are others.
    changed = Signal()
    count_changed = Signal(int)
    # What the disk says of files was taken in.
    learnt = Signal()

    def __init__(self, files: Files, thumbnails: Thumbnails, choice: Choice, parent: QObject) -> None:
        # What is found for a list that is gone reaches nobody.
        super().__init__(parent)
        self._files, self._thumbnails, self._choice = files, thumbnails, choice
        self.scan, self.watching = Scan(), Watching(self)
        self.scan.seen = lambda: thumbnails.idle
        self.watching.came.connect(lambda paths: self.look(paths, show=False))
        # What is being looked for, and whether the first picture of it becomes current.
        self._searches: deque[bool] = deque()
        # How far it is with very many DICOM files, in words.
        self._sorting = ""
        # Becomes current as soon as it is found.
        self._awaited: str | None = None
        # Selected when all is found.
        self._to_choose: list[str] = []
        # Pictures that the user took off, in order as the keys of a dictionary.
        self.removed: dict[str, None] = {}
        # Pictures in this folder make room for the first others that are found.
        self.stand_in = ""
        self._standing: list[str] = []
        self.masks: set[str] = set()
        # Notes of an earlier session, until the disk says whether their pictures are still the same.
        self.recalled: dict[str, Note] = {}
        self.scan.found.connect(self._take_in)
        self.scan.masks.connect(self.masks.update)
        self.scan.facts.connect(self._learn)
        self.scan.sorting.connect(self._sorts)
        self.scan.ended.connect(self._looked)

    @property
    def looking(self) -> bool:
        return bool(self._searches)

    @property
    def said(self) -> str:
        """What is being done, in words; nothing where nothing is."""
        return (self._sorting or tr("looking…")) if self._searches else ""

    def _sorts(self, done: int, total: int) -> None:
        self._sorting = tr("sorting slices, {done:,} of {total:,}…", done=done, total=total) if done else ""
        self.changed.emit()

    def look(self, paths: Iterable[str | Path], show: bool) -> None:
        """Find the pictures among and below these; what was taken off before comes back."""
        asked = [Path(absolute(path)) for path in paths]
        if asked:
            back = set(asked)
            self.removed = {
                each: None
                for each in self.removed
                if back.isdisjoint((Path(each), file_of(each), *file_of(each).parents))
            }
            self._searches.append(show)
            self.watching.opened(asked)
            if show:
                self._awaited = None
            self.scan.look(asked)
            self.changed.emit()

    def select(self, path: str) -> None:
        """Make it current, now or when it is found."""
        listed = path in self._files.listing
        self._awaited = None if listed else path
        if listed:
            self._choice.become(path)

    def choose(self, paths: Iterable[str]) -> None:
        """Select these, now or when all is found."""
        self._to_choose = list(paths)
        if not self.looking:
            self._choose()

    def _choose(self) -> None:
        chosen, self._to_choose = self._to_choose, []
        if len(chosen) > 1:
            self._choice.select(chosen)

    def forget(self) -> None:
        """Stop looking; nothing is listed, nothing was taken off."""
        self.scan.stop()
        self.watching.forget()
        self._searches.clear()
        self._awaited, self._to_choose = None, []
        self.masks.clear()
        self.removed, self._standing, self.recalled = {}, [], {}

    def recall(self, notes: Mapping[str, Note]) -> None:
        """These stand under their pictures again, except where a file was changed since."""
        self.recalled = dict(notes)
        self.ask_disk()

    @property
    def others(self) -> bool:
        """Whether more is listed than what stands in for it."""
        return len(self._files.listing) > len(self._standing)

    def ask_disk(self) -> None:
        """Look up dates and sizes that the order, or a note of an earlier session, needs."""
        listing = self._files.listing
        if unknown := [*listing.unknown(), *(path for path in self.recalled if path in listing)]:
            self.scan.ask(unknown)

    def _take_in(self, batch: list[Entry]) -> None:
        listing = self._files.listing
        count = len(listing)
        batch = [entry for entry in batch if entry.path not in self.removed]
        replaced = self._make_room(batch)
        self._files.append(batch)
        self.watching.found(str(file_of(entry.path)) for entry in batch)
        self.changed.emit()
        if self._awaited is not None and self._awaited in listing:
            self.select(self._awaited)
        elif batch and (self._searches[0] or replaced or (self._choice.current is None and self._awaited is None)):
            self._choice.become(batch[0].path)
            self._searches[0] = False
        if len(listing) != count or replaced:
            self.count_changed.emit(len(listing))

    def _make_room(self, batch: list[Entry]) -> bool:
        """Take off what only stood in where others are found; whether one of them was the current picture."""
        standing = [entry.path for entry in batch if self.stand_in and Path(entry.path).is_relative_to(self.stand_in)]
        others = len(standing) < len(batch)
        # Also what stood in before something else does.
        gone = [path for path in self._standing if others or not Path(path).is_relative_to(self.stand_in)]
        if gone:
            self._thumbnails.forget(gone)
            self._files.remove(gone)
            self._standing = [path for path in self._standing if path not in gone]
        self._standing += standing
        return self._choice.current in gone

    def _looked(self) -> None:
        self._searches.popleft()
        self._sorting = ""
        listing = self._files.listing
        if not self.looking:
            self._awaited = None
            if self._choice.current is None and len(listing):
                self._choice.become(listing.paths()[0])
            self._choose()
        self.ask_disk()
        self.changed.emit()

    def _learn(self, facts: list[Facts]) -> None:
        listing = self._files.listing
        listing.learn(facts)
        for path, date, _ in facts:
            note = self.recalled.pop(path, None)
            if note is not None and date <= note.when and not listing.note_of(path):
                listing.annotate(path, note)
        self.learnt.emit()
