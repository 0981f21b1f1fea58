"""Start, resume, cancel: which can be pressed, and which of them is wanted most."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gui.features.train.stored_run import StoredRun
from gui.pieces import button, row
from gui.texts import tr
from gui.theme import set_role


class Buttons(QWidget):
    """A row of the three."""

    def __init__(self) -> None:
        super().__init__()
        self.start = button(tr("Start"), icon="mdi6.play-outline")
        self.resume = button(tr("Resume"), icon="mdi6.restart")
        stop = tr("Stop; the best epoch so far is kept, and the run can be resumed")
        self.cancel = button(tr("Cancel"), stop, icon="mdi6.stop")
        self.setLayout(row(self.start, self.resume, self.cancel, ...))

    def allow(self, run: StoredRun | None, missing: str, running: bool, held: bool) -> None:
        """By the run in the folder, what is ``missing`` for another, and whether one is trained, here or elsewhere."""
        begun = run is not None
        fresh = tr("Train by these settings") + tr(", in a folder of its own beside this run") * begun
        # Of a finished run its model is what is wanted next.
        set_role(self.start, "" if run is not None and run.report is not None else "primary")
        self.start.setText(tr("Start anew") if begun else tr("Start"))
        self.start.setEnabled(not missing and not running)
        self.start.setToolTip(missing or fresh)
        self.resume.setEnabled(not missing and begun and not running and not held)
        self.resume.setToolTip(
            missing or (tr("Go on where the run in the folder stopped") if begun else tr("There is no run"))
        )
        self.cancel.setEnabled(running or held)
