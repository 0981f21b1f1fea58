"""The window: docks around the canvas, menus, and who hears whom. No computing and no drawing here."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import cast

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QDockWidget,
    QFileDialog,
    QMainWindow,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

import resources
from gui import features, help, menus, theme
from gui.browser import Browser
from gui.browser.scan import absolute
from gui.canvas import Canvas
from gui.commands import Command
from gui.engine_client import EngineClient
from gui.explaining import Explaining
from gui.figures import Figures
from gui.opening import Opening
from gui.panels import EngineBadge, JobsPanel, MethodPanel, ModelPanel, PredictionPanel, Request
from gui.panels.scrolled import scrolled
from gui.predicting import Predicting
from gui.session import Autosave, Session
from gui.session_parts import MOST_OPENED, sealed, unsealed
from gui.shown import Shown
from gui.state import Opened
from tfcore.engine.protocol import Event, Ready
from tfcore.figure.display import Display
from tfcore.registry import catalogue

MODEL_FILES = (".keras", ".h5", ".hdf5")


class MainWindow(QMainWindow):
    """Holds the parts and connects them."""

    def __init__(self, engine: EngineClient, session: Session, save: Autosave | None = None) -> None:
        super().__init__()
        self.setWindowTitle("Heatlens")
        self.setAcceptDrops(True)
        self.resize(QSize(1440, 900))
        self.engine = engine
        self.session = session
        self._versions: dict[str, str] = {}
        self.extra_commands: list[Command] = []
        self.docks: dict[str, QDockWidget] = {}
        self.browser = Browser()
        self.canvas = Canvas()
        self.model_panel = ModelPanel()
        self.prediction = PredictionPanel()
        self.method = MethodPanel()
        self.jobs = JobsPanel()
        self.badge = EngineBadge()
        self.opening = Opening(engine, self)
        self.explaining = Explaining(engine, self.opening, self.browser.ahead)
        self.predicting = Predicting(engine, self.opening, self.explaining)
        self.shown = Shown(self.explaining, self.predicting, self.browser, self.canvas, self.prediction, self.jobs)
        self.figures = Figures(self)
        self.autosave = save or Autosave(lambda: None, self)
        self._arrange()
        self._fill_menus()
        self._connect()
        self.features = [feature(self) for feature in features.load()]
        # Last: an answer that is at hand comes at once, and by then everyone must know which model it is of.
        self.opening.opened.connect(self._ask)
        menus.complete(self)
        self.first_layout = self.saveState()
        self._restore_look()

    # --- what can be asked from outside ---

    def open_pictures(self, paths: Iterable[str | Path]) -> None:
        """List files and folders; the first picture is shown unless one is shown already."""
        named = [str(path) for path in paths]
        self.browser.add(named)
        self._remember_opened(named)

    def open_last_pictures(self) -> None:
        """List what was listed when the session was saved: the demo, if that was nothing or is gone."""
        session = self.session
        if session.current:
            self.browser.select(session.current)
        # Path.exists raises where the name is too long to be asked about, or a folder above is closed to us.
        there = [path for path in session.opened if os.path.exists(path)]  # noqa: PTH110
        self.browser.add(there or [resources.path("demo")])
        self.browser.removed = dict.fromkeys(session.removed)

    def _remember_opened(self, paths: list[str]) -> None:
        self.session.remember_opened([absolute(path) for path in paths])
        self.autosave.touch()

    def open_model(self, source: str) -> None:
        """Open a model by file name, ``demo`` or ``zoo:NAME``."""
        self.opening.open(source)

    def open_demo(self) -> None:
        """The shipped pictures and the shipped network."""
        self.browser.add([resources.path("demo")])
        self.open_model("demo")

    def offer_zoo(self) -> None:
        """List the architectures one can build here."""
        self.model_panel.set_choices(
            [(spec.name, f"zoo:{spec.name}", True, spec.summary) for spec in catalogue("architecture")]
        )

    @property
    def settled(self) -> bool:
        """Nothing is being read, opened or computed for what is on show."""
        own = self.opening.idle and self.explaining.idle and self.predicting.idle and not self.browser.looking
        return own and all(feature.settled for feature in self.features)

    # --- putting together ---

    def _arrange(self) -> None:
        self.setCentralWidget(self.canvas)
        self.setDockNestingEnabled(True)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.export_button = QPushButton(theme.icon("mdi6.image-move"), "Export panel…")
        self.export_button.setToolTip("Compose a figure panel of this picture and its heat (Ctrl+E)")
        self.export_button.setEnabled(False)
        method = QWidget()
        # Features may add a line of theirs above the method.
        self.method_column = column = QVBoxLayout(method)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.method)
        below = QVBoxLayout()
        below.setContentsMargins(9, 0, 9, 9)
        below.addWidget(self.export_button)
        column.addLayout(below)
        column.addStretch(1)
        left, right, bottom = (
            Qt.DockWidgetArea.LeftDockWidgetArea,
            Qt.DockWidgetArea.RightDockWidgetArea,
            Qt.DockWidgetArea.BottomDockWidgetArea,
        )
        for name, widget, area in (
            ("Images", self.browser, left),
            ("Model", scrolled(self.model_panel), right),
            ("Prediction", self.prediction, right),
            ("Method", scrolled(method), right),
            ("Jobs", self.jobs, bottom),
        ):
            self.add_dock(name, widget, area)
        self.resizeDocks([self.docks["Images"], self.docks["Model"]], [300, 300], Qt.Orientation.Horizontal)
        self.resizeDocks(
            [self.docks["Model"], self.docks["Prediction"], self.docks["Method"]],
            [230, 200, 360],
            Qt.Orientation.Vertical,
        )
        self.resizeDocks([self.docks["Jobs"]], [110], Qt.Orientation.Vertical)

    def add_dock(self, name: str, widget: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        """Put a widget into a dock of its own; the layout remembers it by its name."""
        dock = QDockWidget(name, self)
        dock.setObjectName(name)
        dock.setWidget(widget)
        self.addDockWidget(area, dock)
        self.docks[name] = dock
        return dock

    def _fill_menus(self) -> None:
        self.actions_by_name = menus.fill(self)
        self.menuBar().setCornerWidget(self.badge)
        self.figures.refresh()

    def _connect(self) -> None:
        engine, explaining, opening = self.engine, self.explaining, self.opening
        engine.happened.connect(self._heard)
        engine.happened.connect(self.jobs.handle)
        engine.happened.connect(self.badge.handle)
        engine.submitted.connect(self.jobs.submitted)
        self.jobs.cancel_requested.connect(engine.cancel)
        self.badge.restart_requested.connect(engine.restart)

        self.browser.current_changed.connect(self._look)
        self.browser.message.connect(lambda text: self.jobs.history.add(text, "warning"))
        self.browser.count_changed.connect(self._counted)
        self.browser.dropped.connect(self._remember_opened)

        self.model_panel.model_chosen.connect(self.open_model)
        self.model_panel.open_requested.connect(self.choose_model)
        self.model_panel.device_chosen.connect(engine.restart)
        self.model_panel.card_saved.connect(opening.save_card)
        opening.began.connect(lambda source: self.model_panel.show_loading(f"Opening {Path(source).name} …", source))
        opening.opened.connect(self._model_opened)
        opening.failed.connect(self._model_failed)

        self.method.changed.connect(self._ask)
        self.method.run_requested.connect(explaining.run)
        self.prediction.target_chosen.connect(self.method.set_target)

        self.shown.changed.connect(self.figures.refresh)
        self.export_button.clicked.connect(self.figures.export)
        self.canvas.display_changed.connect(self.autosave.touch)
        self.canvas.mode_changed.connect(self._mode_changed)

    def _restore_look(self) -> None:
        session = self.session
        if session.geometry:
            self.restoreGeometry(QByteArray(unsealed(session.geometry)))
        if session.layout:
            self.restoreState(QByteArray(unsealed(session.layout)))
        self.model_panel.set_recent(session.recent_models)
        self.canvas.set_display(Display(**session.display))
        self.canvas.set_mode(session.mode)
        self._mode_changed(self.canvas.mode())
        if session.request:
            asked = {"method": "", "params": {}, "layer": None, "target": None} | session.request
            self.method.set_request(Request(**{name: asked[name] for name in ("method", "params", "layer", "target")}))

    # --- pictures ---

    def _look(self, path: str) -> None:
        self.session.current = path or ""
        self.explaining.look(path)
        self.autosave.touch()

    def _counted(self, count: int) -> None:
        if count == 0:
            self.shown.nothing()
            if not self.browser.looking:
                self.session.opened = []
        self.autosave.touch()

    # --- model and method ---

    def _model_opened(self, model: Opened) -> None:
        info = model.info
        self.model_panel.show_model(info)
        if Path(info.source).is_file():
            self.session.remember_model(info.source)
            self.model_panel.set_recent(self.session.recent_models)
        asked = self.method.request()
        self.method.set_model(info)
        # The same question goes on where the new model knows its layer and class.
        layer = info.layer_path(asked.layer) or info.layer_path(self.session.request.get("layer"))
        target = asked.target if asked.target is not None and asked.target < len(info.classes) else None
        self.method.set_request(Request(asked.method, asked.params, layer, target))
        self.session.model = info.source
        self.shown.forget_predictions()

    def _model_failed(self, sentence: str) -> None:
        self.model_panel.show_error(sentence)
        self.jobs.history.add(sentence, "error")
        if self.opening.info is None:
            self.prediction.show_empty("No model is open.")

    def _ask(self) -> None:
        request = self.method.request()
        self.session.request = asdict(request)
        self.explaining.ask(request, self.method.automatic())
        self.autosave.touch()

    def explain_second(self) -> None:
        """Ask about the runner-up: what speaks for the class the model nearly chose?"""
        said = self.shown.said
        if said is not None and len(said.classes) > 1:
            self.method.set_target(int(said.probabilities.argsort()[-2]))

    # --- the rest ---

    def choose_pictures(self) -> None:
        """Ask for picture files."""
        paths, _ = QFileDialog.getOpenFileNames(self, "Open pictures", self.session.folder)
        if paths:
            self.session.folder = str(Path(paths[0]).parent)
            self.browser.select(paths[0])
            self.open_pictures(paths)

    def choose_folder(self) -> None:
        """Ask for a folder; pictures below it are listed."""
        if path := QFileDialog.getExistingDirectory(self, "Open folder", self.session.folder):
            self.session.folder = path
            self.open_pictures([path])

    def choose_model(self) -> None:
        """Ask for a model file."""
        kinds = "Keras models (" + " ".join(f"*{ending}" for ending in MODEL_FILES) + ");;All files (*)"
        path, _ = QFileDialog.getOpenFileName(self, "Open model", self.session.folder, kinds)
        if path:
            self.open_model(path)

    def clear(self) -> None:
        """Take all pictures off the list."""
        self.browser.clear()

    def use_scheme(self, scheme: theme.Scheme) -> None:
        """Light, dark, or as the system says."""
        self.session.scheme = scheme
        theme.apply(cast(QApplication, QApplication.instance()), scheme)
        self.autosave.touch()

    def show_shortcuts(self) -> None:
        """List the shortcuts."""
        help.show_shortcuts(menus.commands(self), self)

    def show_about(self) -> None:
        """Name and versions."""
        help.show_about(QApplication.applicationVersion(), self._versions, self)

    def _mode_changed(self, mode: str) -> None:
        self.actions_by_name[mode].setChecked(True)
        self.session.mode = mode
        self.autosave.touch()

    def _heard(self, event: Event) -> None:
        if isinstance(event, Ready):
            self._versions = event.versions
            self.model_panel.set_devices(event.devices, event.device)

    def remember(self) -> Session:
        """The session as it stands."""
        self.session.geometry = sealed(bytes(self.saveGeometry().data()))
        self.session.layout = sealed(bytes(self.saveState().data()))
        self.session.display = asdict(self.canvas.display())
        self.session.removed = list(self.browser.removed)[-MOST_OPENED:]
        return self.session

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Anything that is a file may be dropped."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Model files are opened, everything else is listed as pictures."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        models = [path for path in paths if path.lower().endswith(MODEL_FILES)]
        pictures = [path for path in paths if path not in models]
        if models:
            self.open_model(models[-1])
        if pictures:
            self.browser.show_first()
            self.open_pictures(pictures)
        event.acceptProposedAction()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the session, end the engine."""
        self.autosave.now()
        self.explaining.close()
        self.engine.close()
        event.accept()
