"""Inside the network, in the window: its drawer, its jobs, and where a filter fires in the picture on show."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from gui.canvas.mask_item import Area
from gui.describing import Describing
from gui.export.where import ask_folder
from gui.features.inside.words import in_words, shortly
from gui.menus import Command
from gui.panels.late import Late
from gui.shown import Layer, Steps
from gui.state import OneJob, Opened, Questions
from gui.texts import counted, tr
from gui.trail import Form
from tfcore.engine.protocol import Job
from tfcore.figure.masks import colour_of
from tfcore.results import Detector, Dissection, FilterMasks, Heat, Mask

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.inside.liking import Liking
    from gui.features.inside.panel import InsidePanel

_HEIGHT = 400
# The colour of the thumbnails.
_COLOUR, _FILL = colour_of(1), 0.45
_AREAS = "filter"
# What follows relevance through a filter.
_THROUGH = "lrp-composite"
# Of the filters that fire where somebody clicked.
_NAMED = 6
# Bytes of masks that are held.
_KEPT = 256 << 20


class Inside(QObject):
    """Makes the panel when it is first seen, and speaks for it with the engine."""

    place = 44

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        # By the model that they are of.
        self._found: dict[Hashable, Dissection] = {}
        self._describing = Describing(desk.engine, self)
        self._dissecting, self._saving = (OneJob(desk.engine, kind, self) for kind in ("dissect", "save_dissection"))
        self._asked: Opened | None = None
        self._liking: Liking | None = None
        # Where somebody clicked, and on which picture, until it is known what fires there.
        self._pointed: tuple[str, QPointF] | None = None
        self._masks = Questions(desk.engine, self, _KEPT, weight=lambda masks: int(masks.packed.nbytes))
        self._place = Late(self._made, self._set_up)
        self.dock = desk.docks.add_drawer("Inside the network", self._place, _HEIGHT)
        self.dock.visibilityChanged.connect(self._seen)
        what = tr("Which filters stand for what experts mark, and what a filter would like to see most")
        desk.menus.add(
            [Command("E&xplain", "&Inside the network…", self.dock.open, "Ctrl+Shift+I", "mdi6.layers-search", what)]
        )

    @property
    def settled(self) -> bool:
        """Nothing is looked into."""
        liking = self._liking is None or self._liking.settled
        return liking and self._describing.idle and self._dissecting.idle and self._saving.idle and self._masks.idle

    def _seen(self, seen: bool) -> None:
        if not seen and self.dock.isHidden() and self._place.made is not None:
            # Closed, and not behind another: nothing is left over the picture that could not be taken away.
            self._place.made.filters.unpick()

    @property
    def panel(self) -> InsidePanel:
        """Made at its first use."""
        return self._place.panel

    def _made(self) -> InsidePanel:
        # Imported late: it would delay the first paint of the window.
        from gui.features.inside.panel import InsidePanel

        return InsidePanel()

    def _set_up(self, panel: InsidePanel) -> None:
        from gui.features.inside.liking import Liking

        desk = self._desk
        self._liking = Liking(desk, panel)
        page, running = panel.filters, panel.filters.running
        self._describing.answered.connect(page.data.show_facts)
        self._describing.serve(page.data)
        self._dissecting.progressed.connect(running.show_progress)
        self._dissecting.answered.connect(self._dissected)
        self._dissecting.failed.connect(lambda why: running.end(why, "error"))
        self._dissecting.cancelled.connect(lambda: running.end(tr("Cancelled; nothing was kept."), "warning"))
        self._masks.ended.connect(lambda _: self._answered())
        page.changed.connect(self._allow)
        page.picked.connect(self._picked)
        page.save_asked.connect(self._save)
        page.through_asked.connect(self._explain_through)
        self._saving.answered.connect(
            lambda files: desk.jobs.history.add(tr("Saved to {parent}.", parent=Path(files[0]).parent))
        )
        self._saving.failed.connect(lambda why: desk.jobs.history.add(why, "error"))
        running.started.connect(self._dissect)
        running.cancelled.connect(self._dissecting.cancel)
        desk.opening.failed.connect(lambda _: self._refresh())
        desk.explaining.picture_shown.connect(lambda _: self._picture_shown())
        desk.canvas.views.clicked.connect(self._clicked)
        desk.shown.offer(self._layer, self._bring)
        self._use_model(desk.opening.now)
        form = Form(desk, "dissect", tr("what is dissected"), page.stated, page.set_stated)
        form.follow(self._use_model)
        page.changed.connect(form.edited)

    # --- asking ---

    def _use_model(self, model: Opened | None) -> None:
        page = self.panel.filters
        page.set_model(model.info if model is not None else None)
        page.show_found(self._found.get(model.key) if model is not None else None)
        self._allow()

    def _allow(self) -> None:
        missing = tr("Open a model first.") if self._desk.opening.now is None else ""
        data = self.panel.filters.data.missing()
        self.panel.filters.running.allow(missing or (data and f"{data}."))

    def _dissect(self) -> None:
        model, page = self._desk.opening.now, self.panel.filters
        if model is None:
            return
        self._asked = model
        page.running.begin()
        self._dissecting.ask(model.asked(**page.request()), tr("dissect {name}", name=model.info.name))

    def _dissected(self, found: Dissection) -> None:
        assert self._asked is not None
        self._found[self._asked.key] = found
        page, model = self.panel.filters, self._desk.opening.now
        parts = [
            tr("{pictures} pictures, {n} concepts", pictures=found.facts["pictures"], n=len(found.concepts)),
            tr("{n} pictures not usable: {unread}", n=len(found.unread), unread=found.unread[0])
            if found.unread
            else "",
        ]
        page.running.end(" · ".join(filter(None, parts)), "warning" if found.unread else "")
        if model is not None and model.key == self._asked.key:
            page.show_found(found)

    def _save(self) -> None:
        """Tables, page and figures of what was found, with the picture on show."""
        model, found = self._desk.opening.now, self._dissection
        if model is None or found is None:
            return
        if (folder := ask_folder(self._desk, tr("Save what filters stand for"))) is not None:
            asked = model.asked(found=found, out=str(folder), picture=self._path or "")
            self._saving.ask(asked, tr("save what filters of {name} stand for", name=model.info.name), priority=1)

    # --- over the picture ---

    def _picked(self, one: Detector | None) -> None:
        if one is not None and (found := self._dissection) is not None:
            assert self._liking is not None
            # Nobody filled in that page.
            self._liking.form.by_itself(self.panel.likes.show_filter)(found[one.layer].layer, one.filter)
        self._refresh()

    def _explain_through(self) -> None:
        """What of the class on show passes the filter that is picked."""
        one, found, method = self.panel.filters.current(), self._dissection, self._desk.method
        if one is not None and found is not None:
            through = {"through": f"{found[one.layer].layer}:{one.filter}"}
            method.ask(replace(method.request(), method=_THROUGH, params=through, layer=None))

    def _picture_shown(self) -> None:
        # Where somebody clicked was a place of another picture.
        self.panel.filters.show_place(None, "")
        self._refresh()

    def _refresh(self) -> None:
        """Ask where the filter on show fires in the picture on show."""
        one, path = self.panel.filters.current(), self._path
        # Of a network that is being left nothing is asked.
        if one is not None and path is not None and self._desk.opening.idle:
            self._ask(path, one.layer)
        self._draw()

    def _ask(self, path: str, layer: str) -> None:
        if (question := self._question(path, layer)) not in self._masks:
            self._masks.ask(question, self._job(path, layer))

    def _answered(self) -> None:
        self._draw()
        self._tell()

    def _draw(self) -> None:
        one, path = self.panel.filters.current(), self._path
        masks = self._of(path, one.layer) if one is not None and path is not None else None
        areas = [] if masks is None or one is None else [Area(masks.mask(one.filter), _COLOUR, _FILL)]
        self._desk.canvas.views.show_areas([area for area in areas if area.inside.any()], _AREAS)
        self._desk.shown.refresh()

    def _clicked(self, at: QPointF) -> None:
        """The filters that fire there: of every layer the masks are asked for."""
        path = self._path
        if self._dissection is not None and path is not None:
            self._pointed = (path, at)
            self._desk.canvas.views.tell_place(tr("looking which filters fire here …"))
            for layer in self._dissection:
                self._ask(path, layer)
            self._tell()

    def _tell(self) -> None:
        """Once they are all there."""
        found = self._dissection
        if found is None or self._pointed is None or self._pointed[0] != self._path:
            return
        path, at = self._pointed
        masks = {layer: self._of(path, layer) for layer in found}
        if all(masks.values()):
            self._pointed = None
            firing = {(layer, index) for layer, each in masks.items() if each for index in each.at(at.x(), at.y())}
            words = counted(len(firing), "filter fires here", "filters fire here")
            self.panel.filters.show_place(firing, f"x {int(at.x())}  y {int(at.y())}: {words}")
            best = [one for one in found.best() if one.key in firing][:_NAMED]
            named = [shortly(one) for one in best]
            self._desk.canvas.views.tell_place(": ".join(filter(None, [words, ", ".join(named)])))

    def _layer(self, heat: Heat) -> Layer | None:
        """The mask of the filter on show, for the heading and for figures."""
        one, model = self.panel.filters.current(), self._desk.opening.now
        if one is None or model is None or (masks := self._of(heat.path, one.layer)) is None:
            return None
        name = in_words(one)
        mask = masks.mask(one.filter)
        drawn = Mask(
            heat.path,
            heat.model,
            ("elsewhere", name),
            mask.astype("uint8"),
            (int((~mask).sum()), int(mask.sum())),
            None,
            heat.box,
            heat.hashes,
            heat.weights,
        )
        return Layer(answer=name, mask=drawn)

    def _bring(self, heat: Heat) -> Steps:
        if (one := self.panel.filters.current()) is not None:
            yield self._masks, self._question(heat.path, one.layer), self._job(heat.path, one.layer)

    # --- questions ---

    @property
    def _path(self) -> str | None:
        picture = self._desk.explaining.picture
        return None if picture is None else str(picture.path)

    @property
    def _dissection(self) -> Dissection | None:
        model = self._desk.opening.now
        return None if model is None else self._found.get(model.key)

    def _of(self, path: str, layer: str) -> FilterMasks | None:
        found: FilterMasks | None = self._masks.get(self._question(path, layer))
        return found

    def _question(self, path: str, layer: str) -> Hashable:
        model = self._desk.opening.now
        return path, model and model.key, layer, id(self._dissection)

    def _job(self, path: str, layer: str) -> Job:
        model, found = self._desk.opening.now, self._dissection
        assert model is not None
        assert found is not None
        of = found[layer]
        more = {
            "layer": of.layer,
            "thresholds": of.thresholds,
            "dead": of.dead,
            "foreground": found.facts["foreground"],
        }
        return Job(
            "filter_masks", model.asked(picture=path, **more), title=tr("filters · {name}", name=Path(path).name)
        )
