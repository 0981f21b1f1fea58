"""One case as a reader sees it: the picture as on the canvas, what the arm shows, and nothing that names anything."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QWidget

from gui.canvas.colour_bar import ColourBar
from gui.canvas.regions import Shown, Tool, in_the_middle, kind_of, nudged
from gui.canvas.slices import Slices
from gui.canvas.views import Views
from gui.canvas.windowing import Windowing
from gui.panels.bars import Bar, BarDelegate, BarModel
from gui.panels.labels import label
from gui.pieces import column, held, named, row, tool
from gui.texts import tr
from gui.whole import Whole
from tfcore.figure.display import Display
from tfcore.measure import Roi
from tfcore.pictures import Picture
from tfcore.review.beside import Beside

_NARROW = 420
_SHARE = tr("The network's answer")


class CaseView(QWidget):
    """Zoom, pan, window and distances are those of the canvas; every reader sees heat in the same colours."""

    # What is drawn on the picture, with the number of the slice where there are several; or nothing.
    drawn = Signal(object)
    # The address of another slice of the volume.
    slice_asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.views, self._windowing, self._colours = Views(), Windowing(), ColourBar()
        self._shown = Beside()
        self._picture: Picture | None = None
        self._slices = Slices(fixed=True)
        # The slice that the case is, and what is drawn on which.
        self._own: int | None = None
        self._drawn: tuple[Roi, int | None] | None = None
        self._model = BarModel(self)
        bars = self._bars = named(QListView(), tr("the network's answer"))
        bars.setModel(self._model)
        bars.setItemDelegate(BarDelegate(bars))
        bars.setFrameShape(QListView.Shape.NoFrame)
        bars.setSelectionMode(QListView.SelectionMode.NoSelection)
        bars.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bars.viewport().setAutoFillBackground(False)
        self.answer = held(column(self._title(), bars, spacing=3))
        # Together, however high the screen is.
        self.answer.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        fit = tool(tr("Show the whole picture (0)"), self.fit, "mdi6.fit-to-screen-outline")
        below = row(fit, self._windowing, ..., (self._slices, 1))
        self.setLayout(column(row((self.views, 1), self._colours), below, margins=(12, 12, 6, 6), spacing=6))
        self._connect()

    def _title(self) -> QWidget:
        self._words = label(_SHARE, "quiet")
        return self._words

    def _connect(self) -> None:
        views, regions = self.views, self.views.regions
        views.window_taken.connect(self._windowing.begin)
        views.window_dragged.connect(self._windowing.drag)
        self._windowing.changed.connect(views.show_window)
        regions.drawn.connect(self._draw)
        regions.altered.connect(lambda _, roi: self._draw(roi))
        views.camera.scrolled.connect(self._slices.step)
        self._slices.asked.connect(self.slice_asked)

    def show_case(self, picture: Picture, shown: Beside, whole: Whole | None = None) -> None:
        """A case as it is first seen: whole, through its own window, nothing drawn; ``whole`` is what the reader leafs
        through.
        """
        self._shown, self._own = shown, None if whole is None else whole.index
        self._windowing.kept.clear()
        self.views.camera.slices = whole is not None
        self.show_slice(picture, whole)
        self.views.camera.fit()
        self.erase()
        self.hide_heat(False)
        self._colours.setToolTip(tr("The heat, from its smallest to its largest value"))

    def show_slice(self, picture: Picture, whole: Whole | None) -> None:
        """Another slice, with what is shown and drawn on it; zoom and window stay."""
        self._slices.show_whole(whole)
        self._picture = picture
        self.views.show_picture(self._windowing.take(picture))
        shown = self._shown
        if whole is not None and whole.index != self._own:
            shown = shown.slices.get(whole.index, Beside())
        self.views.show_heat(shown.heat, Display())
        self._colours.show_heat(shown.heat, Display())
        self._show_answer(shown)
        self._show_drawn()

    def step(self, by: int) -> None:
        """So many slices on, where there are any."""
        self._slices.step(by)

    @property
    def _at(self) -> int | None:
        """The slice on show, counted from 1 as on the screen."""
        return None if self._slices.whole is None else self._slices.whole.index + 1

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # With large letters on a small screen the picture needs the room.
        self._colours.setVisible(event.size().width() >= _NARROW)

    def hide_heat(self, hidden: bool) -> None:
        """For as long as the reader wants to see the picture alone."""
        self.views.hide_heat(hidden)

    def fit(self) -> None:
        self.views.camera.fit()

    def use(self, kind: Tool) -> None:
        """What the left button draws; it moves the picture again once something is drawn."""
        self.views.regions.use(kind)

    def erase(self) -> None:
        """Nothing is drawn, and nothing is being drawn."""
        self.views.regions.use("move")
        self._drawn = None
        self._show_drawn()
        self.drawn.emit(None)

    def place_one(self) -> None:
        """What the tool draws, in the middle of what is seen: without a mouse."""
        if self._picture is not None:
            self._draw(in_the_middle(kind_of(self.views.regions.tool), self._picture, self.views.camera))

    def nudge(self, columns: int, rows: int, bend: bool) -> None:
        """Move what is drawn on this slice, or bend it."""
        if self._drawn is not None and self._drawn[1] == self._at:
            self._draw(nudged(self._drawn[0], columns, rows, bend))

    def _draw(self, roi: Roi) -> None:
        # One lesion: what is drawn anew takes the place of what was.
        self.views.regions.use("move")
        self._drawn = roi, self._at
        self._show_drawn()
        self.drawn.emit(self._drawn)

    def _show_drawn(self) -> None:
        here = self._drawn is not None and self._drawn[1] == self._at
        self.views.regions.show_regions((Shown(self._drawn[0]),) if here and self._drawn else (), 0 if here else -1)

    def _show_answer(self, shown: Beside) -> None:
        values, ends = shown.probabilities, shown.intervals
        self.answer.setVisible(values is not None)
        if values is None:
            return
        best = int(np.argmax(values))
        words = _SHARE if self._at is None else tr("{share} on this slice", share=_SHARE)
        self._words.setText(words if ends is None else tr("{words}, and between which values it varies", words=words))
        between = [None] * len(values) if ends is None else [(float(low), float(high)) for low, high in ends]
        self._model.set_bars(
            [
                Bar(index, name, float(value), index == best, False, between[index])
                for index, (name, value) in enumerate(zip(shown.classes, values, strict=True))
            ]
        )
        self._bars.setFixedHeight(len(values) * self._bars.sizeHintForRow(0) + 2)
