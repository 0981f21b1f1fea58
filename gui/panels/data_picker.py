"""Which data set is meant, and what it was taken for."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QLineEdit, QProgressBar, QWidget

from gui import choosing
from gui.panels.labels import label
from gui.pieces import column, named, row, tool
from gui.texts import counted, tr

_GROUPED = tr(
    "Reads from the DICOM files whose pictures they are, and keeps pseudonyms of this "
    "installation in place of names: a split never parts a patient, and intervals count "
    "patients"
)
_KINDS = tr("Tables and COCO files (*.csv *.tsv *.json);;All files (*)")


class DataPicker(QWidget):
    """A folder, table or COCO file, typed, browsed for or dropped; ``chosen`` says that it is to be looked at."""

    chosen = Signal(str)
    # What is missing may be another by now: something else stands in the line, or it was looked at.
    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self._path = ""
        kinds = tr("Class, split or patient folders, a CSV or TSV table, a COCO file, videos or volumes")
        self._line = named(QLineEdit(), tr("data set"), kinds)
        # What is dropped here is chosen, and not only written down.
        self._line.setAcceptDrops(False)
        self._line.setPlaceholderText(tr("Drop or name a folder, table or COCO file"))
        self._line.editingFinished.connect(self._typed)
        self._line.textEdited.connect(self.edited)
        folder = tool(tr("Choose a folder of pictures"), self._ask_folder, "mdi6.folder-open-outline", flat=False)
        file = tool(
            tr("Choose a table (CSV, TSV) or a COCO file"), self._ask_file, "mdi6.file-table-outline", flat=False
        )
        looking = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self._busy = named(looking, tr("the data set is being looked at"))
        self._facts, self._notes, self._problem = label(), label(role="quiet"), label(role="error")
        self._grouped = named(QCheckBox(tr("Group pictures by patient")), tr("group by patient"), _GROUPED)
        self._grouped.clicked.connect(lambda: self.choose(self._path, self._grouped.isChecked()))
        line = row((self._line, 1), folder, file, spacing=4)
        self.setLayout(column(line, self._busy, self._facts, self._grouped, self._notes, self._problem))
        self._grouped.hide()
        self._show("", "", "")

    def path(self) -> str:
        """What is chosen, empty while nothing is."""
        return self._path

    def is_busy(self) -> bool:
        """Whether the data set is being looked at."""
        return not self._busy.isHidden()

    def is_wrong(self) -> bool:
        """Whether it was looked at and cannot be used."""
        return bool(self._problem.text())

    def missing(self) -> str:
        """What is to be done first, while nothing is known of a data set."""
        if self.is_busy():
            return tr("The data set is being looked at")
        if self._line.text().strip() not in ("", self._path):
            return tr("Press Enter to have that data set looked at")
        if self._path and not self.is_wrong():
            return ""
        return tr("Choose another data set: this one cannot be used") if self._path else tr("Choose a data set first")

    def question(self) -> dict[str, Any]:
        """The data set, and how it is to be read, as arguments of the jobs that take one."""
        return {"data": self._path, **({"group_by_patient": True} if self._grouped.isChecked() else {})}

    def restore(self, request: Mapping[str, Any]) -> None:
        """The data set of a request made before, looked at where it is another, or could not be used."""
        path, grouped = str(request.get("data") or ""), request.get("group_by_patient") is True
        if (path, grouped) != (self._path, self._grouped.isChecked()) or self.is_wrong():
            self.choose(path, grouped)
        self._line.setText(path)

    def choose(self, path: str, grouped: bool = False) -> None:
        """Take this data set, as if it had been dropped; choosing it once more looks at it again."""
        self._path = path
        self._grouped.setChecked(grouped)
        self._grouped.setVisible(grouped)
        self._line.setText(path)
        self._show("", "", "", busy=bool(path))
        self.chosen.emit(path)

    def show_facts(self, facts: Mapping[str, Any]) -> None:
        self._grouped.setVisible(bool(facts.get("dicom")) or self._grouped.isChecked())
        self._show("\n".join(facts_lines(facts)), "\n".join(f"· {note}" for note in facts["notes"]), "")

    def show_error(self, sentence: str) -> None:
        self._show("", "", sentence)

    def _show(self, facts: str, notes: str, problem: str, busy: bool = False) -> None:
        self._busy.setVisible(busy)
        for widget, text in ((self._facts, facts), (self._notes, notes), (self._problem, problem)):
            widget.setText(text)
            widget.setVisible(bool(text))
        self.edited.emit()

    def _typed(self) -> None:
        # Leaving the field is no new choice.
        if (path := self._line.text().strip()) != self._path or self.is_wrong():
            self.choose(path)

    def _ask_folder(self) -> None:
        if path := choosing.folder(self, tr("Choose a data set"), self._start()):
            self.choose(path)

    def _ask_file(self) -> None:
        if path := choosing.file(self, tr("Choose a table or COCO file"), _KINDS, self._start()):
            self.choose(path)

    def _start(self) -> str:
        return str(Path(self._path).parent) if self._path else ""

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """One folder or file may be dropped."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.choose(next(url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()))
        event.acceptProposedAction()


def facts_lines(facts: Mapping[str, Any]) -> list[str]:
    """A data set in a few lines: its kind and size, its classes, masks, splits and patients."""
    lines = [f"{facts['kind'].capitalize()}: {counted(facts['pictures'], 'picture')}"]
    counts = facts["classes"]
    if any(counts.values()):
        lines.append(tr("Classes: ") + ", ".join(f"{name} {count}" for name, count in counts.items()))
    elif counts:
        lines.append(tr("Classes: ") + ", ".join(counts))
    if marked := facts.get("marked"):
        lines.append(
            tr(
                "Masks: {marked}",
                marked=tr("of every picture") if marked == facts["pictures"] else tr("of {marked}", marked=marked),
            )
        )
    sides = facts["sides"]
    lines.append(tr("Splits: ") + (", ".join(f"{name} {sides[name]}" for name in facts["splits"]) or tr("none yet")))
    if facts["patients"]:
        lines.append(tr("Patients: {patients}", patients=facts["patients"]))
    if facts["unannotated"] and any(counts.values()):
        lines.append(tr("Unannotated: {unannotated}", unannotated=facts["unannotated"]))
    return lines
