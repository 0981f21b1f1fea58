"""Every command of the window in one table: the menus, the shortcuts and the list under Help are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from gui import theme


@dataclass(frozen=True)
class Command:
    """One thing the user can do. ``menu`` is where it stands; a text of ``"-"`` draws a line."""

    menu: str
    text: str
    run: Callable[[], object] | None = None
    shortcut: str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    name: str = ""


def fill(bar: QMenuBar, commands: Iterable[Command], parent: QWidget) -> dict[str, QAction]:
    """Make the menus; the actions by their names."""
    menus: dict[str, QMenu] = {menu.title(): menu for menu in bar.findChildren(QMenu)}
    made: dict[str, QAction] = {}
    for command in commands:
        menu = menus.get(command.menu)
        if menu is None:
            menu = menus[command.menu] = bar.addMenu(command.menu)
            menu.setToolTipsVisible(True)
            if last := menus.get("&Help"):
                # Help stays where people look for it: at the end.
                bar.insertMenu(last.menuAction(), menu)
        if command.text == "-":
            menu.addSeparator()
            continue
        action = QAction(command.text, parent)
        if command.icon:
            action.setIcon(theme.icon(command.icon))
        if command.shortcut:
            action.setShortcut(QKeySequence(command.shortcut))
        if command.tip:
            action.setToolTip(command.tip)
            action.setStatusTip(command.tip)
        action.setCheckable(command.checkable)
        if command.run is not None:
            run = command.run
            action.triggered.connect(lambda _checked=False, run=run: run())
        menu.addAction(action)
        made[command.name or command.text] = action
    return made
