"""Training: the request on the left, what the network makes of it on the right."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from gui.features.train.buttons import Buttons
from gui.features.train.curves import Curves
from gui.features.train.outcome import Outcome
from gui.features.train.request_form import RequestForm
from gui.features.train.stored_run import StoredRun, stored_run
from gui.panels import DataPicker
from gui.panels.labels import ElidedLabel, label
from gui.panels.scrolled import scrolled, sideways
from gui.pieces import beside, column, held, named
from gui.texts import counted, tr
from tfcore.engine.protocol import Progress
from tfcore.files import free_folder

_IDLE = tr("Choose a data set and a recipe, then start.")
_BUSY = tr("Heatmaps go on meanwhile: the training has an engine of its own.")


class TrainingPanel(QWidget):
    """Signals out, setters in. A request is ``data``, ``out`` and the keywords of a training."""

    started = Signal(dict)
    cancelled = Signal()
    use_requested = Signal(str)
    augmented_wanted = Signal(dict)
    # A sentence for the status line, and its kind.
    told = Signal(str, str)
    # The folder of a run that has not come to its end: somebody may be at it.
    unfinished = Signal(str)
    # The folder of a run that goes on elsewhere, and is to end.
    stop_wanted = Signal(str)
    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAcceptDrops(True)
        self.data, self.form = DataPicker(), RequestForm()
        self.curves, self.outcome = Curves(), Outcome()
        self._facts: Mapping[str, Any] | None = None
        self._running = False
        # The folder that was proposed and what it was made from, and the folder whose run is on show.
        self._proposed, self._wanted, self._shown = "", Path(), ""
        self._notes: list[str] = []
        # Who trains in the folder on show, where that is not this window.
        self._holder = ""
        self._build()
        self.data.chosen.connect(self._data_chosen)
        self.data.edited.connect(self._allow)
        self.form.changed.connect(self._form_changed)
        self.form.augmented_wanted.connect(lambda: self.augmented_wanted.emit(self.request()))
        self.outcome.use_requested.connect(self.use_requested)
        self.outcome.told.connect(self.told)
        self._allow()

    def request(self) -> dict[str, Any]:
        """What is asked for as it stands."""
        return {**self.data.question(), "out": self.form.out(), **self.form.values()}

    def stated(self) -> dict[str, Any]:
        """The same without a folder that was only proposed."""
        return self.request() | ({"out": ""} if self.form.out() == self._proposed else {})

    def set_request(self, request: Mapping[str, Any]) -> None:
        """A request made before; its data set is looked at again, and a run in its folder is shown."""
        self.form.set_values(request)
        out = str(request.get("out", ""))
        # A folder that is only proposed goes on following what it was made from.
        if out or self.form.out() != self._proposed:
            if not out:
                self._proposed, self._wanted = "", Path()
            self.form.set_out(out)
        self.data.restore(request)

    # --- the data set ---

    def show_data(self, facts: Mapping[str, Any]) -> None:
        self._facts = facts
        self.data.show_facts(facts)
        self._propose()
        self._allow()

    def show_data_error(self, sentence: str) -> None:
        self.data.show_error(sentence)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """What is dropped anywhere here is to be learnt from, and not to be looked at."""
        if not self._running:
            self.data.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.data.dropEvent(event)

    # --- the run ---

    def show_waiting(self) -> None:
        """The training was asked for, and its turn will come."""
        self._running = True
        self._notes = []
        self.outcome.show_nothing()
        self._hint.setText(_BUSY)
        self._say(tr("waiting for the engine …"))
        self._bar.setRange(0, 0)
        self._bar.show()
        self._allow()

    def show_progress(self, event: Progress) -> None:
        """How far it is, in the job's own words, with the time that is left."""
        if self._cancel.isEnabled():
            self._say(event.text)
        self._bar.setRange(0, event.total)
        self._bar.setValue(event.done)

    def show_part(self, part: Mapping[str, Any]) -> None:
        """An epoch ended, or there is something to know."""
        if "epoch" in part:
            if not self.curves.epochs() and (run := stored_run(self.form.out())):
                self.curves.count_in(run.mean_of)
            self.curves.add(part["epoch"])
        else:
            self._notes.append(part["note"])
            self.outcome.show_notes(self._notes)

    def show_result(self, _: Mapping[str, Any]) -> None:
        self._ended("")
        if (run := stored_run(self.form.out())) is not None:
            self._show_stored(run)

    def show_failed(self, sentence: str) -> None:
        self._ended(tr("The training did not come to its end."))
        self.outcome.show_sentence(sentence, "error", stored_run(self.form.out()))

    def show_cancelled(self) -> None:
        self._ended(tr("The training was cancelled."))
        epochs = self.curves.epochs()
        after = (
            tr("after epoch {epochs}; the best epoch so far is kept", epochs=epochs)
            if epochs
            else tr("before its first epoch ended")
        )
        sentence = tr(
            "Cancelled {after}. Start anew trains by what is set now; Resume goes on from there.", after=after
        )
        self.outcome.show_sentence(sentence, "warning", stored_run(self.form.out()))

    def show_holder(self, folder: str, holder: str) -> None:
        """Who trains in a folder: if it is the one on show, its epochs appear here as they end."""
        if self._running or folder != self._shown or folder != self.form.out():
            return
        before, self._holder = self._holder, holder
        if holder or before:
            self._look()
        if holder:
            self._hint.setText(
                tr("It goes on without this window, by {holder}; its epochs appear here.", holder=holder)
            )
        self._allow()

    @property
    def running(self) -> bool:
        return self._running

    def start(self, resume: bool = False) -> None:
        """Ask for a training by the form; a new one never goes into the folder of another."""
        run = stored_run(self.form.out())
        if run is not None and not resume:
            self._name(free_folder(run.folder))
        going_on = run if resume else None
        self.curves.begin(going_on.rows if going_on else (), self.form.best(), going_on.mean_of if going_on else ())
        self.started.emit({**self.request(), **({"resume": True} if resume else {})})

    # --- within ---

    def _build(self) -> None:
        self._buttons = Buttons()
        self._start, self._resume, self._cancel = self._buttons.start, self._buttons.resume, self._buttons.cancel
        self._start.clicked.connect(lambda: self.start())
        self._resume.clicked.connect(lambda: self.start(resume=True))
        self._cancel.clicked.connect(self._cancel_clicked)

        self._asked = held(
            column(
                *(label(tr("DATA"), "heading"), self.data, label(tr("TRAINING"), "heading"), self.form, ...),
                margins=(0, 0, 6, 0),
            ),
            "rows",
        )
        left = column((scrolled(self._asked), 1), self._buttons, margins=(9, 6, 3, 9))
        self._state, self._hint = (
            named(ElidedLabel(_IDLE), tr("state of the training"), _IDLE),
            ElidedLabel(role="quiet"),
        )
        self._bar = named(QProgressBar(textVisible=False), tr("progress of the training"))
        self._bar.hide()
        # No higher than what it says: the rest is for the curves.
        ends = scrolled(held(column(self.outcome, ..., margins=(0, 0, 6, 0)), "rows"), to_the_end=False)
        right = column(self._state, self._bar, self._hint, (self.curves, 1), ends, margins=(6, 6, 9, 9))
        self.setLayout(column(sideways(beside(held(left), held(right), (300, 560)))))

    def _data_chosen(self) -> None:
        self._facts = None
        self._allow()
        self.changed.emit()

    def _form_changed(self) -> None:
        self._propose()
        if self.form.out() != self._shown and not self._running:
            self._look()
        self._allow()
        self.changed.emit()

    def _propose(self) -> None:
        """A free folder beside the data, as long as nobody named another."""
        if self._facts is None or self._running or self.form.out() != self._proposed:
            return
        data = Path(self.data.path())
        wanted = data.parent / f"{data.stem} {self.form.recipe}"
        if wanted != self._wanted:
            self._wanted = wanted
            self._name(free_folder(wanted))

    def _name(self, folder: Path) -> None:
        self._proposed = str(folder)
        self.form.set_out(self._proposed)

    def _look(self) -> None:
        """Show the run that lies in the folder, if there is one."""
        if self._shown != self.form.out():
            self._holder = ""
        self._shown = self.form.out()
        self._hint.setText("")
        run = stored_run(self._shown)
        self.curves.begin(run.rows if run else (), self.form.best(), run.mean_of if run else ())
        self.outcome.show_nothing()
        self._say(_IDLE)
        if run is not None:
            self._show_stored(run)

    def _show_stored(self, run: StoredRun) -> None:
        epochs = counted(len(run.rows), "epoch")
        if run.report is not None:
            self._say(tr("Trained in {epochs}: {folder}", epochs=epochs, folder=run.folder))
            self.outcome.show_report(run)
        else:
            self._say(tr("Begun, {epochs} done: {folder}", epochs=epochs, folder=run.folder))
            what = tr("is being trained") if self._holder else tr("has not come to its end; resume it")
            self.outcome.show_sentence(tr("This folder holds a run that {what}.", what=what), "", run)
            if not self._running:
                self.unfinished.emit(str(run.folder))

    def _allow(self) -> None:
        """Which buttons can be pressed, and why the others cannot."""
        self._buttons.allow(stored_run(self.form.out()), self._missing(), self._running, bool(self._holder))
        self._asked.setEnabled(not self._running)
        self.form.allow_augmented(self.data.missing() if self._facts is None else self.form.problem)

    def _missing(self) -> str:
        if self._facts is None:
            return self.data.missing()
        return self.form.problem or ("" if self.form.out() else tr("Name a folder for the run first"))

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._say(tr("cancelling …"))
        if self._running:
            self.cancelled.emit()
        else:
            self.stop_wanted.emit(self._shown)

    def _ended(self, how: str) -> None:
        self._running = False
        self._shown = self.form.out()
        self._bar.hide()
        self._hint.setText("")
        self._say(how)
        self._allow()
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            # It stood on Cancel; what is wanted next is rarely the button beside it.
            self._start.setFocus()

    def _say(self, text: str) -> None:
        self._state.setText(text)
