"""Where keys, the mouse wheel and files go, wherever the focus is: a picture is reviewed without looking for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent, QFocusEvent, QKeyEvent, QKeySequence, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDockWidget,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QSlider,
    QTabBar,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from gui.ring import Ring, needs_ring

_Key = Qt.Key
_UNDO, _REDO = QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo
_MOVES: tuple[int, ...] = (
    *(_Key.Key_Left, _Key.Key_Right, _Key.Key_Up, _Key.Key_Down),
    *(_Key.Key_Home, _Key.Key_End, _Key.Key_PageUp, _Key.Key_PageDown),
)
_DIGITS = tuple(range(_Key.Key_0, _Key.Key_9 + 1))
_BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_HEARD = {QWheelEvent, QShowEvent, QFocusEvent, QKeyEvent, QDropEvent}
_FIELDS = (QComboBox, QAbstractSpinBox, QSlider)
_TEXTS = (QLineEdit, QTextEdit, QPlainTextEdit, QAbstractSpinBox)
# What has a use of its own for a key, and keeps it where Tab has led to it.
_OWN: tuple[tuple[type[QWidget], tuple[int, ...]], ...] = (
    (QAbstractButton, (_Key.Key_Space,)),
    (QAbstractItemView, (_Key.Key_Space, *_MOVES)),
    (QSlider, _MOVES),
    (QComboBox, tuple(move for move in _MOVES if move not in (_Key.Key_Left, _Key.Key_Right))),
    (QTabBar, (_Key.Key_Left, _Key.Key_Right)),
)


class Keys(QObject):
    """Hands moves to the list, Space to the canvas and digits to the targets; fields without focus get no wheel,
    and lines take a file that is dropped on them by its path."""

    def __init__(self, window: QMainWindow, moves: QWidget, space: QWidget, digits: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._parts: dict[int, QWidget] = {_Key.Key_Space: space}
        self._parts |= dict.fromkeys(_MOVES, moves) | dict.fromkeys(_DIGITS, digits)
        self._by_keys = self._passing = False
        self._ring: Ring | None = None
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Every event of the program comes here, nearly all for nothing below; its class is known sooner than its kind.
        if type(event) not in _HEARD:
            return False
        match event.type():
            case QEvent.Type.Wheel if isinstance(watched, _FIELDS) and isinstance(event, QWheelEvent):
                # Let go, it scrolls what lies below.
                event.setAccepted(watched.hasFocus())
                return not watched.hasFocus()
            case QEvent.Type.Show if isinstance(watched, _FIELDS):
                if watched.focusPolicy() == Qt.FocusPolicy.WheelFocus:
                    watched.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            case QEvent.Type.FocusIn if isinstance(event, QFocusEvent):
                if event.reason() in (*_BY_KEYS, Qt.FocusReason.MouseFocusReason, Qt.FocusReason.OtherFocusReason):
                    self._by_keys = event.reason() in _BY_KEYS
                if isinstance(watched, QWidget):
                    self._show_ring(watched if self._by_keys and needs_ring(watched) else None)
            case QEvent.Type.FocusOut if isinstance(watched, QWidget):
                self._show_ring(None)
            case QEvent.Type.Drop if isinstance(watched, QLineEdit) and isinstance(event, QDropEvent):
                return _dropped(watched, event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
                # A line in which nothing was typed has nothing to undo, or to do again; the window has.
                if self._by_keys and _finds(watched, event):
                    event.accept()
                    return True
                back, again = event.matches(_UNDO), event.matches(_REDO)
                return (back or again) and not _typed_in(watched, again)
            case QEvent.Type.KeyPress | QEvent.Type.KeyRelease:
                return isinstance(watched, QWidget) and isinstance(event, QKeyEvent) and self._pass(watched, event)
        return False

    def _show_ring(self, around: QWidget | None) -> None:
        # It goes with the widget it is around.
        if self._ring is not None and isValid(self._ring):
            self._ring.deleteLater()
        self._ring = Ring(around) if around is not None else None

    def _pass(self, focused: QWidget, event: QKeyEvent) -> bool:
        """Hand the key to the part it belongs to, unless the focus has a use for it."""
        key = event.key()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _MOVES:
            # It selects on the way.
            held &= ~Qt.KeyboardModifier.ShiftModifier
        part = self._parts.get(key)
        if part is None or part is focused or held or self._passing or self._keeps(focused, key):
            return False
        self._passing = True
        QApplication.sendEvent(part, event)
        self._passing = False
        return True

    def _keeps(self, focused: QWidget, key: int) -> bool:
        window: QWidget | None = focused.window()
        while isinstance(window, QDockWidget):
            window = window.parentWidget()
        if window is not self._window or QApplication.activePopupWidget() is not None:
            return True
        if isinstance(focused, _TEXTS) or (isinstance(focused, QComboBox) and focused.isEditable()):
            return True
        return self._by_keys and any(isinstance(focused, kind) and key in keys for kind, keys in _OWN)


def _finds(field: QWidget, event: QKeyEvent) -> bool:
    """Whether it is a letter typed into a closed list, which goes to the entry that begins with it."""
    held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return (
        isinstance(field, QComboBox)
        and not field.isEditable()
        and not held
        and event.text().replace("-", "x").isalpha()
    )


def _typed_in(field: QWidget, undone: bool) -> bool:
    """Whether something was typed there, or what was typed is ``undone``."""
    lines = [field] if isinstance(field, QLineEdit) else field.findChildren(QLineEdit)
    typed = any(line.isRedoAvailable() if undone else line.isUndoAvailable() for line in lines)
    return typed or isinstance(field, QTextEdit | QPlainTextEdit)


def _dropped(line: QLineEdit, event: QDropEvent) -> bool:
    """Qt would write the address, ``file:///…``, amid what stands there."""
    paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
    if paths:
        line.setText(paths[0])
        event.acceptProposedAction()
    return bool(paths)
