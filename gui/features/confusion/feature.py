"""The confusion matrix in the window: follows labels and predictions, and narrows the list to one of its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from gui.export.where import ask_file
from gui.features.confusion.panel import ConfusionPanel, Pair
from gui.menus import Command
from gui.state import OneJob
from gui.texts import tr
from tfcore.errors import HeatlensError
from tfcore.figure.answers import write_answers
from tfcore.results import Heat, Prediction

if TYPE_CHECKING:
    from gui.desk import Desk

_HEIGHT = 300
_GROUP = "confusion"


class Confusion(QObject):
    """Counts what the list knows; the predictions themselves are kept for the table."""

    place = 41

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self.panel = ConfusionPanel()
        self.dock = desk.docks.add_drawer("Right and wrong", self.panel, _HEIGHT)
        self._keeping = OneJob(desk.engine, "keep_answers", self)
        self._keeping.failed.connect(lambda why: desk.jobs.history.add(why, "warning"))
        # Probabilities by picture, of the model in use.
        self._said: dict[str, np.ndarray] = {}
        self.dock.visibilityChanged.connect(lambda _: self._refresh())
        desk.browser.cases.judged.connect(self._refresh)
        desk.shown.annotated.connect(self._keep)
        desk.opening.opened.connect(lambda _: self._said.clear())
        self.panel.picked.connect(self._pick)
        self.panel.predict_wanted.connect(lambda: desk.menus.actions["Predict &all pictures"].trigger())
        self.panel.meaning_wanted.connect(lambda: desk.menus.actions["&What they mean…"].trigger())
        self.panel.save_wanted.connect(self.save)
        what = tr("What is predicted against what the pictures really show; click a number to see its pictures")
        desk.menus.add([Command("Eval&uate", "&Right and wrong…", self.dock.open, "Ctrl+Shift+R", "mdi6.grid", what)])

    @property
    def settled(self) -> bool:
        """Nothing is computed here but the record of a table."""
        return self._keeping.idle

    def save(self) -> None:
        """Ask for a file, and write what is known of the listed pictures, as ``heatlens predict`` has it."""
        if (path := ask_file(self._desk, tr("Save the predictions"), "predictions.csv", tr("Tables (*.csv)"))) is None:
            return
        browser, model = self._desk.browser, self._desk.opening.now
        said = [picture for picture in browser.paths() if picture in self._said]
        rows = [(picture, browser.verdict(picture)[0] or None, self._said[picture]) for picture in said]
        try:
            write_answers(rows, model.info.classes if model else (), path, True)
        except HeatlensError as error:
            self._desk.jobs.history.add(str(error), "error")
        else:
            left = len(browser.paths()) - len(rows)
            missing = tr("; {left} are not predicted yet", left=left) if left else ""
            self._desk.jobs.history.add(
                tr("{n} predictions are in {path}{missing}.", n=len(rows), path=path, missing=missing)
            )
            if model is not None:
                asked = model.asked(table=str(path), pictures=said, labels=[label for _, label, _ in rows])
                self._keeping.ask(asked, tr("record of {name}", name=path.name))

    def _keep(self, said: Heat | Prediction) -> None:
        self._said[said.path] = said.probabilities

    def _refresh(self) -> None:
        if self.dock.isHidden():
            return
        counts = {pair: len(paths) for pair, paths in self._desk.browser.cases.pairs().items()}
        info = self._desk.opening.info
        known = dict.fromkeys(info.classes if info else ())
        known |= dict.fromkeys(name for pair in counts for name in pair)
        self.panel.show_counts(list(known), counts, len(self._said))

    def _pick(self, pair: Pair | None) -> None:
        cases = self._desk.browser.cases
        if pair is None:
            cases.offer(_GROUP, {})
            return
        name = tr("{label} as {predicted}", label=pair[0], predicted=pair[1])
        paths = cases.pairs().get(pair, [])
        cases.offer(_GROUP, {name: {path: float(rank) for rank, path in enumerate(paths, 1)}}, show=name)
