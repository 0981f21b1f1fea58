"""Of which pictures figures are made, and where they go: one file, or a folder with one for each picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLabel, QLineEdit, QWidget

from gui.export.composing import parted
from gui.export.form import FORMATS
from gui.pieces import button, column, named, row
from gui.texts import tr


class Place(QWidget):
    """``changed`` says that the name or the choice of pictures is another."""

    changed = Signal()

    def __init__(self, suggested: Path, this: str, others: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self._folder, self._others = suggested.parent, others
        self.which = named(
            QComboBox(), tr("pictures"), tr("Of which pictures figures are made, each in a file of its own")
        )
        self.which.addItems([this, *others])
        self.name = named(QLineEdit(str(suggested)), tr("file name"))
        self.folder = named(QLineEdit(str(suggested.parent)), tr("output folder"))
        self.raw, self.table = QCheckBox(tr("raw heatmaps (.npz)")), QCheckBox(tr("predictions (.csv)"))
        self.raw.setToolTip(tr("The heatmaps as computed, before any normalisation, beside every figure"))
        self.table.setToolTip(tr("The probabilities of all classes, a row for each picture"))
        self.browse_button = button(tr("&Browse…"), icon="mdi6.folder-open-outline")
        self._where = QLabel()
        self.fields: dict[str, QWidget] = {"pictures": self.which, "name": self.name, "folder": self.folder}
        self.fields |= {"raw": self.raw, "table": self.table}
        self._arrange()
        self.which.currentIndexChanged.connect(self._follow)
        self.name.textChanged.connect(self.changed)
        self.folder.textChanged.connect(self.changed)
        for also in (self.raw, self.table):
            also.toggled.connect(lambda _: self.changed.emit())
        self._follow()

    def pictures(self) -> Sequence[str]:
        """The pictures that were picked in place of the one on show."""
        return self._others.get(self.which.currentText(), ())

    def path(self, suffix: str) -> Path:
        """Where the one figure will go: the name as typed, beside the suggestion unless it says otherwise."""
        typed = self.name.text().strip()
        return self._at(typed if Path(typed).suffix else typed + suffix)

    def folder_path(self) -> Path:
        """Where those of many pictures will go."""
        return self._at(self.folder.text().strip())

    def nameless(self) -> bool:
        """Whether no file can have the name that is typed."""
        typed = self.name.text().strip()
        return typed.endswith("/") or Path(typed).name in ("", "..")

    def follow_format(self, suffix: str) -> None:
        """The name ends as the format that was picked."""
        name, typed = parted(self.name.text().strip())
        if name and typed.lower() != suffix and {typed.lower(), suffix} != {".tif", ".tiff"}:
            self.name.setText(name + suffix)

    def suffix(self) -> str:
        """The ending that is typed."""
        return parted(self.name.text().strip())[1]

    def browse(self, suffix: str) -> None:
        if self.pictures():
            if folder := QFileDialog.getExistingDirectory(self, tr("Export to"), str(self.folder_path())):
                self.folder.setText(folder)
            return
        filters = {f"{name} (*{ending})": ending for name, ending in FORMATS.items()}
        shown = next(text for text, ending in filters.items() if ending == suffix)
        # The dialog asks before a file is replaced.
        start = str(self.path(suffix))
        chosen, shown = QFileDialog.getSaveFileName(self, tr("Export panel"), start, ";;".join(filters), shown)
        if chosen:
            self.name.setText(chosen if Path(chosen).suffix else chosen + filters[shown])

    def _at(self, typed: str) -> Path:
        return Path.home() / typed[2:] if typed.startswith("~/") else self._folder / typed

    def _follow(self) -> None:
        many = bool(self.pictures())
        self.name.setVisible(not many)
        self.folder.setVisible(many)
        self._where.setText(tr("Fold&er") if many else tr("File na&me"))
        self._where.setBuddy(self.folder if many else self.name)
        self.changed.emit()

    def _arrange(self) -> None:
        pictures = QLabel(tr("Pict&ures"))
        pictures.setBuddy(self.which)
        which = row(pictures, self.which, ..., QLabel(tr("Also")), self.raw, self.table)
        where = row((self.name, 1), (self.folder, 1), self.browse_button)
        self.setLayout(column(which, self._where, where))
        for chosen in (pictures, self.which):
            chosen.setVisible(bool(self._others))
