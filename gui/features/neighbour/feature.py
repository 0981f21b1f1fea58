"""The nearest picture of another class as a part of the window: its drawer, its job, and the way to that picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.describing import Describing
from gui.figures import Subject
from gui.menus import Command
from gui.panels.late import Late
from gui.state import OneJob
from gui.texts import tr
from gui.trail import Form
from tfcore.registry import find

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.neighbour.panel import NeighbourPanel

_HEIGHT = 360


class Neighbouring(QObject):
    """Makes the panel when it is first seen, and speaks for it with the engine."""

    place = 45

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._describing, self._finding = Describing(desk.engine, self), OneJob(desk.engine, "neighbour", self)
        self._place = Late(self._made)
        self._drawer = desk.docks.add_drawer("Nearest of another class", self._place, _HEIGHT)
        what = tr(
            "The training picture that is most like this one to the network and of another class, with both heats"
        )
        menu = Command("E&xplain", "&Nearest of another class…", self._drawer.open, "", "mdi6.compare", what)
        desk.menus.add([menu])
        desk.opening.opened.connect(lambda _: self._refresh())
        desk.explaining.heat_changed.connect(self._refresh)

    @property
    def settled(self) -> bool:
        """Nothing is looked for."""
        return self._describing.idle and self._finding.idle

    def _made(self) -> NeighbourPanel:
        from gui.features.neighbour.panel import NeighbourPanel

        panel = NeighbourPanel()
        form = Form(
            self._desk, "neighbour", tr("where the nearest is looked for"), panel.asked.question, panel.asked.restore
        )
        panel.asked.changed.connect(form.edited)
        self._describing.answered.connect(form.by_itself(panel.asked.show_facts))
        self._describing.serve(panel.asked.data)
        self._finding.progressed.connect(panel.running.show_progress)
        self._finding.answered.connect(lambda found: panel.show_found(found, self._desk.canvas.display()))
        self._finding.failed.connect(lambda why: panel.running.end(why, "error"))
        self._finding.cancelled.connect(lambda: panel.running.end(tr("Cancelled; nothing was found.")))
        panel.asked.changed.connect(self._refresh)
        panel.running.started.connect(self._find)
        panel.running.cancelled.connect(self._finding.cancel)
        panel.opened.connect(self._desk.open_pictures)
        panel.exported.connect(lambda items: self._desk.figures.export(Subject(items, "neighbour", None)))
        panel.running.allow(self._lacks(panel))
        return panel

    def _lacks(self, panel: NeighbourPanel) -> str:
        model = self._desk.opening.info
        if self._desk.explaining.path is None or model is None:
            return tr("Open a picture and a model first")
        if model.task != "classification":
            return tr("{name} answers for every pixel; neighbours are of whole pictures", name=model.name)
        data = panel.asked.data
        return data.missing() if data.path() else tr("Choose the training pictures, with labels")

    def _refresh(self) -> None:
        if (panel := self._place.made) is not None:
            panel.running.allow(self._lacks(panel))

    def _find(self) -> None:
        model, path, panel = self._desk.opening.now, self._desk.explaining.path, self._place.panel
        if model is None or path is None:
            return
        request = self._desk.method.request()
        method = request.method or "grad-cam"
        how = {"method": method, "params": request.params if request.method else {}}
        layer = request.layer if find("method", method).has_layers else None
        panel.running.begin()
        arguments = model.asked(picture=path, layer=layer, **how, **panel.asked.question())
        self._finding.ask(arguments, tr("nearest of another class · {name}", name=Path(path).name))
