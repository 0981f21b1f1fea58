"""What the network gets beside what the reader sees: the card's preprocessing, whatever the window on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from gui.menus import Command
from gui.panels.card_preview import CardPreview, Image
from gui.panels.labels import Badge
from gui.state import OneJob
from gui.texts import tr
from tfcore.results import Box

if TYPE_CHECKING:
    from gui.desk import Desk

_HEIGHT = 260
_TIP = tr(
    "Window and level were changed on the screen. The network and figures get the picture as "
    "its card says, whatever is seen here (Explain ▸ What the network gets)"
)


class Seen(QObject):
    """Asks for the network's input of the picture on show while somebody looks at it."""

    place = 4

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._visible = False
        self.preview = CardPreview()
        for image in self.preview.findChildren(Image):
            # A drawer may be low.
            image.setMinimumSize(80, 80)
        self.drawer = desk.docks.add_drawer("What the network gets", self.preview, _HEIGHT)
        self._job = OneJob(desk.engine, "preview_card", self)
        self._job.answered.connect(self._answered)
        self._job.failed.connect(self.preview.show_error)
        what = tr("The network's input beside the picture: window and level on the screen never change it")
        desk.menus.add([Command("E&xplain", "What the net&work gets", self.drawer.open, "Ctrl+Shift+N", "", what)])
        self.drawer.visibilityChanged.connect(self._look)
        for change in (desk.explaining.picture_shown, desk.opening.opened):
            change.connect(lambda _: self._ask())
        desk.canvas.windowing.changed.connect(self._windowed)
        desk.shown.offer_badge(self._badge)

    @property
    def settled(self) -> bool:
        """What is shown is of this picture."""
        return self._job.idle

    def _look(self, visible: bool) -> None:
        self._visible = visible
        self._ask()

    def _ask(self) -> None:
        picture, model = self._desk.explaining.picture, self._desk.opening.now
        if not self._visible:
            return
        self.preview.show_picture(None if picture is None else self._desk.canvas.windowing.as_chosen(picture))
        if picture is not None and model is not None:
            arguments = model.asked(picture=str(picture.path), changes={})
            self._job.ask(
                arguments,
                tr("what {name} gets · {path_name}", name=model.info.name, path_name=picture.path.name),
                priority=-1,
            )

    def _windowed(self, _: object) -> None:
        self._desk.shown.refresh_badges()
        self._ask()

    def _answered(self, answer: tuple[np.ndarray, Box]) -> None:
        self.preview.show_seen(*answer)

    def _badge(self) -> Badge | None:
        own = self._desk.canvas.windowing.own or self._desk.explaining.picture is None
        return None if own else Badge(tr("W/L of the screen"), "quiet", _TIP)


FEATURE = Seen
