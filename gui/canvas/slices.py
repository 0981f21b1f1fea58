"""The line under a slice of a volume: which one it is, and the ways to the others."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QLabel, QSlider, QToolButton, QWidget

from gui import theme
from gui.canvas.readout import tabular
from gui.canvas.segmented import Segmented
from gui.canvas.wrapping import Wrapping
from gui.texts import tr
from gui.whole import Whole
from tfcore.pictures.address import PLANES, words
from tfcore.pictures.sides import CONVENTIONS, Convention

_PLANES = {
    "axial": tr("Slices from the feet to the head"),
    "coronal": tr("Slices from back to front"),
    "sagittal": tr("Slices from the patient's left to the right, the front on the left"),
}

CONVENTIONS_HELP = {
    "radiological": tr("Radiological: seen from the feet and from the front, the patient's left is on the right"),
    "neurological": tr("Neurological: seen from the head and from the back, the patient's left is on the left"),
}
_LETTERS = tr(
    ". Click for the other one. R right, L left, A front, P back, S head, I feet; the network gets the same in both"
)
_UNKNOWN = tr("The file does not say which side is left; it is shown as if its first axis grew to the patient's right")


class Slices(QWidget):
    """Planes where there are several, a slider with its words, and one more for volumes in time."""

    # The address of another slice.
    asked = Signal(str)
    # The convention that is wanted.
    turned = Signal(str)

    def __init__(self, parent: QWidget | None = None, fixed: bool = False) -> None:
        """``fixed``: plane, convention and volume in time are settled, and only the slice is not."""
        super().__init__(parent)
        self._fixed = fixed
        self._convention: Convention = CONVENTIONS[0]
        self.whole: Whole | None = None
        self._planes = Segmented({plane: _PLANES[plane] for plane in reversed(PLANES)})
        self._planes.chosen.connect(self._turn)
        self._slice, self._said = self._slider(
            tr("slice"), tr("Slices: the wheel, or the keys , and . (with Ctrl ten at a time)")
        )
        self._time, self._when = self._slider(tr("volume in time"), tr("Volumes one after the other in time"))
        self._sides = QToolButton(autoRaise=True)
        self._sides.setAccessibleName(tr("convention"))
        self._sides.clicked.connect(lambda: self.turned.emit(other(self._convention)))
        line = Wrapping()
        line.setSpacing(8)
        for pair in ((self._planes, self._sides), (self._slice, self._said), (self._time, self._when)):
            for widget in pair:
                line.addWidget(widget)
            line.addSpacing(0)
        self.setLayout(line)
        self.hide()

    def show_whole(self, whole: Whole | None) -> None:
        """The slice on show is this one of its whole, or there is only one."""
        self.whole = whole
        self.setVisible(whole is not None)
        if whole is None:
            return
        self._planes.setVisible(len(whole.planes) > 1 and not self._fixed)
        self._sides.setVisible(bool(whole.planes) and not self._fixed)
        if whole.planes:
            self._planes.choose(whole.address.plane)
        times = whole.counts.get("t", 1)
        for slider, count, place in (
            (self._slice, whole.count, whole.index),
            (self._time, times, whole.address.t or 0),
        ):
            with QSignalBlocker(slider):
                slider.setMaximum(count - 1)
                slider.setValue(place)
        for widget in (self._time, self._when):
            widget.setVisible(times > 1 and not self._fixed)
        self._say()

    def show_convention(self, convention: Convention, known: bool) -> None:
        """How pictures hang, where their sides are known."""
        self._convention = convention
        self._sides.setText(tr(convention) if known else tr("sides unknown"))
        self._sides.setToolTip(CONVENTIONS_HELP[convention] + _LETTERS if known else _UNKNOWN)
        self._sides.setEnabled(known)

    def step(self, by: int) -> None:
        """So many slices on, as far as there are any."""
        if self.whole is not None:
            self._slice.setValue(self._slice.value() + by)

    def _turn(self, plane: str) -> None:
        if self.whole is not None and plane != self.whole.address.plane:
            self.asked.emit(self.whole.turned(plane))

    def _moved(self) -> None:
        self._say()
        if self.whole is not None:
            self.asked.emit(self.whole.at(self._slice.value(), self._time.value()))

    def _say(self) -> None:
        if self.whole is not None:
            self._said.setText(words(self.whole.what, self._slice.value(), self.whole.count))
            self._when.setText(words("volume", self._time.value(), self.whole.counts.get("t", 1)))

    def _slider(self, name: str, tip: str) -> tuple[QSlider, QLabel]:
        slider, label = QSlider(Qt.Orientation.Horizontal), QLabel()
        slider.setAccessibleName(name)
        slider.setToolTip(tip)
        slider.setMinimumWidth(60)
        slider.valueChanged.connect(self._moved)
        label.setFont(tabular(self.font()))
        theme.set_role(label, "quiet")
        return slider, label


def other(convention: str) -> str:
    return CONVENTIONS[1 - CONVENTIONS.index(convention)] if convention in CONVENTIONS else convention
