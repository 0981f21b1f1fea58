"""The evaluation in the window: what is asked on one page, what was found on the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QProgressBar, QTabWidget, QWidget

from gui import choosing
from gui.features.evaluate.agreement import Agreement
from gui.features.evaluate.behind import BehindList
from gui.features.evaluate.curves import EvaluationCurves
from gui.features.evaluate.form import EvaluateForm
from gui.features.evaluate.matrix import Matrix, told
from gui.panels.labels import ElidedLabel, label
from gui.panels.scrolled import sideways
from gui.pieces import beside, button, column, held, named, row
from gui.texts import counted, tr
from gui.theme import set_role
from tfcore.engine.protocol import Progress
from tfcore.results import Behind, Cell, CellKey, Evaluated

_NOTHING = tr("Nothing is measured yet; the table fills as the pictures go by.")
_IDLE = tr("Ready to start.")
_PICK = tr("Click a cell to see the pictures behind it, the worst first; click a picture to see it explained so.")


class EvaluatePanel(QWidget):
    """Signals out, setters in."""

    started = Signal(dict)
    cancelled = Signal()
    # The folder of an evaluation that has ended.
    reopened = Signal(str)
    # A cell, and the picture that is to be seen with its explanation.
    opened = Signal(object, object)
    # A cell was picked: its name, its metric, the numbers of its pictures, and whether higher or lower is better.
    ranked = Signal(str, str, object, str)
    # The request is another one.
    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form, self.matrix = EvaluateForm(), Matrix()
        self.behind, self.curves, self.agreement = BehindList(), EvaluationCurves(), Agreement()
        self._cells: Mapping[CellKey, Cell] = {}
        self._pictures: dict[CellKey, list[Behind]] = defaultdict(list)
        # How the evaluation on show was asked for: params and target of its explanations.
        self.asked: Mapping[str, Any] = {}
        self._running, self._missing = False, ""
        # The report of the evaluation on show, if one was written.
        self._page = ""
        self._build()
        self.form.changed.connect(self._changed)
        self.matrix.picked.connect(lambda _: self._show_picked())
        self.behind.opened.connect(self._open)
        self._allow()

    @property
    def running(self) -> bool:
        """An evaluation is on its way."""
        return self._running

    # --- before it starts ---

    def show_cost(self, text: str, tip: str = "") -> None:
        """How long it will take, or why that is not known."""
        self._cost.setText(text)
        self._cost.setToolTip(tip or text)

    # --- the run ---

    def show_waiting(self, request: Mapping[str, Any]) -> None:
        """It was asked for, and its turn will come."""
        self._running, self.asked = True, request
        self._begin({}, {})
        self.agreement.show_agreement((), {})
        self._show_report(())
        self._say(tr("waiting for the engine …"))
        self._bar.setRange(0, 0)
        self._bar.show()
        self._tabs.setCurrentIndex(1)
        self._allow()

    def show_progress(self, event: Progress) -> None:
        """How far it is."""
        if self._cancel.isEnabled():
            self._say(event.text)
        self._bar.setRange(0, event.total)
        self._bar.setValue(event.done)

    def show_part(self, found: Evaluated) -> None:
        """The cells as they are by now, and the pictures that were added."""
        self._cells = found.cells
        for key, pictures in found.pictures.items():
            self._pictures[key] += pictures
        self._show_cells()

    def show_result(self, found: Evaluated) -> None:
        """It came to its end, or to as much of it as was wanted."""
        self._running = False
        self._bar.hide()
        self._begin(found.cells, found.pictures)
        self.agreement.show_agreement(found.sentences, found.agreement)
        self._show_report(found.files)
        self._tabs.setCurrentIndex(1)
        if not self.asked:
            self.asked = found.facts
        pictures = found.facts.get("pictures", 0)
        how = tr("Cancelled") if found.interrupted else tr("Evaluated")
        parts = [
            f"{how}: {counted(pictures, 'picture')}",
            tr("{n} not readable", n=len(found.unread)) if found.unread else "",
            tr("tables in {file}", file=found.files[0].rpartition("/")[0])
            if found.files
            else tr("nothing was written"),
        ]
        if found.interrupted:
            done = max((len(behind) for behind in found.pictures.values()), default=0)
            parts[0] = tr(
                "Cancelled after {done} of {pictures} pictures; what was measured is kept", done=done, pictures=pictures
            )
        self._say(" · ".join(filter(None, parts)), "warning" if found.interrupted else "")
        told = (*found.files, *found.facts.get("notes", ()), *found.unread[:20])
        self._state.setToolTip("\n".join([self._state.text(), *told]))
        self._allow()

    def show_failed(self, sentence: str) -> None:
        """There is no result, and why."""
        self._running = False
        self._bar.hide()
        self._allow()
        self._say(sentence, "error")

    def show_cancelled(self) -> None:
        """It was ended before there were tables."""
        if not self._cells:
            self.show_failed(tr("Cancelled before the first pictures were measured."))
            return
        self.show_failed("")
        goes_on = tr("; the next start goes on from what was finished") * bool(self.asked.get("out"))
        self._say(tr("Cancelled; what was measured is kept here{goes_on}.", goes_on=goes_on), "warning")

    # --- within ---

    def _begin(self, cells: Mapping[CellKey, Cell], pictures: Mapping[CellKey, tuple[Behind, ...]]) -> None:
        self._cells = cells
        self._pictures = defaultdict(list, {key: list(behind) for key, behind in pictures.items()})
        self._show_cells()

    def _show_cells(self) -> None:
        self.matrix.show_cells(self._cells)
        self._show_picked()

    def _show_picked(self) -> None:
        key = self.matrix.key()
        self.curves.show_curves(self._cells, key)
        cell = self._cells.get(key) if key is not None else None
        if key is None or cell is None:
            self.behind.show_pictures((), "higher")
            self._picked.setText(_PICK if self._cells else _NOTHING)
            self.rank()
            return
        self.behind.show_pictures(self._pictures[key], cell.better)
        self._picked.setText(f"{key.method} · {key.layer} · {key.metric}: {told(cell)}")
        self.rank()

    def rank(self) -> None:
        """Tell the numbers of the cell that is picked, for a list of pictures to follow."""
        key = self.matrix.key()
        cell = self._cells.get(key) if key is not None else None
        if key is None or cell is None:
            self.ranked.emit("", "", {}, "higher")
            return
        values = {each.picture: each.value for each in self._pictures[key] if each.value is not None}
        self.ranked.emit(f"{key.metric} · {key.method} · {key.layer}", key.metric, values, cell.better)

    def _open(self, path: str) -> None:
        if (key := self.matrix.key()) is not None:
            self.opened.emit(key, path)

    def _changed(self) -> None:
        self._allow()
        self.changed.emit()

    def _allow(self) -> None:
        missing = self.form.missing()
        self._start.setEnabled(not missing and not self._running)
        self._start.setToolTip(missing or tr("Explain and measure every picture; heatmaps go on meanwhile"))
        self._cancel.setEnabled(self._running)
        self._reopen.setEnabled(not self._running)
        self.form.setEnabled(not self._running)
        news, self._missing = missing != self._missing, missing
        if not self._running and (news or not self._cells):
            self._say(_IDLE if not missing else f"{missing}.", "quiet")

    def _start_clicked(self) -> None:
        self.started.emit(self.form.request())

    def _cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._say(tr("cancelling …"))
        self.cancelled.emit()

    def _ask_folder(self) -> None:
        start = str(self.form.request()["out"])
        if folder := choosing.folder(self, tr("Open the folder of an evaluation"), start):
            self.reopened.emit(folder)

    def _open_report(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(Path(self._page).absolute()))):
            self._say(tr("No browser was found to open the report; it is {page}", page=self._page), "warning")

    def _show_report(self, files: Sequence[str]) -> None:
        self._page = next((path for path in files if path.endswith(".html")), "")
        self._report.setVisible(bool(self._page))

    def _say(self, text: str, role: str = "") -> None:
        # What went wrong is to be read to its end: what to do stands there.
        for widget, here in ((self._state, role != "error"), (self._problem, role == "error")):
            widget.setText(text)
            widget.setVisible(here)
        set_role(self._state, role)

    def _build(self) -> None:
        self._state, self._cost = ElidedLabel(), ElidedLabel(role="quiet")
        self._problem = named(label(role="error"), tr("what went wrong"))
        self._picked, self._bar = ElidedLabel(role="quiet"), QProgressBar(textVisible=False)
        for widget, name in (
            (self._state, tr("state of the evaluation")),
            (self._cost, tr("cost of the evaluation")),
            (self._bar, tr("progress of the evaluation")),
            (self._picked, tr("the cell in words")),
        ):
            widget.setAccessibleName(name)
        self._bar.hide()
        self._picked.setText(_NOTHING)
        self._start = button(tr("Start"), run=self._start_clicked, icon="mdi6.play-outline", role="primary")
        stop = tr("Stop; what was measured by then is shown and written")
        self._cancel = button(tr("Cancel"), stop, self._cancel_clicked, "mdi6.stop")
        what = tr("Show the tables that an evaluation has written, here or on the command line")
        self._reopen = button(tr("Open finished…"), what, self._ask_folder, "mdi6.folder-open-outline")
        what = tr("The page with tables, curves and comparisons, in the browser")
        self._report = button(tr("Open report"), what, self._open_report, "mdi6.file-chart-outline")
        self._report.hide()
        behind = _tabs(
            tr("behind the cells"),
            {tr("Pictures"): self.behind, tr("Curves"): self.curves, tr("Agreement"): self.agreement},
        )
        both = beside(self.matrix, behind, (400, 280))
        found = held(column((both, 1), self._picked, margins=(9, 6, 9, 0), spacing=4))
        self._tabs = _tabs(tr("evaluation"), {tr("Set up"): sideways(self.form), tr("Results"): found})
        buttons = row(self._start, self._cancel, self._reopen, self._report, ...)
        below = column(self._state, self._problem, self._bar, self._cost, buttons, margins=(9, 0, 9, 9), spacing=2)
        self.setLayout(column((self._tabs, 1), below))


def _tabs(name: str, pages: dict[str, QWidget]) -> QTabWidget:
    tabs = QTabWidget(documentMode=True)
    tabs.tabBar().setDrawBase(False)
    tabs.tabBar().setAccessibleName(name)
    for title, page in pages.items():
        tabs.addTab(page, title)
    return tabs
