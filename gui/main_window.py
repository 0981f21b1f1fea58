"""The window: docks around the canvas, menus, and who hears whom. No computing and no drawing here."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow

from gui import choosing, features, help, menus, tab_order, trail
from gui.arrivals import Arrivals
from gui.autosave import Autosave
from gui.browser import Browser
from gui.browser.workers import within
from gui.canvas import Canvas
from gui.desk import Desk
from gui.docks import BOTTOM, LEFT, RIGHT, Docks
from gui.engine_client import EngineClient
from gui.explaining import Explaining
from gui.export.carrying import DragOff
from gui.figures import Figures
from gui.home import Home, sealed, unsealed
from gui.keys import Keys
from gui.layout import Layout
from gui.leaving import Leaving
from gui.opening import Opening
from gui.panels import EngineBadge, JobsPanel, MethodPanel, ModelPanel, PredictionPanel
from gui.panels.scrolled import scrolled
from gui.panels.status_line import StatusLine
from gui.pieces import button, column, held
from gui.predicting import Predicting
from gui.session import Sessions
from gui.shown import Shown
from gui.state import Opened
from gui.texts import tr
from gui.undo import Undo
from tfcore.engine.protocol import Event, Ready
from tfcore.results.model import untrained
from tfcore.review import Session

# Parts that features see under the names they have here.
_AS_THEY_ARE = (
    *("engine", "session", "arrivals", "opening", "explaining", "shown", "figures", "canvas", "browser"),
    *("method", "prediction", "jobs", "docks", "menus", "undo", "sessions", "home"),
)
# Of what is on show.
_OF_FIGURES = ("copy", "copy bare", "export")


class MainWindow(QMainWindow):
    """Holds the parts and connects them."""

    def __init__(self, engine: EngineClient, session: Session, home: Home | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Heatlens")
        self.setAcceptDrops(True)
        self.resize(QSize(1440, 900))
        self.engine, self.session, self.home = engine, session, home or Home()
        self._versions: dict[str, str] = {}
        # What was on show last, or is asked for at the start, is still to be opened.
        self.starting = False
        choosing.remember(self.home.folder)
        self.browser, self.canvas = Browser(), Canvas()
        self.model_panel, self.prediction, self.method = ModelPanel(), PredictionPanel(), MethodPanel()
        self.jobs, self.badge = JobsPanel(), EngineBadge()
        self.opening = Opening(engine, self)
        self.explaining = Explaining(engine, self.opening, self.browser.ahead)
        self.predicting = Predicting(engine, self.opening, self.explaining)
        self.shown = Shown(self.explaining, self.predicting, self.browser, self.canvas, self.prediction, self.jobs)
        self.figures = Figures(self.shown, self.explaining, self.browser, self.canvas, self.jobs, self.home)
        self.figures.data = lambda: self.session.opened
        self.arrivals = Arrivals(self.browser, self.opening, session, self.home, self)
        self.open_pictures, self.open_model = self.arrivals.open_pictures, self.opening.open
        self.clear, self.offer_zoo = self.browser.clear, self.model_panel.offer_zoo
        self.leaving = Leaving(self.jobs, engine, self)
        self.docks = Docks(self)
        self.sessions = Sessions(self)
        self.autosave = Autosave(self, self.sessions.kept)
        self._arrange()
        self.menus = menus.Menus(self.menuBar(), self)
        self.menus.add(menus.of_window(self))
        self.undo = Undo(self.menus.actions["undo"], self.menus.actions["redo"], self)
        self.arrivals.offer_recent(self.menus.menu("&File"), self.menus.actions["Open &demo"])
        self.menuBar().setCornerWidget(self.badge)
        self.menus.menu("&View").addAction(self.canvas.heat_off)
        self.canvas.addActions([self.menus.actions[name] for name in (*_OF_FIGURES, "fit", "1:1")])
        self._connect()
        self.features = [feature(self._desk()) for feature in features.load()]
        # Last: an answer that is at hand comes at once, and by then everyone must know which model it is of.
        self.opening.opened.connect(self._ask)
        self._list_docks()
        self._restore_look()
        trail.follow(self)
        Layout(self, self.docks, self.undo)
        self.figures.refresh()
        # Last of all: every event comes to it, also the thousands of putting the window together.
        Keys(self, moves=self.browser.focusProxy() or self.browser, space=self.canvas, digits=self.method)
        # What is typed before anything was clicked means the picture; Qt would choose the filter.
        (self.docks.pages.currentWidget() or self).setFocus()

    def _desk(self) -> Desk:
        """The window as features see it."""
        return Desk(
            parent=self,
            model=self.model_panel,
            remember=self.autosave.touch,
            open_pictures=self.arrivals.open_pictures,
            **{name: getattr(self, name) for name in _AS_THEY_ARE},
        )

    # --- what can be asked from outside ---

    def open_demo(self, name: str = "demo") -> None:
        """A network that ships, and the pictures for it: the one that is open now is not asked about them."""
        self.explaining.request = None
        self.arrivals.open_demo(name)
        self.open_model(name)

    @property
    def settled(self) -> bool:
        """Nothing is being read, opened or computed for what is on show."""
        own = all(part.idle for part in (self.sessions, self.opening, self.explaining, self.predicting))
        return own and not (self.starting or self.browser.looking) and all(feature.settled for feature in self.features)

    # --- putting together ---

    def _arrange(self) -> None:
        self.docks.pages.addWidget(self.canvas)
        self.setDockNestingEnabled(True)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        what = tr("Compose a panel of this picture and its heatmap (Ctrl+E); dragged off, it goes into another program")
        self.export_button = button(tr("Export panel…"), what, icon="mdi6.image-move")
        self.export_button.setEnabled(False)
        method = held(column(self.method, column(self.export_button, margins=(9, 0, 9, 9)), (..., 1)))
        self.docks.add("Pictures", self.browser, LEFT)
        self.docks.add("Model", scrolled(self.model_panel), RIGHT)
        self.docks.add("Prediction", self.prediction, RIGHT)
        self.docks.add("Method", scrolled(method), RIGHT)
        self.docks.add("Jobs", self.jobs, BOTTOM)
        self.setStatusBar(StatusLine(self.jobs, self.docks.open_jobs, self.browser.current_changed))
        self.docks.spread()

    def _list_docks(self) -> None:
        """Docks under View, when all are there."""
        for dock in self.docks.all():
            dock.toggleViewAction().toggled.connect(lambda _: self.autosave.touch())
        self.docks.list_in(self.menus.menu("&View ▸ &Docks"))

    def _connect(self) -> None:
        engine, explaining, opening = self.engine, self.explaining, self.opening
        for hear in (self._heard, self.jobs.handle, self.badge.handle):
            engine.happened.connect(hear)
        engine.submitted.connect(self.jobs.submitted)
        self.jobs.cancel_requested.connect(engine.cancel)
        self.badge.restart_requested.connect(engine.restart)

        self.browser.current_changed.connect(self._look)
        self.browser.count_changed.connect(self._counted)
        for said in (self.arrivals.message, self.autosave.failed):
            said.connect(lambda text: self.jobs.history.add(text, "warning"))
        for told in (self.arrivals.told, opening.given_up):
            told.connect(lambda text: self.jobs.history.add(text))
        self.arrivals.changed.connect(self.autosave.touch)
        self.arrivals.session_came.connect(self.sessions.open)

        self.model_panel.model_chosen.connect(self.open_model)
        self.model_panel.open_requested.connect(self.arrivals.choose_model)
        self.model_panel.device_chosen.connect(engine.restart)
        self.model_panel.card_saved.connect(opening.save_card)
        opening.began.connect(self.model_panel.show_loading)
        opening.opened.connect(self._model_opened)
        opening.failed.connect(self._model_failed)
        opening.leaving.connect(self.undo.expect)
        for stepped in (opening.stepped, self.canvas.stepped, self.canvas.windowing.stepped, self.browser.acts.stepped):
            stepped.connect(self.undo.did)

        self.method.changed.connect(self._ask)
        self.method.run_requested.connect(explaining.run)
        self.prediction.target_chosen.connect(self.method.set_target)

        self.shown.changed.connect(self.figures.refresh)
        self.figures.exported.connect(self.autosave.touch)
        for able in (self.export_button.setEnabled, *(self.menus.actions[name].setEnabled for name in _OF_FIGURES)):
            self.figures.possible.connect(able)
        self.export_button.clicked.connect(self.figures.export)
        DragOff(self.export_button, self.figures.carried, lambda why: self.jobs.history.add(why, "error"))
        for told in (self.canvas.display_changed, self.canvas.windowing.changed, self.browser.chosen_changed):
            told.connect(lambda *_: self.autosave.touch())
        self.canvas.mode_changed.connect(self._mode_changed)

    def _restore_look(self) -> None:
        if self.home.geometry:
            self.restoreGeometry(QByteArray(unsealed(self.home.geometry)))
        if self.home.layout:
            self.restoreState(QByteArray(unsealed(self.home.layout)))
        self.model_panel.set_recent(self.home.recent_models)
        self.sessions.restore()
        self._mode_changed(self.canvas.mode())

    # --- pictures ---

    def _look(self, path: str) -> None:
        self.session.current = path or ""
        self.explaining.look(path)
        self.autosave.touch()

    def _counted(self, count: int) -> None:
        if count == 0:
            self.shown.nothing()
        self.arrivals.counted(count)
        self.autosave.touch()

    # --- model and method ---

    def _model_opened(self, model: Opened) -> None:
        info = model.info
        self.model_panel.show_model(info)
        self.prediction.show_weights(untrained(info.weights))
        if within(Path(info.source).exists, False):
            self.home.remember_model(info.source)
            self.model_panel.set_recent(self.home.recent_models)
        asked = self.method.request()
        self.method.set_model(info)
        # The same question goes on where the new model can be asked it, and knows its layer and class.
        layer = info.layer_path(asked.layer) or info.layer_path(self.session.request.get("layer"))
        target = asked.target if asked.target is not None and asked.target < len(info.classes) else None
        self.method.set_request(replace(self.method.request(), layer=layer, target=target))
        self.session.model = info.source
        self.shown.forget_predictions()
        guesses = ", ".join(info.guessed)
        guessed = tr("; guessed: {guesses} (Edit card… states it)", guesses=guesses) if guesses else ""
        self.jobs.history.add(tr("Opened {name}{guessed}.", name=info.name, guessed=guessed), "warning" * bool(guessed))
        self.arrivals.recall(model)

    def _model_failed(self, sentence: str) -> None:
        self.model_panel.show_error(sentence)
        if self.opening.info is None:
            self.prediction.show_empty(tr("No model is open."))

    def _ask(self) -> None:
        request = self.method.request()
        # A region is one of the picture on show.
        self.session.request = {name: value for name, value in asdict(request).items() if name != "region"}
        self.explaining.ask(request, self.method.automatic())
        self.autosave.touch()

    def explain_second(self) -> None:
        """Ask about the runner-up: what speaks for the class the model nearly chose?"""
        if (said := self.shown.said) is not None and len(said.classes) > 1:
            self.method.set_target(int(said.probabilities.argsort()[-2]))

    # --- the rest ---

    def show_shortcuts(self) -> None:
        """List the shortcuts."""
        help.show_shortcuts(self.menus.commands, self)

    def show_about(self) -> None:
        """Name and versions."""
        help.show_about(self._versions, self)

    def _mode_changed(self, mode: str) -> None:
        self.menus.actions[mode].setChecked(True)
        self.session.mode = mode
        self.autosave.touch()

    def _heard(self, event: Event) -> None:
        if isinstance(event, Ready):
            self._versions = event.versions
            self.model_panel.set_devices(event.devices, event.device)

    def remember(self) -> Session:
        """The session as it stands; what belongs to the program is put into its memory."""
        self.home.geometry = sealed(bytes(self.saveGeometry().data()))
        self.home.layout = sealed(bytes(self.saveState().data()))
        self.home.folder = choosing.been()
        return self.sessions.remember()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes through what is seen, as it is read."""
        return tab_order.go_on(self, forward, rest=self.canvas)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything that is a file may be dropped."""
        self.arrivals.drag(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Models are opened, tables offered as labels, pictures and folders listed."""
        self.arrivals.drop(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the session, end the engine; not before the user agreed, where that costs work."""
        event.setAccepted(self.leaving.may())
        if event.isAccepted():
            self.autosave.now()
            self.explaining.close()
            self.engine.close()
