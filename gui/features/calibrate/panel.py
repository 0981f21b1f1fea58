"""What is asked (data, side, how often a set may miss), and what was found: the diagram, figures, class by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from gui.canvas.graphics import pg
from gui.panels.combo import Combo
from gui.panels.data_side import DataSide
from gui.panels.labels import fields, label
from gui.panels.number_box import NumberBox
from gui.panels.plot import Plot
from gui.panels.rows_table import RowsTable
from gui.panels.running import Running
from gui.panels.scrolled import scrolled, sideways
from gui.panels.values import hear, put_values, values_of
from gui.pieces import beside, button, column, held, named, row
from gui.theme import colour
from tfcore.results import Calibrated, Calibration, MaskRisk, ModelInfo

_CHOOSE = "Choose pictures with labels that the network has not learnt from"
_SCORES = {"lac": "lac, the smallest", "aps": "aps, adaptive"}
# What is said below the first line.
_FIGURES = {"adaptive_ece": "Adaptive ECE", "mce": "MCE", "brier": "Brier score", "nll": "NLL"}
_LEARNT = "also pictures it has learnt from"
_MISS = (
    "In how many of 100 pictures the set may not hold the truth; of a network that segments, how much of a structure"
)


class CalibratePanel(QWidget):
    """Signals out, setters in."""

    # A kind of job, and what it is asked: calibrate or mask_risk, and reference.
    wanted = Signal(str, dict)
    # What the model's card is to say.
    kept = Signal(dict)
    # What was found is to be written.
    save_asked = Signal()
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.asked = DataSide(("val", "test"))
        self.running = Running("Start", "Answer the pictures and compare", "state of the calibration")
        self._missing = named(NumberBox(0.1, 50, 10), "may miss", _MISS)
        self._missing.setSuffix(" %")
        self._missing.setValue(10)
        self._score = named(Combo(), "kind of sets", "How sets are formed; both keep the promise")
        for name, words in _SCORES.items():
            self._score.addItem(words, name)
        told = "On those it is surer than it should be; the card then says how many there were"
        self._force = named(QCheckBox(_LEARNT), _LEARNT, told)
        self._learn = button(
            "Learn what is usual",
            "These are the training pictures: pictures unlike them are noticed from now on, also by predict",
            self._ask_learnt,
        )
        small = "Keep small copies of some of them, shown beside a picture unlike them; whoever gets the file sees them"
        self._small = named(QCheckBox("with thumbnails"), "with thumbnails", small)
        self._keep = button(
            "Keep in the card",
            "Probabilities are calibrated and sets are shown from now on, here and on the command line",
            self._emit_kept,
            "mdi6.card-bulleted-outline",
        )
        self._remove = button(
            "Remove", "Out of the card: probabilities as the network gives them, without sets", self._emit_removed
        )
        written = "The figures, the bins and the reliability diagram, with their recipe, into a folder"
        self._save = button("Save…", written, self.save_asked.emit, "mdi6.content-save-outline")
        self._facts = label(role="quiet")
        said = "Bars: as the network answers; points: with the temperature, held out"
        self._plot = Plot("reliability diagram", said, "probability of the answer", "share that is right")
        self._plot.setRange(xRange=(0, 1), yRange=(0, 1), padding=0.02)
        self._table = RowsTable("calibration class by class")
        self._found: Calibrated | None = None
        # What the card would say, and of which model that was found.
        self._told: dict[str, Any] = {}
        self._of = ""
        self._notes: Sequence[str] = ()
        self._model: ModelInfo | None = None
        self._build()
        self._fields = {"missing": self._missing, "score": self._score, "small": self._small}
        hear(self._fields, self.changed.emit)
        self.asked.changed.connect(self.changed)
        self.changed.connect(self._allow)
        self.running.started.connect(self._ask)
        self.running.ended.connect(self._allow)
        self._allow()

    # --- setters ---

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        return self.asked.question() | values_of(self._fields)

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """Fields as they were before."""
        put_values(self._fields, held)
        self.asked.restore(held)

    def show_model(self, info: ModelInfo | None) -> None:
        """The model in use: its card may say something already."""
        if self._of and (info is None or info.name != self._of):
            self._take("", None, {}, [])
            self.running.end("")
        self._model = info
        self._plot.setVisible(not self._segments)
        self._score.setVisible(not self._segments)
        self._allow()

    def show_found(self, found: Calibrated) -> None:
        said = f"{found.n} pictures of {found.on}: accuracy {found.accuracy:.3f}, ECE {found.before.ece:.3f}"
        if found.after is not None:
            said += f" → {found.after.ece:.3f} with temperature {found.calibration['temperature']:.2f}"
        self.running.end(said)
        after = found.after.figures if found.after is not None else {}
        figures = ", ".join(
            f"{name} {found.before.figures[key]:.3f}{f' → {after[key]:.3f}' if after else ''}"
            for key, name in _FIGURES.items()
        )
        told = {"calibration": dict(found.calibration), "sets": dict(found.sets)}
        each = zip(found.classes, found.counts, found.class_ece, found.coverage, strict=True)
        rows = [
            {
                "class": name,
                "pictures": str(int(count)),
                "ECE": f"{ece:.3f}",
                "in set": "—" if np.isnan(covered) else f"{covered:.0%}",
            }
            for name, count, ece, covered in each
        ]
        self._take(found.model, found, told if any(told.values()) else {}, rows, [f"{figures}.", *found.notes])

    def show_missed(self, answer: tuple[tuple[MaskRisk, ...], dict[str, Any], tuple[str, ...]]) -> None:
        """From which probability on each structure is taken, so that no more of it is missed than wished."""
        found, told, left = answer
        few = [each.structure for each in found if not each.threshold]
        said = f"Of {', '.join(few)} there are too few cases to promise anything" if few else ""
        self.running.end(said or "Once kept in the card, the thresholds are marked beside the mask.")
        assert self._model is not None
        self._take(self._model.name, None, told, [each.row() for each in found], left)

    def show_learnt(self, info: ModelInfo) -> None:
        self.running.end(f"{info.name} notices pictures unlike these from now on.")

    # --- inside ---

    @property
    def _segments(self) -> bool:
        return self._model is not None and self._model.task == "segmentation"

    def _take(
        self,
        of: str,
        found: Calibrated | None,
        told: dict[str, Any],
        rows: list[dict[str, str]],
        notes: Sequence[str] = (),
    ) -> None:
        self._of, self._found, self._told, self._notes = of, found, told, notes
        self._table.show_rows(rows)
        self._draw()
        self._allow()

    def _build(self) -> None:
        self._table.setMinimumHeight(120)
        form = fields(("May miss", self._missing), ("Sets", self._score))
        asked = column(self.asked, form, self._force, row(self._learn, self._small, ...), ..., margins=(9, 9, 9, 9))
        # One below the other: the drawer is narrow.
        buttons = column(self._keep, self._remove, self._save)
        found = scrolled(held(column(self._facts, (self._table, 1))))
        numbers = column(self.running, (found, 1), buttons, margins=(9, 9, 9, 9))
        right = beside(self._plot, held(numbers), (190, 420))
        self.setLayout(column(sideways(beside(scrolled(held(asked)), right, (260, 700)))))

    def _ask(self) -> None:
        request = {**self.asked.question(), "alpha": self._missing.value() / 100, "force": self._force.isChecked()}
        self._want("mask_risk" if self._segments else "calibrate", request)

    def _ask_learnt(self) -> None:
        self._want("reference", {**self.asked.question(), "thumbnails": self._small.isChecked()})

    def _want(self, kind: str, request: dict[str, Any]) -> None:
        if kind == "calibrate":
            request["score"] = self._score.currentData()
        self.running.begin()
        self._allow()
        self.wanted.emit(kind, request)

    def _emit_kept(self) -> None:
        self.kept.emit(self._told)

    def _emit_removed(self) -> None:
        self.kept.emit({"calibration": {}, "sets": {}, "missed": {}})

    def _allow(self) -> None:
        data = self.asked.data
        lacks = "Open a model first" if self._model is None else data.missing() if data.path() else _CHOOSE
        self.running.allow(lacks)
        self._learn.setEnabled(not self.running.busy and not lacks)
        self._keep.setEnabled(not self.running.busy and bool(self._told))
        self._save.setEnabled(not self.running.busy and self._found is not None)
        self._save.setVisible(not self._segments)
        card = {} if self._model is None else self._model.card
        origin = card.get("calibration") or card.get("sets") or card.get("missed")
        self._remove.setVisible(bool(origin))
        facts = [*self._notes]
        if origin:
            trained_on = f", {count} of which it has learnt from" if (count := origin.get("learnt from")) else ""
            facts.insert(0, f"The card is calibrated on {origin.get('on', 'other pictures')}{trained_on}.")
        if usual := card.get("reference"):
            pictures = f"{usual.get('pictures')} pictures of {usual.get('on')}"
            facts.append(f"What is usual is known from {pictures}.")
        self._facts.setText("\n".join(facts))
        self._facts.setVisible(bool(facts))

    def _draw(self) -> None:
        found = self._found
        self._plot.clear()
        pen = pg.mkPen(colour("quiet"), width=1)
        self._plot.plot([0, 1], [0, 1], pen=pen)
        if found is None:
            return
        self._plot.addItem(_bars(found.before))
        if found.after is not None:
            self._plot.addItem(_dots(found.after))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
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
