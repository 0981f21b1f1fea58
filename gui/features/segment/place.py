"""Everything about a place that was clicked on: what is said there, the layers one by one, which filters fire."""

from __future__ import annotations

from functools import partial
from math import floor

from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from gui.desk import Desk
from gui.features.segment.panel import CLICK, MaskPanel
from gui.state import OneJob, Opened
from gui.texts import tr
from tfcore.results import Heat, LayerStrip, Voxel

# One run gives it at every layer.
_METHOD = "grad-cam"
_REST_MS = 250


class Place(QObject):
    """Asks for the voxel, then for the film strip of what is drawn there; tells both in the panel."""

    # Another layer is to be seen large, or none any more.
    picked = Signal()

    def __init__(self, desk: Desk, panel: MaskPanel, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._panel = desk, panel
        self._voxel, self._strip = OneJob(desk.engine, "voxel", self), OneJob(desk.engine, "layer_strip", self)
        self._voxel.answered.connect(self._told)
        self._voxel.failed.connect(panel.show_voxel)
        self._voxel.cancelled.connect(partial(panel.show_voxel, tr("cancelled")))
        self._strip.answered.connect(self._film)
        self._strip.failed.connect(panel.film.say)
        self._strip.cancelled.connect(partial(panel.film.say, tr("cancelled")))
        panel.film.picked.connect(self.picked)
        desk.canvas.views.clicked.connect(self._clicked)
        # The crosshair of three planes is dragged: where it comes to rest counts.
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(lambda: self._clicked(self._aimed))
        desk.canvas.views.aimed.connect(self._aim)
        desk.canvas.views.place_told.connect(panel.show_firing)
        desk.canvas.display_changed.connect(self._show_display)

    @property
    def settled(self) -> bool:
        return self._voxel.idle and self._strip.idle and not self._rest.isActive()

    def large(self, path: str) -> Heat | None:
        """The layer of the film that was picked, of this picture."""
        heat = self._panel.film.large()
        return heat if heat is not None and heat.path == path else None

    def forget(self) -> None:
        """Another picture, or another network."""
        self._voxel.forget()
        self._strip.forget()
        self._panel.show_voxel(CLICK)

    @property
    def _model(self) -> Opened | None:
        model = self._desk.opening.now
        return model if model is not None and model.info.task == "segmentation" else None

    def _aim(self, at: QPointF) -> None:
        self._aimed = at
        self._rest.start()

    def _clicked(self, at: QPointF) -> None:
        picture, model, x, y = self._desk.explaining.picture, self._model, floor(at.x()), floor(at.y())
        if picture is None or model is None or not (0 <= x < picture.width and 0 <= y < picture.height):
            return
        self._strip.forget()
        self._panel.show_voxel(tr("looking at column {x}, row {y} …", x=x, y=y))
        asked = model.deciding(picture=str(picture.path), x=x, y=y, models=self._desk.opening.as_one)
        self._voxel.ask(asked, tr("voxel {x}, {y} · {name}", x=x, y=y, name=picture.file.name))

    def _told(self, voxel: Voxel) -> None:
        self._panel.show_voxel(voxel)
        model, heat = self._model, self._desk.explaining.heat
        if model is None:
            return
        # What is drawn there; where nothing is, what is asked about.
        drawn = [index for index, name in enumerate(voxel.classes) if name in voxel.drawn]
        target = drawn[-1] if drawn else heat.target if heat is not None else int(voxel.probabilities.argmax())
        self._panel.film.say(tr("looking at every layer …"))
        region = f"point={voxel.x},{voxel.y}"
        asked = model.asked(picture=voxel.path, method=_METHOD, target=target, region=region, every=True)
        self._strip.ask(asked, tr("layer by layer · {x}, {y}", x=voxel.x, y=voxel.y))

    def _film(self, found: LayerStrip) -> None:
        if (picture := self._desk.explaining.picture) is not None:
            self._panel.film.show_strip(found, picture, self._desk.canvas.display())
            self._panel.reveal()

    def _show_display(self) -> None:
        if (picture := self._desk.explaining.picture) is not None:
            self._panel.film.show_display(self._desk.canvas.display(), picture)
