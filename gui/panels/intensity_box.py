"""Which values of a picture become black and white before the network gets it, as a card says it."""

from __future__ import annotations

from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from gui.panels.number_box import NumberBox
from gui.pieces import named, row
from gui.texts import tr

_HELP = {
    "": (tr("the picture's own window"), tr("As the file says, or as is seen in the picture"), ()),
    "window": (
        tr("window: centre and width"),
        tr("One window for all pictures, in the values of the file: Hounsfield units for CT"),
        ((tr("centre"), 40.0, -1e6, 1e6), (tr("width"), 400.0, 0.1, 1e6)),
    ),
    "percentile": (
        tr("percentiles"),
        tr("From one per cent mark to another of all values of the volume"),
        ((tr("from"), 1.0, 0.0, 99.9), (tr("to"), 99.0, 0.1, 100.0)),
    ),
    "z-score": (
        "z-score",
        tr("Deviations from the mean of all values of the volume; scales by itself, so the scaling is none"),
        (),
    ),
}


class IntensityBox(QWidget):
    """A choice, and beside it its numbers."""

    changed = Signal()

    def __init__(self, intensity: str) -> None:
        super().__init__()
        name, *numbers = intensity.split() or [""]
        self._kind = named(QComboBox(), tr("intensity"))
        for number, (value, (text, help, _)) in enumerate(_HELP.items()):
            self._kind.addItem(text, value)
            self._kind.setItemData(number, help, Qt.ItemDataRole.ToolTipRole)
        self.setFocusProxy(self._kind)
        self._boxes = {value: [self._box(*field) for field in fields] for value, (_, _, fields) in _HELP.items()}
        self.setLayout(row((self._kind, 1), *chain(*self._boxes.values())))
        self._kind.setCurrentIndex(max(0, self._kind.findData(name)))
        for box, said in zip(self._boxes[self._kind.currentData()], numbers, strict=False):
            box.setValue(float(said))
        self._follow()
        self._kind.currentIndexChanged.connect(self._follow)
        self._kind.currentIndexChanged.connect(self.changed)

    def text(self) -> str:
        """What the card says: ``window 40 400``."""
        kind = self._kind.currentData()
        return " ".join([kind, *(f"{box.value():.10g}" for box in self._boxes[kind])])

    def _box(self, name: str, value: float, low: float, high: float) -> NumberBox:
        box = named(NumberBox(low, high, value), tr("intensity {name}", name=name), name.capitalize())
        box.setValue(value)
        box.valueChanged.connect(self.changed)
        return box

    def _follow(self) -> None:
        self._kind.setToolTip(_HELP[self._kind.currentData()][1])
        for kind, boxes in self._boxes.items():
            for box in boxes:
                box.setVisible(kind == self._kind.currentData())
