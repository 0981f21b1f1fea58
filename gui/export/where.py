"""Where what is written goes: the folder of the last time, or the user's own for figures; never one with data."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from gui.browser.workers import within
from gui.texts import tr
from tfcore.errors import HeatlensError
from tfcore.files import make_folder

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.home import Home

# Below the user's own folder, until another is chosen: figures do not mix with data.
FOLDER = "heatlens-figures"


def figures_folder(home: Home) -> Path:
    """Where the last figure went, or the first one will go."""
    return Path(home.exports) if home.exports else Path.home() / FOLDER


def ask_file(desk: Desk, title: str, name: str, kinds: str) -> Path | None:
    """The file that the user names, with an ending; nothing where none was named, or one among data, which is said.

    The dialog asks before a file is replaced.
    """
    start = _begun(desk)
    chosen, kind = QFileDialog.getSaveFileName(desk.parent, title, str(start / name), kinds)
    ending = kind.partition("*")[2].partition(")")[0] or Path(name).suffix
    return _outside(desk, Path(chosen if Path(chosen).suffix else chosen + ending) if chosen else None, start)


def ask_folder(desk: Desk, title: str) -> Path | None:
    """A folder for what is written, as :func:`ask_file` does."""
    start = _begun(desk)
    chosen = QFileDialog.getExistingDirectory(desk.parent, title, str(start))
    # What is written lies in it.
    found = _outside(desk, Path(chosen) / "any" if chosen else None, start)
    return found and found.parent


def in_data(folder: Path, opened: Sequence[str]) -> str:
    """Why nothing is written into a folder: it lies in one that was opened as data; empty where it does not."""

    def holding() -> str | None:
        real = Path(os.path.realpath(folder))
        return next((one for one in opened if Path(one).is_dir() and real.is_relative_to(os.path.realpath(one))), None)

    # Of a drive that hangs the names must do.
    found = within(holding, next((one for one in opened if folder.is_relative_to(one)), None))
    if found is None:
        return ""
    return tr(
        "{folder} lies in the pictures of {name}, where what is written would be taken for data; "
        "choose a folder outside of it.",
        folder=folder,
        name=Path(found).name,
    )


def _begun(desk: Desk) -> Path:
    """Where dialogs begin: a folder that is there, or they would begin in that of the program."""
    folder = figures_folder(desk.home)
    try:
        make_folder(folder)
    except HeatlensError:
        return Path.home()
    return folder


def _outside(desk: Desk, path: Path | None, start: Path) -> Path | None:
    """The path, whose folder is remembered, if that holds no data."""
    if (path is None or path.parent != start) and start.name == FOLDER and start.is_dir() and not any(start.iterdir()):
        # Made for the dialog alone.
        start.rmdir()
    if path is None:
        return None
    if why := in_data(path.parent, desk.session.opened):
        desk.jobs.history.add(why, "error")
        return None
    desk.home.exports = str(path.parent)
    return path
