"""What panels are put together of: buttons, and layouts that are written as they are seen."""

from __future__ import annotations

from collections.abc import Callable
from types import EllipsisType
from typing import Any, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from gui.theme import icon as drawn
from gui.theme import set_role

W = TypeVar("W", bound=QWidget)
B = TypeVar("B", bound=QBoxLayout)
Run = Callable[[], Any]
Margins = tuple[int, int, int, int]
# A widget or a layout, with its share of the room that is left and where it stands in it; a gap in pixels; ``...`` for
# all the room that is left.
Item = QWidget | QLayout | tuple[Any, ...] | int | EllipsisType
NONE: Margins = (0, 0, 0, 0)


def column(*items: Item, margins: Margins | None = NONE, spacing: int | None = None) -> QVBoxLayout:
    """Things below each other; without ``margins`` those of the style are kept."""
    return _filled(QVBoxLayout(), items, margins, spacing)


def row(*items: Item, margins: Margins | None = NONE, spacing: int | None = None) -> QHBoxLayout:
    """Things beside each other."""
    return _filled(QHBoxLayout(), items, margins, spacing)


def held(layout: QLayout, name: str = "") -> QWidget:
    """A widget for a layout; ``name`` is for the style sheet."""
    widget = QWidget()
    widget.setObjectName(name)
    widget.setLayout(layout)
    return widget


def beside(left: QWidget, right: QWidget, widths: tuple[int, int]) -> QSplitter:
    """Two sides with a border that can be dragged; the right one takes what is left."""
    splitter = QSplitter(Qt.Orientation.Horizontal)
    for side in (left, right):
        splitter.addWidget(side)
    splitter.setStretchFactor(1, 1)
    splitter.setChildrenCollapsible(False)
    splitter.setSizes(widths)
    return splitter


def named(widget: W, name: str, tip: str = "") -> W:
    """The widget, called so by screen readers, with what is said of it under the pointer."""
    widget.setAccessibleName(name)
    widget.setToolTip(tip)
    return widget


def button(text: str, tip: str = "", run: Run | None = None, icon: str = "", role: str = "") -> QPushButton:
    """A button with words on it."""
    made = QPushButton(drawn(icon), text) if icon else QPushButton(text)
    made.setToolTip(tip)
    set_role(made, role)
    if run is not None:
        made.clicked.connect(lambda: run())
    return made


def tool(tip: str, run: Run | None = None, icon: str = "", text: str = "", flat: bool = True) -> QToolButton:
    """A small button: an icon that is called as its tooltip, or a word, or both beside each other."""
    made = QToolButton(autoRaise=flat)
    made.setText(text)
    made.setToolTip(tip)
    if icon:
        made.setIcon(drawn(icon))
        made.setAccessibleName(text or tip)
    if icon and text:
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    if run is not None:
        made.clicked.connect(lambda: run())
    return made


def _filled(layout: B, items: tuple[Item, ...], margins: Margins | None, spacing: int | None) -> B:
    if margins is not None:
        layout.setContentsMargins(*margins)
    if spacing is not None:
        layout.setSpacing(spacing)
    for item in items:
        thing, *how = item if isinstance(item, tuple) else (item,)
        if isinstance(thing, QWidget):
            layout.addWidget(thing, *how)
        elif isinstance(thing, QLayout):
            layout.addLayout(thing, *how)
        elif isinstance(thing, int):
            layout.addSpacing(thing)
        else:
            layout.addStretch(*how)
    return layout
