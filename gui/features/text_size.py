"""How large all words in the window are, besides what the desktop says."""

from __future__ import annotations

from functools import partial
from typing import cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.desk import Desk
from gui.menus import Command


class TextSizes(QObject):
    """One of a few, kept for the next start."""

    place = 94
    settled = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        what = "Of the size that the desktop has for words"
        desk.menus.add(
            Command("&View ▸ &Text size", f"{size} %", partial(self.use, size), "", "", what, f"text {size}", "text")
            for size in theme.SIZES
        )
        desk.menus.actions[f"text {desk.home.text}"].setChecked(True)

    def use(self, size: int) -> None:
        """All words that many per cent large, from now on."""
        theme.enlarge(cast(QApplication, QApplication.instance()), size)
        self._desk.home.text = size
        self._desk.remember()


FEATURE = TextSizes
