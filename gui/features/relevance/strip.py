"""The strip: layer by layer, from the input to the output, or of relevance from the output down to the pixels."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QScrollArea, QStackedLayout, QWidget

from gui.canvas.wrapping import wrapped
from gui.features.relevance.tile import Tile, small
from gui.features.relevance.words import number
from gui.panels.labels import ElidedLabel, label
from gui.pieces import button, column, held, row
from gui.texts import tr
from tfcore.figure.display import Display
from tfcore.pictures import Picture
from tfcore.registry import INPUT
from tfcore.results import Heat, LayerStrip
from tfcore.results.heat import placed

_LAYERS, _HEADS = tr("every feature map"), tr("every head")
# The height of a tile of one head.
_HEAD = 104


class _Scroll(QScrollArea):
    """Says when its room changes."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


class Strip(QWidget):
    """Shows a :class:`LayerStrip`; ``picked`` says that another heat is to be seen :meth:`large`."""

    picked = Signal()
    changed = Signal()
    method_asked = Signal()
    export_asked = Signal()
    figure_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.tiles: list[Tile] = []
        self._line = ElidedLabel(role="quiet")
        self.every = QCheckBox(_LAYERS)
        self.every.setToolTip(
            tr("Show every feature map instead of the end of each stage; of a deep network 24 of them")
        )
        # Where heads stand beside each other, a line for each block.
        self._grid: QGridLayout | None = None
        self.every.toggled.connect(self.changed)
        self._message = label(role="quiet")
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        what = tr("Explain this picture by a method that one run finds at every layer")
        self._use = button(tr("Use grad-cam"), what, self.method_asked.emit)
        what = tr("The strip as a figure, with the name of each layer")
        self._export = button(tr("Export strip…"), what, self.export_asked.emit, "mdi6.export-variant")
        what = tr("A cell for each layer in the figure that is being composed (Ctrl+6)")
        self._figure = button(tr("Into the figure"), what, self.figure_asked.emit, "mdi6.view-grid-plus-outline")
        self._row = row(margins=(8, 0, 8, 0), spacing=2)
        self._scroll = _Scroll(widgetResizable=True)
        self._scroll.resized.connect(self._fit)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(held(self._row, "rows"))
        self._lay_out()
        self.setMinimumHeight(110)

    def say(self, text: str, offer: bool = False) -> None:
        """Something in place of the strip; ``offer`` a method that has one."""
        self._line.setText("")
        self._message.setText(text)
        self._use.setVisible(offer)
        for each in (self._export, self._figure):
            each.setEnabled(False)
        self._pages.setCurrentIndex(0)

    def message(self) -> str:
        """What is said in place of the strip, or nothing."""
        return self._message.text() if self._pages.currentIndex() == 0 else ""

    def show_strip(self, found: LayerStrip, picture: Picture, display: Display, told: str) -> None:
        """The layers from the output down, over this picture."""
        self._clear()
        name = found.classes[found.target]
        blocks = bool(found.heats[0].params.get("block"))
        self.every.setText(_HEADS if blocks else _LAYERS)
        if found.heats[0].params.get("head"):
            self._show_heads(found, picture, display)
            return
        # What blocks attend to is about no class.
        self._line.setText(
            f"{found.method} · {told}"
            if blocks
            else tr("{method} for {name} · {told}", method=found.method, name=name, told=told)
        )
        output = (
            tr("output\n{name}\nΣ {total}", name=name, total=number(found.total))
            if found.sums
            else tr("output\n{name}", name=name)
        )
        start = label(output if found.sums else tr("input"), wrap=False)
        start.setAlignment(Qt.AlignmentFlag.AlignCenter)
        start.setToolTip(tr("Sum of the relevance that the output begins with") if found.sums else "")
        self._row.addWidget(start)
        image = small(picture)
        sums = found.sums or (None,) * len(found.heats)
        for heat, name, total in zip(found.heats, names(found.heats), sums, strict=True):
            arrow = label("→", "quiet", wrap=False)
            self._row.addWidget(arrow)
            self._row.addWidget(self._tile(Tile(image, heat, name, total), picture, display))
        if not found.sums:
            self._row.addWidget(label(f"→ {output.partition(chr(10))[0]}", "quiet", wrap=False))
        self._row.addStretch(1)
        self._show_tiles()

    def _show_heads(self, found: LayerStrip, picture: Picture, display: Display) -> None:
        """A line for each block, its heads beside each other."""
        self._line.setText(
            tr("{method} of every head, block by block from the input to the output", method=found.method)
        )
        self._grid = QGridLayout()
        self._grid.setSpacing(2)
        image = small(picture)
        for heat in found.heats:
            block, head = heat.params["block"], heat.params["head"]
            if head == 1:
                self._grid.addWidget(label(tr("block {block}", block=block), "quiet", wrap=False), block, 0)
            self._grid.addWidget(
                self._tile(Tile(image, heat, heat.place, None, tr("head {head}", head=head)), picture, display),
                block,
                head,
            )
        self._row.addWidget(held(self._grid))
        self._row.addStretch(1)
        self._show_tiles()

    def _tile(self, tile: Tile, picture: Picture, display: Display) -> Tile:
        tile.show_display(display, picture)
        tile.clicked.connect(lambda _=False: self._picked(tile))
        self.tiles.append(tile)
        return tile

    def _show_tiles(self) -> None:
        for each in (self._export, self._figure):
            each.setEnabled(True)
        self._pages.setCurrentIndex(1)
        self._fit()

    def show_display(self, display: Display, picture: Picture) -> None:
        for tile in self.tiles:
            tile.show_display(display, picture)

    def large(self) -> int | None:
        """Which tile was picked, counted from the output."""
        return next((number for number, tile in enumerate(self.tiles) if tile.isChecked()), None)

    def unpick(self) -> None:
        for tile in self.tiles:
            tile.setChecked(False)

    def _picked(self, picked: Tile) -> None:
        for tile in self.tiles:
            tile.setChecked(tile is picked and picked.isChecked())
        self.picked.emit()

    def _clear(self) -> None:
        self.tiles, self._grid = [], None
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _fit(self) -> None:
        # Room for the horizontal scroll bar, which comes when the tiles need it.
        height = _HEAD if self._grid is not None else max(self._scroll.height() - 12, 60)
        bar = Qt.ScrollBarPolicy
        self._scroll.setVerticalScrollBarPolicy(bar.ScrollBarAlwaysOff if self._grid is None else bar.ScrollBarAsNeeded)
        for tile in self.tiles:
            tile.fit(height)

    def _lay_out(self) -> None:
        self._pages = QStackedLayout()
        self._pages.addWidget(held(column(..., self._message, (self._use, 0, Qt.AlignmentFlag.AlignHCenter), ...)))
        self._pages.addWidget(self._scroll)
        head = row((self._line, 1), wrapped(self.every, self._figure, self._export), margins=(10, 4, 10, 0))
        self.setLayout(column(head, (self._pages, 1), margins=(0, 0, 0, 4), spacing=2))


def names(heats: Sequence[Heat]) -> list[str]:
    """Short names of the layers, and of the pixels."""
    return [
        heat.place
        if heat.params.get("block")
        else "pixels"
        if heat.layer == INPUT
        else placed(heat.stage, heat.layer.rpartition("/")[2])
        for heat in heats
    ]
