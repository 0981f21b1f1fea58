"""The linked views side by side, as many as the mode asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from gui.canvas.camera import Camera
from gui.canvas.grid import Grid
from gui.canvas.mask_item import Area
from gui.canvas.regions import Regions
from gui.canvas.side_planes import SidePlanes
from gui.canvas.view import View
from gui.texts import tr
from tfcore.figure.display import Display
from tfcore.pictures import Picture
from tfcore.results import Heat

# The views of each mode, left to right: whether heat lies over the picture.
MODES: dict[str, tuple[bool, ...]] = {
    "overlay": (True,),
    "side by side": (False, True),
    # Many heats in a widget of their own.
    "grid": (),
    # With the two other planes of a volume beside it.
    "planes": (True,),
}
MODES_HELP = {
    "overlay": tr("The heatmap over the picture"),
    "side by side": tr("The picture alone, and with the heatmap; zoom, pan and cursor are linked"),
    "grid": tr("Methods and layers, or models, beside each other; ticked under Compare"),
    "planes": tr("The three planes of a volume; a click or drag in one moves the crosshair in all"),
}


class Views(QWidget):
    """Views that share one camera, one picture and one cursor."""

    # The picture position under the cursor, None when it leaves.
    pointed = Signal(object)
    # A drag with the right button began, and is so many screen pixels to the right of there and above.
    window_taken = Signal()
    window_dragged = Signal(float, float)
    # Where the crosshair of three planes was put in the large one.
    aimed = Signal(object)
    # Where somebody clicked without meaning anything that is drawn there.
    clicked = Signal(object)
    # What a feature knows of that place.
    place_told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.camera, self.regions = Camera(self), Regions(self)
        self.mode = "overlay"
        # While one mode takes the place of another, as much of the picture stays in sight as was.
        self._switching = False
        self._views: list[View] = []
        self._picture: Picture | None = None
        self._heat: Heat | None = None
        self._display = Display()
        # By who has them on show: over the heat, and over the picture that stands beside it without.
        self._areas: dict[str, tuple[Sequence[Area], Sequence[Area]]] = {}
        self._heat_hidden = self._areas_hidden = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self.grid = Grid(self.camera)
        self.grid.pointed.connect(self.pointed)
        self._row.addWidget(self.grid, 1)
        # Of this widget from the start, though seen in one mode only: otherwise it would outlive the window.
        self.sides = SidePlanes(self)
        self.sides.hide()
        self.sides.window_taken.connect(self.window_taken)
        self.sides.window_dragged.connect(self.window_dragged)
        self._planes = False
        self.set_mode(self.mode)

    def shown(self) -> list[View]:
        """The views of the current mode."""
        return self._views[: len(MODES[self.mode])]

    def set_mode(self, mode: str) -> None:
        self.mode, self._switching = mode, True
        while len(self._views) < len(MODES[mode]):
            self._add()
        for index, view in enumerate(self._views):
            view.setVisible(index < len(MODES[mode]))
        self.grid.setVisible(mode == "grid")
        self._show_sides()
        self._row.activate()
        self._fit_camera()
        self._switching = False
        self._point(None)
        self._draw_picture()
        self._draw_heat()
        self._draw_areas()

    def offer_planes(self, there: bool) -> None:
        """Whether what is on show has three planes."""
        self._planes = there
        self._show_sides()

    def _show_sides(self) -> None:
        shown = self._planes and self.mode == "planes"
        if shown and self._row.indexOf(self.sides) < 0:
            self._row.addWidget(self.sides, 0)
        self.sides.setVisible(shown)
        self._row.setStretchFactor(self.sides, 1)
        for view in self._views:
            view.aims = shown
            if not shown:
                view.aim(None)
        if self._views:
            self._row.setStretchFactor(self._views[0], 2 if shown else 1)

    def show_picture(self, picture: Picture) -> None:
        """A new picture, without heat until its own arrives."""
        self._picture, self._heat, self._areas = picture, None, {}
        self.regions.show_picture(picture)
        self.grid.show_picture(picture)
        self._draw_picture()
        self.camera.hang(picture, self._display)
        self.camera.set_picture(picture.width, picture.height, picture.tall)
        self._draw_heat()
        self._draw_areas()

    def show_window(self, picture: Picture) -> None:
        """The same picture through another window; all else stays."""
        self._picture = picture
        self.grid.show_window(picture)
        self._draw_picture()

    def show_heat(self, heat: Heat | None, display: Display) -> None:
        turned = (display.convention, display.marks) != (self._display.convention, self._display.marks)
        self._heat, self._display = heat, display
        if turned and self._picture is not None:
            self.camera.hang(self._picture, display)
        self.grid.set_display(display)
        self.sides.set_display(display, self._heat_hidden)
        self._draw_heat()

    def show_areas(self, areas: Sequence[Area], of: str = "mask", beside: Sequence[Area] = ()) -> None:
        """Areas over the heat, and ``beside`` it over the picture without; those of others (``of``) stay."""
        self._areas[of] = areas, beside
        self._draw_areas()

    def tell_place(self, words: str) -> None:
        """What is known of the place that was clicked on, for whoever shows it."""
        self.place_told.emit(words)

    def hide_heat(self, hidden: bool, areas: bool = False) -> None:
        """Take the heat off the picture for as long as somebody compares, and the areas."""
        self._heat_hidden, self._areas_hidden = hidden, areas
        self.grid.hide_heat(hidden)
        self.sides.set_display(self._display, hidden)
        self._draw_heat()
        self._draw_areas()

    def _add(self) -> None:
        view = View(self.camera, self.regions, self)
        view.pointed.connect(self._point)
        view.aimed.connect(self.aimed)
        view.clicked.connect(self.clicked)
        view.window_taken.connect(self.window_taken)
        view.window_dragged.connect(self.window_dragged)
        if not self._views:
            view.resized.connect(self._fit_camera)
        self._views.append(view)
        self._row.addWidget(view, 1)

    def _fit_camera(self) -> None:
        if self.mode == "grid":
            self.grid.fit_camera()
        else:
            view = self._views[0]
            self.camera.set_viewport(view.width(), view.height(), same_field=self._switching)

    def _draw_picture(self) -> None:
        if self._picture is not None:
            for view in self.shown():
                view.show_picture(self._picture)

    def _draw_heat(self) -> None:
        if self._picture is None:
            return
        for view, with_heat in zip(self.shown(), MODES[self.mode], strict=True):
            heat = self._heat if with_heat and not self._heat_hidden else None
            view.show_heat(heat, self._display)

    def _draw_areas(self) -> None:
        both = () if self._areas_hidden else self._areas.values()
        areas, beside = ([area for some in both for area in some[place]] for place in (0, 1))
        for view, with_heat in zip(self.shown(), MODES[self.mode], strict=True):
            view.show_areas(areas if with_heat else beside)
        if self.mode == "grid":
            self.grid.show_areas(areas)
        self.sides.show_areas(self._areas_hidden)

    def _point(self, position: QPointF | None) -> None:
        # A single view has the cursor itself.
        cross = position if len(self.shown()) > 1 else None
        for view in self.shown():
            view.show_cross(cross)
        self.pointed.emit(position)
