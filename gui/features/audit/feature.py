"""The audit as a part of the window: its menu entry, its dialog, its jobs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui.export.where import ask_folder, in_data
from gui.menus import Command
from gui.state import OneJob
from gui.texts import tr
from gui.trail import Form

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.audit.dialog import AuditDialog


class Auditing(QObject):
    """Makes the dialog when it is first asked for, and speaks for it with the engine."""

    place = 60

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._dialog: AuditDialog | None = None
        self._stated: Form | None = None
        # What the audit on show was asked.
        self._asked: dict[str, Any] = {}
        self._describing = OneJob(desk.engine, "describe_data", self)
        self._auditing = OneJob(desk.engine, "audit", self)
        self._saving = OneJob(desk.engine, "save_audit", self)
        what = tr("Find copies, leaks between splits, broken files and shortcuts before training")
        desk.menus.add([Command("&Train", "&Audit a data set…", self.open, "Ctrl+Shift+A", "mdi6.magnify-scan", what)])

    @property
    def settled(self) -> bool:
        return self._describing.idle and self._auditing.idle and self._saving.idle

    @property
    def dialog(self) -> AuditDialog:
        """The dialog, made at its first use; closing hides it, and an audit that runs goes on."""
        if self._dialog is None:
            self._dialog = self._made()
        return self._dialog

    def open(self) -> None:
        """Show the dialog, with the data set that is to be trained on, if nothing else was chosen."""
        named = self._desk.session.training.get("data", "")
        if not self.dialog.data.path() and named and self._stated is not None:
            self._stated.by_itself(self.dialog.data.choose)(named)
        self.dialog.show()
        self.dialog.activateWindow()

    def _made(self) -> AuditDialog:
        from gui.features.audit.dialog import AuditDialog

        dialog = AuditDialog(self._desk.parent)
        self._describing.answered.connect(dialog.show_data)
        self._describing.failed.connect(dialog.show_data_error)
        self._describing.cancelled.connect(lambda: dialog.show_data_error(tr("Looking at the data set was cancelled.")))
        self._auditing.progressed.connect(dialog.show_progress)
        self._auditing.answered.connect(dialog.show_found)
        self._auditing.failed.connect(dialog.show_failed)
        self._auditing.cancelled.connect(dialog.show_cancelled)
        self._saving.answered.connect(dialog.show_saved)
        self._saving.failed.connect(dialog.show_failed)
        dialog.data.chosen.connect(self._describe)
        dialog.run_requested.connect(self._audit)
        dialog.cancel_requested.connect(self._auditing.cancel)
        dialog.save_requested.connect(self._save)
        dialog.train_requested.connect(self._train)
        dialog.pairs.opened.connect(self._show_pair)
        form = self._stated = Form(
            self._desk, "audit", tr("what is audited"), dialog.data.question, dialog.data.restore
        )
        dialog.data.edited.connect(form.edited)
        self._desk.undo.reach(dialog)
        return dialog

    def _describe(self, path: str) -> None:
        self._auditing.forget()
        if path:
            self._describing.ask(self.dialog.data.question(), tr("look at {name}", name=Path(path).name), priority=1)
        else:
            self._describing.forget()

    def _audit(self, path: str) -> None:
        self.dialog.show_running()
        self._asked = self.dialog.data.question()
        self._auditing.ask(self._asked, tr("audit {name}", name=Path(path).name))

    def _save(self, report: bytes) -> None:
        if (out := ask_folder(self._desk, tr("Save the report of the audit"))) is None:
            return
        if why := in_data(out, [self._asked["data"]]):
            self.dialog.show_failed(why)
        else:
            self._saving.ask({"report": report, "out": str(out), **self._asked}, tr("save the audit"), priority=1)

    def _train(self, path: str) -> None:
        self._desk.session.training |= {
            "group_by_patient": False,
            **self.dialog.data.question(),
            "out": "",
            "drop_duplicates": True,
        }
        self.dialog.hide()
        self._desk.menus.actions["&Train a network…"].trigger()

    def _show_pair(self, paths: list[str]) -> None:
        self._desk.browser.select(paths[0])
        self._desk.open_pictures(paths)
