"""Files that appear in opened folders, and files that vanish from them: asked of the disk now and then, by a thread.

Asked, because network drives tell of no changes; by a thread, because they may hang.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.browser.workers import Workers, send
from tfcore.marks import is_own
from tfcore.pictures import is_picture
from tfcore.pictures.formats import DICOM_SUFFIXES

EVERY_MS = 1500
# Folders that are looked at, and names in one of them: what is larger is left alone.
MOST_FOLDERS, MOST_NAMES = 500, 20_000
# A folder that has not answered for so long hangs; so many of them do not keep the others from being looked at.
HUNG_S, MOST_HUNG = 10.0, 5


class Watching(QObject):
    """A new file is told of when its size stays; slices of DICOM series are not, which belong to their whole folder."""

    # Pictures that are there now, and paths that are no longer.
    came = Signal(object)
    went = Signal(object)
    _looked = Signal(object, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._workers: Workers[set[str]] = Workers(self._look, MOST_HUNG, "watch")
        self._folders: dict[str, None] = {}
        self._roots: set[str] = set()
        # Since when it is at work, which folder it looks at, and those that do not answer.
        self._began: float | None = None
        self._at = ""
        self._hung: set[str] = set()
        # Of the thread alone: when a folder changed last, what was in it, and files that may still grow.
        self._stamps: dict[str, int] = {}
        self._names: dict[str, set[str]] = {}
        self._growing: dict[str, int] = {}
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._ask)
        self._looked.connect(self._tell)

    def opened(self, paths: Iterable[Path]) -> None:
        """Folders among these are watched with all below them that hold pictures."""
        self._roots |= set(map(str, paths))

    def found(self, files: Iterable[str]) -> None:
        """Pictures that were found below what was opened."""
        for folder in dict.fromkeys(map(os.path.dirname, files)):
            if folder in self._folders or len(self._folders) >= MOST_FOLDERS:
                continue
            if not self._roots.isdisjoint((folder, *map(str, Path(folder).parents))):
                self._folders[folder] = None
                self._timer.start()

    def forget(self) -> None:
        """Nothing is open any more."""
        self._timer.stop()
        self._folders, self._roots = {}, set()

    def _ask(self) -> None:
        if self._began is not None and time.monotonic() - self._began > HUNG_S and len(self._hung) < MOST_HUNG - 1:
            # The others are looked at meanwhile, by another thread.
            self._hung.add(self._at)
            self._began = None
        if self._began is None:
            self._began = time.monotonic()
            self._workers.put([set(self._folders) - self._hung])

    def _tell(self, came: list[str], went: list[str]) -> None:
        self._began = None
        came, went = ([path for path in some if str(Path(path).parent) in self._folders] for some in (came, went))
        if went:
            self.went.emit(went)
        if came:
            self.came.emit(came)

    # --- in the thread ---

    def _look(self, folders: set[str]) -> None:
        came: list[str] = []
        went: list[str] = []
        for folder in self._stamps.keys() - folders:
            del self._stamps[folder]
            self._names.pop(folder, None)
        for folder in folders:
            self._at = folder
            # A drive that is gone for a while is no reason to take everything off.
            with suppress(OSError):
                self._compare(folder, came, went)
            self._hung.discard(folder)
        send(self._looked, self._grown(came), went)

    def _compare(self, folder: str, came: list[str], went: list[str]) -> None:
        stamp = Path(folder).stat().st_mtime_ns
        if self._stamps.get(folder) == stamp:
            return
        with os.scandir(folder) as entries:
            names = {entry.name for entry, _ in zip(entries, range(MOST_NAMES + 1), strict=False)}
        self._stamps[folder] = stamp
        if len(names) > MOST_NAMES:
            return
        before = self._names.get(folder)
        self._names[folder] = names
        if before is not None:
            came += [str(Path(folder, name)) for name in sorted(names - before) if _wanted(name)]
            went += [str(Path(folder, name)) for name in before - names]

    def _grown(self, came: list[str]) -> list[str]:
        """Of the new files, and those of the last time, the ones whose size stays."""
        ready = []
        for path in [*self._growing, *came]:
            try:
                size = Path(path).stat().st_size
            except OSError:
                self._growing.pop(path, None)
                continue
            if self._growing.get(path) != size:
                self._growing[path] = size
            else:
                del self._growing[path]
                if not is_own(Path(path)):
                    ready.append(path)
        return ready


def _wanted(name: str) -> bool:
    """Whether it is a picture to look at, by its name."""
    plain = name.lower()
    masks = "_mask" in plain
    return is_picture(name) and name[0] != "." and not masks and not plain.endswith(DICOM_SUFFIXES)
