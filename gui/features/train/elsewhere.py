"""Trainings that go on without this window: each a line among the jobs, with how far it is and a way to stop it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from gui.engine_client import EngineClient
from gui.features.train.outcome import headline
from gui.features.train.stored_run import stored_run
from gui.panels import JobsPanel
from gui.panels.jobs import ELSEWHERE, Task
from gui.state import OneJob
from gui.texts import counted, tr

_LOOK_MS = 3000


class Elsewhere(QObject):
    """The folders that are looked at, for as long as somebody trains in them."""

    # A folder, and who trains in it; nobody any more where that is empty.
    looked = Signal(str, str)

    def __init__(self, engine: EngineClient, jobs: JobsPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._runs: dict[str, _Run] = {}

    def watch(self, folders: Iterable[str], ours: bool = False) -> None:
        """Look whether somebody trains in these folders; of ``ours`` it is also said how they have ended since."""
        for folder in folders:
            if folder not in self._runs:
                run = self._runs[folder] = _Run(folder, self._engine, self._jobs, ours, self)
                run.looked.connect(self._looked)

    def stop(self, folder: str) -> None:
        """The run there ends with its best epoch kept."""
        if run := self._runs.get(folder):
            run.stop()

    def _looked(self, folder: str, holder: str) -> None:
        if not holder:
            self._runs.pop(folder).deleteLater()
        self.looked.emit(folder, holder)


class _Run(QObject):
    """One folder, looked at again and again until nobody is at work in it."""

    looked = Signal(str, str)

    def __init__(self, folder: str, engine: EngineClient, jobs: JobsPanel, ours: bool, parent: QObject) -> None:
        super().__init__(parent)
        self._folder, self._jobs, self._ours = folder, jobs, ours
        self._task: Task | None = None
        self._stopped = False
        self._looking, self._stopping = OneJob(engine, "run_holder", self), OneJob(engine, "stop_run", self)
        self._looking.answered.connect(self._found)
        self._looking.failed.connect(lambda _: self._found(""))
        self._look()

    def stop(self) -> None:
        """Ask whoever trains here to stop."""
        self._stopped = True
        self._stopping.ask({"folder": self._folder}, tr("stop {name}", name=Path(self._folder).name), priority=1)

    def _look(self) -> None:
        self._looking.ask({"folder": self._folder}, tr("look at the run"), priority=-1)

    def _found(self, holder: str) -> None:
        if holder:
            self._follow()
            QTimer.singleShot(_LOOK_MS, self, self._look)
        else:
            self._end()
        self.looked.emit(self._folder, holder)

    def _follow(self) -> None:
        run = stored_run(self._folder)
        rows, of = (run.rows, run.of) if run else ((), 0)
        if self._task is None:
            spent = sum(row.get("seconds", 0) for row in rows)
            self._task = Task(tr("train {name}", name=Path(self._folder).name), self._jobs, ELSEWHERE, spent)
            self._task.cancelled.connect(self.stop)
        self._task.progress(len(rows), of, "epochs")

    def _end(self) -> None:
        """Nobody is at it any more; how it ended is said where somebody waited for it."""
        if self._task is not None:
            self._task.end(whole=not self._stopped)
        run = stored_run(self._folder)
        if run is None or not (self._ours or self._task):
            return
        if run.report is not None:
            self._jobs.history.add(
                tr("The training in {folder} has ended. {headline}.", folder=run.folder, headline=headline(run.report))
            )
        else:
            how = tr("was stopped") if self._stopped else tr("did not come to its end")
            done = tr("{epochs} done", epochs=counted(len(run.rows), "epoch"))
            self._jobs.history.add(
                tr(
                    "The training in {folder} {how} ({done}); Train ▸ Train a network… resumes it.",
                    folder=run.folder,
                    how=how,
                    done=done,
                )
            )
