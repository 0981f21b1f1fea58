"""Three planes of a volume: one crosshair moves all of them, and heat lies over each that has some."""

from __future__ import annotations

from dataclasses import replace
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPointF

from gui.figures import Subject
from gui.texts import tr
from gui.whole import Whole
from tfcore.figure.cuts import cut
from tfcore.figure.heat_planes import seen
from tfcore.pictures import Picture
from tfcore.pictures.address import PLANES, words
from tfcore.results import Heat

if TYPE_CHECKING:
    from gui.desk import Desk

MODE = "planes"


class Planes(QObject):
    """Knows where the crosshair is, reads the slices through it, and finds their heat."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._explaining, self._browser, self._canvas = desk.explaining, desk.browser, desk.canvas
        self._history = desk.jobs.history
        self._reader = desk.explaining.reader
        self._sides = desk.canvas.views.sides
        # Indices towards right, front and head.
        self._voxel = [0, 0, 0]
        self._of: Whole | None = None
        # The heats of the plane on show, for which volume and question and since what news, and the cuts through them.
        self._found: dict[int, Heat] = {}
        self._basis: object = None
        self._news = 0
        self._cuts: dict[tuple[str, int], Heat | None] = {}
        # A series that is put together for its planes, and the slice to go back to if it cannot be.
        self._tried = self._before = ""
        desk.canvas.views.aimed.connect(self._aim)
        self._sides.aimed.connect(self._aim_side)
        self._sides.stepped.connect(self._step_side)
        self._sides.asked.connect(self._enlarge)
        desk.canvas.mode_changed.connect(lambda _: self.refresh())
        desk.canvas.windowing.changed.connect(lambda _: self.refresh())
        desk.explaining.picture_shown.connect(lambda _: self.refresh())
        desk.explaining.picture_failed.connect(self._failed)
        desk.explaining.heat_known.connect(lambda _: self._heats_changed())
        desk.explaining.outdated.connect(lambda _: self._heats_changed())
        desk.shown.changed.connect(self._show_heat)
        self._reader.arrived.connect(self._arrived)
        self._shown = desk.shown
        desk.figures.offer(self._subject)

    @property
    def settled(self) -> bool:
        """Every plane is there."""
        return not self._on or all(self._reader.get(each) is not None for each in self._addresses())

    @property
    def _on(self) -> bool:
        return self._canvas.mode() == MODE and self._of is not None and len(self._of.planes) == 3

    def _others(self) -> list[str]:
        assert self._of is not None
        return [plane for plane in self._of.planes if plane != self._of.address.plane]

    def _addresses(self) -> list[str]:
        assert self._of is not None
        return [self._of.slice_of(plane, self._voxel[PLANES.index(plane)]) for plane in self._others()]

    # --- where the crosshair is ---

    def refresh(self) -> None:
        """Follow the picture on show."""
        whole = self._explaining.whole
        if whole is None or self._explaining.picture is None:
            if self._explaining.picture is not None:
                self._of = None
                self._canvas.views.offer_planes(False)
            return
        if self._canvas.mode() == MODE and not whole.planes and self._put_together(whole):
            return
        if self._of is None or self._of.address.file != whole.address.file or self._of.counts != whole.counts:
            self._voxel = [whole.counts.get(plane, 1) // 2 for plane in PLANES]
        self._of = whole
        if whole.planes:
            self._voxel[PLANES.index(whole.address.plane)] = whole.index
        self._canvas.views.offer_planes(self._on)
        self._show()

    def _put_together(self, whole: Whole) -> bool:
        """A series has planes once its slices are put together to a volume."""
        if not whole.address.file.is_dir() or self._tried == str(whole.address.file):
            return False
        self._tried, self._before = str(whole.address.file), str(whole.address)
        self._browser.turn_to(whole.slice_of("axial", whole.index))
        return True

    def _failed(self, path: str, sentence: str) -> None:
        if self._before and path.startswith(self._tried):
            before, self._before = self._before, ""
            self._history.add(tr("There are no planes: {sentence}", sentence=sentence), "warning")
            self._browser.turn_to(before)

    def _aim(self, at: QPointF) -> None:
        if self._on and self._of is not None:
            self._move(self._of.address.plane, at)

    def _aim_side(self, number: int, at: QPointF) -> None:
        if self._on:
            self._move(self._others()[number], at)

    def _move(self, plane: str, at: QPointF) -> None:
        """The crosshair was put at a position in a plane."""
        assert self._of is not None
        address = replace(self._of.address, plane=plane, index=self._voxel[PLANES.index(plane)])
        voxel = replace(self._of, address=address).voxel(floor(at.x()), floor(at.y()))
        self._go([min(max(place, 0), self._of.counts[name] - 1) for place, name in zip(voxel, PLANES, strict=True)])

    def _step_side(self, number: int, by: int) -> None:
        if self._on and self._of is not None:
            plane = self._others()[number]
            axis = PLANES.index(plane)
            voxel = list(self._voxel)
            voxel[axis] = min(max(voxel[axis] + by, 0), self._of.counts[plane] - 1)
            self._go(voxel)

    def _go(self, voxel: list[int]) -> None:
        assert self._of is not None
        self._voxel = voxel
        plane = self._of.address.plane
        index = voxel[PLANES.index(plane)]
        if index != self._of.index:
            self._browser.turn_to(self._of.slice_of(plane, index))
        self._show()

    def _enlarge(self, number: int) -> None:
        """Another plane is the large one from now on, at the crosshair."""
        if self._on:
            self._browser.turn_to(self._addresses()[number])

    # --- what is seen ---

    def _show(self) -> None:
        if not self._on or self._of is None:
            return
        view = self._canvas.views.shown()[0]
        view.aim(_middle(self._of.pixel(self._of.address.plane, self._voxel)))
        for number, address in enumerate(self._addresses()):
            if (picture := self._reader.get(address)) is not None:
                self._show_plane(number, picture)
            else:
                self._sides.aim(number, _middle(self._of.pixel(self._others()[number], self._voxel)))
                self._reader.ask(address)

    def _show_plane(self, number: int, picture: Picture) -> None:
        assert self._of is not None
        plane = self._others()[number]
        index = self._voxel[PLANES.index(plane)]
        heat = self._heat(plane, index)
        said = words(plane, index, self._of.counts[plane])
        said += (
            tr(" · heat of {slices} slices", slices=heat.made["slices"])
            if heat is not None and "cut" in heat.made
            else ""
        )
        chosen = self._canvas.windowing.as_chosen(picture)
        self._sides.show_plane(number, chosen, heat, said, _middle(self._of.pixel(plane, self._voxel)))

    def _heats_changed(self) -> None:
        self._news += 1
        self._show_heat()

    def _show_heat(self) -> None:
        if self._on:
            self._show()

    def _heat(self, plane: str, index: int) -> Heat | None:
        """That of the slice itself, or else a cut through those of the plane on show."""
        whole = self._of
        assert whole is not None
        if (own := self._explaining.known(whole.slice_of(plane, index))) is not None:
            return own
        self._find(whole)
        if (plane, index) not in self._cuts:
            self._cuts[plane, index] = cut(self._found, whole.counts, whole.address.plane, plane, index)
        return self._cuts[plane, index]

    def _find(self, whole: Whole) -> None:
        """The heats of the plane on show as they are known now; gone through anew where another one may be."""
        asking, here = self._explaining.asking(whole.at(0), 0), self._explaining.heat
        basis = replace(whole.address, index=None), asking and asking[1], self._news
        if basis != self._basis:
            known = ((number, self._explaining.known(whole.at(number))) for number in range(whole.count))
            self._basis, self._cuts = basis, {}
            self._found = {number: heat for number, heat in known if heat is not None}
        if here is not None and self._found.get(whole.index) is not here:
            # The middle slice may be known by the name of its file.
            self._found[whole.index], self._cuts = here, {}

    def _subject(self) -> Subject | None:
        """The three planes as a figure."""
        heat, picture, whole = self._explaining.heat, self._explaining.picture, self._of
        if not self._on or whole is None or heat is None or picture is None or self._canvas.heat() is None:
            return None
        items = [(self._shown.drawn(heat), replace(picture, path=whole.address.path))]
        for plane, address in zip(self._others(), self._addresses(), strict=True):
            if (beside := self._reader.get(address)) is None:
                return None
            over = self._heat(plane, self._voxel[PLANES.index(plane)])
            cut = seen(over, heat, Path(address), whole.address.plane)
            items.append((replace(cut, mask=self._shown.drawn(cut).mask), beside))
        return Subject(items, tr("planes of {method}", method=heat.method), None, "planes")

    def _arrived(self, path: str, found: Picture | str) -> None:
        if self._on and isinstance(found, Picture) and path in self._addresses():
            self._show()


def _middle(pixel: tuple[int, int]) -> QPointF:
    return QPointF(pixel[0] + 0.5, pixel[1] + 0.5)
