"""How sure the model is, in the window: its dock, its menu entries, and what they change on show."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace

from PySide6.QtCore import QObject

from gui.desk import Desk
from gui.features.uncertainty.notes import Notes
from gui.features.uncertainty.over_picture import OverPicture
from gui.features.uncertainty.panel import SurePanel
from gui.features.uncertainty.passes import Passes
from gui.features.uncertainty.volume import WholeVolume
from gui.menus import Command
from gui.shown import Layer, Steps
from gui.sweep import PRIORITY, Sweep
from gui.texts import tr
from gui.trail import Form
from tfcore.engine.protocol import Event, Progress
from tfcore.results import Heat, Sureness


class HowSure(QObject):
    """Asks for passes, and lays what they gave beside the picture it belongs to."""

    place = 20

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        # A picture for which passes were asked by hand.
        self._wanted: str | None = None
        self._rank_later = False
        # A dock behind another tab counts as visible for Qt.
        self._in_sight = False
        self.panel = SurePanel()
        self.dock = desk.docks.add_tab("How sure", self.panel)
        self.passes = Passes(desk, self.panel.settings, self)
        self.over_picture = OverPicture(desk, self.panel, self.passes)
        self.volume = WholeVolume(desk, self.panel, self.passes)
        self.ranking = Sweep(self.passes.background, desk.jobs, tr("ranked"), self)
        self.notes = Notes(desk.browser)
        self.form = Form(desk, "how sure", tr("how sure the model is asked"), self.panel.stated, self.panel.set_stated)
        self._connect()
        one = tr("Send this picture through the network many times with dropout on")
        all = tr("Do so for every listed picture, in the background, and put the least sure ones first")
        rank = tr("&Rank all pictures by how sure the model is")
        desk.menus.add(
            [
                Command("E&xplain", "-"),
                Command("E&xplain", "&How sure is the model?", self.run, "Ctrl+U", "mdi6.help-circle-outline", one),
                Command("E&xplain", rank, self.rank, "Ctrl+Shift+U", "mdi6.sort-ascending", all),
            ]
        )

    @property
    def settled(self) -> bool:
        return self.passes.idle and self.over_picture.spreads.idle and self.volume.idle

    # --- what the user asks ---

    def run(self) -> None:
        """Passes for the picture on show, and the dock that tells what they gave."""
        self._open()
        self._wanted = self._desk.explaining.path
        self.passes.know_layers()
        self._refresh()

    def _stop(self) -> None:
        # What was stopped by hand is not begun again by itself.
        self.panel.every.setChecked(False)
        self.passes.pictures.cancel()

    def rank(self) -> None:
        """Passes for all listed pictures in the background; the list is sorted by them."""
        asking = self.passes.asking()
        if asking is None or self.ranking.running:
            return
        if self.passes.layers is None:
            self._rank_later = True
            self.passes.know_layers()
        elif not self.passes.possible:
            # Here it is said that there is no dropout, and some can be put in.
            self._open()
        else:
            browser = self._desk.browser
            browser.sort_by("least sure")
            self.ranking.start(
                tr("rank {n} pictures by sureness ({origin})", n=len(browser.paths()), origin=asking.origin),
                browser.paths(),
                asking.of_picture,
                lambda path: asking.picture_job(path, PRIORITY),
            )

    def _open(self) -> None:
        self.dock.show()
        self.dock.raise_()

    # --- what the window tells ---

    def _connect(self) -> None:
        desk, panel = self._desk, self.panel
        for changed in (desk.opening.opened, desk.opening.moved):
            changed.connect(self.form.by_itself(lambda *_: self._use_model()))
        desk.explaining.heat_changed.connect(self._follow)
        desk.shown.offer(self._layer, self._bring)
        desk.shown.annotated.connect(lambda said: self.notes.keep(said.path))
        desk.explaining.outdated.connect(self.notes.drop)
        desk.explaining.picture_shown.connect(lambda _: self._refresh())
        self.dock.visibilityChanged.connect(self._seen)
        panel.asked.connect(self.run)
        panel.cancelled.connect(self._stop)
        for changed in (panel.changed, panel.shown_changed):
            changed.connect(self._update)
            changed.connect(self.form.edited)
        self.passes.models.ended.connect(self.form.by_itself(self._layers_known))
        self.passes.pictures.ended.connect(self._answered)
        self.passes.pictures.told.connect(self._told)
        self.over_picture.changed.connect(self._show_answer)
        self.ranking.answered.connect(self._ranked)

    def _use_model(self) -> None:
        self.ranking.stop()
        self.notes.forget()
        self._wanted, self._rank_later = None, False
        model = self._desk.opening.info
        self.panel.set_box(bool(model and model.box))
        self.panel.set_layers(self.passes.layers)
        if self._in_sight or self.panel.every.isChecked():
            self.passes.know_layers()
        self._refresh()

    def _seen(self, seen: bool) -> None:
        self._in_sight = seen
        if seen:
            self.passes.know_layers()
            self._refresh()

    def _layers_known(self, question: Hashable) -> None:
        asking = self.passes.asking()
        if asking is not None and question == asking.of_model():
            self.panel.set_layers(self.passes.layers)
            self._refresh()
            if self._rank_later:
                self._rank_later = False
                self.rank()

    # --- one picture ---

    def _refresh(self) -> None:
        """Ask for what is wanted, show what is known."""
        path, asking, passes = self._desk.explaining.path, self.passes.asking(), self.passes
        self.volume.refresh()
        if asking is None or path is None:
            self.panel.show_busy(False, False)
            self.panel.say(tr("Open a picture and a model to see how sure the model is."))
            return
        question, possible, found = asking.of_picture(path), passes.possible, passes.of(path)
        wanted = path == self._wanted or self.panel.every.isChecked() or self.over_picture.of_pixels
        unfinished = found is not None and found.passes < asking.settings.passes and path == self._wanted
        if possible and wanted and (found is None or unfinished) and not passes.pictures.problem(question):
            self._wanted = None
            passes.pictures.withdraw(but=question)
            passes.pictures.ask(question, asking.picture_job(path))
        if not possible and passes.layers is not None:
            self._wanted = None
        busy = passes.pictures.awaited(question)
        self.panel.show_busy(busy, possible)
        if busy:
            self.panel.say(tr("Running {passes} passes …", passes=asking.settings.passes))
        elif found is not None:
            heat = self._desk.explaining.heat
            self.panel.show_sureness(found, heat.target if heat else found.predicted, asking.settings.passes)
        elif problem := passes.pictures.problem(question) or passes.models.problem(asking.of_model()):
            self.panel.say(problem, "error")
        elif passes.models.awaited(asking.of_model()):
            self.panel.say(tr("Looking for dropout layers …"))
        elif possible:
            noisy = isinstance(asking.settings.insert, str)
            differ = tr("with other noise on it") if noisy else tr("with other units dropped")
            self.panel.say(
                tr("The same picture goes through the network many times, each time {differ}.", differ=differ)
            )
        else:
            self.panel.say("")
        self.over_picture.offer()

    def _answered(self, question: Hashable) -> None:
        self._refresh()
        if self._is_shown(question):
            self._show_answer()

    def _told(self, question: Hashable, event: Event) -> None:
        if self._is_shown(question) and isinstance(event, Progress):
            self.panel.say(tr("{done} of {total} passes …", done=event.done, total=event.total))

    def _is_shown(self, question: Hashable) -> bool:
        return self.passes.is_of(question, self._desk.explaining.path)

    def _update(self) -> None:
        self._refresh()
        self._show_answer()

    def _follow(self) -> None:
        """Another heat was drawn, with its layer: it is drawn again only where another map is the one to show now."""
        before = self.panel.shown.currentText()
        self._refresh()
        self._show_answer(draw=self.panel.shown.currentText() != before)

    def _show_answer(self, draw: bool = True) -> None:
        """What the passes gave goes under the thumbnail, on the bars and into the heading."""
        if (heat := self._desk.explaining.heat) is not None and self.passes.asking() is not None:
            if (found := self.passes.of(heat.path)) is not None:
                self.notes.write(heat.path, found)
            self.over_picture.want(heat)
            if draw:
                self._desk.shown.refresh()

    def _layer(self, heat: Heat) -> Layer | None:
        """Intervals on the bars, the spread in the heading, and over the picture the map that was picked."""
        asking = self.passes.asking()
        if asking is None or asking.model.info.source != heat.model:
            return None
        layer, found = self.over_picture.layer(heat), self.passes.of(heat.path)
        return replace(layer or Layer(), sureness=found)

    def _bring(self, heat: Heat) -> Steps:
        """Passes of the picture where those of the present one are told, and the spread of its heat if that is."""
        asking, present = self.passes.asking(), self._desk.explaining.path
        if asking is None or not self.passes.possible:
            return
        if present is not None and self.passes.of(present) is not None and self.passes.of(heat.path) is None:
            yield self.passes.background, asking.of_picture(heat.path), asking.picture_job(heat.path, PRIORITY)
        yield from self.over_picture.bring(heat)

    # --- all pictures ---

    def _ranked(self, path: str, found: Sureness) -> None:
        self.notes.write(path, found)
        if path == self._desk.explaining.path:
            self._update()
