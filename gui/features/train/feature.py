"""Training as a part of the window: its dock, its menu entry, its jobs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from gui.features.train.elsewhere import Elsewhere
from gui.menus import Command
from gui.panels.late import Late
from gui.state import OneJob
from gui.texts import tr
from gui.trail import Setting

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.train.panel import TrainingPanel

_HEIGHT = 430


class Training(QObject):
    """Makes the panel when it is first seen, and speaks for it with the engine."""

    place = 50

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self._describing = OneJob(desk.engine, "describe_data", self)
        self._training = OneJob(desk.engine, "train", self)
        self._augmenting = OneJob(desk.engine, "preview_augmentation", self)
        self._elsewhere = Elsewhere(desk.engine, desk.jobs, self)
        self._elsewhere.looked.connect(self._looked)
        self._elsewhere.watch(desk.home.runs, ours=True)
        self._place = Late(self._made, self._set_up)
        self.dock = desk.docks.add_drawer("Training", self._place, _HEIGHT)
        what = tr("Data set, recipe and network; curves while it learns")
        desk.menus.add([Command("&Train", "&Train a network…", self.open, "Ctrl+T", "mdi6.school-outline", what)])

    def open(self) -> None:
        """Bring the form out, with what the session asks for: an audit may have changed it."""
        self.dock.open()
        wanted = self._desk.session.training
        if wanted != self.panel.request():
            self._set(wanted)
            self._remember()

    def _set(self, wanted: dict[str, Any]) -> None:
        if self.panel.running:
            self._desk.jobs.history.add(
                tr("The form keeps what is being trained; set another run when it has ended."), "warning"
            )
        else:
            self.panel.set_request(wanted)

    @property
    def settled(self) -> bool:
        return self._training.idle and self._describing.idle and self._augmenting.idle

    @property
    def panel(self) -> TrainingPanel:
        """The form and the curves, made at their first use."""
        return self._place.panel

    def _made(self) -> TrainingPanel:
        # Imported late: the plots and the catalogue of recipes would delay the first paint of the window.
        from gui.features.train.augmented import AugmentedDialog
        from gui.features.train.panel import TrainingPanel

        self.augmented = AugmentedDialog(self._desk.parent)
        return TrainingPanel()

    def _set_up(self, panel: TrainingPanel) -> None:
        self._describing.answered.connect(panel.show_data)
        self._describing.failed.connect(panel.show_data_error)
        self._describing.cancelled.connect(lambda: panel.show_data_error(tr("Looking at the data set was cancelled.")))
        self._training.progressed.connect(panel.show_progress)
        self._training.part.connect(panel.show_part)
        self._training.answered.connect(panel.show_result)
        self._training.failed.connect(panel.show_failed)
        self._training.cancelled.connect(panel.show_cancelled)
        self._augmenting.answered.connect(self.augmented.show_grid)
        self._augmenting.failed.connect(self.augmented.show_sentence)
        self._augmenting.cancelled.connect(lambda: self.augmented.show_sentence(tr("Looking at them was cancelled.")))
        self.augmented.finished.connect(lambda _: self._augmenting.forget())
        for ended in (self._training.answered, self._training.failed, self._training.cancelled):
            ended.connect(lambda *_: self._forget(panel.form.out()))
        panel.told.connect(self._desk.jobs.history.add)
        panel.unfinished.connect(lambda folder: self._elsewhere.watch([folder]))
        panel.stop_wanted.connect(self._elsewhere.stop)
        panel.augmented_wanted.connect(self._show_augmented)
        panel.data.chosen.connect(self._describe)
        panel.started.connect(self._train)
        panel.cancelled.connect(self._training.cancel)
        panel.use_requested.connect(self._desk.opening.open)
        panel.set_request(self._desk.session.training)
        self._stated = Setting(self._desk.undo, panel.stated, self._set, self)
        another = self._stated.by_itself(lambda: panel.set_request(self._desk.session.training))
        self._desk.sessions.changed.connect(another)
        panel.changed.connect(self._remember)

    def _describe(self, path: str) -> None:
        if path:
            self._describing.ask(self.panel.data.question(), tr("look at {name}", name=Path(path).name), priority=1)
        else:
            self._describing.forget()

    def _train(self, request: dict[str, Any]) -> None:
        self._remember()
        self.panel.show_waiting()
        runs = self._desk.home.runs
        self._desk.home.runs = [*(run for run in runs if run != request["out"]), request["out"]]
        self._training.ask(
            request, tr("train {recipe} · {name}", recipe=request["recipe"], name=Path(request["data"]).name)
        )

    def _looked(self, folder: str, holder: str) -> None:
        if not holder:
            self._forget(folder)
        if self._place.made is not None:
            self._place.made.show_holder(folder, holder)

    def _forget(self, folder: str) -> None:
        self._desk.home.runs = [run for run in self._desk.home.runs if run != folder]
        self._desk.remember()

    def _show_augmented(self, request: dict[str, Any]) -> None:
        self.augmented.show_waiting()
        self.augmented.show()
        self._augmenting.ask(request, tr("augment {name}", name=Path(request["data"]).name), priority=1)

    def _remember(self) -> None:
        self._desk.session.training = self.panel.request()
        self._desk.remember()
        self._stated.changed(lambda *_: tr("the training"))
