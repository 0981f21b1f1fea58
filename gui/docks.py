"""The docks around the canvas: where they stand, which share a place, and how high they are."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, Qt, QTimer
from PySide6.QtWidgets import QDockWidget, QMainWindow, QMenu, QStackedWidget, QTabBar, QWidget
from shiboken6 import isValid

from gui.texts import tr

LEFT, RIGHT, BOTTOM = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)
JOBS_HEIGHT = 110
# Beside which docks of a feature lie, as tabs, if they have no place of their own.
_BESIDE = {RIGHT: "Method", BOTTOM: "Jobs"}


class Docks:
    """All docks by name; the layout remembers them by it, and the window shows it in its language."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._named: dict[str, QDockWidget] = {}
        # What the docks lie around: the canvas, and what a feature shows in its place.
        self.pages = QStackedWidget()
        # What went out of sight hears no keys any more: those that follow are not for the next field.
        self.pages.currentChanged.connect(lambda _: (self.pages.currentWidget() or self.pages).setFocus())
        window.setCentralWidget(self.pages)
        self._low = JOBS_HEIGHT

    def __getitem__(self, name: str) -> QDockWidget:
        return self._named[name]

    def all(self) -> list[QDockWidget]:
        """In the order in which they were added."""
        return list(self._named.values())

    def list_in(self, menu: QMenu) -> None:
        """Entries that show and hide each, and one that puts all where they stand now."""
        for dock in self.all():
            menu.addAction(dock.toggleViewAction())
        first = self._window.saveState()
        self.reset = menu.addAction(tr("&Reset layout"), lambda: self._put_back(first))

    def _put_back(self, first: QByteArray) -> None:
        self._window.restoreState(first)
        # Sizes are those of a window that was as large as it was made, and panels come to their places a moment later.
        QTimer.singleShot(0, self.spread)

    def spread(self) -> None:
        """The room that each place has at first; what is left is the picture's."""
        self.resize({"Pictures": 300, "Model": 300}, Qt.Orientation.Horizontal)
        self.resize({"Model": 170, "Prediction": 250, "Method": 370})
        self.resize({"Jobs": JOBS_HEIGHT})

    def add(self, name: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        """A dock in a place of its own."""
        return self._add(QDockWidget(tr(name), self._window), name, widget, area)

    def add_tab(self, name: str, widget: QWidget) -> QDockWidget:
        """A dock behind the method, reached by its tab."""
        dock = self.add(name, widget, RIGHT)
        self._window.tabifyDockWidget(self[_BESIDE[RIGHT]], dock)
        # Qt would show it once with the window, and what is made late would be made at the start.
        widget.hide()
        self[_BESIDE[RIGHT]].raise_()
        return dock

    def add_drawer(self, name: str, widget: QWidget, height: int) -> Drawer:
        """A dock beside the jobs that is not there until it is wanted."""
        drawer = Drawer(name, self, height)
        self._add(drawer, name, widget, BOTTOM)
        drawer.hide()
        return drawer

    def open_beside_jobs(self, dock: QDockWidget) -> None:
        self._window.tabifyDockWidget(self[_BESIDE[BOTTOM]], dock)

    def open_jobs(self) -> None:
        """Bring out the jobs, in front of the drawers."""
        self[_BESIDE[BOTTOM]].show()
        self[_BESIDE[BOTTOM]].raise_()

    def drawer_opens(self) -> None:
        """Keep in mind how high the jobs are without a drawer beside them."""
        if not self._drawers_out() and not (jobs := self[_BESIDE[BOTTOM]]).isHidden():
            self._low = jobs.height()

    def drawer_closed(self) -> None:
        """The last one gone, the jobs need no more room than before."""
        if not self._drawers_out():
            self.resize({_BESIDE[BOTTOM]: self._low})

    def _drawers_out(self) -> bool:
        return any(isinstance(dock, Drawer) and not dock.isHidden() for dock in self.all())

    def resize(self, sizes: Mapping[str, int], orientation: Qt.Orientation = Qt.Orientation.Vertical) -> None:
        """Share out height or width among docks that stand in one row."""
        self._window.resizeDocks([self[name] for name in sizes], list(sizes.values()), orientation)

    def _add(self, dock: QDockWidget, name: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock.setObjectName(name)
        dock.setWidget(widget)
        # Behind other docks Qt only moves it out of sight, where Tab and Alt would still find what is in it.
        policy = widget.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        widget.setSizePolicy(policy)
        dock.visibilityChanged.connect(widget.setVisible)
        dock.visibilityChanged.connect(self._name_tabs)
        self._window.addDockWidget(area, dock)
        self._named[name] = dock
        return dock

    def _name_tabs(self) -> None:
        # Docks are also hidden while the window goes down with them.
        if not isValid(self._window):
            return
        for bar in self._window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setAccessibleName(tr("panels: ") + ", ".join(bar.tabText(place) for place in range(bar.count())))
            # Two letters of each name tell nothing; arrows lead to those for which there is no room.
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)


class Drawer(QDockWidget):
    """Comes out in front of the jobs, high enough to see something in it."""

    def __init__(self, name: str, docks: Docks, height: int) -> None:
        super().__init__(tr(name))
        self._docks, self._height = docks, height
        self._placed = False
        # Qt would show it first, in a place of its own beside the others.
        self.toggleViewAction().triggered.disconnect()
        self.toggleViewAction().triggered.connect(lambda shown: self.open() if shown else self.hide())
        self.toggleViewAction().toggled.connect(lambda shown: None if shown else docks.drawer_closed())
        self.visibilityChanged.connect(self._seen)

    def open(self) -> None:
        """Bring it out."""
        self._docks.drawer_opens()
        if not self._placed:
            # Not earlier: Qt leaves the tabs of docks behind that are hidden before the window is seen.
            self._placed = True
            self._docks.open_beside_jobs(self)
        self.show()
        self.raise_()
        self._docks.resize({self.objectName(): self._height})

    def _seen(self, visible: bool) -> None:
        # A layout from the last session has its own place for it.
        self._placed = self._placed or visible
