"""The row of controls for looking: opacity, colours, scale, outline. They change the drawing, never the map."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QIconEngine, QKeySequence, QPainter, QShortcut, QTransform
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QMenu,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
    QWidgetAction,
)

from gui import theme
from gui.canvas.colour_bar import column
from gui.canvas.ends import Ends
from gui.canvas.readout import tabular
from gui.canvas.wrapping import Wrapping
from gui.panels.combo import offer
from gui.panels.form import ParamForm
from gui.texts import tr
from tfcore.figure.display import COLOURS, NORMALISE, NORMALISE_HELP, SETTINGS, Display, Normalise

SWATCH = QSize(44, 12)
STEP = 5
# One map has a scale of its own; several beside each other may share one.
SCALES = tuple(name for name in NORMALISE if name != "shared")
SHARED = "shared"
# What is changed more rarely stands behind a button.
MORE = ("blend", "threshold", "interpolation")


class Controls(QWidget):
    """Shows a :class:`Display` and says when the user changed it."""

    changed = Signal(object)
    # True while the user holds the button that takes the heat away.
    compared = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = Display()
        # What they show, and whether of a signed map.
        self._told: tuple[Display, bool] | None = None
        self.compare = QToolButton()
        self.compare.setAutoRaise(True)
        self.compare.setToolTip(tr("Hold to see the picture without the heatmap (hold Space)"))
        self.compare.setIcon(theme.icon("mdi6.eye-off-outline"))
        self.compare.setAccessibleName(tr("hide heatmap while held"))
        self.compare.pressed.connect(lambda: self.compared.emit(True))
        self.compare.released.connect(lambda: self.compared.emit(False))
        self.opacity = QSlider(Qt.Orientation.Horizontal)
        self.opacity.setRange(0, 100)
        self.opacity.setSingleStep(STEP)
        self.opacity.setPageStep(4 * STEP)
        self.opacity.setMinimumWidth(60)
        self.opacity.setMaximumWidth(140)
        self.percent = QLabel()
        self.percent.setFont(tabular(self.font()))
        self.percent.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.percent.setMinimumWidth(self.percent.fontMetrics().horizontalAdvance("100 %"))
        self.colours = _picker({name: swatch(name) for name in COLOURS})
        self.scale = _picker(dict.fromkeys(SCALES))
        self.scale.setMinimumContentsLength(len("symmetric"))
        self.ends = Ends()
        self.ends.changed.connect(lambda ends: self._change(**ends))
        self.more = ParamForm([SETTINGS[name] for name in MORE])
        self.more.changed.connect(lambda: self._change(**self.more.values()))
        self.more_button = self._more_button()
        self.outline = QCheckBox(tr("outline"))
        self.deviations = QDoubleSpinBox()
        self.deviations.setRange(0.0, 5.0)
        self.deviations.setDecimals(1)
        self.deviations.setSingleStep(0.5)
        self.deviations.setValue(1.0)
        self.deviations.setAccessibleName(tr("outline: standard deviations above the mean"))
        self.deviations.setPrefix("+ ")
        self.deviations.setSuffix(tr(" sd"))
        self._lay_out()
        self._explain(signed=False)
        self.opacity.valueChanged.connect(lambda percent: self._change(opacity=percent / 100))
        self.colours.activated.connect(lambda: self._change(colours=self.colours.currentText()))
        self.scale.activated.connect(lambda: self._change(normalise=self.scale.currentData()))
        self.outline.toggled.connect(self._change_outline)
        self.deviations.valueChanged.connect(self._change_outline)
        for key, step in (("[", -STEP), ("]", STEP)):
            QShortcut(QKeySequence(key), self, lambda step=step: self.opacity.setValue(self.opacity.value() + step))
        self.show_display(self._display, signed=False)

    def show_display(self, display: Display, signed: bool) -> None:
        """Show these settings, as they apply to a signed map or to another."""
        if (display, signed) == self._told:
            # Going through slices leaves them as they are.
            return
        self._told = display, signed
        self._display = display
        widgets = (self.opacity, self.outline, self.deviations)
        for widget in widgets:
            widget.blockSignals(True)
        self.opacity.setValue(round(display.opacity * 100))
        self.percent.setText(f"{self.opacity.value()} %")
        self.outline.setChecked(display.outline is not None)
        self.deviations.setEnabled(display.outline is not None)
        if display.outline is not None:
            self.deviations.setValue(display.outline)
        self.ends.show_display(display)
        self.more.set_values(asdict(display))
        for widget in widgets:
            widget.blockSignals(False)
        self.colours.setCurrentIndex(self.colours.findText(display.for_map(signed).colours))
        self.scale.setCurrentIndex(self.scale.findData(display.normalise))
        self.scale.setPlaceholderText(tr("symmetric") if signed else tr(display.normalise))
        if signed and display.normalise in ("min-max", "from zero", SHARED):
            self.scale.setCurrentIndex(-1)
        self._explain(signed)

    def offer_shared(self, offered: bool) -> None:
        """Whether there are several maps, which can be drawn on one scale."""
        self._told = None
        if offered and self.scale.findData(SHARED) < 0:
            offer(self.scale, [SHARED])
        elif not offered and (row := self.scale.findData(SHARED)) >= 0:
            self.scale.removeItem(row)

    def _scales(self) -> list[Normalise]:
        return [name for name in NORMALISE if self.scale.findData(name) >= 0]

    def _change(self, **fields: Any) -> None:
        self.changed.emit(replace(self._display, **fields))

    def _change_outline(self) -> None:
        self._change(outline=self.deviations.value() if self.outline.isChecked() else None)

    def _explain(self, signed: bool) -> None:
        self.opacity.setToolTip(tr("How strongly the heatmap covers the picture, in percent ([ and ])"))
        self.colours.setEnabled(not signed)
        self.colours.setToolTip(
            tr("This heatmap has positive and negative values: it is always drawn with the diverging colours")
            if signed
            else tr("Colours of the heatmap")
        )
        self.scale.setToolTip(
            (tr("This heatmap has positive and negative values: its scale is symmetric about zero. ") if signed else "")
            + tr("Scale of the colours: ")
            + "; ".join(f"{tr(name)}: {tr(NORMALISE_HELP[name])}" for name in self._scales())
        )
        self.outline.setToolTip(tr("Draw a line where the heat exceeds its mean by this many standard deviations"))
        self.deviations.setToolTip(self.outline.toolTip())

    def _lay_out(self) -> None:
        column, row = QVBoxLayout(self), Wrapping()
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        # In a line of its own: the row is as wide as a small screen allows.
        column.addWidget(self.ends)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.compare)
        row.addWidget(_caption(tr("opacity"), self.opacity))
        row.addWidget(self.opacity)
        row.addWidget(self.percent)
        row.addSpacing(6)
        row.addWidget(_caption(tr("colours"), self.colours))
        row.addWidget(self.colours)
        row.addWidget(_caption(tr("scale"), self.scale))
        row.addWidget(self.scale)
        row.addSpacing(6)
        row.addWidget(self.outline)
        row.addWidget(self.deviations)
        row.addWidget(self.more_button)

    def _more_button(self) -> QToolButton:
        button, menu = QToolButton(), QMenu(self)
        held = QWidgetAction(menu)
        held.setDefaultWidget(self.more)
        self.more.setContentsMargins(10, 8, 10, 8)
        menu.addAction(held)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAutoRaise(True)
        button.setIcon(theme.icon("mdi6.tune-variant"))
        button.setToolTip(
            tr("How the heatmap covers the picture: fading in or a wash, from which strength on, how smooth")
        )
        button.setAccessibleName(tr("more about the heatmap"))
        return button


def swatch(colours: str) -> QIcon:
    """A colour map as a small strip, its smallest value at the left."""
    return QIcon(_Strip(colours))


class _Strip(QIconEngine):
    """Looks the colours up when it is seen; a picker that cannot be changed still shows them."""

    def __init__(self, colours: str) -> None:
        super().__init__()
        self._colours = colours

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(rect, column(self._colours).transformed(QTransform().rotate(90)))

    def clone(self) -> QIconEngine:
        return _Strip(self._colours)


def _picker(choices: dict[str, QIcon | None]) -> QComboBox:
    picker = QComboBox()
    picker.setIconSize(SWATCH)
    for name, icon in choices.items():
        if icon is None:
            offer(picker, [name])
        else:
            picker.addItem(icon, name)
    return picker


def _caption(text: str, buddy: QWidget) -> QLabel:
    caption = QLabel(text)
    theme.set_role(caption, "quiet")
    caption.setBuddy(buddy)
    buddy.setAccessibleName(text)
    return caption
