"""What is to be evaluated: data, models, methods, layers and metrics with their settings, and where the tables go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QLineEdit, QSplitter, QWidget

from gui import choosing
from gui.panels import DataPicker, ParamForm
from gui.panels.checks import CheckList, Entry, layer_entries, spec_entries
from gui.panels.combo import Combo
from gui.panels.labels import field_label, label
from gui.panels.meaning import Meaning, labels_of
from gui.panels.model import list_models, of_the_zoo
from gui.panels.scrolled import scrolled
from gui.panels.sections import sectioned
from gui.pieces import column, held, named, row, tool
from gui.state import Opened
from gui.texts import counted, tr
from gui.theme import set_role
from tfcore.registry import MethodSpec, MetricSpec, Param, catalogue, find
from tfcore.results import ModelInfo
from tfcore.words import listed, model_name, model_names

_FIRST = {"methods": ("grad-cam",), "metrics": ("aopc", "deletion", "max-sensitivity")}
_ADD = tr("One more network to measure beside those above: a demo, a known architecture, or a file of yours")
_RUN = (
    Param("limit", "int", None, "pictures to draw at random; left out: all", low=1, high=10**9, optional=True),
    Param("target", "text", None, "class to explain, by name or number; left out: the predicted one", optional=True),
    Param("seed", "int", 0, "of what is drawn at random, and of the intervals", low=0, high=2**31 - 1),
)


class EvaluateForm(QWidget):
    """``changed`` after every edit; ``request()`` are arguments of an evaluation."""

    changed = Signal()
    # A model that is to be listed, too; ``OPEN`` for a file that is yet to be named.
    model_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._info: ModelInfo | None = None
        # Why methods and metrics cannot be asked of the open model, and whether anything is marked in the data.
        self._unfit: Mapping[str, str] = {}
        self._facts: Mapping[str, Any] | None = None
        # What is known of models, by source.
        self._known: Mapping[str, Opened] = {}
        self._specs = {spec.name: spec for kind in ("method", "metric") for spec in catalogue(kind)}
        self._settings: dict[str, dict[str, Any]] = {}
        self.data = DataPicker()
        self._lists = {name: CheckList(name) for name in ("models", "methods", "layers", "metrics")}
        self._of, self._params = Combo(), ParamForm()
        self._run, self._meaning = ParamForm(_RUN), Meaning()
        self._out = QLineEdit()
        self._build()
        self.refresh()
        for name, names in _FIRST.items():
            self._lists[name].tick(names)
        for ticks in self._lists.values():
            ticks.ticked.connect(self._ticked)
        self._of.currentIndexChanged.connect(self._show_settings)
        self._params.changed.connect(self._set)
        for settings in (self._run, self._meaning):
            settings.changed.connect(self.changed)
        self.data.edited.connect(self.changed)
        self._out.textChanged.connect(self.changed)
        self._ticked()

    def request(self) -> dict[str, Any]:
        """Arguments of the job; settings that are at their defaults are left out."""
        ticked = {name: list(ticks.keys()) for name, ticks in self._lists.items()}
        used = {*ticked["methods"], *ticked["metrics"]}
        return {
            **self.data.question(),
            "models": [(source, source in self._known and self._known[source].trusted) for source in ticked["models"]],
            "methods": ticked["methods"],
            "metrics": ticked["metrics"],
            "layers": ticked["layers"] or [None],
            "params": {name: dict(given) for name, given in self._settings.items() if given and name in used},
            "out": self._out.text().strip(),
            **{name: value for name, value in self._run.altered().items() if value},
            **({"map": meant} if (meant := self._meaning.stated()) else {}),
        }

    def set_request(self, request: Mapping[str, Any]) -> None:
        """What was set up before; its data set is looked at again."""
        for name in self._lists:
            if name in request:
                self._lists[name].tick(request[name])
        self._settings = {name: dict(given) for name, given in request.get("params", {}).items() if name in self._specs}
        self._run.set_values(request)
        self._meaning.set_stated(request.get("map", {}))
        self._out.setText(str(request.get("out", "")))
        self._ticked()
        self.data.restore(request)

    def missing(self) -> str:
        """What has to be named or ticked first, if anything."""
        if self._facts is None:
            return self.data.missing()
        ticked = {name: ticks.keys() for name, ticks in self._lists.items() if name != "layers"}
        asking = [name for name in ticked["metrics"] if self._specs[name].correct_only]
        if asking and (unknown := self._meaning.unknown()):
            return tr(
                "Say which class {unknown} means first: {asking} asks what is answered rightly",
                unknown=listed(unknown),
                asking=asking[0],
            )
        return next((tr("Tick {name} first", name=name) for name, keys in ticked.items() if not keys), "")

    def extent(self) -> str:
        """How much that is: pictures × models × maps × metrics."""
        asked = self.request()
        every = self._facts["pictures"] if self._facts else 0
        pictures = min(every, asked.get("limit") or every)
        maps = sum(len(find("method", name).places(asked["layers"])) for name in asked["methods"])
        models, metrics = len(asked["models"]), len(asked["metrics"])
        asked_for = counted(pictures, "picture"), counted(models, "model"), counted(maps, "map")
        return " × ".join((*asked_for, counted(metrics, "metric")))

    # --- what is told ---

    def set_models(self, models: Iterable[str], known: Mapping[str, Opened], info: ModelInfo | None) -> None:
        """Offer these sources; the open one comes first and, when it is another, is ticked."""
        ticks, before = self._lists["models"], self._info
        ticked = ticks.keys()
        # One that is measured already may be used without a change of what is measured.
        left = "" if before is None or (info and info.source in ticked) else before.source
        self._known, self._info = known, info
        ticks.set_entries([Entry(name, source, source) for source, name in model_names(models).items()])
        if info is not before:
            ticks.tick([*([info.source] if info else []), *(each for each in ticked if each != left)])
            self.set_unfit({})

    def show_adding(self, text: str, problem: bool = False) -> None:
        """A model is being opened to be listed, or why it is not."""
        self._adding.setText(text)
        self._adding.setVisible(bool(text))
        set_role(self._adding, "error" if problem else "quiet")

    def add_model(self, source: str) -> None:
        """Tick one more."""
        self.show_adding("")
        self._lists["models"].tick([*self._lists["models"].keys(), source])

    def set_unfit(self, why: Mapping[str, str]) -> None:
        """Sentences for methods and metrics that the open model lacks something for."""
        self._unfit = why
        self.refresh()

    def set_facts(self, facts: Mapping[str, Any] | None) -> None:
        """What the data set was taken for, once that is known."""
        self._facts = facts
        self.refresh()

    def _ask_meaning(self) -> None:
        models = map(model_name, self._lists["models"].keys())
        self._meaning.offer(labels_of(self._facts), self._classes(), [*models])

    def _classes(self) -> dict[str, tuple[str, ...]]:
        """Those of every ticked model that is known: by its name where they differ, else once for all."""
        sources = [source for source in self._lists["models"].keys() if source in self._known]  # noqa: SIM118
        classes = {model_name(source): self._known[source].info.classes for source in sources}
        alike = {*classes.values()}
        return {"": alike.pop()} if len(alike) == 1 else classes

    def refresh(self) -> None:
        """List what there is, with a reason for each that cannot be ticked."""
        self._lists["methods"].set_entries(spec_entries("method", self._unfit))
        self._lists["layers"].set_entries(layer_entries(self._info))
        self._list_metrics()
        self._ask_meaning()
        self.changed.emit()

    def _list_metrics(self) -> None:
        why = {spec.name: reason for spec in catalogue("metric") if (reason := self._why_not(spec))}
        self._lists["metrics"].set_entries(spec_entries("metric", {**self._unfit, **why}))

    def _why_not(self, spec: MetricSpec) -> str:
        if {"mask", "box"} & set(spec.needs) and self._facts is not None and not self._facts["marked"]:
            return tr("{name} needs masks, and the data set has none", name=spec.name)
        ticked = [self._specs[name] for name in self._lists["methods"].keys()]  # noqa: SIM118
        weighs = any(isinstance(each, MethodSpec) and each.weights is not None for each in ticked)
        if "channel weights" in spec.needs and not weighs:
            return tr("{name} needs a method that weighs channels, such as grad-cam", name=spec.name)
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
        self._ask_meaning()
        self.changed.emit()

    def _show_settings(self) -> None:
        name = self._of.currentData()
        spec = self._specs.get(name or "")
        self._params.set_params(spec.params if spec else (), self._settings.get(name or ""))

    def _set(self) -> None:
        self._settings[self._of.currentData()] = self._params.altered()
        self.changed.emit()

    def _add_picked(self, row: int) -> None:
        source = self._add.itemData(row)
        # It says what it does, not what was picked last.
        self._add.setCurrentIndex(-1)
        if source:
            self.model_wanted.emit(source)

    def _ask_out(self) -> None:
        if path := choosing.folder(self, tr("Choose a folder for the tables"), self._out.text()):
            self._out.setText(path)

    # --- putting together ---

    def _build(self) -> None:
        named(
            self._of,
            tr("settings of"),
            tr("Whose settings are shown below, of the methods and metrics that are ticked"),
        )
        tip = tr("The tables of “heatlens evaluate” are written here; left out: only seen here")
        named(self._out, tr("folder of the tables"), tip).setPlaceholderText(tr("nothing is written"))
        browse = tool(tr("Choose a folder for the tables"), self._ask_out, "mdi6.folder-open-outline", flat=False)
        out = row(field_label(tr("Output"), self._out), (self._out, 1), browse, spacing=4)
        lists = self._lists
        for ticks in lists.values():
            ticks.setMinimumHeight(48)
        lists["models"].setFixedHeight(48)
        data = column(
            label(tr("DATA"), "heading"),
            self.data,
            label(tr("RUN"), "heading"),
            out,
            self._run,
            self._meaning,
            ...,
            spacing=4,
        )
        self._settings_of = held(column(label(tr("SETTINGS OF"), "heading"), self._of, spacing=4))
        self._add, self._adding = named(sectioned(), tr("add a model"), _ADD), label(role="quiet")
        self._add.setPlaceholderText(tr("Add a model…"))
        list_models(self._add, of_the_zoo(), ())
        self._add.setCurrentIndex(-1)
        self._add.activated.connect(self._add_picked)
        self._adding.hide()
        models = (_heading(tr("models")), lists["models"], self._add, self._adding)
        methods = (*models, _heading(tr("methods")), (lists["methods"], 3))
        what = (*methods, _heading(tr("layers")), (lists["layers"], 2))
        how = (_heading(tr("metrics")), (lists["metrics"], 3), self._settings_of)
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
