"""Everything the window can do, found by typing (Ctrl+K)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QDockWidget, QHeaderView, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem

from gui import theme
from gui.menus import Command
from gui.pieces import column, named
from gui.texts import tr

if TYPE_CHECKING:
    from gui.desk import Desk

# In letters and lines.
_SIZE = (100, 24)
_FROM_TOP = 80
_TO_THE_LIST = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


def rank(typed: str, text: str) -> tuple[int, int] | None:
    """How well a text fits what was typed, small is better: whole words first, then letters in their order.

    >>> rank("exp pan", "Export panel"), rank("xpl", "Export panel"), rank("zoo", "Export panel")
    ((0, 12), (1, 12), None)
    """
    text, typed = text.casefold(), typed.casefold()
    if all(word in text for word in typed.split()):
        return 0, len(text)
    letters = iter(text)
    return (1, len(text)) if all(letter in letters for letter in typed if letter != " ") else None


class Palette(QDialog):
    """A line to type into, and below it what fits; the arrows move, Enter does it, Esc leaves."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent, Qt.WindowType.Popup)
        self._desk = desk
        self.line = named(QLineEdit(placeholderText=tr("What do you want to do?")), tr("command"))
        self.found = named(QTreeWidget(columnCount=3), tr("commands that fit"))
        self.found.setHeaderHidden(True)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setRootIsDecorated(False)
        self.found.setUniformRowHeights(True)
        self.found.header().setStretchLastSection(False)
        # What it does has the room that its keys and its menu leave.
        self.found.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.found.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._none = QLabel(tr("No command fits; type fewer letters."))
        self.setLayout(column(self.line, (self.found, 1), self._none, margins=(8, 8, 8, 8), spacing=6))
        self.setWindowTitle(tr("Commands"))
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self._fill)
        self.line.returnPressed.connect(lambda: self._run(self.found.currentItem()))
        self.found.itemClicked.connect(self._run)
        self._fill("")

    def _commands(self) -> Iterator[tuple[str, str, QAction]]:
        """Where it stands, what it is called, and what does it, of all that can be done now."""
        for menu, action in self._desk.menus.each():
            if action.isEnabled():
                yield menu, action.text().replace("&", ""), action

    def _fill(self, typed: str) -> None:
        ranked = [(rank(typed, f"{menu} {text}"), menu, text, action) for menu, text, action in self._commands()]
        fitting = [one for one in ranked if one[0] is not None]
        # In the order of the menus as long as nothing is typed; then what is called so before what only stands there.
        if typed.strip():
            fitting.sort(key=lambda one: ((rank(typed, one[2]) or (1, 0))[0], one[0]))
        self.found.clear()
        # All begin below each other.
        blank = QPixmap(self.found.iconSize().expandedTo(QSize(16, 16)))
        blank.fill(Qt.GlobalColor.transparent)
        for _, menu, text, action in fitting:
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QTreeWidgetItem([text, keys, menu])
            item.setIcon(0, action.icon() if not action.icon().isNull() else blank)
            item.setToolTip(0, action.toolTip())
            item.setData(0, Qt.ItemDataRole.UserRole, action)
            self.found.addTopLevelItem(item)
        if (first := self.found.topLevelItem(0)) is not None:
            self.found.setCurrentItem(first)
        self._none.setVisible(not fitting)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line around it, which the window behind has not."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme.colour("focus"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _run(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        self.accept()
        action = item.data(0, Qt.ItemDataRole.UserRole)
        dock = action.parent()
        if isinstance(dock, QDockWidget) and action.isChecked() and dock.visibleRegion().isEmpty():
            # Behind another tab: whoever names it wants to see it.
            dock.raise_()
        else:
            action.trigger()

    def eventFilter(self, _: QObject, event: QEvent) -> bool:
        """The arrows move in the list while the line has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _TO_THE_LIST:
            self.found.keyPressEvent(event)
            return True
        return False


class Palettes(QObject):
    """Opens the palette over the window."""

    place = 95
    settled = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        what = tr("Find anything the window can do by typing its name")
        desk.menus.add([Command("&Help", "&Commands…", self.open, "Ctrl+K", "mdi6.console-line", what)])

    def open(self) -> None:
        window, palette = self._desk.parent.window(), Palette(self._desk)
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        letter = palette.fontMetrics()
        width = min(_SIZE[0] * letter.averageCharWidth(), window.width() - 40)
        height = min(_SIZE[1] * letter.height(), window.height() - 2 * _FROM_TOP)
        palette.resize(width, height)
        palette.move(
            window.mapToGlobal(window.rect().topLeft()).x() + (window.width() - width) // 2,
            window.mapToGlobal(window.rect().topLeft()).y() + _FROM_TOP,
        )
        palette.show()
        palette.line.setFocus()


FEATURE = Palettes
