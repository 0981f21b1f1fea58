"""What is drawn, in the other planes of a volume: cut through the masks of all its slices, which are asked for then."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from PySide6.QtCore import QObject, QTimer

from gui.canvas.mask_item import Area
from gui.desk import Desk
from gui.features.segment.areas import areas_of
from gui.features.segment.panel import MaskPanel
from gui.state import Questions
from gui.sweep import Sweep
from gui.texts import tr
from gui.whole import Whole
from tfcore.engine.protocol import Job
from tfcore.figure.masks import cut_mask
from tfcore.pictures import Picture
from tfcore.pictures.address import parse
from tfcore.results import Mask

_MODE = "planes"
# Between two looks at what has come.
_PAUSE_MS = 120

# The question of a picture's mask, and the job that finds it; nothing while no network segments.
Asking = Callable[[str], tuple[Hashable, Job] | None]


class Beside(QObject):
    """Asks slice by slice, behind everything else; what comes is kept in ``masks``, where all masks are."""

    def __init__(self, desk: Desk, panel: MaskPanel, masks: Questions, asking: Asking, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._panel, self._masks, self._asking = desk, panel, masks, asking
        self._answers = Questions(desk.engine, self, kept=2)
        self._sweep = Sweep(self._answers, desk.jobs, tr("drawn on"), self)
        self._sweep.answered.connect(lambda path, mask: self._come(path, mask))
        # What was asked about last: what was cancelled by hand is not begun again by itself.
        self._asked: Hashable = None
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._draw)
        self._sides = desk.canvas.views.sides
        self._sides.offer_areas(self._areas)
        desk.canvas.mode_changed.connect(lambda _: self.refresh())

    @property
    def settled(self) -> bool:
        """Every slice is drawn on."""
        return not self._sweep.running and not self._pause.isActive()

    def refresh(self) -> None:
        """Ask for what the planes on show lack."""
        whole = self._whole
        if whole is None:
            if self._sweep.running:
                self._sweep.stop()
            self._asked = None
            return
        every = {path: asking for path in whole.addresses if (asking := self._asking(path)) is not None}
        questions = {path: question for path, (question, _) in every.items()}
        if (asked := tuple(questions.values())) != self._asked:
            self._asked = asked
            lacking = [path for path, question in questions.items() if question not in self._masks]
            if lacking:
                title = tr("masks of {name} · {count} slices", name=whole.address.file.name, count=whole.count)
                self._sweep.start(title, lacking, questions.__getitem__, lambda path: every[path][1])
        self._pause.start()

    @property
    def _whole(self) -> Whole | None:
        """The volume whose three planes are on show."""
        whole = self._desk.explaining.whole
        there = self._desk.canvas.mode() == _MODE and whole is not None and len(whole.planes) == 3
        return whole if there and whole is not None and self._asking(str(whole.address)) is not None else None

    def _come(self, path: str, mask: Mask) -> None:
        if (asking := self._asking(path)) is not None:
            self._masks.put(asking[0], mask)
            self._pause.start()

    def _draw(self) -> None:
        self._sides.show_areas()

    def cut(self, path: str) -> Mask | None:
        """What is drawn in a slice of another plane of the volume on show."""
        whole, address = self._whole, parse(path)
        if whole is None or address.file != whole.address.file or address.index is None:
            return None
        known = {index: self._mask(path) for index, path in enumerate(whole.addresses)}
        if (shown := self._desk.explaining.picture) is not None:
            # The middle slice may be known by the name of its file.
            known[whole.index] = known[whole.index] or self._mask(str(shown.path))
        drawn = {index: mask for index, mask in known.items() if mask is not None}
        return cut_mask(drawn, whole.counts, whole.address.plane, address.plane, address.index)

    def _areas(self, picture: Picture) -> list[Area]:
        cut = self.cut(str(picture.path))
        return [] if cut is None else areas_of(cut, self._panel.fills(), self._panel.against)

    def _mask(self, path: str) -> Mask | None:
        asking = self._asking(path)
        return None if asking is None else self._masks.get(asking[0])
