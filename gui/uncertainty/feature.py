"""How sure the model is, in the window: its dock, its menu entries, and what they change on show."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from gui import menus, showing
from gui.answers import Answers
from gui.commands import Command
from gui.uncertainty.heats import heat_under_dropout, title
from gui.uncertainty.panel import HEAT, SHOWN, SurePanel
from gui.uncertainty.ranking import Ranking
from gui.uncertainty.words import answer, best, level, origin
from tfcore.engine.protocol import Heat, HeatSpread, Job, ModelInfo, Sureness
from tfcore.registry import find

if TYPE_CHECKING:
    from gui.main_window import MainWindow

# The spread of a map is computed for the methods of the shared gradient passes.
_GRADIENTS = "tfcore.explain.passes:run"


class HowSure(QObject):
    """Asks for passes, keeps what they gave, and lays it beside the picture it belongs to."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._model: ModelInfo | None = None
        self._trusted = False
        # A picture for which passes were asked by hand.
        self._wanted: str | None = None
        self._rank_later = False
        # A dock behind another tab counts as visible for Qt.
        self._in_sight = False
        # Whether bars and canvas show what passes gave rather than the plain answer.
        self._on_bars = self._on_canvas = False
        self._notes: dict[str, tuple[str, float]] = {}
        self.panel = SurePanel()
        self.dock = window.add_dock("How sure", self.panel, Qt.DockWidgetArea.RightDockWidgetArea)
        window.tabifyDockWidget(window.docks["Method"], self.dock)
        window.docks["Method"].raise_()
        self.layers = Answers(window.engine, self)
        self.answers = Answers(window.engine, self)
        self.spreads = Answers(window.engine, self)
        self.background = Answers(window.engine, self)
        self.ranking = Ranking(self.background, window.jobs, self)
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
        return all(each.idle for each in (self.layers, self.answers, self.spreads, self.background))

    # --- what the user asks ---

    def run(self) -> None:
        """Passes for the picture on show, and the dock that tells what they gave."""
        self._open()
        self._wanted = self._window.explaining.path
        self._know_layers()
        self._refresh()

    def rank(self) -> None:
        """Passes for all listed pictures in the background; the list is sorted by them."""
        if self._model is None or self.ranking.running:
            return
        if self.layers.get(self._model_key()) is None:
            self._rank_later = True
            self._know_layers()
        elif not self._possible():
            # Here it is said that there is no dropout, and some can be put in.
            self._open()
        else:
            settings = self.panel.settings()
            self._window.browser.sort_by("least sure")
            named = origin(settings.passes, settings.seed, settings.insert)
            self.ranking.start(self._window.browser.paths(), self._question, self._job, named)

    def _open(self) -> None:
        self.dock.show()
        self.dock.raise_()

    # --- what the window tells ---

    def _connect(self) -> None:
        window, panel = self._window, self.panel
        window.opening.opened.connect(self._use_model)
        window.explaining.heat_shown.connect(self._heat_shown)
        window.explaining.heat_known.connect(self._keep_note)
        window.explaining.picture_shown.connect(lambda _: self._refresh())
        window.explaining.picture_awaited.connect(lambda _: self._refresh())
        self.dock.visibilityChanged.connect(self._seen)
        panel.asked.connect(self.run)
        panel.cancelled.connect(self.answers.cancel)
        panel.changed.connect(self._settings_changed)
        panel.shown_changed.connect(self._show_heat)
        self.layers.ended.connect(self._layers_known)
        self.answers.ended.connect(self._answered)
        self.answers.progressed.connect(self._progressed)
        self.spreads.ended.connect(lambda _: self._show_heat())
        self.ranking.ranked.connect(self._ranked)
        self.ranking.ended.connect(self._rank_ended)

    def _use_model(self, info: ModelInfo, trusted: bool) -> None:
        self.ranking.stop()
        for path in self._notes:
            self._window.browser.annotate(path, "")
        self._notes.clear()
        self._model, self._trusted, self._wanted, self._rank_later = info, trusted, None, False
        self.panel.set_layers(self.layers.get(self._model_key()))
        self._on_bars = False
        if self._in_sight or self.panel.every.isChecked():
            self._know_layers()
        self._refresh()

    def _seen(self, seen: bool) -> None:
        self._in_sight = seen
        if seen:
            self._know_layers()
            self._refresh()

    def _know_layers(self) -> None:
        if self._model is not None and self.layers.get(self._model_key()) is None:
            arguments = {"model": self._model.source, "trust": self._trusted}
            self.layers.ask(self._model_key(), Job("dropout_layers", arguments, priority=-1))

    def _layers_known(self, key: Hashable) -> None:
        if key == self._model_key():
            self.panel.set_layers(self.layers.get(key))
            self._refresh()
            if self._rank_later:
                self._rank_later = False
                self.rank()

    def _settings_changed(self) -> None:
        self._refresh()
        self._show_answer()

    # --- one picture ---

    def _refresh(self) -> None:
        """Ask for what is wanted, show what is known."""
        path = self._window.explaining.path
        if self._model is None or path is None:
            self.panel.show_busy(False, False)
            self.panel.say("Open a picture and a model to see how sure the model is.")
            return
        question, possible = self._question(path), self._possible()
        wanted = path == self._wanted or self.panel.every.isChecked()
        found = self._known(question)
        unfinished = found is not None and found.passes < self.panel.settings().passes and path == self._wanted
        if possible and wanted and (found is None or unfinished) and not self.answers.problem(question):
            self._wanted = None
            self.answers.withdraw(but=question)
            self.answers.ask(question, self._job(path, 0))
        if not possible and self.layers.get(self._model_key()) is not None:
            self._wanted = None
        busy = self.answers.awaited(question)
        self.panel.show_busy(busy, possible)
        if busy:
            self.panel.say(f"Running {self.panel.settings().passes} passes …")
        elif found is not None:
            heat = self._window.explaining.heat
            self.panel.show_sureness(found, heat.target if heat else best(found), self.panel.settings().passes)
        elif problem := self.answers.problem(question) or self.layers.problem(self._model_key()):
            self.panel.say(problem, "error")
        elif self.layers.get(self._model_key()) is None:
            self.panel.say("Looking for dropout layers …" if self.layers.awaited(self._model_key()) else "")
        elif possible:
            self.panel.say("The same picture goes through the network many times, each time with other units dropped.")
        else:
            self.panel.say("")
        self._offer()

    def _answered(self, question: Hashable) -> None:
        path = self._window.explaining.path
        self._refresh()
        if path is not None and question == self._question(path):
            self._show_answer()

    def _progressed(self, question: Hashable, done: int, total: int) -> None:
        path = self._window.explaining.path
        if path is not None and question == self._question(path):
            self.panel.say(f"{done} of {total} passes …")

    def _known(self, question: Hashable) -> Sureness | None:
        return self.answers.get(question) or self.background.get(question)

    def _heat_shown(self, heat: Heat | None) -> None:
        self._on_bars = self._on_canvas = False
        self._refresh()
        if heat is not None:
            self._show_answer()

    def _show_answer(self) -> None:
        """Intervals on the bars, the spread in the heading and under the thumbnail."""
        heat = self._window.explaining.heat
        if heat is None:
            return
        found = self._known(self._question(heat.path))
        if found is not None:
            self._note(heat.path, found)
        if found is not None and found.intervals is not None:
            self._on_bars = True
            note = f"mean and middle 90 % of {found.passes} passes{' (inserted)' if found.inserted else ''}"
            self._window.prediction.set(found.mean, found.classes, heat.target, found.intervals, note)
        elif self._on_bars:
            self._on_bars = False
            self._window.prediction.set(heat.probabilities, heat.classes, heat.target)
        self._show_heat()

    def _heading(self, heat: Heat, told: str) -> None:
        self._window.canvas.set_heading(f"{Path(heat.path).name} · {told}")

    # --- its heatmap ---

    def _offer(self) -> None:
        heat = self._window.explaining.heat
        if heat is None:
            self.panel.offer([HEAT], "Needs a picture with its heat")
        elif find("method", heat.method).extra.get("runner") != _GRADIENTS:
            self.panel.offer([HEAT], f"Not for {heat.method}: choose one of the gradient methods, such as grad-cam")
        else:
            self.panel.offer(list(SHOWN) if self._possible() else [HEAT], "Needs dropout layers")

    def _show_heat(self) -> None:
        """The map that was picked, once it is there; until then the one with dropout off."""
        heat, shown = self._window.explaining.heat, self.panel.shown.currentText()
        if heat is None:
            return
        possible = self._possible() and find("method", heat.method).extra.get("runner") == _GRADIENTS
        if shown == HEAT or not possible:
            self.panel.show_spread(None, "" if shown == HEAT else f"not computed for {heat.method}")
            if self._on_canvas:
                self._window.canvas.show_heat(heat)
            self._on_canvas = False
            known = self._known(self._question(heat.path))
            self._heading(heat, showing.answer(heat) if known is None else answer(known))
            return
        question = self._spread_question(heat)
        found: HeatSpread | None = self.spreads.get(question)
        if found is not None:
            self.panel.show_spread(found)
            self._lay(heat_under_dropout(heat, found, shown), title(found, shown))
            self._on_canvas = True
        elif problem := self.spreads.problem(question):
            self.panel.show_spread(None, problem)
            self._lay(heat, f"{shown}: not computed")
        else:
            self.spreads.withdraw(but=question)
            self.spreads.ask(question, self._spread_job(heat))
            self.panel.show_spread(None, "computing …")
            self._lay(heat, f"computing {shown} …")

    def _lay(self, heat: Heat, told: str) -> None:
        self._window.canvas.show_heat(heat)
        self._heading(heat, told)

    # --- all pictures ---

    def _ranked(self, path: str, found: Sureness) -> None:
        self._note(path, found)
        if path == self._window.explaining.path:
            self._answered(self._question(path))

    def _rank_ended(self, sentence: str, level: str) -> None:
        if sentence:
            self._window.jobs.history.add(sentence, level)

    def _note(self, path: str, found: Sureness) -> None:
        self._notes[path] = answer(found), level(found)
        self._window.browser.annotate(path, *self._notes[path])

    def _keep_note(self, heat: Heat) -> None:
        """The prediction of a single pass does not replace that of many."""
        if heat.path in self._notes:
            self._window.browser.annotate(heat.path, *self._notes[heat.path])

    # --- questions and jobs ---

    def _possible(self) -> bool:
        layers = self.layers.get(self._model_key())
        return layers is not None and (bool(layers.active) or self.panel.settings().insert is not None)

    def _model_key(self) -> Hashable:
        return None if self._model is None else (self._model.source, repr(sorted(self._model.card.items())))

    def _question(self, path: str) -> Hashable:
        return (path, self._model_key(), self.panel.settings())

    def _spread_question(self, heat: Heat) -> Hashable:
        asked = (heat.method, heat.layer, heat.target, repr(sorted(heat.params.items())))
        return (*asked, self._question(heat.path))

    def _arguments(self, path: str) -> dict[str, object]:
        assert self._model is not None
        settings = self.panel.settings()
        return {
            "model": self._model.source,
            "picture": path,
            "passes": settings.passes,
            "seed": settings.seed,
            "insert": settings.insert,
            "trust": self._trusted,
        }

    def _job(self, path: str, priority: int) -> Job:
        named = f"{self.panel.settings().passes} passes · {Path(path).name}"
        return Job("uncertainty", self._arguments(path), image=path, title=named, priority=priority)

    def _spread_job(self, heat: Heat) -> Job:
        asked = {
            "method": heat.method,
            "layer": heat.layer if "layer" in find("method", heat.method).needs else None,
            "target": heat.target,
            "params": heat.params,
        }
        named = f"{heat.method} under dropout · {Path(heat.path).name}"
        return Job("heat_spread", {**self._arguments(heat.path), **asked}, image=heat.path, title=named)
