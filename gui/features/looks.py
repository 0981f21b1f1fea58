"""The colours of the window, and how large all its words are besides what the desktop says."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QByteArray, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

from gui import theme
from gui.desk import Desk
from gui.menus import Command
from gui.texts import tr
from gui.trail import Setting

_SCHEMES: dict[theme.Scheme, str] = {"system": tr("Colours of the s&ystem"), "light": tr("&Light"), "dark": tr("&Dark")}
# Of what stands beside the picture.
_SIDES = ("Pictures", "Model")


class Looks(QObject):
    """One of a few of each, kept for the next start."""

    place = 94
    settled = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        what = tr("Of the size that the desktop has for words")
        for size in theme.SIZES:
            name, use = f"text {size}", partial(self.enlarge, size)
            desk.menus.add([Command("&View ▸ &Text size", f"{size} %", use, tip=what, name=name, group="text")])
        for scheme, text in _SCHEMES.items():
            use = partial(self.colour, scheme)
            desk.menus.add([Command("&View ▸ Co&lours", text, use, name=scheme, group="scheme")])
        for ticked in (f"text {desk.home.text}", desk.home.scheme):
            desk.menus.actions[ticked].setChecked(True)
        # Large words make panels wide, which they would stay: by size how wide they were.
        self._widths: dict[int, dict[str, int]] = {}
        self._window = cast(QMainWindow, desk.parent)
        self._size = Setting(desk.undo, lambda: (desk.home.text, self._window.saveState()), self._put_size, self)
        self._scheme = Setting(desk.undo, lambda: desk.home.scheme, self.colour, self)

    def enlarge(self, size: int) -> None:
        """All words that many per cent large, from now on."""
        self._size.look()
        docks, before = self._desk.docks, self._desk.home.text
        self._widths[before] = {name: docks[name].width() for name in _SIDES}
        theme.enlarge(cast(QApplication, QApplication.instance()), size)
        self._desk.home.text = size
        if size < before and (widths := self._widths.get(size)):
            # Behind the words: as long as they are large there is no less room.
            QTimer.singleShot(0, self, lambda: docks.resize(widths, Qt.Orientation.Horizontal))
        self._keep(self._size, f"text {size}", tr("the size of the text"))

    def _put_size(self, before: tuple[int, QByteArray]) -> None:
        size, layout = before
        self.enlarge(size)
        QTimer.singleShot(0, self, lambda: self._window.restoreState(layout))

    def colour(self, scheme: theme.Scheme) -> None:
        """Light, dark, or as the system says."""
        theme.apply(cast(QApplication, QApplication.instance()), scheme)
        self._desk.home.scheme = scheme
        self._keep(self._scheme, scheme, tr("the colours"))

    def _keep(self, setting: Setting, entry: str, what: str) -> None:
        self._desk.menus.actions[entry].setChecked(True)
        setting.changed(lambda *_: what)
        self._desk.remember()


FEATURE = Looks
