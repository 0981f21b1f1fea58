"""Calibrating as a part of the window: its dock, its menu entry, its jobs; what it finds goes into the card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui.describing import Describing
from gui.export.where import ask_folder
from gui.menus import Command
from gui.panels.late import Late
from gui.state import OneJob
from gui.texts import tr
from gui.trail import Form
from tfcore.results import Calibrated, ModelInfo

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.calibrate.panel import CalibratePanel

_HEIGHT = 370


class Calibrating(QObject):
    """Makes the panel when it is first seen, and speaks for it with the engine."""

    place = 43

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._describing = Describing(desk.engine, self)
        self._jobs = {kind: OneJob(desk.engine, kind, self) for kind in ("calibrate", "mask_risk", "reference")}
        self._saving = OneJob(desk.engine, "save_calibration", self)
        self._saving.answered.connect(
            lambda files: desk.jobs.history.add(tr("Saved to {parent}.", parent=Path(files[0]).parent))
        )
        self._saving.failed.connect(lambda why: desk.jobs.history.add(why, "error"))
        # What was found last, and how it was asked.
        self._found: Calibrated | None = None
        self._asked: dict[str, Any] = {}
        self._place = Late(self._made)
        self.dock = desk.docks.add_drawer("Calibration", self._place, _HEIGHT)
        what = tr("Are the probabilities as often right as they say? A temperature and sets of classes for the card")
        desk.menus.add([Command("Eval&uate", "Cali&brate…", self.dock.open, "Ctrl+Shift+B", "mdi6.tune", what)])
        desk.opening.opened.connect(lambda _: self._use_model())

    @property
    def settled(self) -> bool:
        """Nothing is answered or looked at."""
        return self._describing.idle and all(job.idle for job in (*self._jobs.values(), self._saving))

    def _made(self) -> CalibratePanel:
        from gui.features.calibrate.panel import CalibratePanel

        panel = CalibratePanel()
        self._describing.serve(panel.asked.data)
        for job in self._jobs.values():
            job.progressed.connect(panel.running.show_progress)
            job.failed.connect(lambda why: panel.running.end(why, "error"))
            job.cancelled.connect(lambda: panel.running.end(tr("Cancelled; nothing was found.")))
            panel.running.cancelled.connect(job.cancel)
        self._jobs["calibrate"].answered.connect(self._show_found)
        self._jobs["mask_risk"].answered.connect(panel.show_missed)
        self._jobs["reference"].answered.connect(self._show_learnt)
        panel.wanted.connect(self._ask)
        panel.kept.connect(self._desk.opening.save_card)
        panel.save_asked.connect(self._save)
        panel.show_model(self._desk.opening.info)
        form = Form(self._desk, "calibrate", tr("what is calibrated"), panel.stated, panel.set_stated)
        panel.changed.connect(form.edited)
        self._describing.answered.connect(form.by_itself(panel.show_facts))
        return panel

    def _ask(self, kind: str, request: dict[str, Any]) -> None:
        model = self._desk.opening.now
        if model is not None:
            titles = {
                "calibrate": tr("calibrate on"),
                "reference": tr("what is usual in"),
                "mask_risk": tr("what is missed in"),
            }
            title = f"{titles[kind]} {Path(request['data']).name}"
            self._asked = model.asked(**request) if kind == "calibrate" else self._asked
            self._jobs[kind].ask(model.asked(**request), title)

    def _show_found(self, found: Calibrated) -> None:
        self._found = found
        self._place.panel.show_found(found)

    def _save(self) -> None:
        if self._found is not None and (folder := ask_folder(self._desk, tr("Save the calibration"))) is not None:
            asked = {**self._asked, "found": self._found, "out": str(folder)}
            self._saving.ask(asked, tr("save the calibration of {model}", model=self._found.model))

    def _show_learnt(self, info: ModelInfo) -> None:
        """The network is asked anew, now that it can tell."""
        now = self._desk.opening.now
        if now is not None and now.info.source == info.source:
            self._desk.opening.use(replace(now, info=info))
        self._place.panel.show_learnt(info)

    def _use_model(self) -> None:
        if self._place.made is not None:
            self._place.made.show_model(self._desk.opening.info)
