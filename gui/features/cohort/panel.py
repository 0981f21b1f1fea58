"""A command over very many pictures in the window: what is asked on one page, how far it is on the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QTabWidget, QWidget

from gui import choosing
from gui.canvas.wrapping import wrapped
from gui.features.cohort.form import CohortForm
from gui.panels.labels import ElidedLabel, label
from gui.panels.rows_table import RowsTable
from gui.panels.scrolled import sideways
from gui.pieces import button, column, held, named
from gui.texts import counted, tr
from gui.theme import set_role
from tfcore.words import clock

_TIPS = {
    tr("at"): tr("The first picture of the part that it is at"),
    tr("parts"): tr("That it has finished in this run"),
    tr("seconds"): tr("That it took for them"),
}
_RESULTS = tr("An evaluation in Evaluate, folds as one model, of all else the pictures that were asked about")


class CohortPanel(QWidget):
    """Signals out, setters in."""

    plan_wanted = Signal()
    started = Signal()
    # The run is to stop; whether it is to go on another time.
    stopped = Signal(bool)
    # A folder of results.
    opened = Signal(str)
    results_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.form = CohortForm()
        self._status: Mapping[str, Any] | None = None
        self._running = False
        # It was told to stop, and has not ended yet.
        self._stopping = self._going_on = False
        self._build()
        self.form.changed.connect(self._edited)
        self._edited()

    # --- before it starts ---

    def show_planning(self) -> None:
        """It is looked how much there is to do."""
        self._cost.setText(tr("counting, and timing two pictures …"))

    def show_plan(self, plan: Mapping[str, Any]) -> None:
        """How many parts it makes, and for how long."""
        done = tr(", {done:,} of them done", done=plan["done"]) if plan["done"] else ""
        parts = tr(
            "{pictures} in {parts}{done}",
            pictures=counted(plan["pictures"], "picture"),
            parts=counted(plan["parts"], "part"),
            done=done,
        )
        self._say_cost(
            tr(
                "{parts}; about {seconds} by {workers}",
                parts=parts,
                seconds=clock(plan["seconds"]),
                workers=plan["workers"],
            )
        )

    def show_no_plan(self, sentence: str) -> None:
        """Why that is not known."""
        self._say_cost(sentence, "error")

    # --- the run ---

    def show_waiting(self) -> None:
        """It was begun, and opens its model."""
        self._running, self._stopping, self._status = True, False, None
        self._workers.show_rows([])
        self._failed.setText("")
        self._command.setText("")
        self._bar.setRange(0, 0)
        self._bar.show()
        self._say_cost("")
        self._say(tr("opening data and model …"))
        self._tabs.setCurrentIndex(1)
        self._allow()

    def show_status(self, status: Mapping[str, Any], running: bool, ended: str = "", role: str = "") -> None:
        """How far it is, whoever works there; where it has ``ended`` in a way of its own, how."""
        self._status, self._running, self._stopping = status, running, running and self._stopping
        finished = status["done"] == status["parts"]
        state = ended or (
            tr("Stopping")
            if self._stopping
            else tr("Running")
            if running
            else tr("Finished")
            if finished
            else tr("Not running")
        )
        done = tr("{done:,} of {parts}", done=status["done"], parts=counted(status["parts"], "part"))
        pictures = tr(
            "{pictures_done:,} of {pictures}",
            pictures_done=status["pictures_done"],
            pictures=counted(status["pictures"], status["of"]),
        )
        failed = tr(", {parts} failed", parts=counted(len(status["failed"]), "part")) if status["failed"] else ""
        # What ended it with a sentence of its own is told first.
        begun = tr("{state} Before: ", state=state) if state.endswith(".") else f"{state}: "
        self._say(f"{begun}{status['command']}, {done}, {pictures}{failed}", role)
        self._say_cost(
            self._left(status)
            if running
            else tr("{seconds} of work by {workers}", seconds=clock(status["seconds"]), workers=status["workers"])
        )
        self._bar.setRange(0, status["parts"])
        self._bar.setValue(status["done"])
        self._bar.setVisible(running or not finished)
        self._workers.show_rows(
            [
                {
                    tr("worker"): str(each["number"]),
                    tr("parts"): f"{each['parts']:,}",
                    f"{status['of']}s": f"{each['pictures']:,}",
                    tr("seconds"): f"{each['seconds']:.1f}",
                    tr("at"): each["at"],
                }
                for each in status["by_worker"]
            ]
        )
        broken = [(counted(each["pictures"], status["of"]), each["first"], each["why"]) for each in status["failed"]]
        self._failed.setText(
            "\n".join(
                tr("{count} from {first}: {why}", count=count, first=first, why=why) for count, first, why in broken
            )
        )
        self._command.setText(" ".join(["heatlens", *status["line"]]) if status["line"] else "")
        self._tabs.setCurrentIndex(1)
        self._allow()

    def show_ended(self, sentence: str, role: str = "") -> None:
        """It runs no more, and what came of it."""
        self._running = self._stopping = False
        if self._bar.maximum() == 0:
            self._bar.hide()
        self._say(sentence, role)
        self._allow()

    @property
    def running(self) -> bool:
        """Somebody computes what is on show."""
        return self._running

    # --- within ---

    def _left(self, status: Mapping[str, Any]) -> str:
        if not status["pictures_done"] or not status["by_worker"]:
            return ""
        done = sum(each["pictures"] for each in status["by_worker"])
        if not done:
            return ""
        each = status["seconds"] / done / len(status["by_worker"])
        return tr(
            "about {each} left, {workers}",
            each=clock(each * (status["pictures"] - status["pictures_done"])),
            workers=status["workers"],
        )

    def _edited(self) -> None:
        if not self._running:
            # What a run took is no cost of what the form says.
            if self._tabs.currentIndex() == 0:
                self._say_cost("")
            if self._status is None:
                missing = self.form.missing()
                self._say(f"{missing}." if missing else tr("Ready to start."), "quiet")
        self._allow()

    def _allow(self) -> None:
        missing = self.form.missing()
        halfway = self._status is not None and self._status["done"] < self._status["parts"]
        on_show = self._tabs.currentIndex() == 1 and self._status is not None
        goes_on = on_show and halfway and not self._running and bool(self._status and self._status["line"])
        self._going_on = goes_on
        self._start.setText(tr("Go on") if goes_on else tr("Start"))
        self._start.setEnabled(not self._running and (goes_on or not missing))
        self._start.setToolTip(
            tr("The same command once more; what is finished is not computed again")
            if goes_on
            else missing or tr("In processes of its own, which go on when the window is closed")
        )
        self._plan.setEnabled(not missing and not self._running and not self.form.unplanned)
        self._plan.setToolTip(
            missing or self.form.unplanned or tr("Count parts and time two pictures; nothing is kept")
        )
        self._pause.setEnabled(self._running and not self._stopping)
        self._cancel.setEnabled(self._running and not self._stopping)
        self._reopen.setEnabled(not self._running)
        self._results.setVisible(self._status is not None)
        waits = self._status is not None and self._status["command"] == "evaluate" and (halfway or self._running)
        self._results.setEnabled(self._status is not None and self._status["done"] > 0 and not waits)
        self._results.setToolTip(tr("An evaluation is written when all of its parts are done") if waits else _RESULTS)
        self.form.setEnabled(not self._running)

    @property
    def goes_on(self) -> bool:
        """Whether what is on show is to go on, and not what the form says."""
        return self._going_on

    def _stop_clicked(self, later: bool) -> None:
        self._stopping = True
        self._allow()
        self._say(tr("stopping …"))
        self.stopped.emit(later)

    def _ask_folder(self) -> None:
        title = tr("Open the folder of a run over many pictures")
        if folder := choosing.folder(self, title, self.form.folder()):
            self.opened.emit(folder)

    def _say(self, text: str, role: str = "") -> None:
        self._state.setText(text)
        self._state.setToolTip(text)
        set_role(self._state, role)

    def _say_cost(self, text: str, role: str = "quiet") -> None:
        self._cost.setText(text)
        self._cost.setToolTip(text)
        set_role(self._cost, role)

    def _build(self) -> None:
        self._state = named(label(), tr("state of the run"))
        # Sentences of any length, also those with a path that is one long word, in the width that there is.
        self._state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._cost = named(ElidedLabel(role="quiet"), tr("cost of the run"))
        self._bar = named(QProgressBar(textVisible=False), tr("parts that are done"))
        self._bar.hide()
        self._workers = RowsTable(tr("workers"), _TIPS)
        self._failed = named(label(role="error"), tr("parts that failed"))
        self._command = named(ElidedLabel(role="quiet"), tr("the command"))
        what = tr("How many parts it makes and for how long")
        self._plan = button(tr("Parts and cost"), what, self.plan_wanted.emit, "mdi6.timer-outline")
        self._start = button(tr("Start"), run=self.started.emit, icon="mdi6.play-outline", role="primary")
        what = tr("Stop now: finished parts stay, and it goes on from there later, today or another day")
        self._pause = button(tr("Pause"), what, lambda: self._stop_clicked(True), "mdi6.pause")
        what = tr("Stop for good; what is finished stays in the folder")
        self._cancel = button(tr("Cancel"), what, lambda: self._stop_clicked(False), "mdi6.stop")
        what = tr("How far a run is or was that was begun here or on the command line, also to let it go on")
        self._reopen = button(tr("Open run…"), what, self._ask_folder, "mdi6.folder-open-outline")
        self._results = button(tr("Show results"), _RESULTS, self.results_wanted.emit, "mdi6.view-list-outline")
        progress = held(column(self._command, (self._workers, 1), self._failed, margins=(9, 6, 9, 0), spacing=4))
        self._tabs = QTabWidget(documentMode=True)
        self._tabs.tabBar().setDrawBase(False)
        self._tabs.tabBar().setAccessibleName(tr("many pictures"))
        self._tabs.addTab(sideways(self.form), tr("Set up"))
        self._tabs.addTab(progress, tr("Progress"))
        self._tabs.currentChanged.connect(lambda _: self._allow())
        buttons: Sequence[QWidget] = (self._plan, self._start, self._pause, self._cancel, self._reopen, self._results)
        words = column(self._state, self._bar, self._cost, wrapped(*buttons), margins=(9, 0, 9, 9), spacing=2)
        self.setLayout(column((self._tabs, 1), words))
