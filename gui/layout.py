"""Where the panels stand and how large they are, as somebody last left it: for the way back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QMainWindow

from gui.docks import Docks
from gui.texts import tr
from gui.trail import Setting
from gui.undo import Undo


class Layout(QObject):
    """What moves the panels by itself, as a drawer that comes out with what it shows, is nothing that was done."""

    def __init__(self, window: QMainWindow, docks: Docks, undo: Undo) -> None:
        super().__init__(window)
        self._window = window
        self._by_hand = False
        self._setting = Setting(undo, lambda: bytes(window.saveState().data()), self._put, self)
        # Qt has not moved anything yet when it tells.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._look)
        docks.reset.triggered.connect(self._moved)
        window.installEventFilter(self)
        for dock in docks.all():
            dock.installEventFilter(self)
            dock.toggleViewAction().triggered.connect(self._moved)
            dock.topLevelChanged.connect(self._moved)
            dock.visibilityChanged.connect(self._later.start)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Panels are drawn by their titles and closed by a cross; the lines between them are the window's own."""
        match event.type():
            case QEvent.Type.MouseButtonPress:
                self._look()
            case QEvent.Type.Resize:
                self._later.start()
            case QEvent.Type.MouseButtonRelease:
                self._moved()
            case QEvent.Type.Close if watched is not self._window:
                self._moved()
        return False

    def _moved(self) -> None:
        self._by_hand = True
        self._later.start()

    def _look(self) -> None:
        by_hand, self._by_hand = self._by_hand, False
        if by_hand:
            self._setting.changed(lambda *_: tr("the layout of the panels"))
        else:
            self._setting.look()

    def _put(self, state: bytes) -> None:
        self._window.restoreState(state)
        self._by_hand = False
        self._later.start()
