"""The centre of the window, put together: heading, views, colour bar, read-out and controls."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from gui.canvas.colour_bar import ColourBar
from gui.canvas.controls import Controls
from gui.canvas.heading import HeadingRow
from gui.canvas.message import Kind, Message
from gui.canvas.readout import ReadOut
from gui.canvas.regions import Tool
from gui.canvas.slices import Slices
from gui.canvas.table import Table
from gui.canvas.tools import Tools
from gui.canvas.views import MODES, Views
from gui.canvas.windowing import Windowing
from gui.canvas.wrapping import resting
from gui.texts import tr
from gui.undo import Step
from gui.whole import Whole
from tfcore.figure.display import Display
from tfcore.pictures import Picture
from tfcore.pictures.sides import Convention
from tfcore.results import Heat


class Canvas(QWidget):
    """Shows one picture and the heat that explains it, or many heats in a grid.

    Heat for any other picture than the shown one is ignored: a late result cannot land on the wrong picture.
    """

    display_changed = Signal()
    # The user changed it: the way back.
    stepped = Signal(object)
    mode_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self._heat: Heat | None = None
        self._read: Heat | None = None
        self._display = Display()
        self.heading = HeadingRow()
        self.views = Views()
        self.grid = self.views.grid
        self.colour_bar = ColourBar()
        self.slices, self.windowing, self.tools = Slices(), Windowing(), Tools()
        self.readout = ReadOut()
        self.controls = Controls()
        self.message = Message()
        self._heading = ""
        self.heat_off = QAction(tr("&Hide heatmap"), self, checkable=True)
        self._lay_out()
        self._connect()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("picture with heatmap"))
        self.set_mode("overlay")
        self.show_message("empty", tr("Drop pictures or a folder here"))

    # --- what is shown ---

    def show_picture(self, picture: Picture, whole: Whole | None = None) -> None:
        """Show a picture, perhaps as a slice of a whole; its heat comes later, through :meth:`show_heat`."""
        self._picture, self._heat = picture, None
        with resting(self._rows, self._bottom_row):
            self.show_whole(whole)
            self.views.show_picture(self.windowing.take(picture))
            self.readout.show_picture(picture, whole)
        self._fold(self.width())
        self._draw_heat()
        self._show_page(self._stage)

    def show_whole(self, whole: Whole | None) -> None:
        """The picture is a slice of this; the wheel goes through the others."""
        self.slices.show_whole(whole)
        self.views.camera.slices = whole is not None
        self._show_convention()

    def show_heat(self, heat: Heat | None) -> None:
        """Lay heat over the picture, or take it away; heat of another picture is ignored."""
        if heat is not None and (self._picture is None or Path(heat.path) != self._picture.path):
            return
        self._heat = heat
        self._draw_heat()

    def heat(self) -> Heat | None:
        """What lies over the picture."""
        return self._heat

    def show_table(self, table: Table) -> None:
        """Fill the grid; heats of another picture are left out."""
        shown = {
            place: cell
            for place, cell in table.cells.items()
            if cell.heat is None or (self._picture is not None and Path(cell.heat.path) == self._picture.path)
        }
        self.grid.show_table(replace(table, cells=shown))

    def hide_heat(self, hidden: bool) -> None:
        """Take the heat, and a mask, off the picture for as long as somebody compares."""
        self.views.hide_heat(hidden or self.heat_off.isChecked(), areas=hidden)

    def show_message(self, kind: Kind, text: str, hint: str = "") -> None:
        """Say something in place of the picture, which is let go: ``"empty"``, ``"loading"`` or ``"error"``."""
        self._picture = self._heat = None
        self.message.show_message(kind, text, hint)
        self._show_page(self.message)

    def set_heading(self, text: str) -> None:
        """The line above the picture: file, class, probability."""
        self._heading = text
        self.heading.title.show_text(tr("{text} · heatmap hidden", text=text) if self.heat_off.isChecked() else text)

    # --- how it is shown ---

    def mode(self) -> str:
        return self.views.mode

    def set_mode(self, mode: str) -> None:
        """``"overlay"``, ``"side by side"`` or ``"grid"``."""
        if mode not in MODES:
            raise ValueError(f"The canvas has no mode {mode!r}; it has {', '.join(MODES)}.")
        changed = mode != self.views.mode
        self.heading.modes.choose(mode)
        self.views.set_mode(mode)
        # Regions are drawn on the picture itself.
        self.tools.setEnabled(mode != "grid")
        self.controls.offer_shared(mode == "grid")
        self._draw_heat()
        if changed:
            self.mode_changed.emit(mode)

    def display(self) -> Display:
        """The settings for looking, as picked; a signed map is drawn with ``display().for_map(True)``."""
        return self._display

    def set_display(self, display: Display) -> None:
        changed = display != self._display
        self._display = display
        self._draw_heat()
        self._show_convention()
        if changed:
            self.display_changed.emit()

    def use_tool(self, tool: Tool) -> None:
        """What the left button does on the picture."""
        self.tools.choose(tool)
        self.views.regions.use(tool)

    def hang(self, convention: Convention) -> None:
        """As radiologists or as neurologists see pictures, from now on."""
        self.set_display(replace(self._display, convention=convention))

    def _show_convention(self) -> None:
        self.slices.show_convention(self._display.convention, self._picture is None or bool(self._picture.sides))

    def _choose(self, display: Display) -> None:
        if display.normalise == "manual" != self._display.normalise:
            # By hand one goes on from the scale that is seen.
            display = replace(display, low=self.colour_bar.low, high=self.colour_bar.high)
        changed = [name for name, value in asdict(display).items() if value != getattr(self._display, name)]
        if changed:
            what = "scale" if changed[0] in ("normalise", "percent", "low", "high") else changed[0]
            step = Step(what, partial(self.set_display, self._display), partial(self.set_display, display), of=what)
            self.set_display(display)
            self.stepped.emit(step)

    def fit(self) -> None:
        """Show the whole picture, and keep showing it whole when the room changes."""
        self.views.camera.fit()

    def zoom(self, factor: float) -> None:
        """Larger or smaller about the middle."""
        self.views.camera.zoom(factor)

    def actual_size(self) -> None:
        """One screen pixel for each pixel of the picture."""
        self.zoom(1 / (self.views.camera.scale * self.devicePixelRatioF()))

    # --- inside ---

    def _draw_heat(self) -> None:
        self.views.show_heat(self._heat, self._display)
        self._show_numbers()

    def _show_numbers(self) -> None:
        """Bar, read-out and controls are about one heat: in the grid that under the cursor."""
        in_grid = self.mode() == "grid"
        heats = self.grid.table().heats() if in_grid else [heat for heat in (self._heat,) if heat is not None]
        heat = self.grid.heat() if in_grid else self._heat
        if heat is not self._read:
            self._read = heat
            self.readout.show_heat(heat)
        self.colour_bar.show_heat(heat, self._display, heats)
        self.controls.show_display(self._display, signed=bool(heats) and all(each.signed for each in heats))

    def _switch_heat(self) -> None:
        self.hide_heat(False)
        self.set_heading(self._heading)

    def _show_page(self, page: QWidget) -> None:
        self._pages.setCurrentWidget(page)
        for row in (self.heading, self._bottom):
            row.setVisible(page is self._stage)

    def _show_zoom(self) -> None:
        self.heading.show_zoom(self.views.camera.scale * self.devicePixelRatioF())

    def _connect(self) -> None:
        self.heading.mode_chosen.connect(self.set_mode)
        self.heading.fit_asked.connect(self.fit)
        self.heading.actual_size_asked.connect(self.actual_size)
        self.views.camera.changed.connect(self._show_zoom)
        self.grid.heat_changed.connect(lambda: self._show_numbers() if self.mode() == "grid" else None)
        self.views.pointed.connect(self.readout.point)
        self.views.window_taken.connect(self.windowing.begin)
        self.views.window_dragged.connect(self.windowing.drag)
        self.windowing.changed.connect(self.views.show_window)
        self.controls.changed.connect(self._choose)
        self.tools.chosen.connect(self.use_tool)
        self.slices.turned.connect(self.hang)
        self.controls.compared.connect(self.hide_heat)
        self.heat_off.toggled.connect(self._switch_heat)

    def _lay_out(self) -> None:
        self._stage = QWidget()
        stage = QHBoxLayout(self._stage)
        stage.setContentsMargins(0, 0, 0, 0)
        stage.setSpacing(8)
        stage.addWidget(self.tools)
        stage.addWidget(self.views, 1)
        stage.addWidget(self.colour_bar)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._stage)
        self._pages.addWidget(self.message)
        self._bottom = QWidget()
        self._bottom_row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._bottom)
        self._bottom_row.setContentsMargins(0, 0, 0, 0)
        self._bottom_row.setSpacing(6)
        numbers = QHBoxLayout()
        numbers.addWidget(self.readout, 1)
        numbers.addWidget(self.windowing)
        self._bottom_row.addLayout(numbers, 1)
        self._bottom_row.addWidget(self.controls)
        self._rows = whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.setSpacing(8)
        whole.addWidget(self.heading)
        whole.addLayout(self._pages, 1)
        whole.addWidget(self.slices)
        whole.addWidget(self._bottom)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold(event.size().width())

    def _fold(self, width: int) -> None:
        # One line where there is room for one.
        needed = sum(each.sizeHint().width() for each in (self.readout, self.windowing, self.controls)) + 60
        ways = QBoxLayout.Direction
        self._bottom_row.setDirection(ways.LeftToRight if width >= needed else ways.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.views.regions.leave() or self.views.regions.tool != "move"):
            self.use_tool("move")
        elif event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.hide_heat(True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self.hide_heat(False)

    def changeEvent(self, event: QEvent) -> None:
        # The key may be let go where this window no longer hears it.
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.hide_heat(False)
        super().changeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What can be done with what is seen, and the numbers under the cursor."""
        if self._picture is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions([*self.actions(), self.heat_off])
        if numbers := self.readout.sentence():
            menu.addAction(tr("Copy {numbers}", numbers=numbers), lambda: QGuiApplication.clipboard().setText(numbers))
        menu.popup(event.globalPos())
