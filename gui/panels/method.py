"""What to ask of the model: by which method, at which layer, about which class."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gui.panels.combo import Combo
from gui.panels.form import ParamForm
from gui.panels.labels import fields, label
from gui.panels.layers import LayerPicker
from gui.panels.sections import add_families, sectioned
from gui.pieces import button, column, named
from gui.texts import counted, tr
from tfcore.registry import INPUT, MethodSpec, catalogue, hidden_from
from tfcore.results import ModelInfo

# Long enough to type a number, short enough to feel at once.
_PAUSE_MS = 150


@dataclass(frozen=True)
class Request:
    """One question to the model. ``layer`` is ``None`` at the input, ``target`` where it is predicted; ``region`` is
    the part of the picture that the target is explained for (tfcore.explain.region), empty for all of it.
    """

    method: str
    params: dict[str, Any]
    layer: str | None
    target: int | None
    region: str = ""


class MethodPanel(QWidget):
    """A form for every method of the catalogue.

    ``changed`` says that ``request()`` is a new question. Where it is quick (``automatic()``) it is to be run now; one
    to a slow method (``MethodSpec.slow``) waits for the button: ``run_requested``.
    """

    changed = Signal()
    run_requested = Signal()
    # The number of the region that was picked, before anything is asked about it.
    region_picked = Signal(int)

    def __init__(self, specs: Sequence[MethodSpec] | None = None) -> None:
        super().__init__()
        listed = catalogue("method") if specs is None else specs
        self._specs = {spec.name: spec for spec in sorted(listed, key=lambda spec: (spec.family, spec.name))}
        self._remembered: dict[str, dict[str, Any]] = {}
        self._spec: MethodSpec | None = None
        # What was asked before a model came of which it cannot be.
        self._wished, self._box = "", False
        # Height and width of what the model eats, where it does not take any.
        self._size: tuple[int | None, ...] = (None, None)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._announce)
        self._build()
        self._fill_methods()
        self.set_model(None)
        self._show_method()

    def request(self) -> Request:
        """The question as it stands."""
        layer = self._layer.path() if self._has_layers() and self._layer.path() != INPUT else ""
        method, target = self._method.currentData() or "", self._target.currentData()
        return Request(method, self._form.values(), layer or None, target, self._region.currentData() or "")

    def automatic(self) -> bool:
        """Whether the method is quick enough to run by itself at every change and every picture."""
        return self._spec is not None and not self._spec.slow

    def run(self) -> None:
        """Ask to compute now, as the button does; a number typed just before is part of the question."""
        if self._pause.isActive():
            self._announce()
        self.run_requested.emit()

    def set_model(self, info: ModelInfo | None) -> None:
        """Offer the layers and classes of a model, at their defaults; ``None`` when there is none."""
        self._pause.stop()
        self._size = info.input_shape[:2] if info else (None, None)
        if (box := bool(info and info.box)) != self._box:
            self._box = box
            self._remember()
            self._fill_methods(box)
            self._show_method()
        self._layer.set_layers(info.layers if info else (), info.default_layer if info else "")
        with QSignalBlocker(self._target):
            self._target.clear()
            self._target.addItem(tr("predicted"), None)
            for index, name in enumerate(info.classes if info else ()):
                self._target.addItem(name, index)
        self._target.setEnabled(info is not None)
        self._explain.setEnabled(info is not None)
        self._layer.setEnabled(info is not None and self._has_layers())
        self._show_cost()

    def offer_regions(self, regions: Sequence[tuple[str, str]], now: int = 0) -> None:
        """Parts of the picture, each with its name; the line is there for networks that answer for every pixel."""
        with QSignalBlocker(self._region):
            self._region.clear()
            for name, region in regions:
                self._region.addItem(name, region)
            self._region.setCurrentIndex(now)
        self._about.setRowVisible(self._region, bool(regions))

    def set_target(self, target: int | None) -> None:
        """Ask about another class (a bar was clicked); counts as a change when it is one."""
        row = self._target.findData(target)
        if row >= 0 and row != self._target.currentIndex():
            self._target.setCurrentIndex(row)

    def set_request(self, request: Request) -> None:
        """Show a question asked before, without a signal; what the catalogue or the model lacks keeps its default."""
        spec = self._specs.get(request.method)
        if spec is None or hidden_from(spec, self._box):
            return
        known = {param.name for param in spec.params}
        self._remembered[spec.name] = spec.parse({name: v for name, v in request.params.items() if name in known})
        with QSignalBlocker(self._method):
            self._method.setCurrentIndex(self._method.findData(spec.name))
        self._show_method()
        if request.layer or self._may_have_layer():
            self._layer.set_path(request.layer or INPUT)
        with QSignalBlocker(self._target):
            self._target.setCurrentIndex(max(0, self._target.findData(request.target)))

    def ask(self, request: Request) -> None:
        """Put this question, as if the user had."""
        self.set_request(request)
        self._announce()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit explains that class, counted from 1 in the order of the list; 0 the predicted one."""
        digit = event.key() - Qt.Key.Key_0
        if 0 <= digit < self._target.count() and digit <= 9:
            self.set_target(digit - 1 if digit else None)
        else:
            super().keyPressEvent(event)

    def add_line(self, widget: QWidget) -> None:
        """A line of somebody else's above the form."""
        self._column.insertWidget(0, widget)

    def add_below(self, widget: QWidget) -> None:
        """Something of somebody else's under the form."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def _build(self) -> None:
        self._method = named(sectioned(), tr("method"))
        self._method.currentIndexChanged.connect(self._method_picked)
        self._summary, self._note = label(role="quiet"), label(role="quiet")
        self._cost = named(label(role="quiet"), tr("cost"))
        self._layer = named(LayerPicker(), tr("layer"))
        self._layer.picked.connect(self._announce)
        what = tr("The class whose score is explained: the predicted one of each picture (0), or a fixed one (1 to 9)")
        self._target = named(Combo(), tr("target class"), what)
        self._target.currentIndexChanged.connect(self._announce)
        part = tr("The part of the picture that the target is explained for: the mean of its score there")
        self._region = named(Combo(), tr("region"), part)
        self._region.activated.connect(self.region_picked)
        self._form = ParamForm()
        self._form.changed.connect(self._pause.start)
        self._form.changed.connect(lambda: self._show_cost())
        waits = tr("This method takes a while, so it runs when asked (Ctrl+Return)")
        self._explain = button(tr("Explain"), waits, self.run, role="primary")
        self._explain.setShortcut("Ctrl+Return")
        self._about = fields((tr("&Layer"), self._layer), (tr("Tar&get"), self._target), (tr("Regio&n"), self._region))
        self._about.setRowVisible(self._region, False)
        self._column = column(
            fields((tr("&Method"), self._method)),
            self._summary,
            self._note,
            self._cost,
            self._about,
            self._form,
            self._explain,
            ...,
            margins=None,
        )
        self.setLayout(self._column)

    def _fill_methods(self, box: bool = False) -> None:
        """Those that cannot be asked of a black box are grey; the one that was asked before comes back after it."""
        why = {name: hidden_from(spec, box) for name, spec in self._specs.items()}
        wished = self._wished or self._method.currentData() or "grad-cam"
        self._wished = wished if why.get(wished) else ""
        with QSignalBlocker(self._method):
            self._method.clear()
            add_families(self._method, self._specs.values(), "occlusion" if self._wished else wished, why)
        self._method.setEnabled(bool(self._specs))

    def _has_layers(self) -> bool:
        return self._spec is not None and self._spec.has_layers

    def _may_have_layer(self) -> bool:
        """Whether it looks at the pixels until a layer is picked."""
        return self._spec is not None and "layer" in self._spec.takes

    def _method_picked(self) -> None:
        self._wished = ""
        self._remember()
        self._show_method()
        self._announce()

    def _remember(self) -> None:
        if self._spec is not None:
            self._remembered[self._spec.name] = self._form.values()

    def _show_method(self) -> None:
        spec = self._spec = self._specs.get(self._method.currentData() or "")
        self._form.set_params(spec.params if spec else (), self._remembered.get(spec.name) if spec else None)
        self._form.setVisible(bool(spec and spec.params))
        self._summary.setText(tr(spec.summary) if spec else tr("No methods are installed."))
        notes = "; ".join(map(tr, filter(None, (spec.note, spec.terms)))) if spec else ""
        self._note.setText(tr("Note: {notes}.", notes=notes) if notes else "")
        self._note.setVisible(bool(notes))
        self._method.setToolTip(tr(spec.summary) if spec else "")
        self._layer.offer_input(self._may_have_layer())
        self._layer.setEnabled(self._has_layers() and self._target.isEnabled())
        self._explain.setVisible(spec is not None and not self.automatic())
        self._show_cost()

    def show_cost(self, passes: int, lasts: str) -> None:
        """How often the network will run and how long that takes, until something else is asked."""
        keeps = tr("; Cancel keeps the estimate") if "budget" in self._form.values() else ""
        # As many lines before it is known how long: whoever is about to click below does not miss.
        self._cost.setText(
            tr(
                "{passes} for a picture{lasts}{keeps}.",
                passes=counted(passes, "pass", "passes"),
                lasts=f", {lasts}" if lasts else "",
                keeps=keeps,
            )
        )
        # Of a model that takes any size it is known with the picture.
        self._cost.show()

    def _show_cost(self) -> None:
        """How often the network will run, before it does."""
        count = self._spec.passes if self._spec else None
        height, width = self._size
        known = count is not None and height is not None and width is not None
        self._cost.setVisible(known)
        if count is not None and height is not None and width is not None:
            self.show_cost(count(self._form.values(), height, width), "")

    def _announce(self) -> None:
        self._pause.stop()
        self.changed.emit()
