"""Where the training pictures are; side by side the picture and its nearest of another class, each with its heat."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.canvas.camera import MARGIN, Camera
from gui.canvas.sheet import Sheet
from gui.canvas.table import Cell, Table
from gui.panels.data_side import DataSide
from gui.panels.labels import label
from gui.panels.running import Running
from gui.panels.scrolled import scrolled, sideways
from gui.pieces import beside, button, column, held, named, row
from gui.texts import tr
from tfcore.figure.display import Display
from tfcore.pictures import Picture
from tfcore.results import Heat, Neighbour


class NeighbourPanel(QWidget):
    """Signals out, setters in."""

    # Pictures to be listed.
    opened = Signal(list)
    # What a figure is to show.
    exported = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.asked = DataSide(("train",))
        self.running = Running(tr("Find"), tr("Look through the pictures for the nearest of another class"))
        self._words = named(label(), tr("nearest of another class"))
        self._pair = [
            named(Pictured(), name) for name in (tr("the picture asked about"), tr("its nearest of another class"))
        ]
        what = tr("List the picture that was found, and look at it")
        self._open = button(
            tr("Open it"), what, lambda: self.opened.emit([str(self._found.path)]), "mdi6.image-outline"
        )
        what = tr("Both pictures with their heat, as a figure with its record")
        self._export = button(tr("Export panel…"), what, lambda: self.exported.emit(list(self._found.items)))
        self._found: Neighbour
        for one in (self._open, self._export):
            one.setEnabled(False)
        asked = column(self.asked, self.running, ..., margins=(9, 9, 9, 9))
        pictures = row(*((each, 1) for each in self._pair))
        found = column(self._words, (pictures, 1), row(self._open, self._export, ...), margins=(0, 9, 9, 9))
        self.setLayout(column(sideways(beside(scrolled(held(asked)), held(found), (260, 700)))))

    def show_found(self, found: Neighbour, display: Display) -> None:
        """Both pictures, as pictures are drawn now."""
        self._found = found
        self.running.end("")
        asked, words = found.items[0][0], found.words
        said = asked.classes[asked.target]
        self._words.setText(
            tr("{word}{words}. Both heats are for {said}.", word=words[:1].upper(), words=words[1:], said=said)
        )
        names = (
            tr("{name}\n{said}, as predicted", name=Path(asked.path).name, said=said),
            f"{found.path.name}\n{found.label}",
        )
        for place, name, (heat, picture) in zip(self._pair, names, found.items, strict=True):
            place.show_heat(heat, picture, name, display)
        for one in (self._open, self._export):
            one.setEnabled(True)


class Pictured(QWidget):
    """A picture with its heat and a name above it, as large as there is room."""

    def __init__(self) -> None:
        super().__init__()
        self._camera = Camera()
        self._sheet = Sheet(self._camera)
        self.setMinimumSize(90, 90)

    def show_heat(self, heat: Heat, picture: Picture, name: str, display: Display) -> None:
        self._sheet.show_picture(picture)
        self._sheet.display = display
        self._sheet.show_table(Table(("",), (name,), {(0, 0): Cell(heat)}))
        self._camera.hang(picture, display)
        self._camera.set_picture(picture.width, picture.height, picture.tall)
        self.setToolTip(f"{picture.path}\n{heat.method} · {heat.layer}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        places = self._sheet.arrangement(QRectF(self.rect()), self.fontMetrics())
        self._camera.set_viewport(places.cell.width() + 2 * MARGIN, places.cell.height() + 2 * MARGIN)
        self._sheet.draw(painter, places, self.devicePixelRatioF())
