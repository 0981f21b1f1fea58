"""The audit of a data set: what was found, in sentences, in numbers and in pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QTabWidget,
    QWidget,
)

from gui.features.audit import tables
from gui.features.audit.pairs import KINDS, PairsView
from gui.panels import DataPicker
from gui.panels.labels import label
from gui.pieces import beside, button, column, held, named, row
from gui.texts import counted, tr
from gui.theme import icon, set_role
from tfcore.engine.protocol import Progress

_EMPTY = tr("Copies, leaks between splits, broken files and shortcuts: drop a data set and run the audit.")


class AuditDialog(QDialog):
    """Signals out, setters in."""

    run_requested = Signal(str)
    cancel_requested = Signal()
    # The data set, to be trained on without its copies.
    train_requested = Signal(str)
    # The packed report, to be written.
    save_requested = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Audit of a data set"))
        self.resize(1080, 720)
        self.setAcceptDrops(True)
        self._found: Mapping[str, Any] | None = None
        self._known = False
        self.data = DataPicker()
        self.pairs = PairsView()
        self._build()
        self.data.chosen.connect(self._data_chosen)
        self.data.edited.connect(lambda: self._allow(running=not self.data.isEnabled()))
        self._show_state(_EMPTY)
        self._allow(running=False)

    def show_data(self, facts: Mapping[str, Any]) -> None:
        """What the data set was taken for."""
        self._known = True
        self.data.show_facts(facts)
        self._allow(running=False)

    def show_data_error(self, sentence: str) -> None:
        self.data.show_error(sentence)

    def show_running(self) -> None:
        self._clear()
        self._show_state(tr("waiting for the engine …"))
        self._bar.setRange(0, 0)
        self._bar.show()
        self._allow(running=True)

    def show_progress(self, event: Progress) -> None:
        seen = event.done == event.total
        self._show_state(
            tr("comparing them …")
            if seen
            else tr("{text} · {done} of {total}", text=event.text, done=event.done, total=event.total)
        )
        # Seen all, they are compared, and nobody knows how long that takes.
        self._bar.setRange(0, 0 if seen else event.total)
        self._bar.setValue(event.done)

    def show_found(self, found: Mapping[str, Any]) -> None:
        self._bar.hide()
        self._found = found
        sentences = found["findings"]
        count = counted(len(sentences), "finding") if sentences else tr("Nothing was found")
        pictures = found["pictures"]
        self._show_state(tr("{count} in {pictures}.", count=count, pictures=counted(pictures, "picture")))
        for sentence in sentences:
            QListWidgetItem(icon("mdi6.alert-outline"), sentence, self._findings)
        if not sentences:
            # Without a split there are no sides to leak between.
            leaks = tr(" leaks,") if found["splits"] else ""
            QListWidgetItem(
                icon("mdi6.check"), tr("No copies,{leaks} broken files or shortcuts.", leaks=leaks), self._findings
            )
        if unchecked := tables.unchecked(found):
            QListWidgetItem(icon("mdi6.help-circle-outline"), f"{unchecked}.", self._findings)
        self._train.setVisible(bool(found["pairs"]))
        tables.fill(self._counts, *tables.counts(found))
        self._show_pairs_of(found["pairs"])
        tables.fill(self._patients, *tables.patients(found))
        tables.fill(self._shortcuts, *tables.shortcuts(found), marked=[one["flagged"] for one in found["shortcuts"]])
        tables.fill(self._broken, *tables.broken(found))
        self._name_tabs(found)
        self._allow(running=False)

    def show_failed(self, sentence: str) -> None:
        self._end(sentence, "error")

    def show_cancelled(self) -> None:
        self._end(tr("The audit was cancelled."), "warning")

    def show_saved(self, files: Sequence[str]) -> None:
        self._show_state(tr("Wrote ") + ", ".join(files))

    def findings(self) -> list[str]:
        return [self._findings.item(row).text() for row in range(self._findings.count())]

    def state(self) -> str:
        return self._state.text()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A data set may be dropped anywhere, except while another is looked through."""
        if self.data.isEnabled():
            self.data.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.data.dropEvent(event)

    # --- within ---

    def _build(self) -> None:
        self._run = button(
            tr("Run audit"), "", lambda: self.run_requested.emit(self.data.path()), "mdi6.magnify-scan", "primary"
        )
        self._cancel = button(tr("Cancel"), tr("Stop looking"), self._cancel_clicked, "mdi6.stop")
        what = tr("Write audit.json and sheets of the pairs into a folder")
        self._save = button(tr("Save report…"), what, self._save_clicked, "mdi6.content-save-outline")
        self._train = button(
            tr("Train without the copies…"),
            tr("Open the training with this data set and “drop copies” set"),
            lambda: self.train_requested.emit(self.data.path()),
            "mdi6.school-outline",
        )
        self._train.hide()
        for each in (self._run, self._cancel, self._save, self._train):
            # Return in the data field looks at the data, it does not press a button.
            each.setAutoDefault(False)
        self._state = named(label(), tr("state of the audit"))
        self._bar = named(QProgressBar(textVisible=False), tr("progress of the audit"))
        self._bar.hide()
        self._findings = named(QListWidget(), tr("findings"))
        self._findings.setWordWrap(True)
        self._findings.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self._findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._findings.setSpacing(3)
        self._counts = tables.table(tr("pictures per class and split"))
        left = column(
            label(tr("DATA"), "heading"),
            self.data,
            row(self._run, self._cancel, ..., self._save),
            self._state,
            self._bar,
            label(tr("FINDINGS"), "heading"),
            (self._findings, 3),
            (self._train, 0, Qt.AlignmentFlag.AlignLeft),
            label(tr("PICTURES"), "heading"),
            (self._counts, 2),
            margins=(0, 0, 6, 0),
        )
        self._kind = named(QComboBox(), tr("which pairs"), tr("Which pairs are listed"))
        # Its entries come later, with their counts.
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._kind.currentIndexChanged.connect(self._kind_picked)
        pairs = held(column((self._kind, 0, Qt.AlignmentFlag.AlignLeft), self.pairs, margins=(0, 6, 0, 0)))
        self._patients, self._shortcuts = tables.table(tr("patients on two sides")), tables.table(tr("shortcuts"))
        self._broken = tables.table(tr("broken files"))
        self._tabs = QTabWidget(documentMode=True)
        self._tabs.tabBar().setDrawBase(False)
        for page, name, tip in (
            (pairs, tr("Pairs"), tr("Equal and nearly equal pictures, side by side")),
            (self._patients, tr("Patients"), tr("Patients whose pictures lie on more than one side of the split")),
            (self._shortcuts, tr("Shortcuts"), tr("Can the class be told without looking at what matters?")),
            (self._broken, tr("Broken"), tr("Files that cannot be read")),
        ):
            self._tabs.setTabToolTip(self._tabs.addTab(page, name), tip)
        self.setLayout(column(beside(held(left), self._tabs, (400, 660)), margins=None))
        self._show_pairs_of(())

    def _data_chosen(self) -> None:
        self._known = False
        self._clear()
        self._show_state(_EMPTY)
        self._allow(running=False)

    def _clear(self) -> None:
        self._found = None
        self._train.hide()
        self._findings.clear()
        self._show_pairs_of(())
        for widget in (self._counts, self._patients, self._shortcuts, self._broken):
            widget.setRowCount(0)
            widget.setColumnCount(0)
        self._name_tabs(None)

    def _show_pairs_of(self, pairs: Sequence[Mapping[str, Any]]) -> None:
        with QSignalBlocker(self._kind):
            self._kind.clear()
            for name, belongs in KINDS.items():
                count = sum(map(belongs, pairs))
                if count or name == next(iter(KINDS)):
                    self._kind.addItem(f"{name} ({count})", name)
        self._kind.setEnabled(bool(pairs))
        self.pairs.show_pairs(pairs)

    def _kind_picked(self) -> None:
        if self._found is not None:
            self.pairs.show_pairs([pair for pair in self._found["pairs"] if KINDS[self._kind.currentData()](pair)])

    def _name_tabs(self, found: Mapping[str, Any] | None) -> None:
        names = {"Pairs": "pairs", "Patients": "patients_across", "Shortcuts": "shortcuts", "Broken": "broken"}
        for number, (text, name) in enumerate(names.items()):
            self._tabs.setTabText(number, f"{text} ({len(found[name])})" if found else text)
        if found and tables.unchecked(found):
            self._tabs.setTabText(1, tr("Patients (not checked)"))

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._show_state(tr("cancelling …"))
        self.cancel_requested.emit()

    def _save_clicked(self) -> None:
        if self._found is not None:
            self.save_requested.emit(self._found["report"])

    def _end(self, text: str, role: str) -> None:
        self._bar.hide()
        self._show_state(text, role)
        self._allow(running=False)

    def _show_state(self, text: str, role: str = "") -> None:
        self._state.setText(text)
        set_role(self._state, role)

    def _allow(self, running: bool) -> None:
        self._run.setEnabled(self._known and not running)
        self._run.setToolTip(tr("Look through every picture") if self._known else self.data.missing())
        self._cancel.setEnabled(running)
        self._save.setEnabled(self._found is not None)
        self.data.setEnabled(not running)
