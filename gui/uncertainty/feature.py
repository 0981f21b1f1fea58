"""How sure the model is, in the window: its dock, its menu entries, and what they change on show."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gui import menus
from gui.commands import Command
from gui.shown import Bars, Layer
from gui.state import Questions
from gui.uncertainty.asking import Asking
from gui.uncertainty.notes import Notes
from gui.uncertainty.over_picture import OverPicture
from gui.uncertainty.panel import SurePanel
from gui.uncertainty.ranking import Ranking
from gui.uncertainty.words import answer, best
from tfcore.engine.protocol import Event, Progress
from tfcore.results import DropoutLayers, Heat, Sureness

if TYPE_CHECKING:
    from gui.main_window import MainWindow


class HowSure(QObject):
    """Asks for passes, keeps what they gave, and lays it beside the picture it belongs to."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        # A picture for which passes were asked by hand.
        self._wanted: str | None = None
        self._rank_later = False
        # A dock behind another tab counts as visible for Qt.
        self._in_sight = False
        self.panel = SurePanel()
        self.dock = window.add_dock("How sure", self.panel, Qt.DockWidgetArea.RightDockWidgetArea)
        window.tabifyDockWidget(window.docks["Method"], self.dock)
        window.docks["Method"].raise_()
        self.layers = Questions(window.engine, self)
        self.answers = Questions(window.engine, self)
        self.background = Questions(window.engine, self)
        self.over_picture = OverPicture(window, self.panel, self)
        self.ranking = Ranking(self.background, window.jobs, self)
        self.notes = Notes(window.browser)
        self._connect()
        menus.add(
            window,
            [
                Command("E&xplain", "-"),
                Command(
                    "E&xplain",
                    "&How sure is the model?",
                    self.run,
                    "Ctrl+U",
                    "mdi6.help-circle-outline",
                    "Send this picture through the network many times with dropout on",
                ),
                Command(
                    "E&xplain",
                    "&Rank all pictures by how sure the model is",
                    self.rank,
                    "Ctrl+Shift+U",
                    "mdi6.sort-ascending",
                    "Do so for every listed picture, in the background, and put the least sure ones first",
                ),
            ],
        )

    @property
    def settled(self) -> bool:
        """No passes are awaited."""
        return all(each.idle for each in (self.layers, self.answers, self.over_picture.spreads, self.background))

    # --- what the user asks ---

    def run(self) -> None:
        """Passes for the picture on show, and the dock that tells what they gave."""
        self._open()
        self._wanted = self._window.explaining.path
        self._know_layers()
        self._refresh()

    def _stop(self) -> None:
        # What was stopped by hand is not begun again by itself.
        self.panel.every.setChecked(False)
        self.answers.cancel()

    def rank(self) -> None:
        """Passes for all listed pictures in the background; the list is sorted by them."""
        asking = self.asking()
        if asking is None or self.ranking.running:
            return
        if self.layers.get(asking.of_model()) is None:
            self._rank_later = True
            self._know_layers()
        elif not self._possible():
            # Here it is said that there is no dropout, and some can be put in.
            self._open()
        else:
            self._window.browser.sort_by("least sure")
            self.ranking.start(self._window.browser.paths(), asking)

    def _open(self) -> None:
        self.dock.show()
        self.dock.raise_()

    # --- what the window tells ---

    def _connect(self) -> None:
        window, panel = self._window, self.panel
        window.opening.opened.connect(self._use_model)
        window.explaining.heat_changed.connect(self._update)
        window.shown.offer(self._layer)
        window.explaining.heat_known.connect(lambda heat: self.notes.keep(heat.path))
        window.explaining.picture_shown.connect(lambda _: self._refresh())
        self.dock.visibilityChanged.connect(self._seen)
        panel.asked.connect(self.run)
        panel.cancelled.connect(self._stop)
        panel.changed.connect(self._update)
        panel.shown_changed.connect(self._show_answer)
        self.layers.ended.connect(self._layers_known)
        self.answers.ended.connect(self._answered)
        self.answers.told.connect(self._told)
        self.over_picture.changed.connect(self._show_answer)
        self.ranking.ranked.connect(self._ranked)

    def _use_model(self) -> None:
        self.ranking.stop()
        self.notes.forget()
        self._wanted, self._rank_later = None, False
        self.panel.set_layers(self._layers())
        if self._in_sight or self.panel.every.isChecked():
            self._know_layers()
        self._refresh()

    def _seen(self, seen: bool) -> None:
        self._in_sight = seen
        if seen:
            self._know_layers()
            self._refresh()

    def _know_layers(self) -> None:
        asking = self.asking()
        if asking is not None and self._layers() is None:
            self.layers.ask(asking.of_model(), asking.model_job())

    def _layers_known(self, question: Hashable) -> None:
        asking = self.asking()
        if asking is not None and question == asking.of_model():
            self.panel.set_layers(self._layers())
            self._refresh()
            if self._rank_later:
                self._rank_later = False
                self.rank()

    # --- one picture ---

    def _refresh(self) -> None:
        """Ask for what is wanted, show what is known."""
        path, asking = self._window.explaining.path, self.asking()
        if asking is None or path is None:
            self.panel.show_busy(False, False)
            self.panel.say("Open a picture and a model to see how sure the model is.")
            return
        question, possible = asking.of_picture(path), self._possible()
        wanted = path == self._wanted or self.panel.every.isChecked()
        found = self._known(question)
        unfinished = found is not None and found.passes < asking.settings.passes and path == self._wanted
        if possible and wanted and (found is None or unfinished) and not self.answers.problem(question):
            self._wanted = None
            self.answers.withdraw(but=question)
            self.answers.ask(question, asking.picture_job(path))
        if not possible and self._layers() is not None:
            self._wanted = None
        busy = self.answers.awaited(question)
        self.panel.show_busy(busy, possible)
        if busy:
            self.panel.say(f"Running {asking.settings.passes} passes …")
        elif found is not None:
            heat = self._window.explaining.heat
            self.panel.show_sureness(found, heat.target if heat else best(found), asking.settings.passes)
        elif problem := self.answers.problem(question) or self.layers.problem(asking.of_model()):
            self.panel.say(problem, "error")
        elif self._layers() is None:
            self.panel.say("Looking for dropout layers …" if self.layers.awaited(asking.of_model()) else "")
        elif possible:
            self.panel.say("The same picture goes through the network many times, each time with other units dropped.")
        else:
            self.panel.say("")
        self.over_picture.offer(possible)

    def _answered(self, question: Hashable) -> None:
        self._refresh()
        if self._is_shown(question):
            self._show_answer()

    def _told(self, question: Hashable, event: Event) -> None:
        if self._is_shown(question) and isinstance(event, Progress):
            self.panel.say(f"{event.done} of {event.total} passes …")

    def _update(self) -> None:
        self._refresh()
        self._show_answer()

    def _show_answer(self) -> None:
        """What the passes gave goes under the thumbnail, on the bars and into the heading."""
        heat, asking = self._window.explaining.heat, self.asking()
        if heat is not None and asking is not None:
            if (found := self._known(asking.of_picture(heat.path))) is not None:
                self.notes.write(heat.path, found)
            self.over_picture.want(heat, asking, self._possible())
            self._window.shown.refresh()

    def _layer(self, heat: Heat) -> Layer | None:
        """Intervals on the bars, the spread in the heading, and over the picture the map that was picked."""
        if (asking := self.asking()) is None:
            return None
        layer = self.over_picture.layer(heat, asking, self._possible()) or Layer()
        if (found := self._known(asking.of_picture(heat.path))) is None:
            return layer
        bars = None
        if found.intervals is not None:
            note = f"mean, middle 90 % of {found.passes} passes{', inserted' * found.inserted}"
            bars = Bars(found.mean, found.intervals, note)
        return replace(layer, bars=bars, answer=layer.answer or answer(found))

    # --- all pictures ---

    def _ranked(self, path: str, found: Sureness) -> None:
        self.notes.write(path, found)
        asking = self.asking()
        if path == self._window.explaining.path and asking is not None:
            self._answered(asking.of_picture(path))

    # --- what is known ---

    def asking(self) -> Asking | None:
        """What is asked as things stand; nothing without a model."""
        model = self._window.opening.now
        return None if model is None else Asking(model, self.panel.settings())

    def _layers(self) -> DropoutLayers | None:
        asking = self.asking()
        return None if asking is None else self.layers.get(asking.of_model())

    def _possible(self) -> bool:
        layers = self._layers()
        return layers is not None and (bool(layers.active) or self.panel.settings().insert is not None)

    def _known(self, question: Hashable) -> Sureness | None:
        return self.answers.get(question) or self.background.get(question)

    def _is_shown(self, question: Hashable) -> bool:
        path, asking = self._window.explaining.path, self.asking()
        return path is not None and asking is not None and question == asking.of_picture(path)
