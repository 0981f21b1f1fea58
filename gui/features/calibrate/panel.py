"""What is asked (data, side, how often a set may miss), and what was found: the diagram, figures, class by class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QTableWidget, QWidget

from gui.features.calibrate.diagram import Diagram
from gui.panels.combo import Combo
from gui.panels.data_side import DataSide
from gui.panels.labels import fields, label
from gui.panels.meaning import Meaning, labels_of
from gui.panels.number_box import NumberBox
from gui.panels.rows_table import RowsTable
from gui.panels.running import Running
from gui.panels.scrolled import scrolled, sideways
from gui.panels.values import hear, put_values, values_of
from gui.pieces import beside, button, column, held, named, row
from gui.texts import tr
from tfcore.results import Calibrated, Calibration, MaskRisk, ModelInfo

_CHOOSE = tr("Choose pictures with labels that the network has not learnt from")
_SCORES = {"lac": tr("lac, the smallest"), "aps": tr("aps, adaptive")}
# As columns are called, of the answers and of each class.
_FIGURES = {"ece": "ECE", "brier": tr("Brier"), "nll": "NLL", "adaptive_ece": tr("adaptive ECE"), "mce": "MCE"}
_TIPS = {
    tr("class"): tr("Click a row: the diagram is that of this class against all others"),
    tr("in set"): tr("Share of the pictures whose set holds their class, held out"),
    "ECE": tr("How far probability and share lie apart, over bins; after the arrow with the temperature, held out"),
    tr("adaptive ECE"): tr("The same over bins of as many pictures each"),
    "MCE": tr("In the bin where they lie furthest apart"),
}
_LEARNT = tr("also pictures it has learnt from")
_MISS = tr(
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
        self._meaning = Meaning()
        self.running = Running(tr("Start"), tr("Answer the pictures and compare"), tr("state of the calibration"))
        self._missing = named(NumberBox(0.1, 50, 10), tr("may miss"), _MISS)
        self._missing.setSuffix(" %")
        self._missing.setValue(10)
        self._score = named(Combo(), tr("kind of sets"), tr("How sets are formed; both keep the promise"))
        for name, words in _SCORES.items():
            self._score.addItem(words, name)
        self._form = fields((tr("May miss"), self._missing), (tr("Sets"), self._score))
        told = tr("On those it is surer than it should be; the card then says how many there were")
        self._force = named(QCheckBox(_LEARNT), _LEARNT, told)
        self._learn = button(
            tr("Learn what is usual"),
            tr("These are the training pictures: pictures unlike them are noticed from now on, also by predict"),
            self._ask_learnt,
        )
        small = tr(
            "Keep small copies of some of them, shown beside a picture unlike them; whoever gets the file sees them"
        )
        self._small = named(QCheckBox(tr("with thumbnails")), tr("with thumbnails"), small)
        self._keep = button(
            tr("Keep in the card"),
            tr("Probabilities are calibrated and sets are shown from now on, here and on the command line"),
            self._emit_kept,
            "mdi6.card-bulleted-outline",
        )
        self._remove = button(
            tr("Remove"),
            tr("Out of the card: probabilities as the network gives them, without sets"),
            self._emit_removed,
        )
        written = tr("The figures, the bins and the reliability diagram, with their recipe, into a folder")
        self._save = button(tr("Save…"), written, self.save_asked.emit, "mdi6.content-save-outline")
        self._facts = label(role="quiet")
        self._plot, self._table = Diagram(), RowsTable(tr("calibration class by class"), _TIPS)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.currentCellChanged.connect(lambda row, *_: self._draw(max(0, row)))
        self._found: Calibrated | None = None
        # What the card would say, and of which model that was found.
        self._told: dict[str, Any] = {}
        self._of = ""
        self._notes: Sequence[str] = ()
        self._model: ModelInfo | None = None
        self._labels: list[str] = []
        self._build()
        self._fields = {"missing": self._missing, "score": self._score, "small": self._small}
        hear(self._fields, self.changed.emit)
        for part in (self.asked, self._meaning):
            part.changed.connect(self.changed)
        self.changed.connect(self._allow)
        self.running.started.connect(self._ask)
        self.running.ended.connect(self._allow)
        self._allow()

    # --- setters ---

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        return self.asked.question() | {"map": self._meaning.stated()} | values_of(self._fields)

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """Fields as they were before."""
        put_values(self._fields, held)
        self._meaning.set_stated(held.get("map", {}))
        self.asked.restore(held)

    def show_facts(self, facts: Mapping[str, Any]) -> None:
        """What the data set was taken for."""
        self._labels = labels_of(facts)
        self._ask_meaning()
        self.asked.show_facts(facts)

    def show_model(self, info: ModelInfo | None) -> None:
        """The model in use: its card may say something already."""
        if self._of and (info is None or info.name != self._of):
            self._take("", None, {}, [])
            self.running.end("")
        self._model = info
        self._plot.setVisible(not self._segments)
        self._form.setRowVisible(self._score, not self._segments)
        self._ask_meaning()
        self._allow()

    def show_found(self, found: Calibrated) -> None:
        said = tr(
            "{n} pictures of {on}: accuracy {accuracy:.3f}, ECE {ece:.3f}",
            n=found.n,
            on=found.on,
            accuracy=found.accuracy,
            ece=found.before.ece,
        )
        if found.after is not None:
            said += tr(
                " → {ece:.3f} with temperature {temperature:.2f}",
                ece=found.after.ece,
                temperature=found.calibration["temperature"],
            )
        self.running.end(said)
        told = {"calibration": dict(found.calibration), "sets": dict(found.sets)}
        counts, covered = (found.n, *found.counts), (float("nan"), *found.coverage)
        rows = [_row(*each) for each in zip(found.diagrams, counts, covered, strict=True)]
        self._take(found.model, found, told if any(told.values()) else {}, rows, found.notes)

    def show_missed(self, answer: tuple[tuple[MaskRisk, ...], dict[str, Any], tuple[str, ...]]) -> None:
        """From which probability on each structure is taken, so that no more of it is missed than wished."""
        found, told, left = answer
        few = [each.structure for each in found if not each.threshold]
        said = tr("Of {few} there are too few cases to promise anything", few=", ".join(few)) if few else ""
        self.running.end(said or tr("Once kept in the card, the thresholds are marked beside the mask."))
        assert self._model is not None
        self._take(self._model.name, None, told, [each.row() for each in found], left)

    def show_learnt(self, info: ModelInfo) -> None:
        self.running.end(tr("{name} notices pictures unlike these from now on.", name=info.name))

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
        self._draw(0)
        self._allow()

    def _build(self) -> None:
        self._table.setMinimumHeight(100)
        self._table.verticalHeader().setDefaultSectionSize(24)
        learn = row(self._learn, self._small, ...)
        asked = column(self.asked, self._meaning, self._form, self._force, learn, ..., margins=(9, 9, 9, 9))
        words = scrolled(held(column(self.running, self._facts, ..., margins=(4, 9, 0, 0))))
        buttons = row(self._keep, self._remove, self._save, ...)
        # The table takes the whole width below: it has many columns.
        shown = (beside(self._plot, words, (180, 220)), 1), (self._table, 1), buttons
        right = held(column(*shown, margins=(0, 0, 4, 9)))
        self.setLayout(column(sideways(beside(scrolled(held(asked)), right, (260, 700)))))

    def _ask(self) -> None:
        request = {**self.asked.question(), "alpha": self._missing.value() / 100, "force": self._force.isChecked()}
        if self._segments:
            self._want("mask_risk", request)
        else:
            self._want("calibrate", request | {"score": self._score.currentData(), "map": self._meaning.stated()})

    def _ask_learnt(self) -> None:
        self._want("reference", {**self.asked.question(), "thumbnails": self._small.isChecked()})

    def _want(self, kind: str, request: dict[str, Any]) -> None:
        self.running.begin()
        self._allow()
        self.wanted.emit(kind, request)

    def _emit_kept(self) -> None:
        self.kept.emit(self._told)

    def _emit_removed(self) -> None:
        self.kept.emit({"calibration": {}, "sets": {}, "missed": {}})

    def _allow(self) -> None:
        data = self.asked.data
        lacks = tr("Open a model first") if self._model is None else data.missing() if data.path() else _CHOOSE
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
            trained_on = (
                tr(", {count} of which it has learnt from", count=count) if (count := origin.get("learnt from")) else ""
            )
            facts.insert(
                0,
                tr(
                    "The card is calibrated on {on}{trained_on}.",
                    on=origin.get("on", "other pictures"),
                    trained_on=trained_on,
                ),
            )
        if usual := card.get("reference"):
            pictures = tr("{pictures} pictures of {on}", pictures=usual.get("pictures"), on=usual.get("on"))
            facts.append(tr("What is usual is known from {pictures}.", pictures=pictures))
        self._facts.setText("\n".join(facts))
        self._facts.setVisible(bool(facts))

    def _draw(self, row: int) -> None:
        self._plot.show_found(self._found, row)

    def _ask_meaning(self) -> None:
        """Of a network that segments, labels say nothing."""
        classes = {} if self._model is None else {"": self._model.classes}
        self._meaning.offer([] if self._segments else self._labels, classes)


def _row(diagram: tuple[str, Calibration, Calibration | None], pictures: int, covered: float) -> dict[str, str]:
    """Figures of the answers, whose name is empty, or of one class."""
    name, before, after = diagram
    gains = {key: "" if after is None else f" → {value:.3f}" for key, value in (after or before).figures.items()}
    return {
        tr("class"): name or tr("all answers"),
        tr("pictures"): str(int(pictures)),
        tr("in set"): "" if isnan(covered) else f"{covered:.0%}",
        **{title: f"{before.figures[key]:.3f}{gains[key]}" for key, title in _FIGURES.items()},
    }
