"""The order in which Tab goes through a window: as it is read, and only through what is seen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget


def go_on(window: QWidget, forward: bool, rest: QWidget) -> bool:
    """Give the focus to the next control, or the one before, and bring it into sight; False where there is none.

    From a control that was just switched off or hidden it goes to ``rest``: what is typed next was not meant for
    its neighbour.
    """
    order = in_reading_order(window)
    now = window.focusWidget()
    if now is not None and not (now.isEnabled() and now.isVisible()):
        rest.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
    if not order:
        return False
    step = 1 if forward else -1
    place = order.index(now) + step if now in order else min(step, 0)
    control = order[place % len(order)]
    control.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    around = control.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(control)
        around = around.parentWidget()
    return True


def in_reading_order(widget: QWidget) -> list[QWidget]:
    """The controls in a widget that Tab can reach: row by row, from left to right, each panel to its end."""
    inner = []
    for child in widget.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            found = in_reading_order(child)
            if found:
                inner.append((child.geometry(), found))
    own = [widget] if _takes_tab(widget) else []
    return own + [control for _, found in _read(inner) for control in found]


def _takes_tab(widget: QWidget) -> bool:
    # Of buttons that exclude each other Qt offers Tab one and leaves the others to the arrow keys.
    grouped = isinstance(widget, QAbstractButton) and widget.group() is not None
    reached = grouped or bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return reached and widget.isEnabled() and widget.focusProxy() is None and not widget.isWindow()


_Placed = tuple[QRect, list[QWidget]]


def _read(placed: Sequence[_Placed]) -> list[_Placed]:
    """Cut into rows; what cannot be cut so, into columns; and each piece again."""
    for start, end in ((QRect.top, QRect.bottom), (QRect.left, QRect.right)):
        pieces: list[list[_Placed]] = []
        reach = 0
        for one in sorted(placed, key=lambda one: start(one[0])):
            if not pieces or start(one[0]) > reach:
                pieces.append([])
                reach = end(one[0])
            pieces[-1].append(one)
            reach = max(reach, end(one[0]))
        if len(pieces) > 1:
            return [one for piece in pieces for one in _read(piece)]
    return sorted(placed, key=lambda one: (one[0].top(), one[0].left()))
