"""Measuring: what is drawn on the canvas is kept by picture, measured, listed in a table, and can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from gui.canvas.regions import NUDGES, Shown, in_the_middle, kind_of, nudged
from gui.canvas.tools import HELP, ICONS, KEYS, TOOLS
from gui.features.measure.numbers import Entry, Numbers
from gui.features.measure.taken import Taken, plain
from gui.menus import Command
from gui.panels.late import Late
from gui.shown import Layer, Steps
from gui.texts import tr
from gui.undo import Step
from tfcore.measure import MOST, Measured, Roi, outline, roi_of
from tfcore.pictures import Picture
from tfcore.pictures.address import file_of
from tfcore.results import Heat

if TYPE_CHECKING:
    from gui.desk import Desk
    from gui.features.measure.table import MeasureTable

_HEIGHT = 200
_NAMES = dict(
    zip(
        TOOLS, (tr("&Move"), tr("&Ruler"), tr("&Angle"), tr("Rectan&gle"), tr("&Ellipse"), tr("&Freehand")), strict=True
    )
)


class Measure(QObject):
    """Connects what is drawn with the table; ``entries`` are all regions in the order they were made."""

    place = 3

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.parent)
        self._desk, self._regions = desk, desk.canvas.views.regions
        self.entries = self._held()
        self._numbers = Numbers(self, self._picture, self._heat)
        self._table = Late(self._made)
        self.drawer = desk.docks.add_drawer("Measurements", self._table, _HEIGHT)
        self._taken = Taken(desk, self._selected, lambda: self.entries, self._numbers.of)
        self._add_commands()
        self._nudges = [
            QShortcut(QKeySequence(key), desk.parent, partial(self._nudge, *by)) for key, by in NUDGES.items()
        ]
        self._connect()
        self._refresh()

    @property
    def settled(self) -> bool:
        """Every region is measured."""
        return self._numbers.idle and self._taken.settled

    # --- putting together ---

    def _add_commands(self) -> None:
        menu, use = "Me&asure", self._desk.canvas.use_tool
        middle = tr(
            "In the middle of what is seen, of the kind of the tool; Alt and the arrow keys move it, with Shift bend it"
        )
        self._desk.menus.add(
            [
                *(
                    Command(menu, _NAMES[tool], partial(use, tool), KEYS[tool], ICONS[tool], HELP[tool], tool, "tool")
                    for tool in TOOLS
                ),
                Command(menu, "-"),
                Command(menu, "&New region in the middle", self.place_one, "N", "", middle),
                Command(menu, "&Delete region", self._delete_current, "Ctrl+D", "mdi6.delete-outline"),
                Command(menu, "-"),
                Command(menu, "Measurements &table", self.drawer.open, "Ctrl+Shift+M", "mdi6.table"),
                Command(menu, "&Copy table", self._taken.copy, "", "mdi6.content-copy"),
                Command(menu, "E&xport table…", self._taken.export, "", "mdi6.table-arrow-down"),
                Command(menu, "&Save regions…", self._taken.save, "", "mdi6.content-save-outline"),
                Command(menu, "&Load regions…", self.load, "", "mdi6.folder-open-outline"),
            ]
        )
        self._desk.menus.actions["move"].setChecked(True)

    def _connect(self) -> None:
        desk, regions = self._desk, self._regions
        regions.drawn.connect(self._drawn)
        regions.altered.connect(self._altered)
        regions.chosen.connect(lambda number: self._mark(self._here()[number] if number >= 0 else -1))
        regions.changed.connect(lambda: desk.menus.actions[regions.tool].setChecked(True))
        desk.explaining.picture_shown.connect(lambda _: self._refresh())
        desk.explaining.outdated.connect(self._numbers.forget)
        desk.shown.changed.connect(self._refresh)
        desk.sessions.changed.connect(lambda: self._put(self._held(), -1))
        self._numbers.changed.connect(self._show)
        desk.shown.offer(self._layer, self._bring)

    def _made(self) -> MeasureTable:
        from gui.features.measure.table import MeasureTable

        table, taken = MeasureTable(), self._taken
        table.chosen.connect(self._chosen)
        table.opened.connect(self._open)
        table.renamed.connect(self._rename)
        table.deleted.connect(self._delete)
        for name, act in {"copy": taken.copy, "csv": taken.export, "save": taken.save, "load": self.load}.items():
            table.buttons[name].clicked.connect(act)
        self._fill(table)
        return table

    def _held(self) -> tuple[Entry, ...]:
        """The regions of the session."""
        held = [(each["picture"], roi_of(each)) for each in self._desk.session.regions]
        return tuple((path, roi) for path, roi in held if roi is not None)

    # --- where we are ---

    def _place(self) -> str:
        """The picture on show, by the address of its slice, however it was come to."""
        explaining = self._desk.explaining
        if explaining.picture is None:
            return ""
        return str(explaining.picture.path) if explaining.whole is None else explaining.whole.name

    def _here(self) -> list[int]:
        """The numbers of the regions of the picture on show."""
        place = self._place()
        return [number for number, (path, _) in enumerate(self.entries) if path == place]

    def _picture(self, path: str) -> Picture | None:
        return self._desk.explaining.picture if path == self._place() else None

    def _heat(self, path: str) -> Heat | None:
        return self._desk.canvas.heat() if path == self._place() else self._desk.explaining.known(path)

    # --- what is shown ---

    def _refresh(self) -> None:
        asked = self._desk.explaining.request
        model = self._desk.opening.now
        question = (
            model and model.key,
            asked and (asked.method, asked.layer, asked.target, asked.region, repr(asked.params)),
        )
        self._numbers.want(self.entries, question)
        self._show()

    def _show(self) -> None:
        if self._table.made is not None:
            self._fill(self._table.made)
        here = self._here()
        shown = []
        for number in here:
            roi, known = self.entries[number][1], self._numbers.of(self.entries[number])
            shown.append(Shown(roi, outline(roi, known.holds).words if known else roi.name * roi.closed))
        current = self._regions.current if self._regions.current < len(here) else -1
        self._regions.show_regions(shown, current)
        self._mark(here[current] if current >= 0 else -1)

    def _fill(self, table: MeasureTable) -> None:
        table.show_rows(self.entries, [self._numbers.of(entry) for entry in self.entries], self._place())
        here, current = self._here(), self._regions.current
        table.select(here[current] if 0 <= current < len(here) else -1)

    def _selected(self) -> list[int]:
        return self._table.made.selected() if self._table.made is not None else []

    def _mark(self, number: int) -> None:
        if self._table.made is not None:
            self._table.made.select(number)
        for nudge in self._nudges:
            nudge.setEnabled(number >= 0)

    def _layer(self, heat: Heat) -> Layer | None:
        """What is drawn on the picture, for its figure; on the screen it is there without heat too."""
        # The middle slice may be known by the name of its file.
        here = self._desk.explaining.picture
        place = self._place() if here is not None and heat.path == str(here.path) else heat.path
        found = [(roi, self._numbers.of((path, roi))) for path, roi in self.entries if path == place]
        drawn = tuple(outline(roi, known.holds if known else Measured()) for roi, known in found)
        return Layer(regions=drawn) if drawn else None

    @staticmethod
    def _bring(_: Heat) -> Steps:
        """All is measured whether a figure wants it or not."""
        yield from ()

    # --- what the user does ---

    def _become(self, entries: Sequence[Entry], words: str, current: int = -1) -> None:
        """Other regions from now on; Ctrl+Z brings back those that were."""
        before = self.entries
        self._put(tuple(entries[:MOST]), current)
        self._desk.undo.did(Step(words, partial(self._put, before, -1), partial(self._put, self.entries, current)))

    def _put(self, entries: tuple[Entry, ...], current: int) -> None:
        self.entries = entries
        self._regions.current = current
        self._desk.session.regions = [{"picture": path, **plain(roi)} for path, roi in entries]
        self._desk.remember()
        self._refresh()

    def _drawn(self, roi: Roi) -> None:
        place = self._place()
        if not place:
            return
        taken = {each.name for path, each in self.entries if path == place}
        name = next(text for number in range(1, MOST + 2) if (text := f"{roi.kind} {number}") not in taken)
        self._become([*self.entries, (place, replace(roi, name=name))], tr("draw {name}", name=name), len(self._here()))
        self.drawer.open()

    def place_one(self) -> None:
        """A region in the middle of what is seen."""
        if (picture := self._desk.explaining.picture) is not None:
            self._drawn(in_the_middle(kind_of(self._regions.tool), picture, self._desk.canvas.views.camera))

    def _altered(self, number: int, roi: Roi) -> None:
        number_of_all = self._here()[number]
        self._exchange(number_of_all, roi, tr("move {name}", name=roi.name), number)

    def _nudge(self, columns: int, rows: int, bend: bool) -> None:
        here, current = self._here(), self._regions.current
        if not 0 <= current < len(here):
            return
        roi = self.entries[here[current]][1]
        self._exchange(here[current], nudged(roi, columns, rows, bend), tr("move {name}", name=roi.name), current)

    def _exchange(self, number: int, roi: Roi, words: str, current: int) -> None:
        entries = list(self.entries)
        entries[number] = (entries[number][0], roi)
        self._become(entries, words, current)

    def _rename(self, number: int, name: str) -> None:
        roi = self.entries[number][1]
        if name.strip() and name != roi.name:
            self._exchange(
                number, replace(roi, name=name.strip()), tr("rename {name}", name=roi.name), self._regions.current
            )
        else:
            self._show()

    def _delete_current(self) -> None:
        here, current = self._here(), self._regions.current
        self._delete([here[current]] if 0 <= current < len(here) else self._selected())

    def _delete(self, numbers: Sequence[int]) -> None:
        if numbers:
            words = (
                tr("delete {name}", name=self.entries[numbers[0]][1].name)
                if len(numbers) == 1
                else tr("delete {n} regions", n=len(numbers))
            )
            self._become([entry for number, entry in enumerate(self.entries) if number not in numbers], words)

    def _chosen(self, number: int) -> None:
        here = self._here()
        self._regions.show_regions(self._regions.shown, here.index(number) if number in here else -1)
        for nudge in self._nudges:
            nudge.setEnabled(number in here)

    def _open(self, number: int) -> None:
        """Go to the picture of a row."""
        path = self.entries[number][0]
        browser = self._desk.browser
        browser.select(path if path in browser.paths() else self._tile(path))
        browser.turn_to(path)

    def _tile(self, path: str) -> str:
        """The listed slice of the same file."""
        file = file_of(path)
        return next((each for each in self._desk.browser.paths() if file_of(each) == file), path)

    def load(self) -> None:
        """Regions from a file, beside those that are here."""
        if new := [entry for entry in self._taken.chosen() if entry not in self.entries]:
            self._become([*self.entries, *new], tr("load {n} regions", n=len(new)))
            self.drawer.open()
