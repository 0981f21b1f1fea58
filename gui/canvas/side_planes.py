"""The two other planes beside the one on show: each a view with a camera of its own, and the same crosshair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.canvas.camera import Camera
from gui.canvas.mask_item import Area
from gui.canvas.regions import Regions
from gui.canvas.view import View
from gui.panels.labels import ElidedLabel
from gui.texts import tr
from tfcore.figure.display import Display
from tfcore.pictures import Picture
from tfcore.results import Heat


class SidePlanes(QWidget):
    """``aimed`` says where in which of them the crosshair was put, ``stepped`` how many slices on in which."""

    aimed = Signal(int, object)
    stepped = Signal(int, int)
    # A drag with the right button, as in the views beside them.
    window_taken = Signal()
    window_dragged = Signal(float, float)
    # Double-clicked: it is to be the large one.
    asked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.views: list[View] = []
        self._titles: list[ElidedLabel] = []
        self._shown: list[tuple[Picture, Heat | None] | None] = [None, None]
        self._display = Display()
        self._hidden = self._areas_hidden = False
        self._sources: list[Callable[[Picture], Sequence[Area]]] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for number in range(2):
            camera = Camera(self)
            camera.slices = True
            camera.scrolled.connect(partial(self.stepped.emit, number))
            view, title = View(camera, Regions(self), self), ElidedLabel(role="quiet")
            view.aims = True
            view.setAccessibleName(tr("plane {number}", number=number + 2))
            view.aimed.connect(partial(self.aimed.emit, number))
            view.doubled.connect(partial(self.asked.emit, number))
            view.window_taken.connect(self.window_taken)
            view.window_dragged.connect(self.window_dragged)
            view.resized.connect(partial(_fit, view))
            self.views.append(view)
            self._titles.append(title)
            column.addWidget(title)
            column.addWidget(view, 1)

    def title(self, number: int) -> str:
        """What stands above a view."""
        return self._titles[number].text()

    def show_plane(self, number: int, picture: Picture, heat: Heat | None, words: str, aim: QPointF) -> None:
        """One of the two, as it is to be seen."""
        view, camera = self.views[number], self.views[number].camera
        self._titles[number].setText(words)
        view.aim(aim)
        if (before := self._shown[number]) is not None and before[1] is heat and _same(before[0], picture):
            # The crosshair alone moved.
            return
        self._shown[number] = picture, heat
        camera.hang(picture, self._display)
        view.show_picture(picture)
        camera.set_picture(picture.width, picture.height, picture.tall)
        self._draw_heat(number)
        self._draw_areas(number)

    def offer_areas(self, source: Callable[[Picture], Sequence[Area]]) -> None:
        """A feature that may have areas over a slice of another plane than the one on show."""
        self._sources.append(source)

    def show_areas(self, hidden: bool | None = None) -> None:
        """As they stand now; ``hidden`` for as long as somebody compares."""
        self._areas_hidden = self._areas_hidden if hidden is None else hidden
        for number in range(len(self.views)):
            self._draw_areas(number)

    def aim(self, number: int, aim: QPointF) -> None:
        """The crosshair is here now."""
        self.views[number].aim(aim)

    def set_display(self, display: Display, hidden: bool) -> None:
        """How heat is drawn, and how pictures hang."""
        self._display, self._hidden = display, hidden
        for number, (view, shown) in enumerate(zip(self.views, self._shown, strict=True)):
            if shown is not None:
                view.camera.hang(shown[0], display)
                self._draw_heat(number)

    def heats(self) -> list[Heat]:
        """What lies over them."""
        return [shown[1] for shown in self._shown if shown is not None and shown[1] is not None]

    def _draw_areas(self, number: int) -> None:
        if (shown := self._shown[number]) is not None and self.isVisible():
            areas = [] if self._areas_hidden else [area for source in self._sources for area in source(shown[0])]
            self.views[number].show_areas(areas)

    def _draw_heat(self, number: int) -> None:
        shown = self._shown[number]
        assert shown is not None
        self.views[number].show_heat(None if self._hidden else shown[1], self._display)


def _same(one: Picture, other: Picture) -> bool:
    """The same slice, seen through the same window."""
    return one.array is other.array and (one.window, one.look) == (other.window, other.look)


def _fit(view: View) -> None:
    view.camera.set_viewport(view.width(), view.height())
