"""Evaluating as a part of the window: its dock, its menu entry, its jobs, and the way from a number to the picture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer

from gui.browser.workers import within
from gui.menus import Command
from gui.panels import DEMO, Request
from gui.panels.late import Late
from gui.panels.model import OPEN
from gui.state import OneJob, Opened
from gui.texts import counted, tr
from gui.trail import Setting
from tfcore.registry import INPUT, find
from tfcore.results import CellKey

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.evaluate.panel import EvaluatePanel

_HEIGHT = 430
# Long enough to tick the next box.
_PAUSE_MS = 1200


class Evaluating(QObject):
    """Makes the panel when it is first seen, and speaks for it with the engine."""

    place = 40

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        # The numbers of the cell that is picked, as a part of the list.
        self._ranked: dict[str, dict[str, float]] = {}
        engine = desk.engine
        self._describing, self._fitting = OneJob(engine, "describe_data", self), OneJob(engine, "unfit", self)
        self._evaluating, self._reading = OneJob(engine, "evaluate", self), OneJob(engine, "stored_evaluation", self)
        self._costing = OneJob(engine, "evaluation_cost", self)
        self._later = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._later.timeout.connect(self._cost)
        self._costed: dict[str, Any] = {}
        self._place = Late(self._made, self._set_up)
        self.dock = desk.docks.add_drawer("Evaluation", self._place, _HEIGHT)
        desk.arrivals.evaluation_came.connect(self._reopen)
        what = tr("Which model, method and layer to believe on your data: metrics over a data set")
        desk.menus.add(
            [Command("Eval&uate", "&Evaluate heatmaps…", self.dock.open, "Ctrl+Shift+E", "mdi6.scale-balance", what)]
        )

    @property
    def settled(self) -> bool:
        """Nothing is measured or looked at."""
        jobs = (self._describing, self._fitting, self._evaluating, self._reading, self._costing)
        return all(job.idle for job in jobs) and not self._later.isActive()

    @property
    def panel(self) -> EvaluatePanel:
        """Made at its first use."""
        return self._place.panel

    def _made(self) -> EvaluatePanel:
        # Imported late: plots and catalogues would delay the first paint of the window.
        from gui.features.evaluate.panel import EvaluatePanel

        return EvaluatePanel()

    def _set_up(self, panel: EvaluatePanel) -> None:
        self._describing.cancelled.connect(lambda: self._undescribed(tr("Looking at the data set was cancelled.")))
        self._evaluating.progressed.connect(panel.show_progress)
        self._evaluating.part.connect(panel.show_part)
        self._evaluating.answered.connect(panel.show_result)
        self._evaluating.failed.connect(panel.show_failed)
        self._evaluating.cancelled.connect(panel.show_cancelled)
        self._reading.answered.connect(panel.show_result)
        self._reading.failed.connect(panel.show_failed)
        self._costing.answered.connect(self._show_cost)
        self._costing.failed.connect(lambda why: panel.show_cost(why))
        panel.form.data.chosen.connect(self._describe)
        panel.changed.connect(self._changed)
        panel.started.connect(self._evaluate)
        panel.cancelled.connect(self._evaluating.cancel)
        panel.reopened.connect(self._reopen)
        panel.opened.connect(self._open)
        panel.ranked.connect(self._rank)
        self._desk.browser.count_changed.connect(lambda _: panel.rank())
        panel.form.model_wanted.connect(self._add_model)
        self._desk.opening.added.connect(self._added)
        self._desk.opening.not_added.connect(lambda why: panel.form.show_adding(why, problem=True))
        self._use_model(self._desk.opening.now)
        panel.form.set_request(self._desk.session.evaluation)
        self._stated = Setting(self._desk.undo, self._request, panel.form.set_request, self)
        # What cannot be asked of a model or of data is unticked by itself.
        for signal, hear in (
            (self._desk.opening.opened, self._use_model),
            (self._fitting.answered, panel.form.set_unfit),
            (self._describing.answered, self._described),
            (self._describing.failed, self._undescribed),
            (self._desk.sessions.changed, lambda: panel.form.set_request(self._desk.session.evaluation)),
        ):
            signal.connect(self._stated.by_itself(hear))
        panel.form.changed.connect(self._remember)

    def _reopen(self, folder: str) -> None:
        self.dock.open()
        self.panel.asked = {}
        self._reading.ask({"folder": folder}, tr("open {name}", name=Path(folder).name), 1)

    def _remember(self) -> None:
        # Which layers are meant is not known before there is a model.
        if self._desk.opening.now is None:
            return
        self._desk.session.evaluation = self._request()
        self._desk.remember()
        self._stated.changed(lambda *_: tr("what is evaluated"))

    def _request(self) -> dict[str, Any]:
        request = self.panel.form.request()
        models = [source for source, _ in request["models"]]
        return {**request, "models": models, "layers": [*filter(None, request["layers"])]}

    # --- what is known ---

    def _use_model(self, model: Opened | None) -> None:
        self._offer_models()
        if model is not None:
            self._fitting.ask(model.asked(), tr("what the model can be asked"), priority=-1)

    def _offer_models(self) -> None:
        opening = self._desk.opening
        info, set_up = opening.info, self._desk.session.evaluation.get("models", ())
        first = [info.source] if info else []
        sources = dict.fromkeys([*first, *opening.known, *set_up, DEMO, *self._desk.home.recent_models])
        self.panel.form.set_models(sources, opening.known, info)

    def _add_model(self, source: str) -> None:
        """One more to measure; the one in use stays so."""
        if source := self._desk.arrivals.ask_model(tr("Add a model")) if source == OPEN else source:
            self.panel.form.show_adding(tr("Opening {name} …", name=Path(source).name))
            self._desk.opening.add(source)

    def _added(self, model: Opened) -> None:
        if within(Path(model.info.source).exists, False):
            # Listed, and ticked, after a restart.
            self._desk.home.remember_model(model.info.source)
            self._desk.model.set_recent(self._desk.home.recent_models)
        self._offer_models()
        self.panel.form.add_model(model.info.source)

    def _describe(self, path: str) -> None:
        self.panel.form.set_facts(None)
        if path:
            self._describing.ask(
                self.panel.form.data.question(), tr("look at {name}", name=Path(path).name), priority=1
            )
        else:
            self._describing.forget()

    def _described(self, facts: dict[str, Any]) -> None:
        self.panel.form.data.show_facts(facts)
        self.panel.form.set_facts(facts)

    def _undescribed(self, why: str) -> None:
        self.panel.form.data.show_error(why)
        self.panel.form.set_facts(None)

    # --- what it costs ---

    def _changed(self) -> None:
        request = {} if self.panel.form.missing() or self.panel.running else self._question()
        if request == self._costed:
            return
        self._costed = request
        # Not ended: what it traces is needed again, and force would cost the engine.
        self._costing.forget()
        self.panel.show_cost("")
        if request:
            self._later.start()
        else:
            self._later.stop()

    def _question(self) -> dict[str, Any]:
        return {name: value for name, value in self.panel.form.request().items() if name != "out"}

    def _cost(self) -> None:
        self.panel.show_cost(tr("{extent}; timing the first picture …", extent=self.panel.form.extent()))
        self._costing.ask(self._question(), tr("time one picture"), priority=-1)

    def _show_cost(self, seconds: float) -> None:
        how = tr("From what the first picture takes the second time; many pictures together take a little less each")
        text = tr("about {seconds} for {extent}", seconds=about(seconds), extent=self.panel.form.extent())
        shared = tr(
            "Very many pictures… in this menu has several processes or a cluster do it, and goes on another day"
        )
        self.panel.show_cost(text, f"{text}\n{how}\n{shared}")

    # --- the run, and what comes of it ---

    def _evaluate(self, request: dict[str, Any]) -> None:
        if self._later.isActive() or not self._costing.idle:
            # Nobody waits for the time of one picture any more.
            self.panel.show_cost(self.panel.form.extent())
        self._later.stop()
        self._costing.forget()
        self.panel.show_waiting(request)
        self._evaluating.ask(request, tr("evaluate {name}", name=Path(request["data"]).name))

    def _rank(self, name: str, metric: str, values: dict[str, float], better: str) -> None:
        """The list by the numbers of the cell that is picked, the worst first, as one of its parts."""
        listing, known = self._desk.browser.model.listing, self._ranked
        sign = 1 if better == "higher" else -1
        ranks = {path: sign * value for path, value in values.items()}
        self._ranked = {name: ranks} if any(path in listing for path in ranks) else {}
        if self._ranked != known:
            self._desk.browser.cases.measure({metric: values} if self._ranked else {})
            self._desk.browser.cases.offer("evaluation", self._ranked)

    def _open(self, key: CellKey, path: str) -> None:
        """The picture, seen through the model, method, layer and class that the number is of."""
        desk, asked = self._desk, self.panel.asked
        layer = key.layer if find("method", key.method).has_layers and key.layer != INPUT else None
        opened = desk.opening.info
        known = desk.opening.known.get(key.model)
        info = known.info if known else opened
        if info is not None and layer is not None:
            layer = info.layer_path(layer) or layer
        target = asked.get("target")
        names = info.classes if info is not None else ()
        wanted = names.index(target) if target in names else None
        request = Request(key.method, dict(asked.get("params", {}).get(key.method, {})), layer, wanted)
        desk.browser.select(path)
        desk.open_pictures([path])
        if opened is not None and opened.source == key.model:
            desk.method.ask(request)
        else:
            desk.method.set_request(request)
            desk.opening.open(key.model)


def about(seconds: float) -> str:
    """A time to plan with.

    >>> about(3.2), about(200), about(8000)
    ('3 seconds', '3 minutes', '2.2 hours')
    """
    if seconds < 90:
        return counted(max(1, round(seconds)), "second")
    return (
        counted(round(seconds / 60), "minute") if seconds < 5400 else tr("{seconds:.1f} hours", seconds=seconds / 3600)
    )
