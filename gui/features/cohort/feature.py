"""Very many pictures as a part of the window: its dock, its menu entry, and the processes that compute and watch."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui import menus
from gui.features.cohort.commands import Asking, Command, Watch, is_status, question_of
from gui.panels import DEMO
from gui.panels.late import Late
from gui.state import OneJob
from gui.texts import tr
from gui.trail import Form
from tfcore.errors import HeatlensError
from tfcore.files import make_folder
from tfcore.words import model_names

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.cohort.panel import CohortPanel

_HEIGHT = 430
# Exit codes of a command that did what it could, and of one that was stopped.
_DONE, _CANCELLED = 0, 130


class Cohorts(QObject):
    """Makes the panel when it is first seen; nothing is computed in the window's process or in the engine's."""

    place = 45

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._describing = OneJob(desk.engine, "describe_data", self)
        self._planning, self._stopping = Asking(self), Asking(self)
        self._watch, self._command = Watch(self), Command(self)
        # What is on show, as the command names it, and what is known of it.
        self._out = ""
        self._status: dict[str, Any] = {}
        self._later = True
        # How the last command ended, where not by itself, and its role.
        self._words = ("", "")
        self._place = Late(self._made, self._set_up)
        self.dock = desk.docks.add_drawer("Many pictures", self._place, _HEIGHT)
        what = tr("A command over very many pictures: several processes or a cluster, in parts that are kept")
        icon = "mdi6.image-multiple-outline"
        desk.menus.add([menus.Command("Eval&uate", "Very &many pictures…", self.dock.open, "Ctrl+Shift+V", icon, what)])

    @property
    def settled(self) -> bool:
        """Nothing is looked at; what runs for hours is not waited for."""
        return self._describing.idle and not self._planning.busy

    @property
    def panel(self) -> CohortPanel:
        """Made at its first use."""
        return self._place.panel

    def _made(self) -> CohortPanel:
        from gui.features.cohort.panel import CohortPanel

        return CohortPanel()

    def _set_up(self, panel: CohortPanel) -> None:
        desk = self._desk
        self._describing.answered.connect(panel.form.data.show_facts)
        self._describing.failed.connect(panel.form.data.show_error)
        self._describing.cancelled.connect(lambda: panel.form.data.show_error(tr("Looking at it was cancelled.")))
        self._planning.line.connect(panel.show_plan)
        self._planning.failed.connect(panel.show_no_plan)
        self._stopping.failed.connect(lambda why: panel.show_ended(why, "error"))
        self._watch.line.connect(self._told)
        self._command.ended.connect(self._ended)
        panel.form.data.chosen.connect(self._describe)
        panel.plan_wanted.connect(self._plan)
        panel.started.connect(self._start)
        panel.stopped.connect(self._stop)
        panel.opened.connect(self._open)
        panel.results_wanted.connect(self._show_results)
        panel.form.set_who(desk.home.workers, desk.home.cluster)
        self._offer_models(panel)
        what = tr("what is computed of many pictures")
        form = Form(desk, "cohort", what, panel.form.stated, panel.form.set_stated)
        for signal in (desk.opening.opened, desk.opening.added):
            signal.connect(form.by_itself(lambda _: self._offer_models(panel)))
        panel.form.changed.connect(form.edited)
        if desk.home.cohort:
            self._out = desk.home.cohort
            self._watch.begin(self._out)

    def _offer_models(self, panel: CohortPanel) -> None:
        opening = self._desk.opening
        sources = [*([opening.info.source] if opening.info else []), *opening.known, DEMO]
        names = model_names(dict.fromkeys([*sources, *self._desk.home.recent_models]))
        trusted = [source for source, each in opening.known.items() if each.trusted]
        panel.form.set_models(names.items(), trusted)

    def _describe(self, path: str) -> None:
        if path:
            self._describing.ask(
                self.panel.form.data.question(), tr("look at {name}", name=Path(path).name), priority=1
            )
        else:
            self._describing.forget()

    # --- before and during ---

    def _plan(self) -> None:
        self._remember_who()
        self.panel.show_planning()
        self._planning.ask([*self.panel.form.arguments(), "--plan", "--json"])

    def _start(self) -> None:
        form, folder = self.panel.form, ""
        if self.panel.goes_on:
            arguments, folder = list(self._status["line"]), self._status["given_in"]
            if self._status["command"] == "train" and "--resume" not in arguments:
                arguments.append("--resume")
        else:
            arguments, self._out = form.arguments(), form.out()
            try:
                make_folder(Path(form.folder()))
            except HeatlensError as error:
                self.panel.show_ended(str(error), "error")
                return
            self._remember_who()
        self._later, self._words = True, ("", "")
        self._planning.stop()
        self.panel.show_waiting()
        try:
            self._command.start(arguments, folder)
        except OSError as error:
            self.panel.show_ended(tr("The command was not begun: {error}.", error=error.strerror or error), "error")
            return
        self._keep(self._out)
        self._watch.begin(self._out)

    def _told(self, found: Any) -> None:
        if not is_status(found):
            # Before its parts are there nothing can be said of a run that was begun; of another folder that is all.
            if not self._command.running:
                self._watch.stop()
                self.panel.show_ended(*(self._words if self._words[0] else (str(found["error"]), "error")))
                self._keep("")
            return
        held = bool(found["holder"])
        if self._command.running and not held:
            # The status is that of the last run until this one has begun.
            return
        self._status = found
        self.panel.show_status(found, held, *(("", "") if held else self._words))
        if not held:
            self._watch.stop()
            self._keep(self._out if found["done"] < found["parts"] and self._later else "")

    def _stop(self, later: bool) -> None:
        self._later = later
        if not self._status.get("holder") and self._command.running:
            # It has not come to its parts yet.
            self._command.end()
            return
        self._stopping.ask(["cohort", "stop", self._out])

    def _ended(self, code: int, words: str) -> None:
        if code == _CANCELLED:
            self._words = (
                tr("Paused") if self._later else tr("Cancelled; what is finished stays in the folder"),
                "warning",
            )
        else:
            self._words = ("", "") if code == _DONE else (words, "error")
        if self._words[0]:
            self.panel.show_ended(*self._words)
        # One more look, for what it has finished.
        self._watch.begin(self._out)

    def _open(self, folder: str) -> None:
        self._later, self._words, self._out = True, ("", ""), folder
        self.panel.form.set_folder(folder)
        self._keep(folder)
        self._watch.begin(folder)

    # --- afterwards ---

    def _show_results(self) -> None:
        line, command = self._status["line"], self._status["command"]
        if command == "evaluate":
            self._desk.arrivals.evaluation_came.emit(str(self._absolute(self._out)))
            return
        if command == "train":
            self._desk.arrivals.folds_came.emit(str(self._absolute(self._out)))
            return
        data = line[1] if len(line) > 1 and not line[1].startswith("-") else ""
        self._desk.open_pictures([self._absolute(data) if data else self._out])
        # Figures are no pictures to be looked at: what they show is seen over the pictures themselves.
        if command == "explain" and (asked := question_of(line)) is not None:
            self._desk.method.ask(asked)

    def _absolute(self, path: str) -> Path:
        return Path(self._status.get("given_in", "")) / path

    def _remember_who(self) -> None:
        self._desk.home.workers, self._desk.home.cluster = self.panel.form.workers, self.panel.form.cluster
        self._desk.remember()

    def _keep(self, out: str) -> None:
        """So that tomorrow's window shows it."""
        self._desk.home.cohort = out
        self._desk.remember()
