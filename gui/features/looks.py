"""The colours of the window, and how large all its words are besides what the desktop says."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.desk import Desk
from gui.menus import Command
from gui.trail import Setting

_SCHEMES: dict[theme.Scheme, str] = {"system": "Colours of the s&ystem", "light": "&Light", "dark": "&Dark"}


class Looks(QObject):
    """One of a few of each, kept for the next start."""

    place = 94
    settled = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        what = "Of the size that the desktop has for words"
        for size in theme.SIZES:
            name, use = f"text {size}", partial(self.enlarge, size)
            desk.menus.add([Command("&View ▸ &Text size", f"{size} %", use, tip=what, name=name, group="text")])
        for scheme, text in _SCHEMES.items():
            use = partial(self.colour, scheme)
            desk.menus.add([Command("&View ▸ Co&lours", text, use, name=scheme, group="scheme")])
        for ticked in (f"text {desk.home.text}", desk.home.scheme):
            desk.menus.actions[ticked].setChecked(True)
        self._size = Setting(desk.undo, lambda: desk.home.text, self.enlarge, self)
        self._scheme = Setting(desk.undo, lambda: desk.home.scheme, self.colour, self)

    def enlarge(self, size: int) -> None:
        """All words that many per cent large, from now on."""
        theme.enlarge(cast(QApplication, QApplication.instance()), size)
        self._desk.home.text = size
        self._keep(self._size, f"text {size}", "the size of the text")

    def colour(self, scheme: theme.Scheme) -> None:
        """Light, dark, or as the system says."""
        theme.apply(cast(QApplication, QApplication.instance()), scheme)
        self._desk.home.scheme = scheme
        self._keep(self._scheme, scheme, "the colours")

    def _keep(self, setting: Setting, entry: str, what: str) -> None:
        self._desk.menus.actions[entry].setChecked(True)
        setting.changed(lambda *_: what)
        self._desk.remember()


FEATURE = Looks
