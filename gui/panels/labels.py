"""Small pieces of text that every panel uses."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFormLayout, QLabel, QSizePolicy, QWidget

from gui.texts import tr
from gui.theme import set_role


def label(text: str = "", role: str = "", wrap: bool = True) -> QLabel:
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    set_role(made, role)
    return made


class Title(QLabel):
    """So many times as large as the words around it, also when those grow."""

    def __init__(self, times: float) -> None:
        super().__init__()
        self._times = times
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self._fit()

    def event(self, event: QEvent) -> bool:
        # Under a style sheet it hears of larger words by the sheet alone.
        if event.type() in (QEvent.Type.ApplicationFontChange, QEvent.Type.StyleChange):
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        font = QApplication.font()
        font.setPointSizeF(QFontInfo(font).pointSizeF() * self._times)
        self.setFont(font)


class Badge(NamedTuple):
    """A few words in a frame, in a role of the style sheet, and what they mean."""

    text: str
    role: str = "quiet"
    tip: str = ""


RANDOM_TIP = tr("Nobody has trained this network: what it answers, and where it looks, means nothing")


def badge(text: str = "", role: str = "warning", tip: str = RANDOM_TIP) -> QLabel:
    """A framed label of a few words, there only while it has any."""
    made = label(text, role, wrap=False)
    made.setProperty("badge", True)
    made.setToolTip(tip)
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if not text:
        made.hide()
    return made


class FieldName(QLabel):
    """In a column of one width in every panel, however large its words are."""

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(label_width(self), 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def field_label(text: str, buddy: QWidget) -> QLabel:
    """The name of a field; ``&`` marks the key that leads to it."""
    made = FieldName(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setBuddy(buddy)
    made.setToolTip(buddy.toolTip())
    return made


def fields(*rows: tuple[Any, ...]) -> QFormLayout:
    """Names and fields, one below the other; a third entry stands in the field's place, with the field in it."""
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for text, field, *around in rows:
        form.addRow(field_label(text, field), *around or [field])
    return form


def label_width(widget: QWidget) -> int:
    """The width of the column of names, in the widget's font."""
    return widget.fontMetrics().horizontalAdvance("parameters") + 2


class ElidedLabel(QLabel):
    """One line that never widens its panel: what does not fit ends in … and is whole in the tooltip."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setToolTip(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        set_role(self, role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(text)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.style().drawItemText(
            painter,
            self.rect(),
            int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
            self.palette(),
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
