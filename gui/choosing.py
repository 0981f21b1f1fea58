"""Dialogs that ask which file or folder: each begins where the last one ended, or where the open pictures lie."""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_been = [""]


def remember(folder: str) -> None:
    """The next dialog begins here."""
    _been[0] = folder


def been() -> str:
    """For the next start."""
    return _been[0]


def last() -> str:
    """Where the user was last, or as near to it as is still there."""
    return _there(_been[0]) or str(Path.home())


def folder(parent: QWidget, title: str, start: str = "") -> str:
    """The folder that is picked, or nothing; ``start`` is what was picked for the same before."""
    found = QFileDialog.getExistingDirectory(parent, title, _there(start) or last())
    if found:
        remember(found)
    return found


def file(parent: QWidget, title: str, kinds: str = "", start: str = "") -> str:
    """The file that is picked, or nothing."""
    found, _ = QFileDialog.getOpenFileName(parent, title, _there(start) or last(), kinds)
    if found:
        remember(str(Path(found).parent))
    return found


def files(parent: QWidget, title: str) -> list[str]:
    """All files that are picked."""
    found, _ = QFileDialog.getOpenFileNames(parent, title, last())
    if found:
        remember(str(Path(found[0]).parent))
    return found


def _there(path: str) -> str:
    """The path, or the nearest folder above it that there is; nothing of one that is not whole."""
    above = [path, *map(str, Path(path).parents)] if Path(path).is_absolute() else []
    # Path.exists raises where the name is too long to be asked about, or a folder above is closed to us.
    return next((each for each in above if os.path.exists(each)), "")  # noqa: PTH110
