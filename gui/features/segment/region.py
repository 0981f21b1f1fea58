"""Which part of the picture is asked about: all of it, where the class is drawn, a region of one's own, or a point."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QObject, QPointF

from gui.desk import Desk
from gui.texts import tr

_ALL, _PREDICTED, _POINT = tr("everywhere"), tr("where predicted"), tr("a point: click on the picture")


class RegionPicker(QObject):
    """Offers what is drawn on the picture in the line under the target, and follows it when it is moved."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._regions = desk, desk.canvas.views.regions
        self._offered: list[tuple[str, str]] = []
        # What was picked, by its name, and as it is asked for.
        self._name, self._asked = _ALL, ""
        desk.method.region_picked.connect(self._picked)
        desk.canvas.views.clicked.connect(self._clicked)
        self._regions.changed.connect(self.refresh)
        desk.explaining.picture_shown.connect(lambda _: self.refresh())

    def refresh(self) -> None:
        """Offer what there is now."""
        model = self._desk.opening.now
        if model is None or model.info.task != "segmentation":
            self._name, self._asked = _ALL, ""
            self._offer([])
            return
        if self._regions.busy:
            return
        drawn = [(one.roi.name, one.roi.region) for one in self._regions.shown if one.roi.closed]
        here = dict(drawn)
        fixed = [(_ALL, ""), (_PREDICTED, "predicted"), (_POINT, "")]
        moved = here.get(self._name, self._asked) != self._asked
        self._asked = here.get(self._name, self._asked)
        if self._name not in (*here, *dict(fixed)):
            # A point, or a region of another picture: it is still asked about.
            drawn.append((self._name, self._asked))
        self._offer([*fixed, *drawn])
        if moved:
            self._ask()

    def _offer(self, regions: list[tuple[str, str]]) -> None:
        now = next((row for row, (name, _) in enumerate(regions) if name == self._name), 0)
        if (regions, now) != (self._offered, self._row()):
            self._offered = regions
            self._desk.method.offer_regions(regions, now)

    def _row(self) -> int:
        return next((row for row, (name, _) in enumerate(self._offered) if name == self._name), 0)

    def _picked(self, row: int) -> None:
        self._name, self._asked = self._offered[row]
        if self._name != _POINT:
            self._ask()

    def _clicked(self, at: QPointF) -> None:
        if self._name == _POINT or self._asked.startswith("point="):
            x, y = floor(at.x()), floor(at.y())
            self._name, self._asked = tr("point {x}, {y}", x=x, y=y), f"point={x},{y}"
            self.refresh()
            self._ask()

    def _ask(self) -> None:
        self._desk.method.ask(self._desk.method.request())
