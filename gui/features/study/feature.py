"""Reader studies as a part of the window: its menu entries, its jobs, and the window that readers see."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHeaderView, QTableWidget, QTableWidgetItem

from gui import choosing
from gui.browser.workers import Workers, send
from gui.menus import Command
from gui.panels.labels import label
from gui.pieces import button, column, named, row
from gui.state import OneJob
from gui.texts import tr
from gui.trail import Form
from tfcore.dropped import STUDY_ENDING
from tfcore.errors import HeatlensError

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.study.form import StudyForm
    from gui.features.study.reading import ReadingWindow
    from tfcore.review.study import Study

_KINDS = tr("Reader studies (*{study_ending})", study_ending=STUDY_ENDING)


class Studies(QObject):
    """Makes studies of the list, opens them for readers, and shows what came out."""

    place = 4
    _looked = Signal(object, object, bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._form: StudyForm | None = None
        self._stated: Form | None = None
        self._last = Path()
        self._workers: Workers[Callable[[], None]] = Workers(lambda task: task(), 1, "study")
        self._looked.connect(self._open)
        self._making = OneJob(desk.engine, "make_study", self)
        self._preparing = OneJob(desk.engine, "make_study", self)
        self._results = OneJob(desk.engine, "study_results", self)
        menu, made = (
            "&Review",
            tr("Cases from the list, with and without heat, blinded, timed, in an order for each reader"),
        )
        read, found = tr("Read the cases of a study"), tr("All answers as a table (CSV), and figures by arm")
        desk.menus.add(
            [
                Command(menu, "-"),
                Command(menu, "New reader st&udy…", self.new, "", "mdi6.account-eye-outline", made),
                Command(menu, "O&pen reader study…", self.choose, "", "", read),
                Command(menu, "&Results of a reader study…", self.results, "", "", found),
            ]
        )
        desk.arrivals.study_came.connect(self.open)
        self._making.answered.connect(self._made)
        self._results.answered.connect(self._show_results)
        self._results.failed.connect(lambda sentence: desk.jobs.history.add(sentence, "error"))

    @property
    def settled(self) -> bool:
        """Nothing is computed for a study."""
        return self._making.idle and self._preparing.idle and self._results.idle

    # --- making one ---

    def new(self) -> None:
        """Ask which pictures, arms and questions."""
        desk, form = self._desk, self._form or self._new_form()
        assert self._stated is not None
        cases = {tr("those in the list"): desk.browser.shown(), tr("those selected"): desk.browser.chosen()}
        request = desk.method.request()
        info = desk.opening.info
        stages = sorted({layer.stage for layer in info.layers if layer.stage}) if info is not None else []
        offer = self._stated.by_itself(form.offer)
        offer(cases, desk.browser.labels(), request.method, request.layer, stages)
        self._stated.take_up()
        form.show()
        form.raise_()

    def _new_form(self) -> StudyForm:
        # Imported late, as all that only a study needs: it would delay the first paint of the window.
        from gui.features.study.form import StudyForm

        form = self._form = StudyForm(self._desk.parent)
        self._stated = Form(self._desk, "study", tr("the reader study"), form.stated, form.set_stated)
        form.changed.connect(self._stated.edited)
        self._desk.undo.reach(form)
        form.made.connect(self._make)
        form.cancelled.connect(self._making.cancel)
        form.read_wanted.connect(self._read_made)
        self._making.progressed.connect(form.show_progress)
        self._making.failed.connect(form.show_failed)
        self._making.cancelled.connect(lambda: form.show_failed(tr("Cancelled; no study was written.")))
        return form

    def _make(self, settings: dict[str, Any]) -> None:
        assert self._form is not None
        model = self._desk.opening.now
        path = self._saved(f"{_file_name(settings['title'])}{STUDY_ENDING}", tr("Where is the study to lie?"), _KINDS)
        if model is None or path is None:
            return
        self._form.show_running()
        self._making.ask(model.asked(out=str(path), **settings), tr("make the study {name}", name=path.name))

    def _made(self, made: Any) -> None:
        assert self._form is not None
        left = tr(" Left out: {left}", left=" ".join(made.left)) if made.left else ""
        words = tr(
            "{path}: {about}. Give readers this file, its folder and the pictures.{left}",
            path=made.path,
            about=made.study.about,
            left=left,
        )
        self._form.show_made(words)
        self._desk.jobs.history.add(tr("Made the study {words}", words=words), "warning" * bool(left))
        self._last = Path(made.path)

    def _read_made(self) -> None:
        assert self._form is not None
        self._form.close()
        self.open(str(self._last))

    # --- reading one ---

    def choose(self) -> None:
        """Ask which study is to be read."""
        if path := self._chosen(tr("Open reader study")):
            self.open(path)

    def open(self, path: str) -> None:
        """Let somebody read; what is missing of what is shown is computed first."""
        # Away from the window's thread: a disk may hang.
        self._workers.put([partial(self._look, Path(path))])

    def _look(self, path: Path) -> None:
        from tfcore.review import study as files
        from tfcore.review.beside import lacks

        try:
            study = files.read(path)
            files.check_cases(study)
            send(self._looked, path, study, lacks(path, study))
        except HeatlensError as error:
            send(self._looked, path, str(error), False)

    def _open(self, path: Path, study: Study | str, lacking: bool) -> None:
        if isinstance(study, str):
            self._desk.jobs.history.add(study, "error")
            return
        from gui.features.study.reading import ReadingWindow

        choosing.remember(str(path.parent))
        reading = ReadingWindow(path, study, self._desk.parent)
        reading.complained.connect(lambda sentence: self._desk.jobs.history.add(sentence, "error"))
        reading.finished.connect(reading.deleteLater)
        reading.finished.connect(self._preparing.forget)
        reading.showFullScreen()
        reading.activateWindow()
        if lacking:
            self._prepare(str(path), reading)

    def _prepare(self, path: str, reading: ReadingWindow) -> None:
        for signal, hear in (
            (self._preparing.progressed, lambda event: reading.show_preparing(event.done, event.total)),
            (self._preparing.answered, lambda _: reading.show_prepared()),
            (self._preparing.failed, reading.show_prepared),
            (
                self._preparing.cancelled,
                lambda: reading.show_prepared(tr("Preparing was cancelled; open the study again.")),
            ),
        ):
            connection = signal.connect(hear)
            reading.finished.connect(lambda _, signal=signal, known=connection: signal.disconnect(known))
        reading.show_preparing(0, 0)
        self._preparing.ask({"out": path}, tr("prepare the study {name}", name=Path(path).name))

    # --- what came out ---

    def results(self) -> None:
        """Ask which study, and where the table is to lie."""
        if path := self._chosen(tr("Which reader study?")):
            table = self._saved(
                f"{Path(path).stem}-answers.csv", tr("Where is the table to lie?"), tr("Tables (*.csv)")
            )
            if table is not None:
                self._results.ask({"study": path, "out": str(table)}, tr("sum up {name}", name=Path(path).name))

    def _show_results(self, found: dict[str, Any]) -> None:
        dialog = QDialog(self._desk.parent)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(tr("Results of the reader study"))
        dialog.resize(900, 380)
        rows = found["rows"]
        table = named(QTableWidget(len(rows), len(rows[0])), tr("results by arm"))
        table.setHorizontalHeaderLabels(list(rows[0]))
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for line, each in enumerate(rows):
            for place, text in enumerate(each.values()):
                table.setItem(line, place, QTableWidgetItem(text))
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        notes = label("\n".join([tr("All answers: {file}", file=found["file"]), *found["notes"]]), "quiet")
        dialog.setLayout(
            column((table, 1), notes, row(..., button(tr("Close"), "", dialog.close)), margins=(12, 12, 12, 12))
        )
        dialog.show()
        self._desk.jobs.history.add(tr("Exported to {file}", file=found["file"]))

    def _chosen(self, title: str) -> str:
        return choosing.file(self._desk.parent, title, tr("{kinds};;All files (*)", kinds=_KINDS))

    def _saved(self, name: str, title: str, kinds: str) -> Path | None:
        desk = self._desk
        # The dialog asks before a file is replaced.
        start = str(Path(desk.home.exports or choosing.last()) / name)
        path, _ = QFileDialog.getSaveFileName(desk.parent, title, start, kinds)
        return Path(path) if path else None


def _file_name(title: str) -> str:
    return re.sub(r"[^\w -]", "-", title) or "study"
