"""The choices of an export, as form fields."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSlider,
    QSpinBox,
    QWidget,
)

from gui.canvas.controls import MORE, swatch
from gui.canvas.ends import Ends
from gui.export.composing import Choices
from gui.export.dicom import DicomForm
from gui.panels.combo import offer
from gui.panels.form import ParamForm
from gui.panels.labels import label_width
from gui.panels.values import put_values, values_of
from gui.texts import tr
from tfcore.figure.display import COLOURS, NORMALISE, NORMALISE_HELP, SETTINGS, Display
from tfcore.figure.panel import COLUMNS, LAYOUTS, WIDTHS_MM
from tfcore.figure.save import DPIS

FORMATS = {"PNG": ".png", "TIFF": ".tiff", "PDF": ".pdf", "SVG": ".svg", "DICOM": ".dcm", "NIfTI": ".nii.gz"}
_FORMAT_HELP = {
    "PNG": tr("pixels, without loss; for slides and the web"),
    "TIFF": tr("pixels, without loss; what many journals ask for"),
    "PDF": tr("text and lines stay sharp at any size; fonts are embedded"),
    "SVG": tr("text and lines can be edited in a drawing program"),
    "DICOM": tr("for the archive of a hospital; refers to the DICOM pictures it is of"),
    "NIfTI": tr("the raw heat of slices as a volume that lies on the one they are of, voxel on voxel"),
}
_COLUMN_HELP = {
    "input": tr("the picture alone"),
    "heatmap": tr("the heatmap alone"),
    "overlay": tr("the heatmap over the picture"),
}
_LAYOUT_HELP = {
    "rows": tr("a row for every heatmap, with its own title and colour bar"),
    "grid": tr("overlays only: methods down, layers or models across"),
    "strip": tr("overlays one after the other as film runs, with the name of the layer below each"),
    "planes": tr("overlays of three planes, one of them large, with the crosshair"),
}


class Form(QWidget):
    """Fields for everything in :class:`Choices`, and the file format."""

    changed = Signal()
    format_changed = Signal(str)

    def __init__(self, display: Display, layout: str = "rows", several: bool = False) -> None:
        super().__init__()
        self._display = display
        self.layout_choice = self._layouts(layout)
        self.columns = {name: QCheckBox(tr(name)) for name in COLUMNS}
        for name, box in self.columns.items():
            box.setChecked(True)
            box.setToolTip(tr("A column with {column_help}", column_help=_COLUMN_HELP[name]))
            box.toggled.connect(self.changed)
        self.title = QCheckBox(tr("prediction, method, layer, model, file"))
        self.title.setChecked(True)
        self.title.setToolTip(tr("A title above every row, and the names of the columns"))
        self.title.toggled.connect(self.changed)
        self.colours = self._colours()
        self.opacity, self.opacity_text = self._opacity()
        self.ends = Ends()
        self.ends.changed.connect(self._change_ends)
        self.normalise = QComboBox()
        offer(self.normalise, NORMALISE)
        for number, name in enumerate(NORMALISE):
            self.normalise.setItemData(number, tr(NORMALISE_HELP[name]), Qt.ItemDataRole.ToolTipRole)
        self.normalise.setCurrentIndex(NORMALISE.index(display.normalise))
        self.normalise.currentIndexChanged.connect(self._explain_normalise)
        self.normalise.currentIndexChanged.connect(self.changed)
        self._explain_normalise(self.normalise.currentIndex())
        self.more = ParamForm([SETTINGS[name] for name in MORE], {name: tr(name).capitalize() for name in MORE})
        self.more.set_values(asdict(display))
        self.more.changed.connect(self.changed)
        self.format = QComboBox()
        for number, name in enumerate(FORMATS):
            self.format.addItem(name)
            self.format.setItemData(number, _FORMAT_HELP[name], Qt.ItemDataRole.ToolTipRole)
        self.format.currentTextChanged.connect(self._explain_format)
        self._explain_format(self.format.currentText())
        self.dpi, self.width_mm = self._sizes()
        self.dicom = DicomForm()
        self.fields: dict[str, QWidget] = {"layout": self.layout_choice, **self.columns, "title": self.title}
        self.fields |= {"colours": self.colours, "opacity": self.opacity, "scale": self.normalise}
        self.fields |= {"format": self.format, "dpi": self.dpi, "width": self.width_mm, **self.dicom.fields}
        self._arrange(several)
        self.dicom.changed.connect(self.changed)
        self.format_changed.connect(self._follow_format)
        self._follow_layout()

    def choices(self) -> Choices:
        display = replace(
            self._display,
            colours=self.colours.currentText(),
            opacity=self.opacity.value() / 100,
            **self.more.values(),
        )
        columns = tuple(name for name, box in self.columns.items() if box.isChecked())
        return Choices(
            columns,
            self.title.isChecked(),
            self.width_mm.value(),
            self.dpi.value(),
            display,
            self._layout(),
            self.dicom.choice(),
        )

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        return values_of(self.fields) | {"display": asdict(self.choices().display)}

    def set_stated(self, held: dict[str, Any]) -> None:
        """Fields as they were before."""
        put_values(self.fields, held)
        self._display = Display(**held["display"])
        self.ends.show_display(self._display)
        self.more.set_values(held["display"])
        self.changed.emit()

    def suffix(self) -> str:
        return FORMATS[self.format.currentText()]

    def set_suffix(self, suffix: str) -> None:
        """Show the format that a typed name asks for; unknown endings change nothing."""
        suffix = {".tif": ".tiff"}.get(suffix.lower(), suffix.lower())
        for name, known in FORMATS.items():
            if known == suffix:
                self.format.setCurrentText(name)

    def _layout(self) -> str:
        name: str = self.layout_choice.currentData()
        return name

    def _layouts(self, layout: str) -> QComboBox:
        box = QComboBox()
        # What is no three planes of a volume cannot be laid out so.
        for number, name in enumerate(each for each in LAYOUTS if (each == "planes") == (layout == "planes")):
            box.addItem(tr(name), name)
            box.setItemData(number, _LAYOUT_HELP[name], Qt.ItemDataRole.ToolTipRole)
        box.setCurrentIndex(box.findData(layout))
        box.currentIndexChanged.connect(self._follow_layout)
        box.currentIndexChanged.connect(self.changed)
        return box

    def _follow_layout(self) -> None:
        self.layout_choice.setToolTip(_LAYOUT_HELP[self._layout()])
        for box in self.columns.values():
            box.setEnabled(self._layout() == "rows")

    def _colours(self) -> QComboBox:
        box = QComboBox()
        box.setIconSize(QSize(48, 12))
        box.setToolTip(tr("Colours of the heatmap; signed heatmaps are always drawn with the diverging ones"))
        for name in COLOURS:
            box.addItem(swatch(name), name)
        box.setCurrentText(self._display.colours)
        box.currentTextChanged.connect(self.changed)
        return box

    def _opacity(self) -> tuple[QSlider, QLabel]:
        slider, text = QSlider(Qt.Orientation.Horizontal), QLabel()
        slider.setRange(0, 100)
        slider.setToolTip(tr("How much of the overlay is heatmap"))
        slider.valueChanged.connect(lambda percent: text.setText(f"{percent} %"))
        slider.setValue(round(100 * self._display.opacity))
        slider.valueChanged.connect(self.changed)
        text.setMinimumWidth(text.fontMetrics().horizontalAdvance("100 %"))
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return slider, text

    def _sizes(self) -> tuple[QSpinBox, QDoubleSpinBox]:
        dpi, width = QSpinBox(), QDoubleSpinBox()
        dpi.setRange(*DPIS)
        dpi.setSingleStep(50)
        dpi.setValue(Choices().dpi)
        dpi.setToolTip(tr("Pixels per inch on paper; journals ask for 300 or more"))
        width.setRange(*WIDTHS_MM)
        width.setDecimals(0)
        width.setSingleStep(5)
        width.setSuffix(" mm")
        width.setValue(Choices().width_mm)
        width.setToolTip(tr("Width on paper: about 85 mm is one column of a journal, 180 mm two"))
        dpi.valueChanged.connect(self.changed)
        width.valueChanged.connect(self.changed)
        return dpi, width

    def _change_ends(self, ends: dict[str, Any]) -> None:
        self._display = replace(self._display, **ends)
        self.changed.emit()

    def _explain_normalise(self, number: int) -> None:
        self._display = replace(self._display, normalise=NORMALISE[number])
        self.ends.show_display(self._display)
        self.normalise.setToolTip(tr("The colour scale: {what}", what=tr(NORMALISE_HELP[NORMALISE[number]])))

    def _explain_format(self, name: str) -> None:
        self.format.setToolTip(f"{name}: {_FORMAT_HELP[name]}")
        self.format_changed.emit(FORMATS[name])

    def _follow_format(self, suffix: str) -> None:
        self._rows.setRowVisible(self.dicom, suffix == FORMATS["DICOM"])

    def _arrange(self, several: bool) -> None:
        columns, opacity = QHBoxLayout(), QHBoxLayout()
        columns.setSpacing(14)
        for box in self.columns.values():
            columns.addWidget(box)
        columns.addStretch()
        opacity.addWidget(self.opacity)
        opacity.addWidget(self.opacity_text)
        label = QLabel(tr("O&pacity"))
        label.setBuddy(self.opacity)
        form = self._rows = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setVerticalSpacing(10)
        # One heatmap can only be a row.
        form.addRow(tr("&Layout"), self.layout_choice)
        form.setRowVisible(self.layout_choice, several and self.layout_choice.count() > 1)
        form.addRow(tr("Columns"), columns)
        form.addRow(tr("Title"), self.title)
        form.addRow(tr("C&olours"), self.colours)
        form.addRow(label, opacity)
        form.addRow(tr("Sc&ale"), self.normalise)
        form.addRow(self.ends)
        form.addRow(self.more)
        form.addRow(tr("&Format"), self.format)
        form.addRow(self.dicom)
        form.setRowVisible(self.dicom, False)
        form.addRow(tr("&Width"), self.width_mm)
        form.addRow("&dpi", self.dpi)
        for row in range(form.rowCount()):
            item = form.itemAt(row, QFormLayout.ItemRole.LabelRole)
            if item is not None and (name := item.widget()) is not None:
                # As wide as in the form amid these rows, so that all fields begin at one line.
                name.setMinimumWidth(label_width(self))
