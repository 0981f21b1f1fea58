"""What Ctrl+Z takes back, the last first: the choice of another model, and whatever features say they did."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from gui.opening import Opening

# What was done so long ago is not taken back one by one.
_MOST = 200


class Undo(QObject):
    """Keeps what was done, with the way back; the menu entry says where it leads."""

    def __init__(self, action: QAction, opening: Opening) -> None:
        super().__init__(opening)
        self._action, self._opening = action, opening
        # Nothing stands for a model that was opened in place of another: the way back is that of ``opening``.
        self._done: list[tuple[str, Callable[[], object]] | None] = []
        action.triggered.connect(self.back)
        opening.began.connect(lambda _: self._keep(None))
        for change in (opening.opened, opening.failed):
            change.connect(self._tell)
        self._tell()

    def did(self, words: str, back: Callable[[], object]) -> None:
        """Something was done ("draw lesion") that ``back`` takes back."""
        self._keep((words, back))

    def back(self) -> None:
        """Take back the last thing that was done."""
        while self._done and self._done[-1] is None and self._opening.before is None:
            self._done.pop()
        last = self._done.pop() if self._done else None
        if last is None:
            self._opening.back()
        else:
            last[1]()
        self._tell()

    def _keep(self, done: tuple[str, Callable[[], object]] | None) -> None:
        self._done = [*self._done, done][-_MOST:]
        self._tell()

    def _tell(self) -> None:
        before = self._opening.before
        last = next((done for done in reversed(self._done) if done is not None or before is not None), None)
        self._action.setEnabled(last is not None or before is not None)
        words = last[0] if last is not None else f"back to {before.info.name}" if before is not None else ""
        self._action.setText(f"&Undo: {words.replace('&', '&&')}" if words else "&Undo")
