"""The arms of a new reader study: what is shown beside a case, a method's heat or what the network answers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QListWidget, QWidget

from gui.panels.combo import Combo
from gui.pieces import button, column, named, row
from gui.texts import tr
from tfcore.errors import HeatlensError
from tfcore.registry import catalogue
from tfcore.review.study import NONE, Arm

_NO_HEAT = tr("no heat")


class Arms(QWidget):
    """A list of them, and below it what the next one is made of."""

    changed = Signal()
    # Why an arm cannot be.
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._listed = named(QListWidget(), tr("arms"), tr("Readers see neither these names nor those of files"))
        self._listed.setMaximumHeight(90)
        self._method = named(Combo(12), tr("method of the arm"), tr("Whose heat is shown"))
        self._method.addItems([_NO_HEAT, *(spec.name for spec in catalogue("method"))])
        self._beside = [
            named(QCheckBox(tr("answer")), tr("answer of the network"), tr("Its probabilities")),
            named(
                QCheckBox(tr("how sure")),
                tr("how sure it is"),
                tr("Its probabilities, and how they vary with dropout on"),
            ),
            named(
                QCheckBox(tr("where it wavers")),
                tr("spread of the heat"),
                tr("In its place: how it varies with dropout on"),
            ),
        ]
        self._layer = named(Combo(12), tr("layer of the arm"), tr("Where the heat is from"))
        add = button(tr("Add arm"), "", self._add, "mdi6.plus")
        away = button(
            tr("Remove"), tr("Take the picked arm away"), lambda: self._listed.takeItem(self._listed.currentRow())
        )
        heat = row((self._method, 1), (self._layer, 1))
        self.setLayout(column(self._listed, heat, row(*self._beside, ..., add, away)))
        for told in (self._listed.model().rowsInserted, self._listed.model().rowsRemoved):
            told.connect(lambda *_: self.changed.emit())

    def offer(self, method: str, layer: str | None, stages: Sequence[str]) -> None:
        """What the next one may be of; the first time there are two: without heat, and with what is on show."""
        self._method.setCurrentIndex(max(0, self._method.findText(method)))
        self._layer.clear()
        self._layer.addItem(tr("the method's own layer"), "")
        for each in dict.fromkeys([*stages, *filter(None, [layer])]):
            self._layer.addItem(each, each)
        if not self._listed.count():
            self.put([NONE, Arm(method, layer or "").text])

    def texts(self) -> list[str]:
        """As a study has them."""
        return [self._listed.item(place).text() for place in range(self._listed.count())]

    def put(self, arms: Sequence[str]) -> None:
        """These, and no others."""
        self._listed.clear()
        self._listed.addItems(arms)

    def _add(self) -> None:
        method = self._method.currentText()
        layer = self._layer.currentData() if method != _NO_HEAT else ""
        arm = Arm("" if method == _NO_HEAT else method, layer, *(tick.isChecked() for tick in self._beside))
        try:
            Arm.of(arm.text)
        except HeatlensError as error:
            self.refused.emit(str(error))
            return
        if not self._listed.findItems(arm.text, Qt.MatchFlag.MatchExactly):
            self._listed.addItem(arm.text)
