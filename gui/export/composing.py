"""What the user chose for a figure, and the figure that follows from it. No widgets: runs in the drawing thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from gui.canvas.painting import qimage
from tfcore.figure import Display, export
from tfcore.figure.panel import COLUMNS, WIDTH_MM, panel
from tfcore.figure.provenance import check_names
from tfcore.figure.save import check_size, pixels

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.figure.panel import Item

# Pictures in a preview need no more pixels on a side than this.
_PREVIEW_LONGEST = 1024
_MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Choices:
    """Everything a figure panel depends on besides its heatmaps."""

    columns: tuple[str, ...] = COLUMNS
    title: bool = True
    width_mm: float = WIDTH_MM
    dpi: int = 300
    display: Display = field(default_factory=Display)
    layout: str = "rows"

    def panel(self, items: Sequence[Item], longest: int = 4096) -> Figure:
        return panel(items, self.display, self.columns, self.title, self.width_mm, longest=longest, layout=self.layout)

    def write(self, items: Sequence[Item], path: Path, replace: bool = False, raw: bool = False) -> Path:
        """The path of the figure, written with its record beside it; ``replace``: the user wants a file replaced,
        ``raw``: the maps themselves as well.
        """
        if replace:
            # Asked was for the figure alone: a record of somebody else's is not replaced with it.
            check_names([path], items)
        settings = (self.display, self.dpi, self.columns, self.title, self.width_mm)
        also = [path.with_suffix(".npz")] if raw else []
        return export(items, path, *settings, layout=self.layout, also=also, overwrite=replace)

    def image(self, items: Sequence[Item]) -> QImage:
        """The panel with the pixels its file would have."""
        figure = self.panel(items)
        check_size(figure, self.dpi)
        return qimage(pixels(figure, self.dpi))


@dataclass(frozen=True)
class Preview:
    """A panel drawn for the screen, and how large it will be on paper."""

    image: QImage
    width_mm: float
    height_mm: float


def preview(items: Sequence[Item], choices: Choices, width: int) -> Preview:
    """The panel, so many pixels wide."""
    figure = choices.panel(items, _PREVIEW_LONGEST)
    inches = figure.get_size_inches()
    return Preview(qimage(pixels(figure, width / inches[0])), *(float(side) * _MM_PER_INCH for side in inches))
