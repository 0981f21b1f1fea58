"""Layer by layer, in the window: the strip of the heat on show, and the line that says whether relevance adds up."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path

from PySide6.QtCore import QObject

from gui.desk import Desk
from gui.features.relevance.strip import Strip
from gui.features.relevance.words import Line, adds_up, line
from gui.figures import Subject
from gui.menus import Command
from gui.panels import Request
from gui.panels.labels import label
from gui.shown import Layer, Steps
from gui.state import Opened, Questions
from gui.sweep import PRIORITY
from gui.texts import tr
from tfcore.engine.protocol import Job
from tfcore.registry import INPUT, find
from tfcore.results import Heat, LayerStrip

_HEIGHT = 220
_METHOD = "grad-cam"
# Of text, kept for the line on sums before they are known, so that it moves nothing when it comes.
_LINES = 3
_LATER = tr("Whether the heatmap adds up stands here when it is there.")
_WAITS = tr("Every layer is seen here as soon as there is a heatmap of this picture.")


class Relevance(QObject):
    """Hears which heat is on show, and shows it at every layer."""

    place = 30

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._shown: LayerStrip | None = None
        self._seen = False
        self.sums = label(role="quiet")
        self.sums.hide()
        desk.method.add_line(self.sums)
        self.strip = Strip()
        self.dock = desk.docks.add_drawer("Layer by layer", self.strip, _HEIGHT)
        self.answers = Questions(desk.engine, self)
        self._connect()
        what = tr("The film strip: this heatmap at every layer, and relevance on its way from the output to the pixels")
        desk.menus.add([Command("E&xplain", "La&yer by layer", self.dock.open, "Ctrl+Shift+L", "mdi6.filmstrip", what)])
        self._refresh()

    @property
    def settled(self) -> bool:
        return self.answers.idle

    # --- what the window tells ---

    def _connect(self) -> None:
        desk = self._desk
        desk.explaining.heat_changed.connect(self._heat_changed)
        desk.method.changed.connect(self._tell)
        desk.shown.offer(self._layer, self._bring)
        desk.canvas.display_changed.connect(self._display_changed)
        self.dock.visibilityChanged.connect(self._visible)
        self.answers.ended.connect(lambda _: self._refresh())
        self.strip.changed.connect(self._refresh)
        self.strip.picked.connect(self._pick)
        self.strip.method_asked.connect(self._use_method)
        self.strip.export_asked.connect(lambda: self._hand_on(self._desk.figures.export))
        self.strip.figure_asked.connect(lambda: self._hand_on(self._desk.figures.compose))

    def _heat_changed(self) -> None:
        self._tell()
        self._leave_layer()
        self._refresh()

    def _tell(self) -> None:
        """Whether the heat adds up, or room for it where that will be known."""
        heat = self._desk.explaining.heat
        told = line(heat) if heat is not None else Line()
        # The heading has no room for the pictures that excite a channel.
        found = heat.found if heat is not None and heat.params.get("among") else ""
        wanted = self._desk.method.request().method
        awaited = bool(wanted) and adds_up(find("method", wanted))
        later = awaited and (heat is None or heat.method != wanted)
        self.sums.setText("\n".join(filter(None, (told.text, found))) or _LATER * later)
        self.sums.setToolTip(told.tip)
        self.sums.setMinimumHeight(_LINES * self.sums.fontMetrics().lineSpacing() * awaited)
        self.sums.setVisible(bool(self.sums.text()))

    def _visible(self, seen: bool) -> None:
        self._seen = seen
        self._refresh()

    def _display_changed(self) -> None:
        if self._desk.explaining.picture is not None:
            self.strip.show_display(self._desk.canvas.display(), self._desk.explaining.picture)

    # --- the strip ---

    def _refresh(self) -> None:
        """Ask for the strip of what is on show, and show it once it is there."""
        heat, picture = self._desk.explaining.heat, self._desk.explaining.picture
        if not self._seen:
            return
        if heat is None or picture is None:
            there = picture is not None and self._desk.opening.now is not None
            self._say(_WAITS if there else tr("Open a picture and a model to see a heatmap at every layer."))
        elif not (find("method", heat.method).by_layer or find("method", heat.method).by_block):
            info = self._desk.opening.info
            box = bool(info and info.box)
            able = tr("a black box shows no layers") if box else tr("{other} is", other=_METHOD)
            self._say(
                tr("{method} is not seen layer by layer out of one run; {able}.", method=heat.method, able=able),
                offer=not box,
            )
        elif (found := self.answers.get(self._question(heat))) is not None:
            if found is not self._shown:
                self._leave_layer()
                self._shown = found
                told = (
                    line(found.heats[-1]).text.partition(": ")[2] if found.sums else tr("from the input to the output")
                )
                self.strip.show_strip(found, picture, self._desk.canvas.display(), told)
        elif problem := self.answers.problem(self._question(heat)):
            self._say(problem)
        else:
            self.answers.withdraw(but=self._question(heat))
            self.answers.ask(self._question(heat), self._job(heat))
            self._say(tr("Looking at every layer …"))

    def _say(self, text: str, offer: bool = False) -> None:
        self._shown = None
        self.strip.say(text, offer)

    def _leave_layer(self) -> None:
        if self.strip.large() is not None:
            self.strip.unpick()
            self._desk.shown.refresh()

    def _pick(self) -> None:
        if self._desk.canvas.mode() == "grid":
            self._desk.canvas.set_mode("overlay")
        self._desk.shown.refresh()

    def _layer(self, heat: Heat) -> Layer | None:
        """One layer seen large, if one is picked: of another picture the same one."""
        number, strip = self.strip.large(), self.answers.get(self._question(heat))
        if strip is None or number is None:
            return None
        picked = strip.heats[number]
        where = tr("the pixels") if picked.layer == INPUT and not picked.params.get("block") else picked.place
        what = "relevance" if strip.sums else strip.method
        told = tr(
            "{name} · {what} at {where} for {class_}",
            name=Path(heat.path).name,
            what=what,
            where=where,
            class_=picked.classes[picked.target],
        )
        return Layer(heat=picked, title=told)

    def _bring(self, heat: Heat) -> Steps:
        if self.strip.large() is not None:
            yield self.answers, self._question(heat), self._job(heat)

    def _use_method(self) -> None:
        method = self._desk.method
        method.ask(Request(_METHOD, {}, None, method.request().target))

    def _question(self, heat: Heat) -> Hashable:
        asked = (heat.method, heat.target, heat.region, repr(sorted(heat.params.items())))
        return (heat.path, self._model.key, *asked, self.strip.every.isChecked())

    @property
    def _model(self) -> Opened:
        """The one that made the heat on show."""
        model = self._desk.opening.now
        assert model is not None
        return model

    def _job(self, heat: Heat) -> Job:
        arguments = self._model.asked(
            picture=heat.path,
            method=heat.method,
            target=heat.target,
            params=heat.params,
            every=self.strip.every.isChecked(),
            region=heat.region or None,
        )
        return Job("layer_strip", arguments, title=tr("layer by layer · {name}", name=Path(heat.path).name))

    def _hand_on(self, to: Callable[[Subject], object]) -> None:
        """The strip as a figure, for this picture or for many, or as cells of one."""
        strip, picture = self._shown, self._desk.explaining.picture
        if strip is not None and picture is not None:
            items = [(heat, picture) for heat in strip.heats]
            to(Subject(items, f"{strip.method}-strip", self._again, "strip"))

    def _again(self, path: str) -> Steps:
        """The strip of another picture."""
        asking = self._desk.explaining.asking(path, PRIORITY)
        assert asking is not None
        heat = yield asking
        strip: LayerStrip = yield self.answers, self._question(heat), self._job(heat)
        return list(strip.heats)
