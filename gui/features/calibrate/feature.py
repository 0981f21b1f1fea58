"""Calibrating as a part of the window: its dock, its menu entry, its jobs; what it finds goes into the card."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.menus import Command
from gui.state import OneJob
from tfcore.results import ModelInfo

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.calibrate.panel import CalibratePanel

_HEIGHT = 330


class Calibrating(QObject):
    """Makes the panel when it is first seen, and speaks for it with the engine."""

    place = 43

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._panel: CalibratePanel | None = None
        self._describing = OneJob(desk.engine, "describe_data", self)
        self._calibrating = OneJob(desk.engine, "calibrate", self)
        self._learning = OneJob(desk.engine, "reference", self)
        self._place = QWidget()
        self._place.setMinimumHeight(120)
        QVBoxLayout(self._place).setContentsMargins(0, 0, 0, 0)
        self.dock = desk.docks.add_drawer("Calibration", self._place, _HEIGHT)
        self.dock.visibilityChanged.connect(self._seen)
        what = "Are the probabilities as often right as they say? A temperature and sets of classes for the card"
        desk.menus.add([Command("Eval&uate", "Cali&brate…", self.dock.open, "Ctrl+Shift+B", "mdi6.tune", what)])
        desk.opening.opened.connect(lambda _: self._use_model())

    @property
    def settled(self) -> bool:
        """Nothing is answered or looked at."""
        return self._describing.idle and self._calibrating.idle and self._learning.idle

    @property
    def panel(self) -> CalibratePanel:
        """Made at its first use: plots would delay the first paint of the window."""
        if self._panel is None:
            from gui.features.calibrate.panel import CalibratePanel

            panel = self._panel = CalibratePanel()
            layout = self._place.layout()
            assert layout is not None
            layout.addWidget(panel)
            self._describing.answered.connect(panel.show_data)
            self._describing.failed.connect(panel.data.show_error)
            self._describing.cancelled.connect(lambda: panel.data.show_error("Looking at the data set was cancelled."))
            self._calibrating.answered.connect(panel.show_found)
            self._learning.answered.connect(self._show_learnt)
            for job in (self._calibrating, self._learning):
                job.progressed.connect(panel.show_progress)
                job.failed.connect(panel.show_failed)
                job.cancelled.connect(lambda: panel.show_failed("Cancelled; nothing was found."))
                panel.cancelled.connect(job.cancel)
            panel.data.chosen.connect(self._describe)
            panel.started.connect(self._calibrate)
            panel.learnt.connect(self._learn)
            panel.kept.connect(self._desk.opening.save_card)
            self._use_model()
        return self._panel

    def _seen(self, visible: bool) -> None:
        if visible:
            self.panel.show()

    def _describe(self, path: str) -> None:
        self._describing.forget()
        if path:
            self._describing.ask(self.panel.data.question(), f"look at {Path(path).name}", priority=1)

    def _calibrate(self, request: dict[str, Any]) -> None:
        model = self._desk.opening.now
        if model is not None:
            self._calibrating.ask(model.asked(**request), f"calibrate on {Path(request['data']).name}")

    def _learn(self, request: dict[str, Any]) -> None:
        model = self._desk.opening.now
        if model is not None:
            self._learning.ask(model.asked(**request), f"what is usual in {Path(request['data']).name}")

    def _show_learnt(self, info: ModelInfo) -> None:
        """The network is asked anew, now that it can tell."""
        now = self._desk.opening.now
        if now is not None and now.info.source == info.source:
            self._desk.opening.use(replace(now, info=info))
        self.panel.show_learnt(info)

    def _use_model(self) -> None:
        model = self._desk.opening.now
        if self._panel is not None:
            self._panel.show_model(None if model is None else model.info)
