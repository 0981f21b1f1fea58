"""The dock beside the grid: which methods, at which layers, of which models or in which planes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.canvas.segmented import Segmented
from gui.canvas.wrapping import wrapped
from gui.features.compare.plan import MOST, Column, Plan
from gui.panels.checks import CheckList, Entry, layer_entries, spec_entries
from gui.panels.labels import label
from gui.pieces import button, column, held, row, tool
from gui.texts import counted, tr
from gui.theme import set_role
from tfcore.pictures.address import PLANES
from tfcore.registry import ALL_STAGES, catalogue, hidden_from
from tfcore.results import ModelInfo

# Five that share one pass through the network.
FIRST = ("grad-cam", "grad-cam++", "hires-cam", "layer-cam", "xgrad-cam")
ACROSS = {
    "layers": tr("Columns are layers of the open model"),
    "models": tr("Columns are models, each at its own default layer"),
    "planes": tr("Columns are the planes of each volume, through its middle; on the desk of many pictures"),
}
# More layers than this are found by typing.
MANY = 12


class ComparePanel(QWidget):
    """Says what is ticked: ``changed`` after every tick, ``run_requested`` when the button is pressed."""

    changed = Signal()
    # Not by itself, as with another model: somebody did.
    ticked = Signal()
    run_requested = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._info: ModelInfo | None = None
        self._names: dict[str, str] = {}
        self._across = "layers"
        # The source of the open model.
        self._open = ""
        self.methods, self.layers, self.models = CheckList("methods"), CheckList("layers"), CheckList("models")
        self._lists = {"methods": self.methods, "layers": self.layers, "models": self.models}
        self.across = Segmented(ACROSS)
        self.search = QLineEdit(placeholderText=tr("type to find a layer"), clearButtonEnabled=True)
        self.count = label(role="quiet")
        what = tr("Compute the ticked heatmaps, and again those that failed")
        self.run = button(tr("Compare"), what, self.run_requested.emit, role="primary")
        self._lay_out()
        self._fill_methods()
        self.across.chosen.connect(lambda what: self._by_hand(lambda: self.set_across(what)))
        self.search.textChanged.connect(self.layers.show_matching)
        for ticks in self._lists.values():
            ticks.ticked.connect(self._tell)
            ticks.itemChanged.connect(self.ticked)
        self.set_model(None)
        self.set_across("layers")

    def plan(self) -> Plan:
        """Rows and columns as ticked."""
        return Plan(self.methods.keys(), self._columns())

    def ticks(self) -> dict[str, Any]:
        """What is ticked in each list, also in one that is not in sight, and which stands across."""
        return {name: list(ticks.keys()) for name, ticks in self._lists.items()} | {"across": self._across}

    def set_ticks(self, ticks: Mapping[str, Any]) -> None:
        """As they were before, as far as that is known."""
        for name, one in self._lists.items():
            if name in ticks:
                one.tick(ticks[name])
        if ticks.get("across") in ACROSS:
            self.set_across(ticks["across"])

    def set_model(self, info: ModelInfo | None) -> None:
        """Offer the layers of this model; all its stages are ticked where all of the last one's were, or nothing is."""
        if bool(info and info.box) != bool(self._info and self._info.box):
            self._fill_methods(bool(info and info.box))
        before, self._info = self._stages(), info
        self._places = {layer.stage: layer.place for layer in (info.layers if info else ()) if layer.stage}
        self._places[ALL_STAGES] = tr("stages joined")
        all_stages = bool(before) and set(self.layers.keys()) == set(before)
        self.layers.set_entries(layer_entries(info))
        self.search.setVisible(info is not None and len(info.layers) > MANY)
        self.layers.show_matching(self.search.text())
        if all_stages or not self.layers.keys():
            self.tick_stages()
        self._tell()

    def set_models(self, models: Sequence[tuple[str, str]]) -> None:
        """Offer these models, source and name, the open one first: it is ticked, with those the user added to one."""
        self._names, before = dict(models), self._open
        self.models.set_entries([Entry(name, source, source) for source, name in models])
        self._open = models[0][0] if models else ""
        added = self.models.keys() if self.models.keys() != (before,) else ()
        self.models.tick((self._open, *added))

    def tick_stages(self) -> None:
        """Exactly the stages of the model."""
        self.layers.tick(self._stages())

    def _stages(self) -> list[str]:
        return [layer.stage for layer in (self._info.layers if self._info else ()) if layer.stage]

    def set_across(self, what: str) -> None:
        """Columns are ``"layers"``, ``"models"`` or ``"planes"``."""
        self._across = what
        self.across.choose(what)
        for name, page in self._pages.items():
            page.setVisible(name == what)
        self._tell()

    def _columns(self) -> tuple[Column, ...]:
        if self._across == "models":
            return tuple(Column(self._names[source], source) for source in self.models.keys())  # noqa: SIM118
        if self._info is None:
            return ()
        source = self._info.source
        if self._across == "planes":
            return tuple(Column(plane, source, plane=plane) for plane in reversed(PLANES))
        return tuple(Column(self._places.get(key, key), source, key) for key in self.layers.keys())  # noqa: SIM118

    def _tell(self) -> None:
        plan = self.plan()
        maps = len(plan.cells())
        text = f"{len(plan.methods)} × {len(plan.columns)} = {counted(maps, 'heatmap')}"
        if not plan.fits:
            text = tr(
                "{n} × {columns}: more than {most} heatmaps; untick some.",
                n=len(plan.methods),
                columns=len(plan.columns),
                most=MOST,
            )
        self.count.setText(text)
        set_role(self.count, "quiet" if plan.fits else "warning")
        self.run.setEnabled(bool(maps) and plan.fits)
        self.changed.emit()

    def _fill_methods(self, box: bool = False) -> None:
        self.methods.set_entries(
            spec_entries("method", {each.name: hidden_from(each, box) for each in catalogue("method")})
        )
        self.methods.tick(("occlusion", "rise") if box else FIRST)

    def _by_hand(self, tick: Callable[[], object]) -> None:
        tick()
        self.ticked.emit()

    def _lay_out(self) -> None:
        def tick(ticks: CheckList, keys: Sequence[str]) -> Callable[[], None]:
            return partial(self._by_hand, partial(ticks.tick, keys))

        cams = tool(
            tr("Tick five CAMs that share one pass through the network"), tick(self.methods, FIRST), text=tr("CAMs")
        )
        no_method = tool(tr("Untick all methods"), tick(self.methods, ()), text=tr("none"))
        each = partial(self._by_hand, self.tick_stages)
        stages = tool(tr("Tick the last layer of every stage, and no other"), each, text=tr("all stages"))
        no_layer = tool(tr("Untick all layers"), tick(self.layers, ()), text=tr("none"))
        find = row((self.search, 1), stages, no_layer, spacing=2)
        planes = label(
            tr("The middle of each volume in three planes, at the default layer, on the desk of many (Ctrl+5)."),
            "quiet",
        )
        self._pages = {
            "layers": held(column(find, self.layers, spacing=4)),
            "models": self.models,
            "planes": held(column(planes, ...)),
        }
        self.setLayout(
            column(
                row(label(tr("Methods"), "heading", wrap=False), ..., cams, no_method, spacing=2),
                (self.methods, 5),
                4,
                wrapped(label(tr("Columns"), "heading", wrap=False), self.across),
                *((page, 4) for page in self._pages.values()),
                row((self.count, 1), self.run),
                label(tr("Click: make current. Ctrl+click two: difference."), "quiet"),
                margins=None,
                spacing=4,
            )
        )
