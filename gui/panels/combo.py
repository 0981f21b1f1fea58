"""A list to pick from that never widens its panel, and whose choice is readable all the same."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QToolTip

from gui.texts import tr


def offer(combo: QComboBox, names: Iterable[str]) -> None:
    """Names of settings, shown as the window calls them: what is picked is ``currentData``."""
    for name in names:
        combo.addItem(tr(name), name)


class Combo(QComboBox):
    """As wide as some letters, or wider; what does not fit has … in its middle and stands whole in the tooltip."""

    def __init__(self, letters: int = 8) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(letters)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(control, option, part, self).width() - 4
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideMiddle, room)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            option = QStyleOptionComboBox()
            self.initStyleOption(option)
            clipped = "" if option.currentText == self.currentText() else self.currentText()
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, (clipped, self.toolTip()))), self)
            return True
        return super().event(event)
