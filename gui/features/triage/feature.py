"""Triage in the window: what is remarkable narrows and orders the list, and stands beside each picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from gui.browser.cases import counted_cases
from gui.browser.workers import folders_among
from gui.menus import Command
from gui.panels.labels import Badge
from gui.panels.late import Late
from gui.state import OneJob
from gui.texts import tr
from tfcore.registry import find
from tfcore.results import Triaged

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.triage.risks import RiskPanel

_HEIGHT = 300
_GROUP = "triage"
_EVERY = tr("All that is remarkable")
_FAILURE = tr("Likeliest to be wrong first")
_UNLIKE = "unlike"
# What the core names: as the list calls it, and as it stands beside a picture.
_NAMES = {
    "wrong": (tr("Wrong, the surest first"), tr("wrong")),
    "wrong reason": (tr("Right for the wrong reason"), tr("right for the wrong reason")),
    "models disagree": (tr("Models disagree"), tr("models disagree")),
    "methods disagree": (tr("Methods disagree"), tr("methods disagree")),
    "unsure": (tr("Least sure"), tr("unsure")),
    "flat": (tr("Nearly flat maps"), tr("nearly flat map")),
    _UNLIKE: (tr("Unlike the training pictures"), tr("unlike the training pictures")),
}
_ABOUT_SCORE = tr("By the mean of all signals likelier to be wrong than so large a share of the listed pictures")
_NOTHING = tr("Triage: nothing remarkable.")
_RISKS = tr("Which signal tells what is wrong: Evaluate ▸ Signals of failure.")
# What the method in use is held against.
_OTHERS = ("grad-cam", "layer-cam")


class Triaging(QObject):
    """Asks about all listed pictures when told to."""

    place = 42

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._found: Triaged | None = None
        self._job = OneJob(desk.engine, "triage", self)
        self._job.answered.connect(self._show)
        self._job.failed.connect(lambda why: desk.jobs.history.add(why, "error"))
        self._risks = Late(self._made)
        self._drawer = desk.docks.add_drawer("Signals of failure", self._risks, _HEIGHT)
        which = tr("Risk against coverage of every signal, on triaged pictures whose labels or masks are known")
        signals = Command("Eval&uate", "Signals of &failure…", self._drawer.open, "", "mdi6.chart-line", which)
        desk.opening.opened.connect(lambda _: self._forget())
        desk.shown.offer_badge(self._badge)
        what = tr("Wrong, right for the wrong reason, open, disputed or flat: then under “Show” above the list")
        desk.menus.add(
            [
                Command("Eval&uate", "&Triage listed pictures", self.ask, "Ctrl+Shift+T", "mdi6.filter-check", what),
                signals,
            ]
        )

    @property
    def settled(self) -> bool:
        """Nothing is looked through."""
        return self._job.idle

    def ask(self) -> None:
        """Look through the listed pictures with the model and the method in use."""
        desk, model, asked = self._desk, self._desk.opening.now, self._desk.method.request()
        pictures = desk.browser.paths()
        if model is None or not pictures or not asked.method:
            desk.jobs.history.add(tr("Open pictures and a model first: they are what is looked through."), "warning")
            return
        other = next(name for name in _OTHERS if name != asked.method)
        labels = {path: label for path in pictures if (label := desk.browser.verdict(path)[0])}
        arguments = {
            "pictures": pictures,
            # The folds of a cross-validation are asked, too, or others that were opened here and know the same classes.
            "models": desk.opening.together(),
            "methods": [asked.method, other],
            "layer": asked.layer if find("method", asked.method).has_layers else None,
            "params": {asked.method: asked.params},
            "labels": labels,
            "folders": folders_among(desk.session.opened),
        }
        self._job.ask(arguments, tr("triage {n} pictures", n=len(pictures)))

    def _made(self) -> RiskPanel:
        from gui.features.triage.risks import RiskPanel

        panel = RiskPanel()
        panel.show_risks(self._found.risks if self._found is not None else None)
        return panel

    def _show(self, found: Triaged) -> None:
        self._found = found
        if self._risks.made is not None:
            self._risks.made.show_risks(found.risks)
        cases = {
            _NAMES.get(kind, (kind,))[0]: {path: -weight for path, weight in case.items()}
            for kind, case in found.cases.items()
        }
        counts = counted_cases(cases)
        if len(cases) > 1:
            # In the order of the command line's table.
            cases = {_EVERY: {path: float(rank) for rank, path in enumerate(found.remarks)}, **cases}
        show = next(iter(cases), "")
        if found.failure:
            cases[_FAILURE] = {path: -score for path, score in found.failure.items()}
        self._desk.browser.cases.offer(_GROUP, cases, show=show)
        self._desk.browser.cases.remark(found.remarks)
        self._desk.shown.refresh_badges()
        said = tr("Triage, under “Show” above the list: {cases}.", cases=counts) if counts else _NOTHING
        self._desk.jobs.history.add(" ".join(filter(None, (said, _RISKS * bool(found.risks)))))
        for sentence in (*found.unread[:20], *found.notes):
            self._desk.jobs.history.add(sentence, "warning", quiet=True)

    def _forget(self) -> None:
        """Another model: nothing that was remarked holds for it."""
        if self._found is not None:
            self._found = None
            self._desk.browser.cases.offer(_GROUP, {})
            self._desk.browser.cases.remark({})
            if self._risks.made is not None:
                self._risks.made.show_risks(None)

    def _badge(self) -> Badge | None:
        path = self._desk.explaining.path
        if self._found is None or path is None:
            return None
        signals = self._found.signals.get(path, "")
        kind = next((kind for kind, case in self._found.cases.items() if path in case), _UNLIKE)
        if kind == _UNLIKE:
            # That it is unlike the training pictures has a badge of its own; what is right cannot be wrong.
            score = self._found.failure.get(path, 0.0)
            if score <= 0.5 or self._desk.browser.verdict(path)[1] == "right":
                return None
            return Badge(tr("may be wrong: {score:.2f}", score=score), "quiet", f"{_ABOUT_SCORE}: {signals}")
        return Badge(
            f"! {_NAMES.get(kind, (kind,))[-1]}",
            "warning",
            " · ".join(filter(None, (self._found.remarks[path], signals))),
        )
