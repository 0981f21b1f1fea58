"""Testing with concepts as a part of the window: its drawer and its job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui.menus import Command
from gui.panels.late import Late
from gui.state import OneJob
from gui.texts import tr
from gui.trail import Form

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.concepts.panel import ConceptsPanel

_HEIGHT = 400


class Testing(QObject):
    """Makes the panel when it is first seen, and speaks for it with the engine."""

    place = 45

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._testing = OneJob(desk.engine, "tcav", self)
        self._place = Late(self._made)
        self._drawer = desk.docks.add_drawer("Concepts", self._place, _HEIGHT)
        what = tr("Does a class depend on what examples show? Directions of concepts against random ones (TCAV)")
        menu = Command(
            "E&xplain", "Test with &concepts…", self._drawer.open, "", "mdi6.lightbulb-question-outline", what
        )
        desk.menus.add([menu])

    @property
    def settled(self) -> bool:
        """Nothing is tested."""
        return self._testing.idle

    def _made(self) -> ConceptsPanel:
        from gui.features.concepts.panel import ConceptsPanel

        panel = ConceptsPanel()
        self._testing.progressed.connect(panel.running.show_progress)
        self._testing.answered.connect(panel.show_found)
        self._testing.failed.connect(lambda why: panel.running.end(why, "error"))
        self._testing.cancelled.connect(lambda: panel.running.end(tr("Cancelled; nothing was found.")))
        panel.wanted.connect(self._test)
        panel.running.cancelled.connect(self._testing.cancel)
        panel.show_model(self._desk.opening.info)
        form = Form(self._desk, "concepts", tr("what concepts are tested"), panel.stated, panel.set_stated)
        form.follow(lambda model: panel.show_model(model.info))
        panel.changed.connect(form.edited)
        return panel

    def _test(self, request: dict[str, Any]) -> None:
        if (model := self._desk.opening.now) is not None:
            self._testing.ask(model.asked(**request), tr("concepts of {target}", target=request["target"]))
