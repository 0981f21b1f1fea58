"""Training as a part of the window: its dock, its menu entry, its jobs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui import menus
from gui.commands import Command
from gui.state import OneJob

if TYPE_CHECKING:
    from gui.main_window import MainWindow
    from gui.training.panel import TrainingPanel

_HEIGHT = 430


class Training(QObject):
    """Makes the panel when it is first seen, and speaks for it with the engine."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._panel: TrainingPanel | None = None
        self._describing = OneJob(window.engine, "describe_data", self)
        self._training = OneJob(window.engine, "train", self)
        self._augmenting = OneJob(window.engine, "preview_augmentation", self)
        self._place = QWidget()
        self._place.setMinimumHeight(120)
        QVBoxLayout(self._place).setContentsMargins(0, 0, 0, 0)
        self.dock = window.add_dock("Training", self._place, Qt.DockWidgetArea.BottomDockWidgetArea)
        self.dock.hide()
        self._placed = False
        self.dock.visibilityChanged.connect(self._seen)
        self.dock.toggleViewAction().triggered.connect(lambda shown: self.open() if shown else None)
        menus.add(
            window,
            [
                Command(
                    "&Train",
                    "&Train a network…",
                    self.open,
                    "Ctrl+T",
                    "mdi6.school-outline",
                    "Data set, recipe and network; curves while it learns",
                )
            ],
        )

    @property
    def settled(self) -> bool:
        """Nothing is being trained or looked at."""
        return self._training.idle and self._describing.idle and self._augmenting.idle

    @property
    def panel(self) -> TrainingPanel:
        """The form and the curves, made at their first use."""
        if self._panel is None:
            self._make()
        assert self._panel is not None
        return self._panel

    def open(self) -> None:
        """Bring the dock into sight, with room for the curves."""
        if not self._placed:
            # Not earlier: Qt leaves the tabs of docks behind that are hidden before the window is seen.
            self._placed = True
            self._window.tabifyDockWidget(self._window.docks["Jobs"], self.dock)
        self.dock.show()
        self.dock.raise_()
        self._window.resizeDocks([self.dock], [_HEIGHT], Qt.Orientation.Vertical)

    def _seen(self, visible: bool) -> None:
        if visible:
            self.panel.show()

    def _make(self) -> None:
        # Imported late: the plots and the catalogue of recipes would delay the first paint of the window.
        from gui.training.augmented import AugmentedDialog
        from gui.training.panel import TrainingPanel

        self.augmented = AugmentedDialog(self._window)
        panel = self._panel = TrainingPanel()
        layout = self._place.layout()
        assert layout is not None
        layout.addWidget(panel)
        self._describing.answered.connect(panel.show_data)
        self._describing.failed.connect(panel.show_data_error)
        self._describing.cancelled.connect(lambda: panel.show_data_error("Looking at the data set was cancelled."))
        self._training.progressed.connect(panel.show_progress)
        self._training.part.connect(panel.show_part)
        self._training.answered.connect(panel.show_result)
        self._training.failed.connect(panel.show_failed)
        self._training.cancelled.connect(panel.show_cancelled)
        self._augmenting.answered.connect(self.augmented.show_grid)
        self._augmenting.failed.connect(self.augmented.show_sentence)
        self._augmenting.cancelled.connect(lambda: self.augmented.show_sentence("Looking at them was cancelled."))
        self.augmented.finished.connect(lambda _: self._augmenting.forget())
        panel.augmented_wanted.connect(self._show_augmented)
        panel.data.chosen.connect(self._describe)
        panel.started.connect(self._train)
        panel.cancelled.connect(self._training.cancel)
        panel.use_requested.connect(self._window.open_model)
        panel.set_request(self._window.session.training)
        panel.changed.connect(self._remember)

    def _describe(self, path: str) -> None:
        if path:
            self._describing.ask({"data": path}, f"look at {Path(path).name}", priority=1)
        else:
            self._describing.forget()

    def _train(self, request: dict[str, Any]) -> None:
        self._remember()
        self.panel.show_waiting()
        self._training.ask(request, f"train {request['recipe']} · {Path(request['data']).name}")

    def _show_augmented(self, request: dict[str, Any]) -> None:
        self.augmented.show_waiting()
        self.augmented.show()
        self._augmenting.ask(request, f"augment {Path(request['data']).name}", priority=1)

    def _remember(self) -> None:
        self._window.session.training = self.panel.request()
        self._window.autosave.touch()
