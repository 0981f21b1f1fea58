"""What stands in fields, by the names it is kept under: to remember it, and to put it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSlider, QSpinBox, QWidget

Fields = Mapping[str, QWidget]


def values_of(fields: Fields) -> dict[str, Any]:
    """By name, in JSON's own types."""
    return {name: _value(field) for name, field in fields.items()}


def put_values(fields: Fields, held: Mapping[str, Any]) -> None:
    """As they were before; what is not known, or is no longer among the choices, stays as it is."""
    for name, field in fields.items():
        match field, held.get(name):
            case QCheckBox(), bool(value):
                field.setChecked(value)
            case QSpinBox() | QSlider(), int(value):
                field.setValue(min(max(value, field.minimum()), field.maximum()))
            case QDoubleSpinBox(), int(value) | float(value):
                field.setValue(value)
            case QLineEdit(), str(value):
                field.setText(value)
            case QComboBox(), value:
                place = field.findData(value) if value is not None else -1
                place = place if place >= 0 else field.findText(str(value))
                if place >= 0:
                    field.setCurrentIndex(place)


def hear(fields: Fields, changed: Callable[[], object]) -> None:
    """Tell of every change, by hand or not."""
    for field in fields.values():
        match field:
            case QCheckBox():
                field.toggled.connect(lambda _: changed())
            case QSpinBox() | QDoubleSpinBox() | QSlider():
                field.valueChanged.connect(lambda _: changed())
            case QLineEdit():
                field.textChanged.connect(lambda _: changed())
            case QComboBox():
                field.currentIndexChanged.connect(lambda _: changed())


def _value(field: QWidget) -> Any:
    match field:
        case QCheckBox():
            return field.isChecked()
        case QSpinBox() | QDoubleSpinBox() | QSlider():
            return field.value()
        case QLineEdit():
            return field.text()
        case QComboBox():
            # Most have something behind their words.
            data = field.currentData()
            return field.currentText() if data is None else data
