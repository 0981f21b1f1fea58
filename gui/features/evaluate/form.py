"""What is to be evaluated: data, models, methods, layers and metrics with their settings, and where the tables go."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QSplitter, QWidget

from gui.panels import DataPicker, ParamForm
from gui.panels.checks import CheckList, Entry, layer_entries, spec_entries
from gui.panels.combo import Combo
from gui.panels.labels import field_label, label
from gui.panels.scrolled import scrolled
from gui.pieces import column, held, named, row, tool
from tfcore.registry import MethodSpec, MetricSpec, Param, catalogue, find
from tfcore.results import ModelInfo

_FIRST = {"methods": ("grad-cam",), "metrics": ("aopc", "deletion", "max-sensitivity")}
_RUN = (
    Param("limit", "int", None, "pictures to draw at random; left out: all", low=1, high=10**9, optional=True),
    Param("target", "text", None, "class to explain, by name or number; left out: the predicted one", optional=True),
    Param(
        "map",
        "table",
        None,
        "which class of the models a label of the data means",
        names=("label",),
        choices=("class",),
        optional=True,
    ),
    Param("seed", "int", 0, "of what is drawn at random, and of the intervals", low=0, high=2**31 - 1),
)


class EvaluateForm(QWidget):
    """``changed`` after every edit; ``request()`` are arguments of an evaluation."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: ModelInfo | None = None
        # Why methods and metrics cannot be asked of the open model, and whether anything is marked in the data.
        self._unfit: Mapping[str, str] = {}
        self._facts: Mapping[str, Any] | None = None
        self._trusted: set[str] = set()
        self._specs = {spec.name: spec for kind in ("method", "metric") for spec in catalogue(kind)}
        self._settings: dict[str, dict[str, Any]] = {}
        self.data = DataPicker()
        self._lists = {name: CheckList(name) for name in ("models", "methods", "layers", "metrics")}
        self._of, self._params = Combo(), ParamForm()
        self._run = ParamForm(_RUN, {"map": "what labels mean"})
        self._out = QLineEdit()
        self._build()
        self.refresh()
        for name, names in _FIRST.items():
            self._lists[name].tick(names)
        for ticks in self._lists.values():
            ticks.ticked.connect(self._ticked)
        self._of.currentIndexChanged.connect(self._show_settings)
        self._params.changed.connect(self._set)
        self._run.changed.connect(self.changed)
        self.data.edited.connect(self.changed)
        self._out.textChanged.connect(self.changed)
        self._ticked()

    def request(self) -> dict[str, Any]:
        """Arguments of the job; settings that are at their defaults are left out."""
        ticked = {name: list(ticks.keys()) for name, ticks in self._lists.items()}
        used = {*ticked["methods"], *ticked["metrics"]}
        return {
            **self.data.question(),
            "models": [(source, source in self._trusted) for source in ticked["models"]],
            "methods": ticked["methods"],
            "metrics": ticked["metrics"],
            "layers": ticked["layers"] or [None],
            "params": {name: dict(given) for name, given in self._settings.items() if given and name in used},
            "out": self._out.text().strip(),
            **{
                name: json.loads(value) if name == "map" else value
                for name, value in self._run.altered().items()
                if value
            },
        }

    def set_request(self, request: Mapping[str, Any]) -> None:
        """What was set up before; its data set is looked at again."""
        for name in self._lists:
            if name in request:
                self._lists[name].tick(request[name])
        self._settings = {name: dict(given) for name, given in request.get("params", {}).items() if name in self._specs}
        self._run.set_values({**request, "map": json.dumps(request.get("map", {}))} if request.get("map") else request)
        self._out.setText(str(request.get("out", "")))
        self._ticked()
        self.data.restore(request)

    def missing(self) -> str:
        """What has to be named or ticked first, if anything."""
        if self._facts is None:
            return self.data.missing()
        ticked = {name: ticks.keys() for name, ticks in self._lists.items() if name != "layers"}
        return next((f"Tick {name} first" for name, keys in ticked.items() if not keys), "")

    def extent(self) -> str:
        """How much that is: pictures × models × maps × metrics."""
        asked = self.request()
        every = self._facts["pictures"] if self._facts else 0
        pictures = min(every, asked.get("limit") or every)
        maps = sum(len(find("method", name).places(asked["layers"])) for name in asked["methods"])
        counts = {"picture": pictures, "model": len(asked["models"]), "map": maps, "metric": len(asked["metrics"])}
        return " × ".join(f"{count} {what}{'s' * (count != 1)}" for what, count in counts.items())

    # --- what is told ---

    def set_models(self, models: Iterable[tuple[str, str]], trusted: Iterable[str], info: ModelInfo | None) -> None:
        """Offer these, source and name; the open one comes first and is ticked."""
        added = [source for source in self._lists["models"].keys() if not self._info or source != self._info.source]  # noqa: SIM118
        self._trusted, self._info = set(trusted), info
        self._lists["models"].set_entries([Entry(name, source, source) for source, name in models])
        self._lists["models"].tick([*([info.source] if info else []), *added])
        self.set_unfit({})

    def set_unfit(self, why: Mapping[str, str]) -> None:
        """Sentences for methods and metrics that the open model lacks something for."""
        self._unfit = why
        self.refresh()

    def set_facts(self, facts: Mapping[str, Any] | None) -> None:
        """What the data set was taken for, once that is known."""
        self._facts = facts
        self.refresh()

    def refresh(self) -> None:
        """List what there is, with a reason for each that cannot be ticked."""
        self._lists["methods"].set_entries(spec_entries("method", self._unfit))
        self._lists["layers"].set_entries(layer_entries(self._info))
        self._list_metrics()
        self.changed.emit()

    def _list_metrics(self) -> None:
        why = {spec.name: reason for spec in catalogue("metric") if (reason := self._why_not(spec))}
        self._lists["metrics"].set_entries(spec_entries("metric", {**self._unfit, **why}))

    def _why_not(self, spec: MetricSpec) -> str:
        if {"mask", "box"} & set(spec.needs) and self._facts is not None and not self._facts["marked"]:
            return f"{spec.name} needs masks, and the data set has none"
        ticked = [self._specs[name] for name in self._lists["methods"].keys()]  # noqa: SIM118
        weighs = any(isinstance(each, MethodSpec) and each.weights is not None for each in ticked)
        if "channel weights" in spec.needs and not weighs:
            return f"{spec.name} needs a method that weighs channels, such as grad-cam"
        return ""

    # --- what the user does ---

    def _ticked(self) -> None:
        self._list_metrics()
        before = self._of.currentData()
        named = [name for kind in ("methods", "metrics") for name in self._lists[kind].keys()]  # noqa: SIM118
        self._of.blockSignals(True)
        self._of.clear()
        for name in named:
            if any(not param.in_code for param in self._specs[name].params):
                self._of.addItem(name, name)
        self._of.setCurrentIndex(max(0, self._of.findData(before)))
        self._of.blockSignals(False)
        self._settings_of.setVisible(self._of.count() > 0)
        self._show_settings()
        self.changed.emit()

    def _show_settings(self) -> None:
        name = self._of.currentData()
        spec = self._specs.get(name or "")
        self._params.set_params(spec.params if spec else (), self._settings.get(name or ""))

    def _set(self) -> None:
        self._settings[self._of.currentData()] = self._params.altered()
        self.changed.emit()

    def _ask_out(self) -> None:
        if path := QFileDialog.getExistingDirectory(self, "Choose a folder for the tables", self._out.text()):
            self._out.setText(path)

    # --- putting together ---

    def _build(self) -> None:
        named(self._of, "settings of", "Whose settings are shown below, of the methods and metrics that are ticked")
        tip = "The tables of “heatlens evaluate” are written here; left out: only seen here"
        named(self._out, "folder of the tables", tip).setPlaceholderText("nothing is written")
        browse = tool("Choose a folder for the tables", self._ask_out, "mdi6.folder-open-outline", flat=False)
        out = row(field_label("Output", self._out), (self._out, 1), browse, spacing=4)
        lists = self._lists
        for ticks in lists.values():
            ticks.setMinimumHeight(48)
        lists["models"].setFixedHeight(48)
        data = column(label("DATA", "heading"), self.data, label("RUN", "heading"), out, self._run, ..., spacing=4)
        self._settings_of = held(column(label("SETTINGS OF", "heading"), self._of, spacing=4))
        methods = (_heading("models"), lists["models"], _heading("methods"), (lists["methods"], 3))
        what = (*methods, _heading("layers"), (lists["layers"], 2))
        how = (_heading("metrics"), (lists["metrics"], 3), self._settings_of)
        settings = scrolled(held(column(self._params), "rows"))
        # Unlike a layout it takes whatever height there is, and its columns can be dragged.
        columns = QSplitter(childrenCollapsible=False)
        for part in (scrolled(held(data, "rows")), held(column(*what, spacing=4))):
            columns.addWidget(part)
        columns.addWidget(held(column(*how, (settings, 2), spacing=4)))
        columns.setSizes([220, 210, 230])
        self.setLayout(column(columns, margins=(9, 6, 9, 0)))


def _heading(name: str) -> QLabel:
    return label(name.upper(), "heading")
