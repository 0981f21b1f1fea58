"""What was done to the list, the model or the display, and the way back: the last thing first."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.texts import tr

_MOST = 100
# A slider that is drawn, or a wheel that is turned, is one thing done.
_SECONDS_OF_ONE = 1.0


class Step(NamedTuple):
    """One thing done: what the menu calls going back on it, and how that is done and done again."""

    what: str
    back: Callable[[], object]
    again: Callable[[], object]
    # What the menu calls doing it again, where that is something else.
    on: str = ""
    # Changes of the same thing, one right after the other, are one.
    of: str = ""


class Undo(QObject):
    """Two menu entries, and what they lead to."""

    def __init__(self, undo: QAction, redo: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._entries = undo, redo
        self._done: list[Step] = []
        self._undone: list[Step] = []
        # What is about to be done.
        self._pending: Step | None = None
        self._when = 0.0
        self._moving = False
        undo.triggered.connect(self._back)
        redo.triggered.connect(self._on)
        self._tell()

    def did(self, step: Step) -> None:
        """Remember it; what was undone before can no longer be done again."""
        if self._moving:
            return
        now, self._when = self._when, time.monotonic()
        if step.of and self._done and self._done[-1].of == step.of and self._when - now < _SECONDS_OF_ONE:
            step = step._replace(back=self._done.pop().back)
        self._done = [*self._done, step][-_MOST:]
        self._undone.clear()
        self._tell()

    def does(self, step: Step) -> None:
        """Do it; whatever that leads to is one thing done."""
        self._go(step.again)
        self.did(step)

    def reach(self, dialog: QWidget) -> None:
        """Their keys hold in a window of its own, too."""
        dialog.addActions(self._entries)

    def expect(self, step: Step | None) -> None:
        """Something has begun that can be left until it is done; nothing, when it is over."""
        self._pending = step
        self._tell()

    def _back(self) -> None:
        if self._pending is not None:
            self._go(self._pending.back)
        elif self._done:
            step = self._done.pop()
            self._undone.append(step)
            self._go(step.back)

    def _on(self) -> None:
        if self._undone:
            step = self._undone.pop()
            self._done.append(step)
            self._go(step.again)

    def _go(self, way: Callable[[], object]) -> None:
        self._moving = True
        try:
            way()
        finally:
            self._moving = False
            # What comes next is another thing, however soon.
            self._when = 0.0
            self._tell()

    def _tell(self) -> None:
        undo, redo = self._entries
        last = self._pending or (self._done[-1] if self._done else None)
        undo.setEnabled(last is not None)
        undo.setText(tr("&Undo: {what}", what=_plain(last.what)) if last else tr("&Undo"))
        next = self._undone[-1] if self._undone else None
        redo.setEnabled(next is not None)
        redo.setText(tr("&Redo: {on}", on=_plain(next.on or next.what)) if next else tr("&Redo"))


def _plain(words: str) -> str:
    # In a menu a single one marks a key.
    return words.replace("&", "&&")
