"""A box for numbers of any size, from 1e-7 to 100."""

from __future__ import annotations

import math

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox

_WIDEST = 1e12
_DECIMALS = 15
# The style sheet's padding does not reach the text of a spin box; with these it starts where a combo's does.
TEXT_MARGINS = (4, 0, 0, 0)


class NumberBox(QDoubleSpinBox):
    """A spin box that writes 0.15 as 0.15 and 1e-07 as 1e-07, reads both, and steps by a tenth of the magnitude."""

    def __init__(self, low: float | None = None, high: float | None = None, usual: float = 0.0) -> None:
        super().__init__()
        self._usual = abs(usual)
        self.lineEdit().setTextMargins(*TEXT_MARGINS)
        self.setDecimals(_DECIMALS)
        self.setRange(-_WIDEST if low is None else low, _WIDEST if high is None else high)

    def textFromValue(self, value: float) -> str:
        return f"{value:.6g}"

    def valueFromText(self, text: str) -> float:
        return self._number(text) or 0.0

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        number = self._number(text)
        if number is not None and self.minimum() <= number <= self.maximum():
            return QValidator.State.Acceptable, text, position
        typed = text.removesuffix(self.suffix())
        usable = all(character in "0123456789.eE+- " for character in typed)
        return (QValidator.State.Intermediate if usable else QValidator.State.Invalid), text, position

    def stepBy(self, steps: int) -> None:
        self.setValue(round(self.value() + steps * self._step(), _DECIMALS))

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        down, up = QAbstractSpinBox.StepEnabledFlag.StepDownEnabled, QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
        allowed = QAbstractSpinBox.StepEnabledFlag.StepNone
        if self.value() > self.minimum():
            allowed |= down
        if self.value() < self.maximum():
            allowed |= up
        return allowed

    def _step(self) -> float:
        size = abs(self.value()) or self._usual or 1.0
        return float(10.0 ** (math.floor(math.log10(size)) - 1))

    def _number(self, text: str) -> float | None:
        try:
            number = float(text.removesuffix(self.suffix()).strip())
        except ValueError:
            return None
        return number if math.isfinite(number) else None
