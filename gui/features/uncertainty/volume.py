"""How sure the model is of a whole volume: passes over all its slices, asked for by hand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from gui.desk import Desk
from gui.features.uncertainty.panel import SurePanel
from gui.features.uncertainty.passes import Passes
from gui.state import OneJob
from gui.texts import tr
from tfcore.engine.protocol import Progress
from tfcore.pictures.address import file_of


class WholeVolume(QObject):
    """Asks, and tells in the panel how it stands; another volume, model or setting takes the answer away."""

    def __init__(self, desk: Desk, panel: SurePanel, passes: Passes) -> None:
        super().__init__(passes)
        self._explaining, self._panel, self._passes = desk.explaining, panel, passes
        self._job = OneJob(desk.engine, "uncertainty_volume", self)
        # The volume, and how it was asked about.
        self._of: object = None
        self._job.answered.connect(panel.show_volume)
        self._job.failed.connect(panel.show_volume)
        self._job.cancelled.connect(lambda: panel.show_volume(tr("cancelled")))
        self._job.progressed.connect(self._tell)
        panel.volume_asked.connect(self.run)

    @property
    def idle(self) -> bool:
        return self._job.idle

    def refresh(self) -> None:
        """Offer it where there is a volume; forget what was said of another."""
        whole, asking = self._explaining.whole, self._passes.asking()
        several = whole is not None and whole.count > 1
        self._panel.offer_volume(several and self._passes.per_pixel)
        of = (whole and whole.address.file, asking and asking.of_picture(""))
        if of != self._of and self._explaining.picture is not None:
            self._of = of
            self._job.forget()
            self._panel.show_volume(None)

    def run(self) -> None:
        """Passes over all slices of the volume on show."""
        whole, asking = self._explaining.whole, self._passes.asking()
        if whole is None or asking is None:
            return
        slices = [whole.at(index) for index in range(whole.count)]
        self._panel.show_volume(tr("{passes} passes over {n} slices …", passes=asking.settings.passes, n=len(slices)))
        named = Path(file_of(slices[0])).name
        self._job.ask(asking.volume_job(slices), tr("passes over {named} · {n} slices", named=named, n=len(slices)))

    def _tell(self, event: Progress) -> None:
        self._panel.show_volume(tr("{done} of {total} slices …", done=event.done, total=event.total))
