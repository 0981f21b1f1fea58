"""What is asked (data, side, how often a set may miss), and what was found: the diagram, figures, class by class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QHeaderView,
    QProgressBar,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from gui.canvas.graphics import pg
from gui.panels.combo import Combo
from gui.panels.data_picker import DataPicker
from gui.panels.labels import label
from gui.panels.number_box import NumberBox
from gui.panels.scrolled import scrolled, sideways
from gui.pieces import beside, button, column, held, named, row
from gui.theme import colour, set_role
from tfcore.engine.protocol import Progress
from tfcore.results import Calibrated, Calibration, ModelInfo

_ALL = "all pictures"
_ASK = "Choose pictures with labels that the network has not learnt from, then start."
_SCORES = {"lac": "lac, the smallest", "aps": "aps, adaptive"}
_TITLES = ("class", "pictures", "ECE", "in set")


class CalibratePanel(QWidget):
    """Signals out, setters in."""

    started = Signal(dict)
    # What the training pictures look like is to be learnt.
    learnt = Signal(dict)
    cancelled = Signal()
    # What the model's card is to say.
    kept = Signal(dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = DataPicker()
        self._split = named(Combo(), "side of the data", "Which side of the data is answered")
        self._split.addItem(_ALL)
        self._missing = named(
            NumberBox(0.1, 50, 10), "sets may miss", "In how many of 100 pictures the set may not hold the truth"
        )
        self._missing.setSuffix(" %")
        self._missing.setValue(10)
        self._score = named(Combo(), "kind of sets", "How sets are formed; both keep the promise")
        for name, words in _SCORES.items():
            self._score.addItem(words, name)
        self._start = button("Start", "Answer the pictures and compare", self._ask, role="primary")
        self._learn = button(
            "Learn what is usual",
            "These are the training pictures: pictures unlike them are noticed from now on, also by predict",
            self._ask_learnt,
        )
        self._cancel = button("Cancel", "", self.cancelled.emit)
        self._keep = button(
            "Keep in the card",
            "Probabilities are calibrated and sets are shown from now on, here and on the command line",
            self._emit_kept,
            "mdi6.card-bulleted-outline",
        )
        self._remove = button(
            "Remove", "Out of the card: probabilities as the network gives them, without sets", self._emit_removed
        )
        self._state, self._facts = label(_ASK), label(role="quiet")
        self._state.setAccessibleName("state of the calibration")
        self._bar = QProgressBar(textVisible=False)
        self._bar.hide()
        self._plot = pg.PlotWidget()
        named(self._plot, "reliability diagram", "Bars: as the network answers; points: with the temperature, held out")
        self._table = named(QTableWidget(0, len(_TITLES)), "calibration class by class")
        self._table.setHorizontalHeaderLabels(_TITLES)
        self._found: Calibrated | None = None
        self._model: ModelInfo | None = None
        self._running = False
        self._build()
        self.data.chosen.connect(lambda _: self._allow())
        self._allow()

    # --- setters ---

    def show_model(self, info: ModelInfo | None) -> None:
        """The model in use: its card may say something already."""
        if self._found is not None and (info is None or info.name != self._found.model):
            self._found = None
            self._draw()
            self._say(_ASK)
        self._model = info
        self._allow()

    def show_data(self, facts: Mapping[str, Any]) -> None:
        self.data.show_facts(facts)
        before = self._split.currentText()
        self._split.clear()
        self._split.addItems([_ALL, "train", "val", "test"])
        # Of a trained model the sides are known from its run; what the data say comes first.
        usual = next((name for name in ("val", "test") if name in facts["splits"]), before)
        self._split.setCurrentIndex(max(0, self._split.findText(usual)))
        self._allow()

    def show_progress(self, event: Progress) -> None:
        self._say(event.text)
        self._bar.setRange(0, event.total)
        self._bar.setValue(event.done)

    def show_found(self, found: Calibrated) -> None:
        self._running, self._found = False, found
        self._bar.hide()
        said = f"{found.n} pictures of {found.on}: accuracy {found.accuracy:.3f}, ECE {found.before.ece:.3f}"
        if found.after is not None:
            said += f" → {found.after.ece:.3f} with temperature {found.calibration['temperature']:.2f}"
        self._say(said)
        self._draw()
        self._allow()

    def show_learnt(self, info: ModelInfo) -> None:
        self._running = False
        self._bar.hide()
        self._say(f"{info.name} notices pictures unlike these from now on.")
        self._allow()

    def show_failed(self, sentence: str) -> None:
        self._running = False
        self._bar.hide()
        self._say(sentence, "error")
        self._allow()

    # --- inside ---

    def _build(self) -> None:
        form = QFormLayout()
        form.addRow("Side", self._split)
        form.addRow("Sets may miss", self._missing)
        form.addRow("Sets", self._score)
        for widget in (self._plot, self._table):
            widget.setMinimumHeight(120)
        self._plot.setMinimumWidth(190)
        self._plot.setMenuEnabled(False)
        self._plot.setMouseEnabled(False, False)
        self._plot.hideButtons()
        self._plot.setRange(xRange=(0, 1), yRange=(0, 1), padding=0.02)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.verticalHeader().hide()
        self._table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._table.horizontalHeader().setStretchLastSection(True)
        buttons = row(self._start, self._learn, self._cancel, ...)
        asked = column(self.data, form, buttons, ..., margins=(9, 9, 9, 9))
        numbers = column(self._state, self._bar, self._facts, (self._table, 1), row(self._keep, self._remove, ...))
        right = beside(self._plot, held(numbers), (220, 380))
        self.setLayout(column(sideways(beside(scrolled(held(asked)), right, (260, 700)))))
        self._dress()

    def _ask(self) -> None:
        self.started.emit({**self._asked(), "alpha": self._missing.value() / 100, "score": self._score.currentData()})

    def _ask_learnt(self) -> None:
        self.learnt.emit(self._asked())

    def _asked(self) -> dict[str, Any]:
        """The pictures and their side; from here on it is waited for."""
        self._running = True
        self._say("waiting for the engine …")
        self._bar.setRange(0, 0)
        self._bar.show()
        self._allow()
        split = self._split.currentText()
        return {**self.data.question(), "split": None if split == _ALL else split}

    def _emit_kept(self) -> None:
        if self._found is not None:
            self.kept.emit({"calibration": dict(self._found.calibration), "sets": dict(self._found.sets)})

    def _emit_removed(self) -> None:
        self.kept.emit({"calibration": {}, "sets": {}})

    def _allow(self) -> None:
        card = {} if self._model is None else self._model.card
        said = bool(card.get("calibration") or card.get("sets"))
        for asking in (self._start, self._learn):
            asking.setEnabled(not self._running and bool(self.data.path()) and self._model is not None)
        self._cancel.setVisible(self._running)
        found = self._found
        self._keep.setEnabled(not self._running and found is not None and bool(found.calibration or found.sets))
        self._remove.setVisible(said)
        facts = [*(() if found is None else found.notes)]
        if said:
            origin = card.get("calibration") or card["sets"]
            facts.insert(0, f"The card is calibrated on {origin.get('on', 'other pictures')}.")
        if usual := card.get("reference"):
            pictures = f"{usual.get('pictures')} pictures of {usual.get('on')}"
            facts.append(f"What is usual is known from {pictures}.")
        self._facts.setText("\n".join(facts))
        self._facts.setVisible(bool(facts))

    def _say(self, text: str, role: str = "") -> None:
        self._state.setText(text)
        set_role(self._state, role)

    def _draw(self) -> None:
        found = self._found
        self._plot.clear()
        self._table.setRowCount(0)
        pen = pg.mkPen(colour("quiet"), width=1)
        self._plot.plot([0, 1], [0, 1], pen=pen)
        if found is None:
            return
        self._plot.addItem(_bars(found.before))
        if found.after is not None:
            self._plot.addItem(_dots(found.after))
        self._table.setRowCount(len(found.classes))
        rows = zip(found.classes, found.counts, found.class_ece, found.coverage, strict=True)
        for place, (name, count, ece, covered) in enumerate(rows):
            texts = (name, str(int(count)), f"{ece:.3f}", "—" if np.isnan(covered) else f"{covered:.0%}")
            for across, text in enumerate(texts):
                self._table.setItem(place, across, QTableWidgetItem(text))

    def _dress(self) -> None:
        self._plot.setBackground(colour("base"))
        for side, words in (("bottom", "probability of the answer"), ("left", "share that is right")):
            axis = self._plot.getAxis(side)
            axis.setPen(colour("border"))
            axis.setTextPen(colour("quiet"))
            axis.setLabel(words)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._dress()
            self._draw()
        super().changeEvent(event)


def _bars(bins: Calibration) -> Any:
    """How often answers of each probability are right."""
    filled = bins.count > 0
    middle, width = (bins.edges[:-1] + bins.edges[1:]) / 2, np.diff(bins.edges)
    return pg.BarGraphItem(
        x=middle[filled], height=bins.accuracy[filled], width=width[filled] * 0.96, brush=(74, 155, 224, 170), pen=None
    )


def _dots(bins: Calibration) -> Any:
    """The same after the temperature."""
    filled = bins.count > 0
    return pg.ScatterPlotItem(x=bins.confidence[filled], y=bins.accuracy[filled], size=7, brush="#e08e2b", pen=None)
