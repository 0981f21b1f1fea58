"""The live preview of the card editor: what the network would see by the settings as they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui.panels import CardDialog
from gui.state import OneJob
from tfcore.results import Box

if TYPE_CHECKING:
    import numpy as np

    from gui.desk import Desk


class Previewing(QObject):
    """Asks the engine whenever the open editor wants another preview; late answers to older settings are dropped."""

    place = 40

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._explaining, self._opening = desk.explaining, desk.opening
        self._dialog: CardDialog | None = None
        self._job = OneJob(desk.engine, "preview_card", self)
        self._job.answered.connect(self._seen)
        self._job.failed.connect(self._failed)
        self._job.cancelled.connect(lambda: self._failed("The preview was cancelled."))
        desk.model.card_edited.connect(self._edited)
        desk.explaining.picture_shown.connect(lambda _: self._begin())

    @property
    def settled(self) -> bool:
        """The preview shows the settings as they stand."""
        return self._job.idle and (self._dialog is None or self._dialog.settled)

    def _edited(self, dialog: CardDialog) -> None:
        self._dialog = dialog
        dialog.preview_wanted.connect(self._ask)
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
            self._job.ask(arguments, f"preview · {picture.path.name}", priority=1)

    def _closed(self) -> None:
        self._dialog = None
        self._job.forget()

    def _seen(self, answer: tuple[np.ndarray, Box]) -> None:
        if self._dialog is not None:
            self._dialog.preview.show_seen(*answer)

    def _failed(self, sentence: str) -> None:
        if self._dialog is not None:
            self._dialog.preview.show_error(sentence)


FEATURE = Previewing
