"""Below the method, while several models are asked as one: whose heat lies over the picture, and how far they agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gui.panels.combo import Combo
from gui.panels.labels import fields, label
from gui.pieces import button, column, named
from gui.texts import tr
from gui.theme import set_role
from tfcore.results import Heat, Sureness

OWN, MEAN, SPREAD = tr("of the open model"), tr("mean of all"), tr("spread of all")
# Of networks that segment, pixel by pixel: as it is called here and in a Sureness.
PIXELS = {"disagreement of all": "mutual information", "uncertainty of all": "entropy"}
_WHAT = tr(
    "Whose heat lies over the picture: each map is divided by its highest value before mean and spread are taken"
)


class Choice(QWidget):
    """Signals out, setters in."""

    changed = Signal()
    export_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pick = named(Combo(), tr("heat of the models"), _WHAT)
        self._words = named(label(role="quiet"), tr("agreement of the models"))
        self._words.setToolTip(
            tr(
                "Disagreement: what the models say differently (mutual information). Uncertainty: for "
                "whatever reason (entropy of their mean)"
            )
        )
        what = tr("A figure of the heat of each model, their mean and their spread, with its record")
        self._export = button(tr("Export heat of each…"), what, self.export_wanted.emit)
        self._pick.activated.connect(self.changed)
        self.setLayout(column(fields((tr("Heat"), self._pick)), self._words, self._export, spacing=4))
        self.hide()

    @property
    def place(self) -> int | None:
        """Of the heat that was picked, among those of the members with mean and spread behind them."""
        place = self._pick.currentData()
        return place if isinstance(place, int) else None

    @property
    def pixels(self) -> str:
        """What of every pixel was picked in place of heat."""
        return PIXELS.get(self.picked, "")

    @property
    def picked(self) -> str:
        return self._pick.currentText()

    def offer(self, members: Sequence[str], pixels: bool = False) -> None:
        """These are asked as one, to every pixel or not; none: one model is asked alone."""
        self.setVisible(bool(members))
        count, more = len(members), PIXELS if pixels else {}
        texts = [OWN, MEAN, SPREAD, *more, *members]
        if texts != [self._pick.itemText(at) for at in range(self._pick.count())] or not members:
            self._pick.clear()
            for text, place in zip(texts, (None, count, count + 1, *more.values(), *range(count)), strict=True):
                self._pick.addItem(text, place)

    def show_said(self, found: Sureness | None, heats: Sequence[Heat] | None, problem: str) -> None:
        """What they differ in, or why that is not known."""
        set_role(self._words, "error" if problem else "quiet")
        self._export.setEnabled(heats is not None)
        if problem or found is None:
            self._words.setText(problem or tr("computing …"))
            return
        told = [
            tr("disagreement {mean:.3f} nats", mean=np.mean(found.mutual_information)),
            tr(
                "uncertainty {mean:.3f} of {largest_entropy:.3f} nats",
                mean=np.mean(found.entropy),
                largest_entropy=found.largest_entropy,
            ),
        ]
        if found.structures is not None:
            told.append(found.structures.said_by("model", "models"))
        if heats is not None and np.isfinite(alike := heats[-1].made["rank_correlation"]):
            told.append(tr("rank correlation of their heat {alike:.2f}", alike=alike))
        self._words.setText(" · ".join(told))
