"""Panels that are taller than a small screen has room for."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

# What is longer scrolls, and leaves room for what is beside it.
_MOST_LINES = 8


class _Scrolled(QScrollArea):
    """Never too narrow for its rows, also when words grow."""

    def minimumSizeHint(self) -> QSize:
        hint, inner = super().minimumSizeHint(), self.widget()
        if inner is not None:
            hint.setWidth(inner.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width())
        return hint

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return done


class _Fitting(_Scrolled):
    """As high as its widget wants to be at this width, and no higher."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        hint, inner = super().sizeHint(), self.widget()
        if inner is not None and inner.hasHeightForWidth():
            # Texts take more lines than they would like to where they are not wide.
            most = _MOST_LINES * self.fontMetrics().height()
            hint.setHeight(min(inner.heightForWidth(self.viewport().width()), most))
        return hint


def scrolled(inner: QWidget, to_the_end: bool = True) -> QScrollArea:
    """The panel in a frame of its own height: it scrolls up and down, and is never too narrow for its rows.

    The frame takes the height there is, also below the last row; or not ``to_the_end``, and what is left is others'.
    """
    area = _Scrolled(widgetResizable=True) if to_the_end else _Fitting(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def sideways(inner: QWidget) -> QScrollArea:
    """Columns beside each other: on a small screen they are scrolled to."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area
