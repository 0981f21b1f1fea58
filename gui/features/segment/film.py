"""The film strip of one place, small: a tile for each layer from the input to the output."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.features.relevance.strip import names
from gui.features.relevance.tile import Tile, small
from gui.panels.labels import label
from gui.pieces import column, held, named, row
from gui.texts import tr
from tfcore.figure.display import Display
from tfcore.pictures import Picture
from tfcore.results import Heat, LayerStrip

_HEIGHT = 104


class Film(QWidget):
    """``picked`` says that another heat is to be seen :meth:`large`."""

    picked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._tiles: list[Tile] = []
        self._said = named(label(role="quiet"), tr("layers of the place"))
        self._row = row(spacing=2)
        self._scroll = QScrollArea(widgetResizable=True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFixedHeight(_HEIGHT + 14)
        self._scroll.setWidget(held(self._row))
        self.setLayout(column(self._said, self._scroll))
        self.say("")

    def say(self, text: str) -> None:
        """Something in place of the tiles, or nothing."""
        self._clear()
        self._said.setText(text)
        self._scroll.hide()
        self.setVisible(bool(text))

    def show_strip(self, found: LayerStrip, picture: Picture, display: Display) -> None:
        self._clear()
        self._said.setText(
            tr(
                "What speaks for {class_} here, layer by layer ({method}):",
                class_=found.classes[found.target],
                method=found.method,
            )
        )
        image = small(picture)
        for heat, name in zip(found.heats, names(found.heats), strict=True):
            # The stage of a layer has no room here.
            tile = Tile(image, heat, name, None, short=heat.layer.rpartition("/")[2])
            tile.show_display(display, picture)
            tile.fit(_HEIGHT)
            tile.clicked.connect(lambda _=False, tile=tile: self._pick(tile))
            self._tiles.append(tile)
            self._row.addWidget(tile)
        self._row.addStretch(1)
        self._scroll.show()
        self.show()

    def show_display(self, display: Display, picture: Picture) -> None:
        for tile in self._tiles:
            tile.show_display(display, picture)

    def large(self) -> Heat | None:
        """The heat of the tile that was picked."""
        return next((tile.heat for tile in self._tiles if tile.isChecked()), None)

    def _pick(self, picked: Tile) -> None:
        for tile in self._tiles:
            tile.setChecked(tile is picked and picked.isChecked())
        self.picked.emit()

    def _clear(self) -> None:
        seen_large, self._tiles = self.large() is not None, []
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if seen_large:
            self.picked.emit()
