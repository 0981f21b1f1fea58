"""Beside the heading: the picture is unlike those that the network has learnt from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.panels.labels import Badge
from gui.texts import tr

if TYPE_CHECKING:
    from gui.desk import Desk


class Unlike(QObject):
    """A badge as long as the answer on show says so."""

    place = 44
    settled = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        desk.shown.offer_badge(self._badge)

    def _badge(self) -> Badge | None:
        said = self._desk.shown.said
        if said is None or said.path != self._desk.explaining.path or said.shift is None or not said.shift.beyond:
            return None
        words = said.shift.words
        return Badge(tr("! unlike its training"), "warning", words[:1].upper() + words[1:])


FEATURE = Unlike
