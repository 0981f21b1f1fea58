"""The ends of a scale that somebody chooses: percent to leave out, or two values."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from gui import theme
from gui.panels.number_box import NumberBox
from gui.texts import tr
from tfcore.figure.display import SETTINGS, Display

# The fields of each scale that has any, and what stands before them.
FIELDS = {"percentiles": {"percent": tr("without")}, "manual": {"low": tr("from"), "high": tr("to")}}


class Ends(QWidget):
    """Shows the fields of the scale that is chosen; ``changed`` carries the settings that the user changed."""

    changed = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = Display()
        self.boxes: dict[str, NumberBox] = {}
        self._captions: dict[str, QLabel] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch()
        for name, caption in {**FIELDS["percentiles"], **FIELDS["manual"]}.items():
            param = SETTINGS[name]
            box = self.boxes[name] = NumberBox(param.low, param.high, param.default)
            box.setToolTip(tr("Scale of the colours: {help}", help=tr(param.help)))
            box.setAccessibleName(tr(name))
            box.setKeyboardTracking(False)
            box.valueChanged.connect(self._change)
            label = self._captions[name] = QLabel(caption)
            theme.set_role(label, "quiet")
            label.setBuddy(box)
            row.addWidget(label)
            row.addWidget(box)
        self.boxes["percent"].setSuffix(tr(" % at each end"))

    def show_display(self, display: Display) -> None:
        self._display = display
        shown = FIELDS.get(display.normalise, {})
        self.setVisible(bool(shown))
        for name, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setValue(getattr(display, name))
            box.setVisible(name in shown)
            self._captions[name].setVisible(name in shown)

    def _change(self) -> None:
        values = {name: self.boxes[name].value() for name in FIELDS.get(self._display.normalise, {})}
        if values.get("low", 0.0) < values.get("high", 1.0):
            self.changed.emit(values)
        else:
            # A scale that goes down is none: the one that was stands again.
            self.show_display(self._display)
