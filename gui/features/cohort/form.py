"""What is to be computed of very many pictures: a command, its data, model and settings, who computes, and where to."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from gui.home import MOST_WORKERS
from gui.panels import DataPicker, ParamForm
from gui.panels.combo import Combo
from gui.panels.folder_line import FolderLine
from gui.panels.labels import fields, label
from gui.panels.scrolled import scrolled
from gui.panels.values import put_values, values_of
from gui.pieces import beside, column, held, named
from gui.texts import tr
from tfcore.registry import Param

_METHODS = Param("methods", "text", "grad-cam", "methods with commas between")
_LAYERS = Param("layers", "text", None, "layer paths or stages with commas between; left out: the last", optional=True)
_ONE_LAYER = Param("layer", "text", None, "layer path or stage; left out: the last", optional=True)
# What each command is asked most often; all else that it knows can be written out.
_COMMANDS: dict[str, tuple[Param, ...]] = {
    "predict": (),
    "explain": (
        Param("method", "text", "grad-cam", "methods with commas between"),
        Param("layer", "text", None, "layer paths or stages with commas between; left out: the last", optional=True),
        Param("format", "text", "png", "of the files: png, npz, pdf, nii … with commas between"),
    ),
    "uncertainty": (Param("passes", "int", 100, "passes with dropout on", low=2, high=10_000),),
    "evaluate": (_METHODS, _LAYERS, Param("metrics", "text", "iou", "metrics with commas between, or all")),
    "sanity": (_METHODS, _LAYERS),
    "triage": (_METHODS, _ONE_LAYER),
    "dissect": (Param("layers", "text", None, "with commas; left out: the ends of the stages", optional=True),),
    "audit": (),
    "train": (
        Param("recipe", "text", "mri-4class", "that is trained; its settings are further flags"),
        Param("folds", "int", 5, "of a cross-validation, a run each; left out: seeds", low=2, high=1000, optional=True),
        Param("seeds", "int", None, "as many runs on the same sides; left out: folds", low=2, high=1000, optional=True),
        Param("epochs", "int", None, "of each run; left out: the recipe's own", low=1, optional=True),
    ),
}
_WITHOUT_MODEL = ("audit", "train")
_READING = ("audit", "evaluate", "train")
# What is made is a table beside its parts; of the others a folder that holds both.
TABLE = "predictions.csv"


class CohortForm(QWidget):
    """``changed`` after every edit; ``arguments()`` is the command."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._trusted: set[str] = set()
        self.data = DataPicker()
        self._command = named(Combo(), tr("command"), tr("What is done with every picture"))
        self._model = named(Combo(), tr("model"), tr("A model that was opened in this window, or its file"))
        self._params = ParamForm()
        more = tr("Further flags of the command, as on the command line (heatlens COMMAND --help)")
        self._more = named(QLineEdit(), tr("more flags"), more)
        self._workers = named(
            QSpinBox(), tr("workers"), tr("Processes of this machine; each opens the model for itself")
        )
        address = tr(
            "Of a Ray cluster: auto for that of this machine, or HOST:PORT; left out: processes of this machine"
        )
        self._cluster = named(QLineEdit(), tr("Ray address"), address)
        self._out = FolderLine(
            tr("folder of the results"), tr("Parts, tables and files go here; it may hold finished parts")
        )
        several = {"command": self._command, "more": self._more, "workers": self._workers, "cluster": self._cluster}
        self._fields: Mapping[str, QWidget] = several
        self._build()
        for signal in (self._model.editTextChanged, self._params.changed, self._more.textChanged, self._out.changed):
            signal.connect(self.changed)
        for signal in (self._workers.valueChanged, self._cluster.textChanged, self.data.edited):
            signal.connect(self.changed)
        self._command.currentIndexChanged.connect(self._show_command)
        self._show_command()

    def arguments(self) -> list[str]:
        """The command line without the program's name; a sentence where the further flags are not one."""
        command, params = self._command.currentText(), self._params.values()
        source = self._source
        flags = [] if command in _WITHOUT_MODEL else ["--model", source]
        flags += ["--trust"] if source in self._trusted and flags else []
        flags += ["--group-by-patient"] if self.data.question().get("group_by_patient") and command in _READING else []
        for name, value in params.items():
            flags += [f"--{name}", str(value)] if value not in ("", None) else []
        return [command, self.data.path(), *flags, *shlex.split(self._more.text()), *self._who(), "--out", self.out()]

    def stated(self) -> dict[str, Any]:
        """Every field as it stands."""
        asked = {"model": self._source, "params": self._params.altered(), "out": self.folder()}
        return {**self.data.question(), **asked, **values_of(self._fields)}

    def set_stated(self, held: Mapping[str, Any]) -> None:
        """Fields as they were before."""
        put_values(self._fields, held)
        model = held.get("model") or self._source
        place = self._model.findData(model)
        self._model.setEditText(self._model.itemText(place) if place >= 0 else model)
        self._params.set_values(held.get("params", {}))
        self.set_folder(held.get("out", self.folder()))
        self.data.restore(held)

    @property
    def _source(self) -> str:
        """The model that is meant; of one that is listed its source."""
        model = self._model.currentText().strip()
        found: str = self._model.itemData(place) if (place := self._model.findText(model)) >= 0 else model
        return found

    def out(self) -> str:
        """As the command is told."""
        folder = self._out.path()
        return str(Path(folder) / TABLE) if self._command.currentText() == "predict" else folder

    def folder(self) -> str:
        """That is made, if it is not there."""
        return self._out.path()

    def missing(self) -> str:
        """What has to be named first, if anything."""
        if not self.data.path():
            return tr("Choose pictures first")
        if self._command.currentText() not in _WITHOUT_MODEL and not self._model.currentText().strip():
            return tr("Name a model first")
        if not self._out.path():
            return tr("Choose a folder for the results first")
        asked = self._params.values()
        if self._command.currentText() == "train" and bool(asked["folds"]) == bool(asked["seeds"]):
            return tr("Say how many folds or how many seeds first, one of the two")
        try:
            shlex.split(self._more.text())
        except ValueError:
            return tr("Close the quotation mark in the further flags first")
        return ""

    @property
    def unplanned(self) -> str:
        """Why it cannot be said how long it takes, if so."""
        train = self._command.currentText() == "train"
        return tr("How long a training takes is known after its first runs") if train else ""

    @property
    def workers(self) -> int:
        return self._workers.value()

    @property
    def cluster(self) -> str:
        return self._cluster.text().strip()

    def set_models(self, models: Iterable[tuple[str, str]], trusted: Iterable[str]) -> None:
        """Offer these, source and name, the first one chosen unless another was."""
        self._trusted = set(trusted)
        chosen = self._model.currentText()
        self._model.clear()
        for source, name in models:
            self._model.addItem(name, source)
        if chosen:
            self._model.setEditText(chosen)

    def set_who(self, workers: int, cluster: str) -> None:
        """As it was the last time."""
        self._workers.setValue(workers)
        self._cluster.setText(cluster)

    def set_folder(self, folder: str) -> None:
        """The folder of the results."""
        self._out.choose(folder)

    def _who(self) -> list[str]:
        workers = str(self._workers.value())
        # On a cluster the number is the most that are wanted.
        return ["--cluster", self.cluster, "--workers", workers] if self.cluster else ["--workers", workers]

    def _show_command(self) -> None:
        command = self._command.currentText()
        kept: dict[str, Any] = self._params.altered()
        self._params.set_params(_COMMANDS[command], kept)
        self._params.setVisible(bool(_COMMANDS[command]))
        self._model.setEnabled(command not in _WITHOUT_MODEL)
        self.changed.emit()

    def _build(self) -> None:
        self._command.addItems(list(_COMMANDS))
        self._model.setEditable(True)
        self._model.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        self._workers.setRange(1, MOST_WORKERS)
        self._workers.setValue(2)
        self._cluster.setPlaceholderText(tr("processes of this machine"))
        self._more.setPlaceholderText(tr("none"))
        left = column(
            label(tr("COMMAND"), "heading"), self._command, label(tr("PICTURES"), "heading"), self.data, ..., spacing=4
        )
        what = fields((tr("model"), self._model))
        more = fields((tr("more flags"), self._more))
        who = fields((tr("workers"), self._workers), (tr("Ray address"), self._cluster), (tr("output"), self._out))
        right = column(
            label(tr("WITH"), "heading"), what, self._params, more, label(tr("RUN"), "heading"), who, ..., spacing=4
        )
        sides = beside(scrolled(held(left, "rows")), scrolled(held(right, "rows")), (300, 380))
        self.setLayout(column(sides, margins=(9, 6, 9, 0)))
