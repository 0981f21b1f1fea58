"""A form drawn from the parameters a Spec declares."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSpinBox, QWidget

from gui import choosing
from gui.panels.combo import Combo
from gui.panels.labels import field_label, fields, label
from gui.panels.number_box import TEXT_MARGINS, NumberBox
from gui.panels.table_box import TableBox
from gui.pieces import button, column, row, tool
from gui.texts import tr
from gui.theme import set_role
from tfcore.errors import HeatlensError
from tfcore.registry import Param

_WIDEST = 2**31 - 1


class ParamForm(QWidget):
    """One field for each parameter, with its range, unit and help; ``values()`` are always ones the Spec accepts."""

    changed = Signal()

    def __init__(self, params: Sequence[Param] = (), names: Mapping[str, str] | None = None) -> None:
        super().__init__()
        # What a field is called, where that is not the parameter's own name.
        self._names = names or {}
        self._fields: dict[str, Field] = {}
        self._rows = fields()
        self._wrong = label(role="error")
        self._wrong.hide()
        self._reset = button(tr("Reset to defaults"), tr("Give every setting here its default value again"), self.reset)
        self.setLayout(column(self._rows, self._wrong, self._reset))
        self.set_params(params)

    def set_params(self, params: Sequence[Param], values: Mapping[str, Any] | None = None) -> None:
        """Draw the fields anew, holding ``values`` where given and the defaults elsewhere."""
        while self._rows.rowCount():
            self._rows.removeRow(0)
        self._fields = {}
        for param in (param for param in params if not param.in_code):
            called = self._names.get(param.name, tr(param.name.replace("_", " ")))
            field = Field(param, self._edited, called)
            name = field_label(called, field.widget)
            if param.type == "table":
                self._rows.addRow(name)
                self._rows.addRow(field.widget)
            elif param.path:
                self._rows.addRow(name, row((field.widget, 1), _chooser(param, field.widget, called), spacing=4))
            else:
                self._rows.addRow(name, field.widget)
            self._fields[param.name] = field
        # Its room is kept: nothing moves under the pointer when the first setting is changed.
        room = self._reset.sizePolicy()
        room.setRetainSizeWhenHidden(bool(self._fields))
        self._reset.setSizePolicy(room)
        self.set_values(values or {})

    def values(self) -> dict[str, Any]:
        """Every parameter by name; a field that is being mistyped counts with its last good value."""
        return {name: field.value for name, field in self._fields.items()}

    def altered(self) -> dict[str, Any]:
        """The parameters that are not at their default."""
        return {name: field.value for name, field in self._fields.items() if field.value != field.param.default}

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values without a signal: of parameters that are here and accept them; the others get their default."""
        for name, field in self._fields.items():
            try:
                field.show(field.param.parse(values.get(name, field.param.default)))
            except (HeatlensError, OverflowError):  # it is wrong, or wider than a box for numbers
                field.show(field.param.default)
        self._judge()

    def reset(self) -> None:
        for field in self._fields.values():
            field.show(field.param.default)
        self._judge()
        self.changed.emit()

    def _edited(self) -> None:
        before = self.values()
        self._judge()
        if self.values() != before:
            self.changed.emit()

    def _judge(self) -> None:
        problems = [problem for field in self._fields.values() if (problem := field.read())]
        self._wrong.setText("\n".join(problems))
        self._wrong.setVisible(bool(problems))
        self._reset.setVisible(bool(self.altered() or problems))


class Field:
    """The control for one parameter, and the last acceptable value it held."""

    def __init__(self, param: Param, edited: Callable[[], None], called: str) -> None:
        self.param = param
        self.value = param.default
        self.widget = _control(param, edited)
        unit = f" ({tr(param.unit)})" if param.unit else ""
        start = _blank(param) if param.default in (None, "") else param.default
        self.widget.setToolTip(
            tr(
                "{help}\n{name}{unit}: {allowed}; default {start}",
                help=tr(param.help),
                name=param.name,
                unit=unit,
                allowed=param.allowed(),
                start=start,
            )
        )
        self.widget.setAccessibleName(called + unit)
        self.widget.setAccessibleDescription(tr(param.help))
        self.show(param.default)

    def show(self, value: Any) -> None:
        """Put a value into the control without a word to anyone."""
        text = "" if value is None else str(value)
        with QSignalBlocker(self.widget):
            match self.widget:
                case QCheckBox():
                    self.widget.setChecked(bool(value))
                case QSpinBox() | NumberBox():
                    self.widget.setValue(value)
                case QComboBox() if self.widget.isEditable():
                    self.widget.setEditText(text)
                case QComboBox():
                    self.widget.setCurrentIndex(self.widget.findData(value))
                case QLineEdit():
                    self.widget.setText(text)
                case TableBox():
                    self.widget.set_text(text)
        self.value = value

    def read(self) -> str:
        """Take over what the control holds; the answer is a sentence when it is not acceptable."""
        try:
            self.value = self.param.parse(self._held())
        except HeatlensError as problem:
            set_role(self.widget, "error")
            return str(problem)
        set_role(self.widget, "")
        return ""

    def _held(self) -> Any:
        match self.widget:
            case QCheckBox():
                return self.widget.isChecked()
            case QSpinBox() | NumberBox():
                return self.widget.value()
            case QComboBox() if not self.widget.isEditable():
                return self.widget.currentData()
            case QComboBox():
                return self.widget.currentText().strip()
            case QLineEdit():
                return self.widget.text().strip()
            case TableBox():
                return self.widget.text()


def _control(param: Param, edited: Callable[[], None]) -> QWidget:
    if param.type == "bool" and param.optional:
        return _three_ways(_blank(param), edited)
    if param.type == "bool":
        check = QCheckBox(tr("yes"))
        check.toggled.connect(edited)
        return check
    if param.type == "table":
        table = TableBox(param)
        table.changed.connect(edited)
        return table
    if param.choices:
        return _picker(param, edited)
    if param.type == "int" and not param.optional:
        return _whole_numbers(param, edited)
    if param.type == "float" and not param.optional:
        box = NumberBox(param.low, param.high, param.default)
        box.setSuffix(_suffix(param))
        box.valueChanged.connect(edited)
        return box
    line = QLineEdit()
    line.setPlaceholderText(_blank(param))
    line.textChanged.connect(edited)
    return line


def _chooser(param: Param, widget: QWidget, called: str) -> QWidget:
    """The button beside a field that may hold a path."""

    def choose() -> None:
        if param.path == "folder":
            path = choosing.folder(widget, tr("Choose a folder: {called}", called=called))
        else:
            path = choosing.file(widget, tr("Choose a picture: {called}", called=called))
        if path and isinstance(widget, QComboBox):
            widget.setEditText(path)
        elif path and isinstance(widget, QLineEdit):
            widget.setText(path)

    return tool(
        tr("Choose a {path}: {called}", path=param.path, called=called), choose, "mdi6.folder-open-outline", flat=False
    )


def _blank(param: Param) -> str:
    """What holds where nothing is entered."""
    return tr(param.blank or "none" * param.optional)


def _picker(param: Param, edited: Callable[[], None]) -> QComboBox:
    combo = Combo(letters=6)
    if param.optional:
        combo.addItem(_blank(param), None)
    for choice in param.choices:
        combo.addItem(choice if param.open else tr(choice), choice)
    if param.open:
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.editTextChanged.connect(edited)
    else:
        combo.currentIndexChanged.connect(edited)
    return combo


def _three_ways(blank: str, edited: Callable[[], None]) -> QComboBox:
    """Yes, no, or not stated, which is neither."""
    combo = Combo()
    for text, value in ((blank, None), (tr("yes"), True), (tr("no"), False)):
        combo.addItem(text, value)
    combo.currentIndexChanged.connect(edited)
    return combo


def _whole_numbers(param: Param, edited: Callable[[], None]) -> QSpinBox:
    spin = QSpinBox()
    spin.lineEdit().setTextMargins(*TEXT_MARGINS)
    low = -_WIDEST if param.low is None else int(param.low)
    spin.setRange(low, _WIDEST if param.high is None else int(param.high))
    spin.setSuffix(_suffix(param))
    spin.setGroupSeparatorShown(False)
    spin.valueChanged.connect(edited)
    return spin


def _suffix(param: Param) -> str:
    return f" {tr(param.unit)}" if param.unit else ""
