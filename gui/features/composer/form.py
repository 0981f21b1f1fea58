"""What a composed figure and the cell that is picked may have, as fields."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from gui.canvas.wrapping import wrapped
from gui.features.composer.draft import Draft
from gui.panels.combo import Combo, offer
from gui.panels.labels import fields, label
from gui.pieces import button, column, named
from gui.texts import tr
from tfcore.figure.composition import (
    BARS,
    HEATS,
    HEIGHTS_MM,
    LETTERS,
    MOST_ACROSS,
    PAPERS,
    PRESETS,
    SCALES,
    SHOWS,
    TEXTS,
    Cell,
)
from tfcore.figure.panel import WIDTHS_MM
from tfcore.figure.save import DPIS
from tfcore.figure.spreads import MEAN, SD
from tfcore.figure.titles import FIELDS

_FIELDS = tr("Fields: ") + "; ".join(f"{{{name}}} {tr(what)}" for name, what in FIELDS.items())
_CHOICES = {
    "letters": (LETTERS, tr("Letters"), tr("How panels are lettered")),
    "bars": (BARS, tr("Bars"), tr("A colour bar for the figure, each column, row or cell, or none")),
    "scale": (SCALES, tr("Scale"), tr("Which heatmaps share one scale; the figure says it")),
    "heat": (HEATS, tr("Heat"), tr("Smooth as on the screen, or in the cells of the layer; the figure says it")),
    "paper": (PAPERS, tr("Paper"), tr("White, dark, or what lies below is seen through")),
}
_MODELS = tr("Of one model, or what all open models of the same classes have in common; it is computed")


class FigureForm(QWidget):
    """Fields of the whole figure."""

    # What of the composition is another, and of the page.
    changed = Signal(dict)
    page_changed = Signal(dict)
    across_changed = Signal(int)
    rows_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._telling = False
        self.across = QSpinBox(minimum=1, maximum=MOST_ACROSS)
        named(self.across, tr("cells across"), tr("Cells beside each other; they are laid out anew"))
        three = tr("A row for each heatmap: the picture, the heat, and both together")
        self.three = button(tr("Input, heat, overlay"), three, self.rows_wanted.emit)
        self.preset = named(Combo(), tr("column of the journal"), tr("Widths that journals ask for"))
        offer(self.preset, PRESETS)
        self.preset.addItem(tr("other"), "other")
        self.width_mm = QDoubleSpinBox(minimum=WIDTHS_MM[0], maximum=WIDTHS_MM[1], decimals=0, suffix=" mm")
        named(self.width_mm, tr("width of the figure"), tr("Width on paper"))
        self.height_mm = QDoubleSpinBox(minimum=HEIGHTS_MM[0], maximum=HEIGHTS_MM[1], decimals=0, suffix=" mm")
        named(self.height_mm, tr("height of a page"), tr("Rows that do not fit go on another page"))
        self.text = QDoubleSpinBox(minimum=TEXTS[0], maximum=TEXTS[1], decimals=1, singleStep=0.5, suffix=tr(" pt"))
        named(self.text, tr("size of the text"), tr("Letters; titles and numbers are a little smaller"))
        self.dpi = named(
            QSpinBox(minimum=DPIS[0], maximum=DPIS[1], singleStep=50), "dpi", tr("Pixels per inch on paper")
        )
        self.titles = named(QLineEdit(), tr("titles"), _FIELDS)
        self.heading = named(QLineEdit(), tr("heading"), tr("Above the figure; may be empty"))
        self.rows = named(QLineEdit(), tr("names of rows"), tr("Beside the rows, with | between them"))
        self.columns = named(QLineEdit(), tr("names of columns"), tr("Above the columns, with | between them"))
        self.choices: dict[str, QComboBox] = {}
        for name, (known, _, tip) in _CHOICES.items():
            self.choices[name] = named(Combo(), tr(name), tip)
            for each in known:
                self.choices[name].addItem(tr(each or "none"), each)
        self.setLayout(
            fields(
                (tr("Across"), self.across, column(self.across, self.three)),
                (tr("Titles"), self.titles),
                (tr("Heading"), self.heading),
                (tr("Rows"), self.rows),
                (tr("Columns"), self.columns),
                *((text, self.choices[name]) for name, (_, text, _) in _CHOICES.items()),
                (tr("Width"), self.preset, column(self.preset, self.width_mm)),
                (tr("Pages"), self.height_mm),
                (tr("Text"), self.text),
                ("dpi", self.dpi),
            )
        )
        self._connect()

    def show_draft(self, draft: Draft) -> None:
        self._telling = True
        self.across.setValue(draft.across)
        self.width_mm.setValue(draft.width_mm)
        self.height_mm.setValue(draft.made.height_mm)
        self.text.setValue(draft.text_size)
        self.dpi.setValue(draft.dpi)
        preset = next((name for name, width in PRESETS.items() if width == draft.width_mm), "other")
        self.preset.setCurrentIndex(self.preset.findData(preset))
        for line, value in (
            (self.titles, draft.made.titles),
            (self.heading, draft.made.heading),
            (self.rows, " | ".join(draft.made.rows)),
            (self.columns, " | ".join(draft.made.columns)),
        ):
            if line.text() != value and not line.hasFocus():
                line.setText(value)
                line.setCursorPosition(0)
        for name, box in self.choices.items():
            box.setCurrentIndex(box.findData(getattr(draft.made, name)))
        self._telling = False

    def _connect(self) -> None:
        self.across.valueChanged.connect(lambda value: None if self._telling else self.across_changed.emit(value))
        self.titles.editingFinished.connect(lambda: self._tell(titles=self.titles.text()))
        self.heading.editingFinished.connect(lambda: self._tell(heading=self.heading.text()))
        self.rows.editingFinished.connect(lambda: self._tell(rows=_names(self.rows.text())))
        self.columns.editingFinished.connect(lambda: self._tell(columns=_names(self.columns.text())))
        for name, box in self.choices.items():
            box.currentIndexChanged.connect(lambda _, name=name, box=box: self._tell(**{name: box.currentData()}))
        self.preset.currentIndexChanged.connect(self._preset_picked)
        self.width_mm.valueChanged.connect(lambda value: self._tell_page(width_mm=value))
        self.height_mm.valueChanged.connect(lambda value: self._tell(height_mm=value))
        self.text.valueChanged.connect(lambda value: self._tell_page(text_size=value))
        self.dpi.valueChanged.connect(lambda value: self._tell_page(dpi=value))

    def _tell(self, **changes: Any) -> None:
        if not self._telling:
            self.changed.emit(changes)

    def _preset_picked(self) -> None:
        if (name := self.preset.currentData()) in PRESETS:
            self._tell_page(width_mm=PRESETS[name])

    def _tell_page(self, **changes: Any) -> None:
        if not self._telling:
            self.page_changed.emit(changes)


class CellForm(QWidget):
    """Fields of the cell that is picked."""

    changed = Signal(dict)
    # The heat of one model, or what several have in common.
    models_wished = Signal(str)
    # What is done with it: "double", "remove", "part of all", "look", "own look".
    wished = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._telling = False
        self.show_what = named(Combo(), tr("what the cell shows"), tr("The picture, the heat, both, or the prediction"))
        offer(self.show_what, SHOWS)
        self.models = named(Combo(), tr("whose heat"), "")
        for name, which in ((tr("one model"), ""), (tr("mean of several"), MEAN), (tr("spread of several"), SD)):
            self.models.addItem(name, which)
        self.title = named(QLineEdit(), tr("title of the cell"), tr("In place of the figure's titles. ") + _FIELDS)
        self.true = named(QLineEdit(), tr("true class"), tr("What the picture really shows, for {true}"))
        self.whole = button(tr("Whole picture"), tr("Nothing cut off, no inset, no words"), lambda: self._clear())
        self.all_alike = button(
            tr("Same part in all"), tr("Every cell shows the same part"), lambda: self._wish(tr("part of all"))
        )
        look = tr("Colours, opacity, outline … of this cell as the canvas has them now")
        self.look = button(tr("Look as on canvas"), look, lambda: self._wish("look"))
        self.double = button(
            tr("Double"), tr("The cell once more, to show it in another way"), lambda: self._wish("double")
        )
        self.remove = button(tr("Remove"), tr("Take it out of the figure (Delete)"), lambda: self._wish("remove"))
        self._what = label()
        self.setLayout(
            column(
                self._what,
                fields(
                    (tr("Shows"), self.show_what),
                    (tr("Heat of"), self.models),
                    (tr("Title"), self.title),
                    (tr("True"), self.true),
                ),
                wrapped(self.whole, self.all_alike, self.look, self.double, self.remove),
            )
        )
        self.show_what.currentIndexChanged.connect(lambda _: self._tell(show=self.show_what.currentData()))
        self.models.activated.connect(lambda: self.models_wished.emit(self.models.currentData()))
        self.title.editingFinished.connect(lambda: self._tell(title=self.title.text() or None))
        self.true.editingFinished.connect(lambda: self._tell(true=self.true.text()))
        self.show_cell(None, "")

    def show_cell(self, cell: Cell | None, what: str, models: str = "", why_not: str = "") -> None:
        """``models`` is what of several its heat is of, ``why_not`` why it can be of no others."""
        self._telling = True
        self.setEnabled(cell is not None)
        self._what.setText(what or tr("Click a cell to set it"))
        if cell is not None:
            self.show_what.setCurrentIndex(self.show_what.findData(cell.show))
            self.models.setCurrentIndex(self.models.findData(models))
            self.models.setEnabled(not why_not)
            self.models.setToolTip(why_not or _MODELS)
            self.title.setText(cell.title or "")
            self.true.setText(cell.true)
        self._telling = False

    def _clear(self) -> None:
        self._tell(crop=None, inset=None, notes=(), look={})

    def _wish(self, what: str) -> None:
        self.wished.emit(what)

    def _tell(self, **changes: Any) -> None:
        if not self._telling:
            self.changed.emit(changes)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split("|")) if text.strip() else ()
