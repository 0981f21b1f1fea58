"""Pictures made for filters, in the window: asked for, seen while they are made, and saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui.export.where import ask_folder
from gui.state import OneJob, Opened
from gui.texts import tr
from gui.trail import Form
from tfcore.results import Maximised

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.inside.panel import InsidePanel


class Liking(QObject):
    """Speaks for the page with the engine."""

    def __init__(self, desk: Desk, panel: InsidePanel) -> None:
        super().__init__(desk.parent)
        self._desk, self._page, self._data = desk, panel.likes, panel.filters.data
        self._found: Maximised | None = None
        self._asked: dict[str, Any] = {}
        self._making, self._saving = OneJob(desk.engine, "maximise", self), OneJob(desk.engine, "save_maximised", self)
        page, running = self._page, self._page.running
        self._making.progressed.connect(running.show_progress)
        self._making.part.connect(page.show_part)
        self._making.answered.connect(self._made)
        self._making.failed.connect(lambda why: running.end(why, "error"))
        self._making.cancelled.connect(self._cancelled)
        self._saving.answered.connect(
            lambda files: desk.jobs.history.add(tr("Saved to {parent}.", parent=Path(files[0]).parent))
        )
        self._saving.failed.connect(lambda why: desk.jobs.history.add(why, "error"))
        page.changed.connect(self._allow)
        page.save_asked.connect(self._save)
        running.started.connect(self._make)
        running.cancelled.connect(self._making.cancel)
        self._use_model(desk.opening.now)
        self.form = Form(desk, "maximise", tr("what pictures are made for"), page.stated, page.set_stated)
        self.form.follow(self._use_model)
        page.changed.connect(self.form.edited)

    @property
    def settled(self) -> bool:
        return self._making.idle and self._saving.idle

    def _use_model(self, model: Opened | None) -> None:
        self._page.set_model(model.info if model is not None else None)
        self._found = None
        self._page.show_found(None)
        self._allow()

    def _allow(self) -> None:
        missing = tr("Open a model first.") if self._desk.opening.now is None else self._page.missing()
        self._page.running.allow(missing)

    def _make(self) -> None:
        model = self._desk.opening.now
        if model is None:
            return
        self._found = None
        self._page.show_found(None)
        self._page.running.begin()
        # The data set of the other page is what style holds the pictures to.
        arguments = model.asked(**self._page.request(), data=self._data.path() or None)
        self._asked = arguments
        self._making.ask(arguments, tr("pictures for {name}", name=model.info.name))

    def _made(self, found: Maximised) -> None:
        self._found = found
        self._page.running.end(
            tr("{steps} steps in {seconds:.0f} s", steps=found.params["steps"], seconds=found.seconds)
        )
        self._page.show_found(found)

    def _cancelled(self) -> None:
        came = (
            tr("the pictures are as far as they came") if self._page.pictures.count() else tr("there is no picture yet")
        )
        self._page.running.end(tr("Cancelled; {came}.", came=came), "warning")

    def _save(self) -> None:
        if self._found is not None and (folder := ask_folder(self._desk, tr("Save the pictures"))):
            asked = {"found": self._found, "out": str(folder), "asked": self._asked}
            self._saving.ask(asked, tr("save the pictures"), priority=1)
