"""A new reader study: which of the listed pictures, what is shown beside them, what is asked, in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QGroupBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QSpinBox,
    QWidget,
)

from gui.features.study.arms import Arms
from gui.panels.combo import Combo
from gui.panels.labels import fields, label
from gui.panels.scrolled import scrolled
from gui.panels.values import hear, put_values, values_of
from gui.pieces import button, column, held, named, row
from gui.texts import counted, tr
from gui.theme import set_role
from tfcore.engine.protocol import Progress
from tfcore.review.study import QUESTIONS

_USUAL = ("rating", "diagnosis", "confidence")


class StudyForm(QDialog):
    """``made`` says with which settings; whoever hears it computes."""

    # As an object: Qt would put the questions in the order of the alphabet.
    made = Signal(object)
    changed = Signal()
    cancelled = Signal()
    read_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("New reader study"))
        self.resize(660, 700)
        self._cases: Mapping[str, Sequence[str]] = {}
        self._labels: Mapping[str, str] = {}
        self._running = False
        self._title = named(
            QLineEdit(placeholderText=tr("What readers see as its name")), tr("title"), tr("It names no method")
        )
        self._which = named(Combo(20), tr("cases"), tr("Narrow the list first, by a star, a tag, a rating or a label"))
        self._which.currentIndexChanged.connect(lambda _: self._show_labels())
        # Labels that are a finding, also those that the chosen cases do not have.
        self._findings: set[str] = set()
        self._positive = named(
            QListWidget(), tr("labels that are a finding"), tr("Sensitivity, specificity and AUC are of these")
        )
        self._positive.setMaximumHeight(90)
        self._positive.setSpacing(2)
        self._positive.itemChanged.connect(self._tick)
        self._once = named(
            QCheckBox(tr("Each reader sees a case in one arm only")), tr("once"), tr("Else in every arm, far apart")
        )
        self._leaf = named(
            QCheckBox(tr("Readers leaf through the slices of volumes")),
            tr("leaf"),
            tr("With the heat on each; else they see one"),
        )
        self._leaf.setChecked(True)
        self._arms = Arms()
        self._washout = named(
            QSpinBox(maximum=0, suffix=tr(" other cases")),
            tr("washout"),
            tr("So many other cases lie at least between two sights of one"),
        )
        self._days = named(
            QDoubleSpinBox(decimals=1, maximum=3650, suffix=tr(" days")),
            tr("days"),
            tr("Between two times through all cases"),
        )
        for box in (self._washout, self._days):
            self._once.toggled.connect(box.setDisabled)
        self._seed = named(QSpinBox(maximum=10**9), tr("seed"), tr("Settles who sees what when"))
        self._state, self._bar = named(label(), tr("state of the study")), QProgressBar(textVisible=False)
        self._bar.hide()
        self._make = button(
            tr("Make…"), tr("Choose a file; what the arms show is computed now"), self._ask, role="primary"
        )
        # Enter means this one, and not the first of all buttons.
        self._make.setDefault(True)
        self._stop = button(tr("Cancel"), "", self.cancelled.emit)
        self._read = button(tr("Read it now"), tr("As a reader sees it"), self.read_wanted.emit)
        self._questions = {kind: self._question(kind, tr(words)) for kind, words in QUESTIONS.items()}
        self._build()
        self._fields: dict[str, QWidget] = {"cases": self._which, "title": self._title}
        self._fields |= {
            "once": self._once,
            "leaf": self._leaf,
            "washout": self._washout,
            "days": self._days,
            "seed": self._seed,
        }
        for kind, (tick, line) in self._questions.items():
            self._fields |= {f"ask {kind}": tick, f"words of {kind}": line}
        hear(self._fields, self.changed.emit)
        self._arms.changed.connect(self.changed)
        self._arms.refused.connect(lambda why: self._say(why, "error"))
        self._allow()

    def offer(
        self,
        cases: Mapping[str, Sequence[str]],
        labels: Mapping[str, str],
        method: str,
        layer: str | None,
        stages: Sequence[str] = (),
    ) -> None:
        """The pictures that can be cases, what they show, the method and the layer that are looked at, and others."""
        self._cases, self._labels, before = cases, labels, self._which.currentData()
        self._which.clear()
        for words, pictures in cases.items():
            self._which.addItem(f"{words}: {counted(len(pictures), 'picture')}", words)
        self._which.setCurrentIndex(max(0, self._which.findData(before)))
        self._arms.offer(method, layer, stages)
        self._show_labels()

    # --- how it goes ---

    def show_progress(self, event: Progress) -> None:
        self._bar.setRange(0, event.total)
        self._bar.setValue(event.done)

    def show_made(self, words: str) -> None:
        self._end(words)
        self._read.show()

    def show_failed(self, sentence: str) -> None:
        self._end(sentence, "error")

    def show_running(self) -> None:
        self._say(tr("Computing what the arms show …"))
        self._bar.setRange(0, 0)
        self._bar.show()
        self._read.hide()
        self._running = True
        self._allow()

    def _end(self, words: str, role: str = "") -> None:
        self._running = False
        self._bar.hide()
        self._say(words, role)
        self._allow()

    def _say(self, words: str, role: str = "") -> None:
        set_role(self._state, role)
        self._state.setText(words)

    def _allow(self) -> None:
        self._make.setEnabled(not self._running)
        self._stop.setEnabled(self._running)

    # --- what is wanted ---

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        return values_of(self._fields) | {"arms": self._arms.texts(), "positive": sorted(self._findings)}

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """Fields as they were before."""
        put_values(self._fields, held)
        if "arms" in held:
            self._arms.put(held["arms"])
        self._findings = set(held.get("positive", self._findings))
        self._show_labels()

    def settings(self) -> dict[str, Any]:
        """As a study is made of them."""
        asked = {kind: line.text().strip() for kind, (tick, line) in self._questions.items() if tick.isChecked()}
        labels = [self._positive.item(place) for place in range(self._positive.count())]
        return {
            "pictures": list(self._cases.get(self._which.currentData(), ())),
            "labels": dict(self._labels),
            "arms": self._arms.texts(),
            "questions": asked,
            "positive": [item.text() for item in labels if item.checkState() == Qt.CheckState.Checked],
            "once": self._once.isChecked(),
            "washout": self._washout.value(),
            "days": self._days.value(),
            "seed": self._seed.value(),
            "title": self._title.text().strip(),
            "leaf": self._leaf.isChecked(),
        }

    def _ask(self) -> None:
        wanted = self.settings()
        if not (wanted["pictures"] and wanted["arms"] and wanted["questions"]):
            self.show_failed(tr("A study needs pictures, at least one arm, and at least one question."))
        else:
            self.made.emit(wanted)

    # --- putting together ---

    def _build(self) -> None:
        form = fields((tr("&title"), self._title), (tr("&cases"), self._which), (tr("findings"), self._positive))
        asked = column(*(row(tick, (line, 1)) for tick, line in self._questions.values()), margins=None)
        order = fields((tr("&washout"), self._washout), (tr("&days"), self._days), (tr("&seed"), self._seed))
        inner = column(
            form,
            self._leaf,
            _group(tr("Arms: what is shown beside a case"), column(self._arms, margins=None)),
            _group(tr("Questions"), asked),
            _group(tr("Order"), column(self._once, order, margins=None)),
            ...,
            margins=(0, 0, 9, 0),
            spacing=9,
        )
        below = row(self._read, ..., self._stop, self._make)
        self._read.hide()
        self.setLayout(column((scrolled(held(inner)), 1), self._state, self._bar, below, margins=(12, 12, 12, 12)))

    def _question(self, kind: str, words: str) -> tuple[QCheckBox, QLineEdit]:
        tick = named(QCheckBox(tr(kind)), tr("ask: {kind}", kind=kind), words)
        tick.setChecked(kind in _USUAL)
        tick.setMinimumWidth(110)
        return tick, named(
            QLineEdit(placeholderText=words), tr("words of the {kind}", kind=kind), tr("In your words, if you like")
        )

    def _show_labels(self) -> None:
        pictures = self._cases.get(self._which.currentData(), ())
        found = dict.fromkeys(self._labels[picture] for picture in pictures if self._labels.get(picture))
        with QSignalBlocker(self._positive):
            self._positive.clear()
            for text in found:
                item = QListWidgetItem(text, self._positive)
                item.setFlags(Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsEnabled)
                item.setCheckState(Qt.CheckState.Checked if text in self._findings else Qt.CheckState.Unchecked)
                # Room for the whole of its box.
                item.setSizeHint(QSize(0, self.fontMetrics().height() + 6))
        self._positive.setEnabled(bool(found))
        if (most := max(0, len(pictures) - 1)) != self._washout.maximum():
            self._washout.setMaximum(most)
            self._washout.setValue(len(pictures) // 2)

    def _tick(self, item: QListWidgetItem) -> None:
        if item.checkState() == Qt.CheckState.Checked:
            self._findings.add(item.text())
        else:
            self._findings.discard(item.text())
        self.changed.emit()


def _group(title: str, inner: Any) -> QGroupBox:
    group = QGroupBox(title)
    group.setLayout(inner)
    return group
