"""How a run ended, and what can be done with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from gui.features.train.stored_run import StoredRun
from gui.panels.labels import Title, label
from gui.pieces import button, column, row
from gui.texts import counted, tr
from gui.theme import set_role
from gui.words import in_window


class Outcome(QWidget):
    """A headline, what to know about it, and the ways to the report and the model."""

    use_requested = Signal(str)
    # Where the report lies, and whether that is all that could be done about it.
    told = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._run: StoredRun | None = None
        self._headline, self._leaks = Title(1.15), label()
        self._notes = label(role="quiet")
        page = tr("The page with curves, confusion matrix, ROC and all settings, in the browser")
        self._report = button(tr("Open report"), page, self._open_report, "mdi6.file-chart-outline")
        best = tr("Open the network of the best epoch in this window")
        self._use = button(tr("Use this model"), best, self._use_model, "mdi6.graph-outline")
        self.setLayout(column(self._headline, self._leaks, row(self._use, self._report, ...), self._notes))
        self.show_nothing()

    def show_nothing(self) -> None:
        self.show_sentence("", "", None)
        self.show_notes(())

    def show_report(self, run: StoredRun) -> None:
        assert run.report is not None
        self.show_sentence(headline(run.report), "", run)
        leaks = run.report["leaks"]
        self._leaks.setText(leaks_sentence(leaks))
        set_role(self._leaks, "warning" if leaks else "quiet")
        self._leaks.show()
        self.show_notes(run.report["notes"])

    def show_notes(self, notes: Sequence[str]) -> None:
        """What a reader of the figures should know, a line each."""
        self._notes.setText("\n".join(f"· {in_window(note)}" for note in notes))
        self._notes.setVisible(bool(notes))

    def text(self) -> str:
        return "\n".join(filter(None, (self._headline.text(), self._leaks.text(), self._notes.text())))

    def show_sentence(self, sentence: str, role: str, run: StoredRun | None) -> None:
        """The run ended early, and why; what is there of it can be used all the same."""
        self._run = run
        self._headline.setText(sentence)
        self._headline.setVisible(bool(sentence))
        set_role(self._headline, role)
        self._leaks.clear()
        self._leaks.hide()
        # The one who ended a run early rarely wants its network.
        set_role(self._use, "primary" if run is not None and run.report is not None else "")
        self._use.setVisible(run is not None and run.model is not None)
        self._report.setVisible(run is not None and run.page is not None)

    def _use_model(self) -> None:
        if self._run is not None and self._run.model is not None:
            self.use_requested.emit(str(self._run.model))

    def _open_report(self) -> None:
        if self._run is not None and self._run.page is not None:
            page = str(self._run.page.absolute())
            if QDesktopServices.openUrl(QUrl.fromLocalFile(page)):
                self.told.emit(tr("The report is {page}", page=page), "")
            else:
                self.told.emit(tr("No browser was found to open the report; it is {page}", page=page), "warning")


def headline(report: Mapping[str, Any]) -> str:
    """What was reached on the test pictures, in one line.

    >>> headline({"n": 40, "accuracy": 0.9, "accuracy interval": [0.77, 0.96], "macro": {"f1": 0.881}})
    'Test accuracy 0.900 (0.770 to 0.960), macro F1 0.881, 40 pictures'
    """
    if "sd" in report:
        mean, sd = report["mean"], report["sd"]
        name = "dice" if "dice" in mean else "accuracy"
        said = tr("Dice") if name == "dice" else "accuracy"
        runs = (
            tr("{folds} folds", folds=report["folds"])
            if "folds" in report
            else tr("{seeds} seeds", seeds=report["seeds"])
        )
        return tr("Test {said} {mean:.3f} ± {sd:.3f} over {runs}", said=said, mean=mean[name], sd=sd[name], runs=runs)
    if "regions" in report:
        dice = ", ".join(f"{name} {each['dice']['mean']:.3f}" for name, each in report["regions"].items())
        return tr("Test Dice: {dice}; {cases}", dice=dice, cases=counted(report["cases"], "case"))
    low, high = report["accuracy interval"]
    pictures = counted(report["n"], "picture")
    accuracy = tr(
        "Test accuracy {accuracy:.3f} ({low:.3f} to {high:.3f})", accuracy=report["accuracy"], low=low, high=high
    )
    return tr(
        "{accuracy}, macro F1 {f1:.3f}, {pictures}", accuracy=accuracy, f1=report["macro"]["f1"], pictures=pictures
    )


def leaks_sentence(leaks: int) -> str:
    """Whether the test can be believed."""
    if not leaks:
        return tr("No equal or nearly equal pictures lie on two sides of the split.")
    where = tr("lie on two sides of the split, which flatters these figures.")
    return tr("{pairs} of equal or nearly equal pictures {where}", pairs=counted(leaks, "pair"), where=where)
