"""The legend of a mask: a tick, a colour, a size and an opacity for each class; and how the true mask is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSlider, QWidget

from gui.canvas.segmented import Segmented
from gui.features.segment.areas import AGAINST, FALSE, MISSED
from gui.panels.labels import label
from gui.pieces import button, column, held, named, row
from gui.theme import set_role
from tfcore.figure.masks import colour_of
from tfcore.results import Mask

_NEEDS = "Open a network that segments to see what it draws."


class MaskPanel(QWidget):
    """One row per class but the first, which is what lies around."""

    changed = Signal()
    save_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.against = "predicted"
        self._rows: list[_Row] = []
        self._state = named(label(role="quiet"), "mask")
        self._legend = QGridLayout()
        self._legend.setColumnStretch(3, 1)
        self._choice = Segmented(AGAINST)
        self._choice.choose(self.against)
        self._choice.chosen.connect(self._choose)
        missed, false = label("■", wrap=False), label("■", wrap=False)
        missed.setStyleSheet(f"color: {MISSED}")
        false.setStyleSheet(f"color: {FALSE}")
        self._keys = held(
            row(missed, label("missed", wrap=False), 12, false, label("false", wrap=False), ..., spacing=4)
        )
        what = "A PNG of the picture's size in which every pixel is the number of its class"
        self._save = button("Save mask…", what, self.save_asked.emit, "mdi6.content-save-outline")
        choice, save = row(self._choice, ...), row(self._save, ...)
        self.setLayout(column(self._state, self._legend, choice, self._keys, save, ..., margins=None))
        self.say(_NEEDS)

    def set_classes(self, classes: Sequence[str]) -> None:
        """Those of another network; without any there is nothing to draw."""
        for old in self._rows:
            for part in old.parts:
                self._legend.removeWidget(part)
                part.hide()
                part.deleteLater()
        self._rows = [_Row(index, name) for index, name in enumerate(classes) if index]
        for place, one in enumerate(self._rows):
            for at, part in enumerate(one.parts):
                self._legend.addWidget(part, place, at)
            one.tick.toggled.connect(self.changed)
            one.fill.valueChanged.connect(self.changed)
        self.say("" if classes else _NEEDS)

    def fills(self) -> dict[int, float]:
        """How opaque each ticked class is."""
        return {one.index: one.fill.value() / 100 for one in self._rows if one.tick.isChecked()}

    def say(self, text: str, role: str = "quiet") -> None:
        """There is no mask, and why."""
        self._show(text, role)
        self._save.setEnabled(False)
        for one in self._rows:
            one.size.setText("")
            one.dice.setText("")

    def show_mask(self, mask: Mask) -> None:
        """The sizes of its classes, and their Dice where the truth is known."""
        self._save.setEnabled(True)
        self._show(mask.why_no_truth, "warning", truth=mask.truth is not None)
        for one in self._rows:
            one.size.setText(mask.size(one.index))
            one.dice.setText("" if mask.dice is None else f"Dice {mask.dice[one.index]:.3f}")

    def _show(self, text: str, role: str, truth: bool = False) -> None:
        self._state.setText(text)
        self._state.setVisible(bool(text))
        set_role(self._state, role)
        self._choice.setVisible(truth)
        self._keys.setVisible(truth and self.against == "difference")

    def _choose(self, against: str) -> None:
        self.against = against
        self._keys.setVisible(against == "difference")
        self.changed.emit()


class _Row:
    """What is said and picked of one class."""

    def __init__(self, index: int, name: str) -> None:
        self.index = index
        self.tick = named(QCheckBox(name), f"draw {name}", f"Draw {name} over the picture")
        self.tick.setIcon(_swatch(colour_of(index)))
        self.tick.setChecked(True)
        self.size, self.dice = label(role="quiet", wrap=False), label(role="quiet", wrap=False)
        self.fill = named(QSlider(Qt.Orientation.Horizontal), f"opacity of {name}", f"How opaque {name} is filled")
        self.fill.setRange(0, 100)
        self.fill.setPageStep(20)
        self.fill.setMinimumWidth(50)
        self.parts: tuple[QCheckBox | QLabel | QSlider, ...] = (self.tick, self.size, self.dice, self.fill)


def _swatch(colour: str) -> QIcon:
    painted = QPixmap(12, 12)
    painted.fill(QColor(colour))
    return QIcon(painted)
