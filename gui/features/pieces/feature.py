"""Asks how a picture is cut while a method that covers super-pixels is chosen, and draws it."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QCheckBox

from gui.canvas.mask_item import Area
from gui.desk import Desk
from gui.pieces import named
from gui.state import Questions
from gui.texts import counted, tr
from tfcore.engine.protocol import Job

_AREAS = "super-pixels"
_COLOUR, _FILL = "#f0e442", 0.8


class Pieces(QObject):
    """Their number is a setting of the method: another number, and they are drawn anew."""

    # Above what else is said under the form.
    place = 8

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._answers = Questions(desk.engine, self)
        self._answers.ended.connect(lambda _: self._refresh())
        what = tr("The pieces that the method shows and covers as one; their number is set above")
        self._shown = named(QCheckBox(), tr("outlines of super-pixels"), what)
        self._shown.setChecked(True)
        self._shown.toggled.connect(lambda _: self._refresh())
        desk.method.add_below(self._shown)
        for changed in (desk.method.changed, desk.explaining.picture_shown, desk.opening.opened):
            changed.connect(lambda *_: self._refresh())
        self._refresh()

    @property
    def settled(self) -> bool:
        return self._answers.idle

    def _refresh(self) -> None:
        model, picture = self._desk.opening.now, self._desk.explaining.picture
        count = self._desk.method.request().params.get("superpixels")
        self._shown.setVisible(count is not None)
        areas: list[Area] = []
        if count is not None and model is not None and picture is not None:
            question: Hashable = (str(picture.path), model.key, count)
            found: tuple[np.ndarray, int] | None = self._answers.get(question)
            if found is not None:
                self._shown.setText(tr("outlines of {super_pixels}", super_pixels=counted(found[1], "super-pixel")))
                areas = [Area(found[0], _COLOUR, _FILL, Qt.PenStyle.NoPen)] if self._shown.isChecked() else []
            else:
                self._shown.setText(tr("outlines of super-pixels"))
                if self._shown.isChecked() and not self._answers.problem(question):
                    self._answers.withdraw(but=question)
                    asked = model.asked(picture=str(picture.path), count=count)
                    self._answers.ask(
                        question, Job("superpixels", asked, title=tr("super-pixels · {name}", name=picture.file.name))
                    )
        self._desk.canvas.views.show_areas([area for area in areas if area.inside.any()], _AREAS)
