"""What is to be trained: recipe and network with their settings, first weights, and where the run goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from gui import choosing
from gui.panels import ParamForm
from gui.panels.labels import fields, label
from gui.panels.sections import add_choice, add_families, sectioned
from gui.pieces import column, named, row, tool
from gui.texts import tr
from gui.words import OF_TRAINING, in_window
from tfcore.registry import ArchSpec, Param, catalogue

# What is changed most; the others are behind a button.
_FIRST = ("epochs", "batch", "lr", "size", "augment", "balance", "split", "every", "crop")
_RUN = (
    Param("seed", "int", 0, "the same seed trains the same network", low=0, high=2**31 - 1),
    Param("drop_duplicates", "bool", False, "drop copies, and keep nearly equal pictures on one side of the split"),
)
_WEIGHTS = tr("Weights (*.npz *.h5 *.keras *.safetensors);;All files (*)")


class RequestForm(QWidget):
    """Built from the catalogue. ``values()`` are keywords of a training: only what differs from the defaults."""

    changed = Signal()
    augmented_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._recipes = {spec.name: spec for spec in catalogue("recipe")}
        self._architectures = {spec.name: spec for spec in catalogue("architecture")}
        self._recipe, self._arch = sectioned(), sectioned()
        self._summary, self._about, self._problem = label(role="quiet"), label(role="quiet"), label(role="error")
        self._first, self._rest, self._built = (ParamForm(names=OF_TRAINING) for _ in range(3))
        self._weights = QComboBox(editable=True)
        self._out = QLineEdit()
        rest = tr("Optimiser, stopping, fine-tuning, seed, duplicates and the rest")
        self._more = tool(rest, icon="mdi6.tune-variant", text=tr("More settings"))
        self._augmented = tool("", self.augmented_wanted.emit, "mdi6.image-multiple-outline", tr("Augmented…"))
        self._build()
        for spec in self._recipes.values():
            add_choice(self._recipe, spec.name, spec.name, tr(spec.summary))
        self._recipe.currentIndexChanged.connect(self._recipe_picked)
        self._arch.currentIndexChanged.connect(self._arch_picked)
        self._recipe.setCurrentIndex(max(0, self._recipe.findData("mri-4class")))
        self._recipe_picked()

    @property
    def recipe(self) -> str:
        return self._recipe.currentData() or ""

    @property
    def problem(self) -> str:
        """Why nothing can be trained by this recipe, empty where something can."""
        return self._problem.text()

    def out(self) -> str:
        """The run folder, empty while none is named."""
        return self._out.text().strip()

    def set_out(self, folder: str) -> None:
        """Propose a run folder."""
        self._out.setText(folder)

    def values(self) -> dict[str, Any]:
        """Recipe, architecture, weights and every setting that is not at its default."""
        stated = {
            "recipe": self.recipe,
            "arch": self._arch.currentData(),
            "weights": self._weights.currentText().strip(),
        }
        altered: dict[str, Any] = {}
        for form in (self._first, self._rest, self._built):
            altered |= form.altered()
        return {name: value for name, value in (stated | altered).items() if value not in (None, "")}

    def allow_augmented(self, missing: str) -> None:
        """Whether augmented pictures can be looked at, or what is ``missing`` for it."""
        missing = missing or (
            "" if self._first.values().get("augment") else tr("Name an augmentation above first, as flip")
        )
        self._augmented.setEnabled(not missing)
        self._augmented.setToolTip(missing or tr("Some pictures as they are and as augmentation changes them"))

    def best(self) -> str:
        """The validation figure that chooses the epoch."""
        by: str = self._rest.values().get("best", "loss")
        return by

    def set_values(self, values: Mapping[str, Any]) -> None:
        """A request made before; what the catalogue lacks keeps its default."""
        for combo, name in ((self._recipe, "recipe"), (self._arch, "arch")):
            if name in values and (row := combo.findData(values[name])) >= 0:
                combo.setCurrentIndex(row)
        self._weights.setEditText(str(values.get("weights", "")))
        for form in (self._first, self._rest, self._built):
            form.set_values(values)
        # What was set must be seen.
        if self._rest.altered():
            self._more.setChecked(True)

    # --- putting together ---

    def _build(self) -> None:
        named(self._recipe, tr("recipe"), tr("How the data are split and how the network learns"))
        named(self._arch, tr("architecture"), tr("The network to train"))
        starts = tr("What the network starts from: random, ImageNet (where it is stored), or a file")
        named(self._weights, tr("weights"), starts)
        self._weights.addItems(["", "imagenet"])
        self._weights.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._weights.setMinimumContentsLength(6)
        if (line := self._weights.lineEdit()) is not None:
            line.setPlaceholderText(tr("random"))
        self._weights.editTextChanged.connect(self.changed)
        written = tr("Model, card, history, figures and report are written here; a run that is there goes on")
        named(self._out, tr("run folder"), written).setPlaceholderText(tr("A new folder for the run"))
        self._out.textChanged.connect(self.changed)
        self._more.setCheckable(True)
        self._more.toggled.connect(self._rest.setVisible)
        self._rest.hide()
        for each in (self._first, self._rest, self._built):
            each.changed.connect(self.changed)
        weights = _browsed(self._weights, tr("Choose a file of weights"), self._ask_weights)
        out = _browsed(self._out, tr("Choose a folder for the run"), self._ask_out)
        self.setLayout(
            column(
                fields((tr("Re&cipe"), self._recipe)),
                self._summary,
                self._first,
                row(self._more, self._augmented, ...),
                self._rest,
                6,
                fields((tr("&Network"), self._arch)),
                self._about,
                self._problem,
                self._built,
                fields((tr("We&ights"), self._weights, weights), (tr("Output"), self._out, out)),
            )
        )

    def _recipe_picked(self) -> None:
        spec = self._recipes[self.recipe]
        self._summary.setText(_sentence(spec.summary))
        self._summary.setToolTip(in_window(tr(spec.note)))
        self._first.set_params(())
        self._rest.set_params([*_RUN, *(param for param in spec.params if param.name not in _FIRST)])
        able = [one for one in self._architectures.values() if one.task == spec.family]
        with QSignalBlocker(self._arch):
            self._arch.clear()
            add_families(self._arch, able, spec.arch)
        missing = tr(
            "No network for {family} is among the architectures of this version; choose another recipe.",
            family=spec.family,
        )
        self._problem.setText("" if able else missing)
        self._problem.setVisible(not able)
        self._arch_picked()

    def _arch_picked(self) -> None:
        spec = self._architectures.get(self._arch.currentData() or "")
        of_recipe = {param.name for param in self._recipes[self.recipe].params}
        own = [param for param in spec.params if param.name not in of_recipe] if spec else []
        self._show_first(spec)
        self._about.setText(_sentence(spec.summary) if spec else "")
        self._about.setVisible(spec is not None)
        self._built.set_params(own)
        self._built.setVisible(bool(own))
        self.changed.emit()

    def _show_first(self, arch: ArchSpec | None) -> None:
        """The settings changed most; how many epochs are usual depends on the network."""
        recipe, before = self._recipes[self.recipe], self._first.altered()
        params = [param for name in _FIRST for param in recipe.params if param.name == name]
        usual = recipe.epochs
        if usual:
            length = usual.get(arch.name if arch else "", usual[""])
            params = [
                replace(each, default=length, optional=False) if each.name == "epochs" else each for each in params
            ]
        if arch and arch.input_shape[0]:
            usual_side = tr("as the network: {side}", side=arch.input_shape[0])
            own = f"{tr('side of the input in pixels')}; left out: {usual_side}"
            params = [replace(each, help=own) if each.name == "size" else each for each in params]
        self._first.set_params(params, before)

    def _ask_weights(self) -> None:
        if path := choosing.file(self, tr("Choose weights"), _WEIGHTS, self._weights.currentText()):
            self._weights.setEditText(path)

    def _ask_out(self) -> None:
        start = str(Path(self.out()).parent) if self.out() else ""
        if path := choosing.folder(self, tr("Choose a folder for the run"), start):
            self._out.setText(path)


def _browsed(field: QWidget, tip: str, ask: Any) -> QHBoxLayout:
    return row((field, 1), tool(tip, ask, "mdi6.folder-open-outline", flat=False), spacing=4)


def _sentence(summary: str) -> str:
    said = tr(summary)
    return f"{said[:1].upper()}{said[1:]}."
