"""The heat of a whole volume: every slice, batch after batch, in the background; and written as a volume of its own."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.export.drawing import Drawing
from gui.export.where import ask_folder
from gui.panels import Task
from gui.state import Questions
from gui.sweep import PRIORITY
from gui.texts import tr
from gui.whole import Whole
from tfcore import pictures
from tfcore.engine.protocol import Job
from tfcore.figure import unseen
from tfcore.figure.volumes import HeatVolumes
from tfcore.results import Heat

if TYPE_CHECKING:
    from gui.desk import Desk

# Slices asked for together: whatever the user asks meanwhile waits for no more of them.
_TOGETHER = 16


class EverySlice(QObject):
    """Keeps the engine supplied with slices; what came is kept whether it is gone on or not."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk, self._explaining, self._opening = desk, desk.explaining, desk.opening
        self._say = desk.jobs.history.add
        # On its way; what comes is handed on to where all heats are kept.
        self._answers = Questions(desk.engine, self, _TOGETHER)
        self._answers.ended.connect(self._ended)
        self._task: Task | None = None
        self._waiting: list[str] = []
        self._awaited: dict[Hashable, str] = {}
        self._done = self._total = 0
        self._problems: list[str] = []
        # Slices that are asked for a second time.
        self._again: set[str] = set()
        self._writing: Drawing | None = None
        desk.opening.opened.connect(lambda _: self.stop())

    @property
    def settled(self) -> bool:
        """Nothing is being computed or written."""
        return self._task is None and self._writing is None

    def run(self) -> None:
        """Explain every slice of the plane on show that is not explained yet."""
        whole = self._explaining.whole
        if whole is None or self._explaining.request is None or self._opening.now is None:
            self._say(tr("There is no volume with a model to explain it: open both."), "warning")
            return
        self.stop()
        every = whole.addresses
        self._waiting = [each for each in every if self._explaining.known(each) is None]
        self._done, self._total, self._problems = len(every) - len(self._waiting), len(every), []
        self._again.clear()
        plane = f"{whole.address.plane} " * bool(whole.address.plane)
        title = tr(
            "{method} · {name} · {n} {plane}slices",
            method=self._explaining.request.method,
            name=whole.address.file.name,
            n=len(every),
            plane=plane,
        )
        self._task = Task(title, self._desk.jobs)
        self._task.cancelled.connect(self.stop)
        self._feed()

    def stop(self) -> None:
        """Leave the rest; what is known stays known."""
        if (task := self._task) is not None:
            self._task = None
            self._awaited.clear()
            self._waiting.clear()
            # Nobody waits any more, unless it is asked for again before the engine has stopped.
            self._answers.withdraw()
            self._answers.cancel()
            task.end(whole=False)

    def _feed(self) -> None:
        if self._task is None or self._awaited:
            return
        self._task.progress(self._done, self._total)
        now, self._waiting = self._waiting[:_TOGETHER], self._waiting[_TOGETHER:]
        if not now:
            self._finish()
            return
        asked = {each: asking for each in now if (asking := self._explaining.asking(each, PRIORITY)) is not None}
        question = {name: value for name, value in asked[now[0]][2].arguments.items() if name != "picture"}
        keys: dict[Hashable, Hashable] = {each: key for each, (_, key, _) in asked.items()}
        self._awaited = {key: str(address) for address, key in keys.items()}
        job = Job("explain_slices", {**question, "pictures": now}, title=tr("heat of slices"), priority=PRIORITY)
        self._answers.ask_together(keys, job)

    def _ended(self, key: Hashable) -> None:
        address = self._awaited.pop(key, None)
        if (heat := self._answers.get(key)) is not None:
            self._explaining.keep(key, heat)
        if address is None or self._task is None:
            return
        problem = self._answers.problem(key)
        if heat is None and not problem and address not in self._again:
            # A job that was cancelled had not ended when it was asked for again.
            self._again.add(address)
            self._waiting.append(address)
        else:
            self._done += 1
            self._problems += [problem or tr("{address} was not explained.", address=address)] if heat is None else []
            self._task.progress(self._done, self._total, address.rpartition("#")[2])
        self._feed()

    def _finish(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.end()
        if self._problems:
            self._say(
                tr("{n} slices could not be explained: {problem}", n=len(self._problems), problem=self._problems[0]),
                "warning",
            )

    # --- as a volume ---

    def write(self) -> None:
        """The heats of this plane that are known, as a volume beside the one they explain."""
        whole = self._explaining.whole
        found = [] if whole is None else [(each, self._heat(whole, each)) for each in whole.addresses]
        known = [(address, heat) for address, heat in found if heat is not None]
        if not known:
            self._say(
                tr("No slice of a volume has heat yet; explain it first (Explain ▸ Explain whole volume)."), "warning"
            )
            return
        if (folder := ask_folder(self._desk, tr("Folder for the volume of heat"))) is None:
            return

        def work() -> dict[Path, str]:
            volumes = HeatVolumes(folder)
            volumes.told = unseen.Records(unseen.VOLUME)
            for address, heat in known:
                volumes.add(pictures.read(address), heat)
            return volumes.save()

        self._writing = Drawing(work, self._written, self._not_written, self)

    def _heat(self, whole: Whole, address: str) -> Heat | None:
        return self._explaining.heat if address == str(whole.address) else self._explaining.known(address)

    def _written(self, files: dict[Path, str]) -> None:
        self._writing = None
        for path, slices in files.items():
            self._say(tr("Exported to {path}: heat of {slices}", path=path, slices=slices))

    def _not_written(self, sentence: str) -> None:
        self._writing = None
        self._say(sentence, "error")
