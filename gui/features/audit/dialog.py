"""The audit of a data set: what was found, in sentences, in numbers and in pictures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from gui.features.audit import tables
from gui.features.audit.pairs import KINDS, PairsView
from gui.panels import DataPicker
from gui.panels.labels import label
from gui.theme import icon, set_role
from tfcore.engine.protocol import Progress

_EMPTY = "Copies, leaks between splits, broken files and shortcuts: drop a data set and run the audit."


class AuditDialog(QDialog):
    """Signals out, setters in."""

    run_requested = Signal(str)
    cancel_requested = Signal()
    # The data set, to be trained on without its copies.
    train_requested = Signal(str)
    # The packed report and the folder to write it to.
    save_requested = Signal(bytes, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Audit of a data set")
        self.resize(1080, 720)
        self._found: Mapping[str, Any] | None = None
        self._known = False
        self.data = DataPicker()
        self.pairs = PairsView()
        self._build()
        self.data.chosen.connect(self._data_chosen)
        self._show_state(_EMPTY)
        self._allow(running=False)

    def show_data(self, facts: Mapping[str, Any]) -> None:
        """What the data set was taken for."""
        self._known = True
        self.data.show_facts(facts)
        self._allow(running=False)

    def show_data_error(self, sentence: str) -> None:
        """Why there is nothing to look through."""
        self.data.show_error(sentence)

    def show_running(self) -> None:
        """The audit was asked for."""
        self._clear()
        self._show_state("waiting for the engine …")
        self._bar.setRange(0, 0)
        self._bar.show()
        self._allow(running=True)

    def show_progress(self, event: Progress) -> None:
        """How far it is."""
        seen = event.done == event.total
        self._show_state("comparing them …" if seen else f"{event.text} · {event.done} of {event.total}")
        # Seen all, they are compared, and nobody knows how long that takes.
        self._bar.setRange(0, 0 if seen else event.total)
        self._bar.setValue(event.done)

    def show_found(self, found: Mapping[str, Any]) -> None:
        """What was found."""
        self._ended()
        self._found = found
        sentences = found["findings"]
        count = f"{len(sentences)} finding{'s' * (len(sentences) != 1)}" if sentences else "Nothing was found"
        pictures = found["pictures"]
        self._show_state(f"{count} in {pictures} picture{'s' * (pictures != 1)}.")
        for sentence in sentences:
            QListWidgetItem(icon("mdi6.alert-outline"), sentence, self._findings)
        if not sentences:
            # Without a split there are no sides to leak between.
            leaks = " leaks," if found["splits"] else ""
            QListWidgetItem(icon("mdi6.check"), f"No copies,{leaks} broken files or shortcuts.", self._findings)
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
        """There are no findings, and why."""
        self._ended()
        self._show_state(sentence, "error")
        self._allow(running=False)

    def show_cancelled(self) -> None:
        """It was ended by hand."""
        self._ended()
        self._show_state("The audit was cancelled.", "warning")
        self._allow(running=False)

    def show_saved(self, files: Sequence[str]) -> None:
        """The report lies on disk."""
        self._show_state("Wrote " + ", ".join(files))

    def findings(self) -> list[str]:
        """The sentences on show."""
        return [self._findings.item(row).text() for row in range(self._findings.count())]

    def state(self) -> str:
        """How it stands, in words."""
        return self._state.text()

    # --- within ---

    def _build(self) -> None:
        self._run = QPushButton(icon("mdi6.magnify-scan"), "Run audit")
        self._run.clicked.connect(lambda: self.run_requested.emit(self.data.path()))
        set_role(self._run, "primary")
        self._cancel = QPushButton(icon("mdi6.stop"), "Cancel")
        self._cancel.setToolTip("Stop looking")
        self._cancel.clicked.connect(self._cancel_clicked)
        self._save = QPushButton(icon("mdi6.content-save-outline"), "Save report…")
        self._save.setToolTip("Write audit.json and sheets of the pairs into a folder")
        self._save.clicked.connect(self._ask_where)
        self._train = QPushButton(icon("mdi6.school-outline"), "Train without the copies…")
        self._train.setToolTip("Open the training with this data set and “drop copies” set")
        self._train.clicked.connect(lambda: self.train_requested.emit(self.data.path()))
        for button in (self._run, self._cancel, self._save, self._train):
            # Return in the data field looks at the data, it does not press a button.
            button.setAutoDefault(False)
        buttons = QHBoxLayout()
        for button in (self._run, self._cancel):
            buttons.addWidget(button)
        buttons.addStretch()
        buttons.addWidget(self._save)
        self._state = label()
        self._state.setAccessibleName("state of the audit")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName("progress of the audit")
        self._bar.hide()
        self._findings = QListWidget()
        self._findings.setWordWrap(True)
        self._findings.setAccessibleName("findings")
        self._findings.setSelectionMode(QListWidget.SelectionMode.NoSelection)
        self._findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._findings.setSpacing(3)
        self._counts = tables.table("pictures per class and split")
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(label("DATA", "heading"))
        column.addWidget(self.data)
        column.addLayout(buttons)
        for widget in (self._state, self._bar):
            column.addWidget(widget)
        column.addWidget(label("FINDINGS", "heading"))
        column.addWidget(self._findings, 3)
        column.addWidget(self._train, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label("PICTURES", "heading"))
        column.addWidget(self._counts, 2)

        self._kind = QComboBox()
        self._kind.setAccessibleName("which pairs")
        self._kind.setToolTip("Which pairs are listed")
        # Its entries come later, with their counts.
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._kind.currentIndexChanged.connect(self._kind_picked)
        pairs = QWidget()
        column = QVBoxLayout(pairs)
        column.setContentsMargins(0, 6, 0, 0)
        column.addWidget(self._kind, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.pairs)
        self._patients, self._shortcuts = tables.table("patients on two sides"), tables.table("shortcuts")
        self._broken = tables.table("broken files")
        self._tabs = QTabWidget(documentMode=True)
        self._tabs.tabBar().setDrawBase(False)
        for page, name, tip in (
            (pairs, "Pairs", "Equal and nearly equal pictures, side by side"),
            (self._patients, "Patients", "Patients whose pictures lie on more than one side of the split"),
            (self._shortcuts, "Shortcuts", "Can the class be told without looking at what matters?"),
            (self._broken, "Broken", "Files that cannot be read"),
        ):
            self._tabs.setTabToolTip(self._tabs.addTab(page, name), tip)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self._tabs)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        splitter.setSizes([400, 660])
        QVBoxLayout(self).addWidget(splitter)
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
            self._tabs.setTabText(1, "Patients (not checked)")

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._show_state("cancelling …")
        self.cancel_requested.emit()

    def _ask_where(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Save the report into a folder")
        if folder and self._found is not None:
            self.save_requested.emit(self._found["report"], folder)

    def _ended(self) -> None:
        self._bar.hide()

    def _show_state(self, text: str, role: str = "") -> None:
        self._state.setText(text)
        set_role(self._state, role)

    def _allow(self, running: bool) -> None:
        self._run.setEnabled(self._known and not running)
        self._run.setToolTip("Look through every picture" if self._known else "Choose a data set first")
        self._cancel.setEnabled(running)
        self._save.setEnabled(self._found is not None)
        self.data.setEnabled(not running)
