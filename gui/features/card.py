"""The card editor speaks with the engine: what the network would see, the names of class folders, and saving."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject

from gui.desk import Desk
from gui.state import OneJob
from gui.texts import tr
from tfcore.results import Box

if TYPE_CHECKING:
    from gui.panels.card_dialog import CardDialog


class CardEditing(QObject):
    """Asks whenever the open editor wants something; late answers to older settings are dropped."""

    place = 40

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._explaining, self._opening, self._browser = desk.explaining, desk.opening, desk.browser
        self._dialog: CardDialog | None = None
        # What the open editor states is on its way.
        self._saving = False
        self._job = OneJob(desk.engine, "preview_card", self)
        self._job.answered.connect(self._seen)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(lambda: self._failed(tr("The preview was cancelled.")))
        self._names = OneJob(desk.engine, "class_names", self)
        self._labels = OneJob(desk.engine, "labels", self)
        self._names.answered.connect(self._named)
        self._labels.answered.connect(lambda found: self._named(sorted(set(found.of.values()))))
        for job in (self._names, self._labels):
            job.failed.connect(self._say)
            job.cancelled.connect(lambda: self._say(tr("Looking for names was cancelled.")))
        desk.model.card_saved.connect(lambda *_: setattr(self, "_saving", True))
        desk.opening.opened.connect(lambda _: self._saved(""))
        desk.opening.failed.connect(self._saved)
        desk.model.card_edited.connect(self._edited)
        desk.explaining.picture_shown.connect(lambda _: self._begin())

    @property
    def settled(self) -> bool:
        """The preview shows the settings as they stand."""
        idle = self._job.idle and self._names.idle and self._labels.idle
        return idle and (self._dialog is None or self._dialog.settled)

    def _edited(self, dialog: CardDialog) -> None:
        self._dialog = dialog
        dialog.preview_wanted.connect(self._ask)
        dialog.names_wanted.connect(self._ask_names)
        dialog.finished.connect(self._closed)
        self._begin()

    def _begin(self) -> None:
        """The picture on show is the one that is previewed."""
        if self._dialog is not None:
            self._dialog.show_picture(self._explaining.picture)

    def _ask(self, changes: dict[str, Any]) -> None:
        picture, model = self._explaining.picture, self._opening.now
        if picture is not None and model is not None:
            arguments = model.asked(picture=str(picture.path), changes=changes)
            self._job.ask(arguments, tr("preview · {name}", name=picture.path.name), priority=1)

    def _ask_names(self, data: str) -> None:
        pictures = self._browser.paths()
        if data:
            self._names.ask({"source": data}, tr("class folders of {name}", name=Path(data).name), priority=1)
        elif pictures:
            self._labels.ask({"pictures": pictures}, tr("folders of the listed pictures"), priority=1)
        else:
            self._say(tr("No pictures are listed; open a folder of sorted ones, or take the names of a data set."))

    def _named(self, names: Sequence[str]) -> None:
        if self._dialog is not None:
            self._dialog.show_names(names)

    def _saved(self, problem: str) -> None:
        """The editor goes when what was typed is kept, and not before."""
        if self._saving and self._dialog is not None:
            self._saving = False
            if problem:
                self._dialog.show_problem(problem)
            else:
                self._dialog.close_saved()

    def _say(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.show_problem(sentence)

    def _closed(self) -> None:
        self._dialog, self._saving = None, False
        for job in (self._job, self._names, self._labels):
            job.forget()

    def _seen(self, answer: tuple[np.ndarray, Box]) -> None:
        if self._dialog is not None:
            self._dialog.preview.show_seen(*answer)

    def _failed(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.preview.show_error(sentence)


FEATURE = CardEditing
