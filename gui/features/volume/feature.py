"""Going through a volume, a series or a video: the slice that is asked for becomes the picture of its tile."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from gui.canvas.slices import CONVENTIONS_HELP
from gui.features.volume.every_slice import EverySlice
from gui.features.volume.planes import Planes
from gui.menus import Command
from gui.texts import tr
from tfcore.pictures.address import file_of

if TYPE_CHECKING:
    from gui.desk import Desk
    from tfcore.pictures import Picture
    from tfcore.pictures.sides import Convention

FAR = 10
_HANGING: dict[Convention, str] = {
    "radiological": tr("Radiological convention"),
    "neurological": tr("Neurological convention"),
}


class Volumes(QObject):
    """Connects the line under the picture, the wheel and keys with the list."""

    place = 2

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._explaining, self._browser, self._canvas = desk.explaining, desk.browser, desk.canvas
        self._slices = desk.canvas.slices
        self._slices.asked.connect(desk.browser.turn_to)
        desk.canvas.views.camera.scrolled.connect(self._slices.step)
        desk.explaining.picture_shown.connect(self._shown)
        desk.browser.current_changed.connect(self._leave)
        step, menu = self._slices.step, "&View ▸ Sl&ices"
        unfold = tr("List each slice for itself, to select, predict or export many of them")
        desk.menus.add(
            [
                Command("&Edit", "List all &slices", self.unfold, "", "mdi6.layers-outline", unfold, "unfold"),
                Command(menu, "Slice &before", partial(step, -1), ",", "", tr("Of a volume, a series or a video")),
                Command(menu, "Slice af&ter", partial(step, 1), ".", "", tr("Of a volume, a series or a video")),
                Command(menu, "Ten slices bac&k", partial(step, -FAR), "Ctrl+,"),
                Command(menu, "Te&n slices on", partial(step, FAR), "Ctrl+."),
                Command(menu, "-"),
                *(
                    Command(menu, text, partial(desk.canvas.hang, name), "", "", tip, name, "convention")
                    for (name, text), tip in zip(_HANGING.items(), CONVENTIONS_HELP.values(), strict=True)
                ),
            ]
        )
        self.planes, self.every = Planes(desk), EverySlice(desk)
        whole = tr("Every slice of this plane, one batch after the other; the heat then goes along with the slices")
        volume = tr("The heat of the slices as a NIfTI volume that lies on the one it explains")
        desk.menus.add(
            [
                Command(
                    "E&xplain", "Explain whole &volume", self.every.run, "Ctrl+Shift+X", "mdi6.layers-triple", whole
                ),
                Command("&File", "Export heat as &volume…", self.every.write, "", "mdi6.cube-outline", volume, "heat"),
            ]
        )
        self._marks = QAction(tr("Sides and scale bar"), self, checkable=True)
        self._marks.setToolTip(tr("Letters of the patient's sides and a bar in mm, on the screen and in figures"))
        self._marks.toggled.connect(lambda on: desk.canvas.set_display(replace(desk.canvas.display(), marks=on)))
        desk.menus.menu(menu).addAction(self._marks)
        self._menus = desk.menus
        desk.canvas.display_changed.connect(self._tick)
        self._tick()
        self._unfold, self._open = desk.menus.actions["unfold"], desk.open_pictures
        self._unfold.setEnabled(False)
        desk.browser.offer(self._unfold)

    @property
    def settled(self) -> bool:
        """All planes are there."""
        return self.planes.settled and self.every.settled

    def _tick(self) -> None:
        """The menu says how pictures hang."""
        display = self._canvas.display()
        self._menus.actions[display.convention].setChecked(True)
        self._marks.setChecked(display.marks)

    def unfold(self) -> None:
        """List the slices of the plane on show, each for itself."""
        if (whole := self._slices.whole) is not None:
            self._open([whole.slices])

    def _shown(self, picture: Picture) -> None:
        whole = self._explaining.whole
        if whole is not None and self._browser.current() == str(picture.path):
            self._browser.count_slices(str(picture.path), whole.count)
        self._unfold.setEnabled(whole is not None)

    def _leave(self, path: str) -> None:
        """Another picture is not of this volume."""
        whole = self._slices.whole
        if whole is not None and (not path or file_of(path) != whole.address.file):
            self._canvas.show_whole(None)
            self._unfold.setEnabled(False)
