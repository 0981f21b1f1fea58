"""A study being read: a whole screen without menus, panels or names, timed from when a case is seen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QProgressBar, QStackedLayout, QWidget

from gui.canvas.regions import NUDGES
from gui.canvas.tools import KEYS
from gui.features.study.asking import DRAWN, Asking
from gui.features.study.case import CaseView
from gui.features.study.clock import Clock
from gui.features.study.talk import Talk
from gui.features.study.words import STEPS, how
from gui.panels.labels import label
from gui.panels.scrolled import scrolled
from gui.pieces import button, column, held, named, row
from gui.reading import Reader
from gui.texts import tr
from tfcore.errors import HeatlensError
from tfcore.pictures import Picture
from tfcore.review.answers import Answers, begin
from tfcore.review.beside import beside
from tfcore.review.order import Sight
from tfcore.review.study import Study

_SIDE = 320


class ReadingWindow(QDialog):
    """From the reader's name to the last case; whatever goes wrong is said, and nothing that was answered is lost."""

    # For whoever made the study: what a reader need not know of.
    complained = Signal(str)

    def __init__(self, path: Path, study: Study, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Reader study"))
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self._path, self._study = path, study
        self._answers: Answers | None = None
        self._sight: Sight | None = None
        self._clock = Clock()
        self._on: Callable[[], object] = self._begin
        self._reader = Reader(self)
        self._wanted = ""  # the slice that the reader wants to see
        self._reader.arrived.connect(self._arrived)
        self._told, self._asking, self._case = Talk(), Asking(study.questions), CaseView()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._told)
        self._pages.addWidget(self._case_page())
        self._connect()
        self._talk(study.title or tr("Reader study"), f"{study.about}.\n\n{how(study)}", tr("Begin"), self._begin)

    # --- putting together ---

    def _case_page(self) -> QWidget:
        self._far, self._progress = named(label(role="quiet"), tr("progress")), QProgressBar(textVisible=False)
        self._missing = named(label(role="error"), tr("what is missing"))
        self._next = button(tr("Next"), tr("Keep the answers and go on (Enter)"), self._keep, role="primary")
        pause = button(tr("Pause"), tr("Hide the case and stop the time (P)"), self._pause)
        leave = button(tr("Close"), tr("What is answered is kept; this case begins anew"), self.close)
        # What is shown comes before what is asked: on a small screen the rest is scrolled to.
        asked = scrolled(held(column(self._case.answer, self._asking, ..., margins=(0, 0, 9, 0), spacing=9)))
        self._to_the_top = partial(asked.verticalScrollBar().setValue, 0)
        self._asking.turned.connect(lambda field: asked.ensureWidgetVisible(field) if self.isVisible() else None)
        side = held(
            column(
                *(self._far, self._progress, 9, (asked, 1), self._missing, row(leave, pause, ..., self._next)),
                margins=(9, 12, 12, 12),
                spacing=6,
            )
        )
        side.setFixedWidth(_SIDE)
        return held(row((self._case, 1), side, spacing=0))

    def _connect(self) -> None:
        self._told.went_on.connect(lambda: self._on())
        self._told.left.connect(self.close)
        self._asking.tool_chosen.connect(self._case.use)
        self._asking.erased.connect(self._case.erase)
        self._case.drawn.connect(self._asking.show_drawn)
        self._case.slice_asked.connect(self._leaf)
        keys: dict[str, Callable[[], object]] = {
            **{str(number): partial(self._asking.digit, number) for number in range(1, 10)},
            "0": self._case.fit,
            "Up": lambda: self._asking.go(-1),
            "Down": lambda: self._asking.go(1),
            **dict.fromkeys(("P", "Esc"), self._pause),
            **{key: partial(self._case.step, by) for key, by in STEPS.items()},
        }
        if self._asking.draws:
            for kind in DRAWN:
                keys[KEYS[kind]] = partial(self._case.use, kind)
            keys |= {"Delete": self._case.erase, "N": self._case.place_one}
            keys |= {key: partial(self._case.nudge, *by) for key, by in NUDGES.items()}
        self._keys = [QShortcut(QKeySequence(key), self, run) for key, run in keys.items()]
        for enter in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # Held down it must not run through a rest.
            QShortcut(QKeySequence(enter), self, self._enter).setAutoRepeat(False)

    # --- what a reader is told between cases ---

    def _talk(self, title: str, words: str, button: str = "", on: Callable[[], None] | None = None) -> None:
        """A page of words, and what its button leads to; without one there is nothing left but to close."""
        self._clock.run(False)
        self._on = on or self.close
        self._told.say(title, words, button, leaves=on is not None, naming=on == self._begin)
        for key in self._keys:
            # On this page a name is typed.
            key.setEnabled(False)
        self._pages.setCurrentIndex(0)
        self._told.take_focus()

    def show_preparing(self, done: int, total: int) -> None:
        """What is shown is being computed; nobody can begin before it is."""
        self._told.show_preparing(done, total)

    def show_prepared(self, problem: str = "") -> None:
        self._told.show_prepared(problem)

    def _enter(self) -> None:
        if self._pages.currentIndex() == 1:
            self._keep()
        elif self._told.leads_on:
            self._on()

    def _begin(self) -> None:
        try:
            self._answers = begin(self._path, self._told.name, self._study)
        except HeatlensError as error:
            self._told.show_problem(str(error))
            return
        self._go()

    def _go(self, rested: bool = True) -> None:
        """To what comes next: a case, a rest between two parts, or the end."""
        assert self._answers is not None
        answers, self._sight = self._answers, self._answers.next
        sight = self._sight
        if sight is None:
            self._talk(tr("All is read"), tr("{n} readings are kept. Thank you.", n=len(answers.order)), tr("Close"))
        elif (due := answers.waits) is not None:
            when = due.astimezone().strftime("%d %B %Y, %H:%M")
            self._talk(
                tr("Until later"),
                tr(
                    "Part {part} of {parts} is read; the next begins on {when}.",
                    part=sight.part,
                    parts=self._study.parts,
                    when=when,
                ),
                tr("Close"),
            )
        elif not rested and answers.given and sight.part != answers.order[len(answers.given) - 1].part:
            words = tr("Take a rest; the same cases come again, in another order. Time does not run.")
            self._talk(
                tr("Part {part} of {parts} is read", part=sight.part, parts=self._study.parts),
                words,
                tr("Go on"),
                self._go,
            )
        elif (picture := self._reader.get(self._study.cases[sight.case].picture)) is not None:
            self._show(sight, picture)
        else:
            self._talk(tr("One moment"), tr("The case is being read …"))
            self._reader.ask(self._study.cases[sight.case].picture)

    # --- a case ---

    def _arrived(self, path: str, found: Picture | str) -> None:
        sight = self._sight
        if path == self._wanted and not self._show_slice(path):
            self._wanted = ""
            self._missing.setText(tr("This slice cannot be read; the others can."))
        if sight is None or path != self._study.cases[sight.case].picture or self._pages.currentIndex() == 1:
            return
        if isinstance(found, Picture):
            self._show(sight, found)
        else:
            self._stop(sight, found)

    def _show(self, sight: Sight, picture: Picture) -> None:
        assert self._answers is not None
        if picture.sha256 != self._study.cases[sight.case].sha256:
            self._stop(
                sight, tr("{path} was changed since the study was made; put the first one back.", path=picture.path)
            )
            return
        try:
            shown = beside(self._path, self._study, sight)
            self._answers.saw()
        except HeatlensError as error:
            self._stop(sight, str(error))
            return
        self._asking.clear()
        self._wanted = ""
        case = self._study.cases[sight.case]
        self._case.show_case(picture, shown, self._reader.whole(case.picture) if case.slices else None)
        self._to_the_top()
        done, total = len(self._answers.given), len(self._answers.order)
        self._far.setText(tr("{done} of {total}", done=done + 1, total=total))
        self._progress.setRange(0, total)
        self._progress.setValue(done)
        self._look(anew=True)
        if done + 1 < total:
            self._reader.ask(self._study.cases[self._answers.order[done + 1].case].picture, ahead=True)

    def _leaf(self, address: str) -> None:
        """To another slice of the case, as soon as it is read."""
        self._wanted = address
        if not self._show_slice(address):
            self._reader.ask(address)

    def _show_slice(self, address: str) -> bool:
        picture = self._reader.get(address)
        whole = None if picture is None else self._reader.whole(address)
        if picture is None or whole is None:
            return False
        self._wanted = ""
        self._case.show_slice(picture, whole)
        return True

    def _look(self, anew: bool = False) -> None:
        """The case is in sight from now on."""
        if anew:
            self._clock = Clock()
            self._missing.setText("")
        self._clock.run(True)
        for key in self._keys:
            key.setEnabled(True)
        self._pages.setCurrentIndex(1)
        self._case.setFocus()

    def _pause(self) -> None:
        if self._pages.currentIndex() == 1:
            self._talk(tr("Pause"), tr("The case is hidden, and time does not run."), tr("Go on"), self._look)

    def _keep(self) -> None:
        assert self._answers is not None
        if wanted := self._asking.unanswered():
            self._asking.turn_to(wanted)
            self._missing.setText(tr("Answer the marked question first."))
            return
        self._clock.run(True)
        try:
            self._answers.answer(self._asking.answers(), self._clock.seconds, self._clock.paused)
        except HeatlensError as error:
            # How long the disk stays full is no time of reading.
            self._clock.run(False)
            self._missing.setText(tr("{error} Your answers are still here: press Next again.", error=error))
            return
        self._go(rested=False)

    def _stop(self, sight: Sight, sentence: str) -> None:
        """It does not go on; the reader hears of no file, whoever made the study does."""
        self._talk(
            tr("This case cannot be shown"),
            tr(
                "Tell whoever made the study: case {case} of {n} cannot be shown as it was meant; "
                "Heatlens says why below its main window. What you answered is kept.",
                case=sight.case + 1,
                n=len(self._study.cases),
            ),
            tr("Close"),
        )
        self.complained.emit(
            tr("Case {case} of the reader study cannot be shown: {sentence}", case=sight.case + 1, sentence=sentence)
        )

    # --- the window ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._case.hide_heat(True)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._case.hide_heat(False)

    def changeEvent(self, event: QEvent) -> None:
        # Somebody who does something else does not read.
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow() and self.isVisible():
            self._pause()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._sight = None
        self._reader.close()
        super().closeEvent(event)
