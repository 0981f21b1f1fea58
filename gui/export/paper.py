"""The sheet of paper in the export dialog: the panel as it will be written, at the size it can be shown."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from gui import theme
from gui.export.composing import Preview
from gui.pieces import column, named
from gui.texts import tr

_MM_PER_INCH = 25.4
# Narrow figures are not blown up beyond this many pixels per inch, or their text would look larger than the window's.
_FINEST_DPI = 150


class Paper(QWidget):
    """White paper on the window's grey, as wide as fits, and beneath it how large the figure will be."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.sheet.setWordWrap(True)
        self.sheet.setMargin(12)
        self.caption = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self.caption, "quiet")
        self.area = named(QScrollArea(), tr("preview of the figure"))
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(self.sheet)
        self.setLayout(column((self.area, 1), self.caption))

    def drawn_width(self, width_mm: float) -> int:
        """Pixels of the screen across which a figure of that width is to be drawn."""
        ratio = self.devicePixelRatioF()
        # Without the scroll bar, whose coming and going would otherwise change the width the sheet is drawn for.
        bar = self.area.verticalScrollBar().sizeHint().width()
        room = max(self.area.width() - bar - 2 * self.sheet.margin(), 100)
        return round(min(room, width_mm / _MM_PER_INCH * _FINEST_DPI) * ratio)

    def wait(self) -> None:
        """The old sheet stays until the new one is drawn; without one there are words."""
        if self.sheet.pixmap().isNull():
            self.sheet.setText(tr("Drawing the figure …"))

    def show_preview(self, drawn: Preview, dpi: int) -> None:
        pixmap = QPixmap.fromImage(drawn.image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.sheet.setPixmap(pixmap)
        width, height = (round(side / _MM_PER_INCH * dpi) for side in (drawn.width_mm, drawn.height_mm))
        self.caption.setText(
            tr(
                "{width_mm:.0f} × {height_mm:.0f} mm · {width} × {height} pixels at {dpi} dpi",
                width_mm=drawn.width_mm,
                height_mm=drawn.height_mm,
                width=width,
                height=height,
                dpi=dpi,
            )
        )

    def show_sentence(self, sentence: str) -> None:
        """What is in the way of a figure."""
        self.sheet.setText(sentence)
        self.caption.clear()
