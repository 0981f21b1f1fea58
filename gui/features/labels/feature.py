"""Right and wrong: labels from folders or a table beside the predictions, and predictions of all pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QMessageBox

from gui import choosing
from gui.browser.scan import visible
from gui.desk import Desk
from gui.menus import Command
from gui.panels.labels import Badge
from gui.state import OneJob, Questions
from gui.sweep import PRIORITY, Sweep
from gui.texts import counted, tr
from gui.trail import Form
from gui.undo import Step
from tfcore.engine.protocol import Job
from tfcore.results import Labels

if TYPE_CHECKING:
    from gui.features.labels.dialog import MeaningDialog

FOLDERS, NONE = "folders", ""
# The part of a session that says what labels mean.
_FORM = "labels"
# Of the predictions of all pictures, in memory.
_BYTES = 256 * 2**20
_FROM_TABLE, _MEANING = tr("From a &table…"), tr("&What they mean…")


class Labelling(QObject):
    """Asks for the labels whenever pictures, model or their source are others, and for predictions when told to."""

    place = 5

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._dialog: MeaningDialog | None = None
        self._unknown: tuple[str, ...] = ()
        # What was already said about this source.
        self._said = ""
        self._labels = OneJob(desk.engine, "labels", self)
        predictions = Questions(desk.engine, self, _BYTES, weight=lambda found: found.probabilities.nbytes + 2000)
        self._sweep = Sweep(predictions, desk.jobs, tr("predicted"), self)
        self._later = QTimer(self, singleShot=True, interval=200)
        self._connect()
        labels, explain = "La&bels", "E&xplain"
        folders = tr("Pictures in a folder named as a class of the model are of that class")
        table = tr("A CSV file with a column of file names and one of classes")
        meaning = tr("Which class of the model is meant by folders and labels that are called otherwise")
        every = tr("What the model says of every listed picture, in the background")
        use, group, icon = self.use, "labels", "mdi6.playlist-check"
        every_one, chosen = partial(self.predict, desk.browser.paths), partial(self.predict, desk.browser.selected)
        some = tr("What the model says of the selected pictures, in the background")
        desk.menus.add(
            [
                Command(labels, "From &folder names", partial(use, FOLDERS), tip=folders, name="folders", group=group),
                Command(labels, _FROM_TABLE, self.choose, "", "", table, "table", group),
                Command(
                    labels, "&None", partial(use, NONE), tip=tr("Nothing is marked"), name="no labels", group=group
                ),
                Command(labels, "-"),
                Command(labels, _MEANING, self.ask_meaning, tip=meaning),
                Command(explain, "-"),
                Command(explain, "Predict &all pictures", every_one, "Ctrl+Shift+P", icon, every),
                Command(explain, "Predict selecte&d pictures", chosen, "", "", some),
            ]
        )
        self._tick()

    @property
    def settled(self) -> bool:
        return self._labels.idle and not self._later.isActive() and not self._sweep.running

    # --- what the user asks ---

    def use(self, source: str) -> None:
        """Labels from a table, the names of folders, or none."""
        if (before := self._desk.session.labels) != source:
            self._desk.undo.did(Step(tr("labels"), partial(self.use, before), partial(self.use, source)))
        self._desk.session.labels = source
        self._desk.remember()
        self._said = ""
        self._tick()
        self._later.start()

    def choose(self) -> None:
        desk, kinds = self._desk, tr("Tables (*.csv *.tsv);;All files (*)")
        if path := choosing.file(desk.parent, tr("Labels of the pictures"), kinds):
            self.use(path)
        self._tick()

    def ask_meaning(self) -> None:
        """A row for each folder and label that names no class of the model."""
        if self._dialog is None:
            from gui.features.labels.dialog import MeaningDialog

            self._dialog = MeaningDialog(self._desk.parent)
            dialog = self._dialog

            def put(held: dict[str, Any]) -> None:
                dialog.set_stated(held)
                self._later.start()

            form = Form(self._desk, _FORM, tr("what labels mean"), dialog.stated, put)
            for changed in (form.edited, self._later.start):
                dialog.meaning.changed.connect(changed)
        self._offer_meaning()
        self._dialog.show()
        self._dialog.raise_()

    def predict(self, which: Callable[[], Sequence[str]]) -> None:
        """Predictions of these, under their thumbnails."""
        model, paths = self._desk.opening.now, which()
        if model is None:
            self._desk.jobs.history.add(tr("No model is open yet; ask again when one is."), "warning")
        elif paths and not self._sweep.running:
            self._sweep.start(
                tr("predict {pictures}", pictures=counted(len(paths), "picture")),
                paths,
                lambda path: (path, model.decides),
                lambda path: Job("predict", model.deciding(picture=path), title=Path(path).name, priority=PRIORITY),
            )

    # --- what the window tells ---

    def _connect(self) -> None:
        desk = self._desk
        desk.browser.count_changed.connect(lambda _: self._later.start())
        desk.opening.opened.connect(lambda _: self._use_model())
        desk.arrivals.table_came.connect(self._offer)
        desk.sessions.changed.connect(self._tick)
        desk.sessions.changed.connect(self._later.start)
        desk.shown.offer_badge(self._badge)
        self._later.timeout.connect(self._ask)
        self._labels.answered.connect(self._know)
        self._labels.failed.connect(self._fail)
        self._sweep.answered.connect(lambda _, found: desk.shown.annotate(found))

    def _use_model(self) -> None:
        self._sweep.stop()
        self._later.start()

    def _offer(self, table: str, asking: bool) -> None:
        if not asking:
            self.use(table)
            return
        words = tr("Does {name} say what the pictures show?", name=visible(Path(table).name))
        box = QMessageBox(QMessageBox.Icon.Question, tr("A table came in"), words, parent=self._desk.parent)
        box.setInformativeText(tr("Predictions are then marked as right or wrong by its labels."))
        yes = box.addButton(tr("Use as labels"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        yes.clicked.connect(lambda: self.use(table))
        box.open()

    # --- labels ---

    def _ask(self) -> None:
        browser, model, source = self._desk.browser, self._desk.opening.info, self._desk.session.labels
        if browser.looking:
            self._later.start()
        elif model is None or source == NONE or not (paths := browser.paths()):
            self._labels.forget()
            self._know(Labels({}))
        else:
            meant = self._desk.session.forms.get(_FORM, {}).get("map", {})
            # What is stated of another model's classes says nothing of this one's.
            known = {label: class_ for label, class_ in meant.items() if class_ in ("", *model.classes)}
            asked = {"pictures": paths, "source": source, "classes": list(model.classes), "map": known}
            self._labels.ask(asked, tr("labels of {n} pictures", n=len(paths)), priority=-1)

    def _know(self, found: Labels) -> None:
        self._unknown = found.unknown
        self._offer_meaning()
        self._desk.browser.label(found.of)
        self._desk.shown.refresh_badges()
        # Where folders are not named as classes there is nothing to say: nobody asked.
        if self._desk.session.labels != FOLDERS:
            self._say(" ".join(found.notes), "warning")

    def _offer_meaning(self) -> None:
        if self._dialog is not None:
            info = self._desk.opening.info
            self._dialog.offer(self._unknown, info.classes if info is not None else ())

    def _fail(self, sentence: str) -> None:
        self._know(Labels({}))
        self._say(sentence, "error")

    def _say(self, sentence: str, kind: str) -> None:
        if sentence and sentence != self._said:
            self._said = sentence
            self._desk.jobs.history.add(sentence, kind)

    def _badge(self) -> Badge | None:
        path = self._desk.explaining.path
        label, mark = self._desk.browser.verdict(path) if path else ("", "")
        if not label or not mark:
            return None
        words = tr("✗ label {label}", label=label) if mark == "wrong" else tr("✓ right")
        return Badge(
            words,
            "error" if mark == "wrong" else "quiet",
            tr("The label is {label}: the prediction is {mark}", label=label, mark=mark),
        )

    def _tick(self) -> None:
        source, actions = self._desk.session.labels, self._desk.menus.actions
        actions[{FOLDERS: "folders", NONE: "no labels"}.get(source, "table")].setChecked(True)
        table = "" if source in (FOLDERS, NONE) else visible(Path(source).name).replace("&", "&&")
        actions["table"].setText(tr("From &table {table}…", table=table) if table else _FROM_TABLE)
