"""Masks in the window: asked for the picture that is looked at, drawn over it, and told in the heading."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from gui.desk import Desk
from gui.export.where import ask_file
from gui.features.segment.areas import areas_of, beside
from gui.features.segment.beside import Beside
from gui.features.segment.panel import MaskPanel
from gui.features.segment.place import Place
from gui.features.segment.region import RegionPicker
from gui.shown import Layer, Steps
from gui.state import OneJob, Opened, Questions
from gui.sweep import PRIORITY
from gui.texts import tr
from tfcore.engine.protocol import Job
from tfcore.errors import HeatlensError
from tfcore.figure.masks import save_mask
from tfcore.pictures import Picture
from tfcore.pictures.address import file_of, stem
from tfcore.results import Heat, Mask

# Bytes of masks that are held: a few volumes.
_KEPT = 64 << 20
_AHEAD = 2


class Segmenting(QObject):
    """Hears which picture and which model are looked at, and shows what the one draws on the other."""

    # Before the features that lay other maps over the picture: what those say of their map goes first.
    place = 6

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk = desk
        self.panel = MaskPanel()
        self._dock = desk.docks.add_tab("Mask", self.panel)
        self._dock.hide()
        self._masks = Questions(desk.engine, self, _KEPT, weight=lambda mask: int(mask.labels.nbytes))
        self._masks.ended.connect(self._ended)
        self._region = RegionPicker(desk, self)
        self._beside = Beside(desk, self.panel, self._masks, self._asking, self)
        self._clicked = Place(desk, self.panel, self)
        self._clicked.picked.connect(desk.shown.refresh)
        self._volume = OneJob(desk.engine, "mask_volume", self)
        self._volume.answered.connect(self.panel.show_volume)
        self._volume.failed.connect(self.panel.show_volume)
        self._volume.cancelled.connect(partial(self.panel.show_volume, tr("cancelled")))
        self.panel.volume_asked.connect(self.measure_volume)
        self.panel.threshold_moved.connect(self._threshold_moved)
        self.panel.changed.connect(self._draw)
        self.panel.save_asked.connect(self.save)
        # Whether the class that covers most is still to be asked about: what speaks for the background tells little.
        self._turn = False
        # The class that was turned to so: of another model it says nothing.
        self._turned_to: int | None = None
        # The file whose slices were last looked at.
        self._file: Path | None = None
        desk.opening.opened.connect(self._model_opened)
        desk.opening.joined.connect(self._joined)
        desk.explaining.picture_shown.connect(self._picture_shown)
        desk.shown.offer(self._layer, self._bring)

    @property
    def settled(self) -> bool:
        """No mask is awaited."""
        return self._masks.idle and self._volume.idle and self._clicked.settled and self._beside.settled

    @property
    def _model(self) -> Opened | None:
        """The model in use, where it segments."""
        model = self._desk.opening.now
        return model if model is not None and model.info.task == "segmentation" else None

    def mask(self, path: str | None) -> Mask | None:
        """What the model in use draws on a picture, if that is known."""
        found: Mask | None = self._masks.get(self._question(path)) if path and self._model else None
        return found

    def _question(self, path: str) -> Hashable:
        model = self._model
        return (path, model and model.decides, *self._desk.opening.as_one)

    def _model_opened(self, model: Opened) -> None:
        method = self._desk.method
        if self._turned_to is not None and method.request().target == self._turned_to:
            method.set_request(replace(method.request(), target=None))
        self._turned_to = None
        self._turn = segments = model.info.task == "segmentation"
        info = model.info
        card = info.card
        threshold = model.threshold or card.get("threshold", 0.5)
        self.panel.set_classes(info.mask_classes, info.thresholded, threshold, card.get("missed"))
        self._region.refresh()
        if segments and self._dock.isHidden():
            self._dock.show()
            self._dock.raise_()
        elif not segments:
            if self.panel.isVisible():
                self._desk.docks["Method"].raise_()
            self._dock.hide()
            self._desk.canvas.views.show_areas(())
        self._refresh()

    def _picture_shown(self, picture: Picture) -> None:
        """What was told of another place, or of another volume, is no longer told."""
        if self._model is not None:
            self._clicked.forget()
            if picture.file != self._file:
                self._forget_volume()
        self._file = picture.file
        self._refresh()

    def _threshold_moved(self, threshold: float) -> None:
        self._draw_anew(lambda: self._desk.opening.move_threshold(threshold))

    def _joined(self) -> None:
        """From now on several models draw as one, or one alone."""
        if self._model is not None:
            self._draw_anew(lambda: None)

    def _draw_anew(self, change: Callable[[], None]) -> None:
        """Whatever was said before the change is said anew, or no longer."""
        measured = self.panel.tells_volume
        self._clicked.forget()
        self._forget_volume()
        self._desk.shown.forget_notes()
        change()
        self._refresh()
        if measured:
            self.measure_volume()

    def _forget_volume(self) -> None:
        self._volume.forget()
        self.panel.show_volume(None)

    def _refresh(self) -> None:
        """Ask for the mask of the picture on show, unless it is known."""
        self._beside.refresh()
        model, picture = self._model, self._desk.explaining.picture
        if model is None or picture is None:
            return
        path = str(picture.path)
        question = self._question(path)
        self._masks.withdraw(but=question)
        self.panel.offer_volume(self._slices() != [])
        if (known := self._masks.get(question)) is not None:
            self._draw()
            self._explain_largest(known)
            self._ask_ahead()
            return
        self.panel.say(tr("drawing …"))
        self._desk.canvas.views.show_areas(())
        self._masks.ask(question, self._job(model, path))

    def _ended(self, question: Hashable) -> None:
        picture = self._desk.explaining.picture
        if picture is None or self._model is None or question != self._question(str(picture.path)):
            return
        if (found := self._masks.get(question)) is not None:
            self._draw()
            self._explain_largest(found)
            self._desk.shown.refresh()
            self._ask_ahead()
        else:
            problem = self._masks.problem(question)
            self.panel.say(problem or tr("cancelled"), "error" if problem else "quiet")

    def _ask_ahead(self) -> None:
        """The next slices of a volume, so that lines go along while it is scrolled through."""
        model, whole = self._model, self._desk.explaining.whole
        if model is None or whole is None:
            return
        for path in whole.ahead(self._desk.explaining.before, _AHEAD):
            question = self._question(path)
            if question not in self._masks and not self._masks.problem(question):
                self._masks.ask(question, self._job(model, path, priority=-1))

    def _explain_largest(self, mask: Mask) -> None:
        if self._turn and mask.largest:
            self._turn = False
            if self._desk.method.request().target is None:
                self._turned_to = mask.meaning[mask.largest]
                self._desk.method.set_target(self._turned_to)

    def save(self) -> None:
        """Write the mask of the picture on show where the user says."""
        picture = self._desk.explaining.picture
        if picture is None or (mask := self.mask(str(picture.path))) is None:
            return
        # Not called as a true mask is, which would be taken for one.
        name = f"{stem(picture.path)}-segmented.png"
        if (path := ask_file(self._desk, tr("Save mask"), name, tr("Mask (*.png)"))) is None:
            return
        path = path if path.suffix.lower() == ".png" else path.with_name(f"{path.name}.png")
        try:
            save_mask(mask.labels, path, overwrite=True)
            hashes = mask.hashes["picture"], mask.model, mask.hashes["model"]
            from tfcore.figure import unseen

            unseen.Records(unseen.CLASSES).keep([unseen.unmapped(mask.path, *hashes, path.parent, mask)], path)
        except HeatlensError as why:
            self._desk.jobs.history.add(str(why), "error")
        else:
            self._desk.jobs.history.add(tr("Saved the mask to {path}.", path=path))

    # --- more than one slice, and less ---

    def _slices(self) -> list[str]:
        """All those of the volume that the picture is a slice of."""
        whole = self._desk.explaining.whole
        return [] if whole is None or whole.count < 2 else [whole.at(index) for index in range(whole.count)]

    def measure_volume(self) -> None:
        """Draw on every slice, and tell what comes of it."""
        if (model := self._model) is not None and (slices := self._slices()):
            self.panel.show_volume(tr("drawing on {n} slices …", n=len(slices)))
            named = Path(file_of(slices[0])).name
            asked = model.deciding(pictures=slices, models=self._desk.opening.as_one)
            self._volume.ask(asked, tr("masks of {named} · {n} slices", named=named, n=len(slices)))

    def _draw(self) -> None:
        picture = self._desk.explaining.picture
        if picture is not None and (mask := self.mask(str(picture.path))) is not None:
            self.panel.show_mask(mask)
            seen = mask, self.panel.fills(), self.panel.against
            self._desk.canvas.views.show_areas(areas_of(*seen), beside=beside(*seen))

    def _asking(self, path: str, priority: int = PRIORITY) -> tuple[Hashable, Job] | None:
        model = self._model
        return None if model is None else (self._question(path), self._job(model, path, priority))

    def _layer(self, heat: Heat) -> Layer | None:
        """What is drawn, in place of a prediction of the picture."""
        mask = self.mask(heat.path) or self._beside.cut(heat.path)
        if mask is None or heat.model != mask.model:
            return None
        return Layer(self._clicked.large(heat.path), answer=mask.words, mask=mask.only(self.panel.fills()))

    def _bring(self, heat: Heat) -> Steps:
        if (model := self._model) is not None:
            yield self._masks, self._question(heat.path), self._job(model, heat.path)

    def _job(self, model: Opened, path: str, priority: int = 0) -> Job:
        asked = model.deciding(picture=path, models=self._desk.opening.as_one)
        return Job("mask", asked, title=tr("mask · {name}", name=Path(path).name), priority=priority)
