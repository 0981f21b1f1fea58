"""The composer as it is seen: the figure on its paper, its tools above; its fields are for a dock."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QLineEdit, QScrollArea, QSpinBox, QWidget

from gui import theme
from gui.canvas.wrapping import wrapped
from gui.features.composer.form import CellForm, FigureForm
from gui.features.composer.sheet import INSET, MOVE, PART, WORDS, Sheet
from gui.panels.scrolled import scrolled
from gui.pieces import Run, button, column, held, named, tool
from gui.texts import tr

_TOOLS = {
    MOVE: (tr("Move"), "mdi6.cursor-move", tr("Pick cells, and drag them to other places")),
    PART: (tr("Part"), "mdi6.crop", tr("Frame the part of a picture that its cell shows")),
    INSET: (tr("Inset"), "mdi6.picture-in-picture-bottom-right", tr("Frame a part that is seen once more, larger")),
    WORDS: (
        tr("Words"),
        "mdi6.arrow-top-left",
        tr("Click where the words go, or drag an arrow from them to what they mean; Enter: the middle"),
    ),
}


class Page(QWidget):
    """``runs`` are what the buttons above do, by their names; before them stands a button of its own."""

    resized = Signal()

    def __init__(self, runs: dict[str, tuple[str, str, Run]], first: QWidget) -> None:
        super().__init__()
        self.sheet, self.figure, self.cell = Sheet(), FigureForm(), CellForm()
        self.words = named(QLineEdit(placeholderText=tr("words")), tr("words on the picture"), tr("What the words say"))
        self.tools = QButtonGroup(self)
        buttons = []
        for name, (text, icon, tip) in _TOOLS.items():
            made = tool(tip, lambda name=name: self._take(name), icon, text)  # type: ignore[misc]
            made.setCheckable(True)
            made.setChecked(name == MOVE)
            self.tools.addButton(made)
            buttons.append(made)
        self.number = named(QSpinBox(minimum=1), tr("page"), tr("Which page of a figure that has several"))
        self.caption = QLabel(alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        theme.set_role(self.caption, "quiet")
        self.area = QScrollArea(alignment=Qt.AlignmentFlag.AlignCenter)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.sheet)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons = {name: button(name, tip, run, icon) for name, (icon, tip, run) in runs.items()}
        above = wrapped(first, *self.buttons.values())
        tools = wrapped(*buttons, self.words, self.number)
        self.fields = scrolled(held(column(self.figure, 12, self.cell, ..., margins=(10, 8, 10, 8))))
        parts = above, tools, (self.area, 1), self.caption
        self.setLayout(column(*parts, margins=(10, 8, 4, 4), spacing=6))
        self.words.setEnabled(False)
        self.words.returnPressed.connect(self._put_words)
        self.number.hide()

    def drawn_width(self, width_mm: float) -> int:
        """Pixels of the screen across which a figure of that width is drawn."""
        bar = self.area.verticalScrollBar().sizeHint().width()
        return max(min(self.area.width() - bar - 4, round(width_mm / 25.4 * 150)), 160)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def show_pages(self, page: int, pages: int) -> None:
        self.number.setVisible(pages > 1)
        self.number.setMaximum(pages)
        self.number.setSuffix(tr(" of {pages}", pages=pages))
        self.number.setValue(page + 1)

    def _put_words(self) -> None:
        self.sheet.put_in_the_middle()
        self.sheet.setFocus()

    def _take(self, name: str) -> None:
        self.sheet.tool = name
        self.words.setEnabled(name == WORDS)
        if name == WORDS:
            self.words.setFocus()
