"""The question before the window takes work with it that has cost, or will cost, more than a minute."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from gui.engine_client import EngineClient
from gui.panels import JobsPanel
from gui.panels.job_row import duration, title_of
from gui.texts import tr
from tfcore.engine.protocol import Job

_TRAINING = tr(
    "In the background the training goes on without the window; the next window shows it "
    "among its jobs, and can stop it. If you stop it now, the best epoch so far is kept, and "
    "Resume goes on from there."
)
_LOST = tr("What it found so far is lost when the window closes.")


class Leaving(QObject):
    """Closing goes on when it was agreed to, or when nothing is lost by it."""

    def __init__(self, jobs: JobsPanel, engine: EngineClient, window: QWidget) -> None:
        super().__init__(window)
        self._jobs, self._engine, self._window = jobs, engine, window
        self._question: QMessageBox | None = None
        self._agreed = False

    def agree(self) -> None:
        """Nobody is there to be asked."""
        self._agreed = True

    def may(self) -> bool:
        """Whether the window may close now; if not, the user is being asked."""
        costly = self._jobs.costly()
        if self._agreed or not costly:
            return True
        if self._question is None:
            self._ask(costly)
        return False

    def _ask(self, costly: list[tuple[Job, float | None]]) -> None:
        training = next((job for job, seconds in costly if job.kind == "train" and seconds is not None), None)
        box = self._question = QMessageBox(
            QMessageBox.Icon.Question, tr("Quit Heatlens?"), _told(costly), parent=self._window
        )
        lost = _LOST if len(costly) > (training is not None) else ""
        box.setInformativeText("\n\n".join(filter(None, (_TRAINING if training else "", lost))))
        background = (
            box.addButton(tr("Go on in the background"), QMessageBox.ButtonRole.AcceptRole) if training else None
        )
        stop = box.addButton(tr("Stop and quit"), QMessageBox.ButtonRole.DestructiveRole)
        stay = box.addButton(tr("Stay"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)

        def answered() -> None:
            self._question = None
            if box.clickedButton() is background and training is not None:
                self._engine.keep(training.id)
            if box.clickedButton() in (background, stop):
                self._agreed = True
                self._window.close()
            box.deleteLater()

        box.finished.connect(answered)
        box.open()


def _told(costly: list[tuple[Job, float | None]]) -> str:
    return "\n".join(
        tr("{job} is waiting.", job=title_of(job))
        if seconds is None
        else tr("{job} has been running for {seconds}.", job=title_of(job), seconds=duration(seconds))
        for job, seconds in costly
    )
