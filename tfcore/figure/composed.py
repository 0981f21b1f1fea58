"""The figure of a composition: measured from the cells outwards, then drawn page by page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from tfcore.errors import HeatlensError
from tfcore.figure import words
from tfcore.figure.cells import Row, draw, draw_bar
from tfcore.figure.composition import PLAIN, Composition, letter
from tfcore.figure.display import Display, limits
from tfcore.figure.grid import ends_of
from tfcore.figure.inlays import draw_curve, draw_inset, draw_lying_bar, draw_notes, draw_prediction
from tfcore.figure.panel import WIDTHS_MM, reduced, row_of
from tfcore.figure.style import INK, PALE, drawable, fitted, line_height, width, wrapped
from tfcore.figure.titles import said_of_heat, titled, values_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from tfcore.figure.page import Page
    from tfcore.figure.panel import Item
    from tfcore.results import Heat

_MARGIN, _GAP, _BAR = 2.0, 1.5, 2.0
_NARROWEST = 8.0
# Height over width of a cell, and of one that holds bars or nothing.
_TALLEST, _FLATTEST, _OTHER = 2.0, 0.2, 0.75
_PAPER = {"light": ("white", INK, PALE), "dark": ("#161616", "#ececec", "#a6a6a6"), "transparent": ("none", INK, PALE)}

Place = tuple[int, int]


class Spot(NamedTuple):
    """Where the picture of a cell stands: its page, and millimetres from the top left corner of that."""

    page: int
    x: float
    y: float
    width: float
    height: float


class Composed:
    """Measures everything; what pictures look like is known from the one ``before``. :meth:`draw` fills a page."""

    def __init__(
        self,
        items: Sequence[Item],
        composition: Composition,
        display: Display,
        page: float = 180.0,
        size: float = 7.0,
        longest: int = 4096,
        before: Composed | None = None,
    ) -> None:
        if not composition.each():
            raise HeatlensError("The figure has no cells; add what is shown, or drag pictures into it.")
        if not WIDTHS_MM[0] <= page <= WIDTHS_MM[1]:
            raise HeatlensError(f"Width = {page:g} mm is not between {WIDTHS_MM[0]:g} and {WIDTHS_MM[1]:g} mm.")
        self.made, self.display, self.page, self.size, self.small = composition, display, page, size, 0.85 * size
        self.line = line_height(self.small)
        self.paper, self.ink, self.pale = _PAPER[composition.paper]
        self.cells = {(r, c): cell for r, row in enumerate(composition.cells) for c, cell in enumerate(row) if cell}
        if stranger := next((cell.item for cell in self.cells.values() if cell.item >= len(items)), None):
            raise HeatlensError(f"A cell shows item {stranger}, and the figure has {len(items)} (counted from 0).")
        self.rows = self._rows(items, longest, before)
        self.about = {place: tuple(map(id, items[cell.item])) for place, cell in self.cells.items()}
        self.titles = self._titles(items)
        self.groups = self._groups()
        self._measure()

    # --- what is in the cells ---

    def _rows(self, items: Sequence[Item], longest: int, before: Composed | None) -> dict[Place, Row]:
        known = before.images if before is not None else {}
        self.images: dict[int, Any] = {id(p): known.get(id(p)) or (p, reduced(p.display(), longest)) for _, p in items}
        native = self.made.heat == "native"
        heats = [replace(heat, map=heat.native) if native else heat for heat, _ in items]
        sharing: dict[Hashable, list[int]] = {}
        for place, cell in self.cells.items():
            if cell.show in ("heatmap", "overlay") and not heats[cell.item].degenerate:
                sharing.setdefault(self._shared(place, items), []).append(cell.item)
        found = {}
        for place, cell in self.cells.items():
            heat, picture = heats[cell.item], items[cell.item][1]
            display = replace(self.display, **cell.look) if cell.look else self.display
            display = replace(display, interpolation="pixels") if native else display
            others = [heats[number].map for number in sharing.get(self._shared(place, items), ())]
            alike = others if not heat.degenerate and others else [heat.map]
            scale = limits(alike, heat.signed, display)
            row = row_of(heat, picture, display, scale, self.images[id(picture)][1])
            found[place] = replace(row, seen=cell.crop or row.seen)
        return found

    def _shared(self, place: Place, items: Sequence[Item]) -> Hashable:
        """What heatmaps on one scale have in common; signed ones are never on one with others."""
        heat, picture = items[self.cells[place].item]
        keys: dict[str, Hashable] = {"cell": place, "row": place[0], "column": place[1], "picture": picture.path}
        every = self.display.normalise in ("shared", "manual")
        return heat.signed, "" if every else keys.get(self.made.scale, "")

    def _titles(self, items: Sequence[Item]) -> dict[Place, list[str]]:
        found, models = {}, words.models(heat for heat, _ in items)
        for place, cell in self.cells.items():
            template = self.made.titles if cell.title is None else cell.title
            found[place] = titled(template, values_of(*items[cell.item], cell.true, models)) if template else []
        return found

    # --- colour bars ---

    def _groups(self) -> dict[Hashable, list[list[Place]]]:
        """The cells that each bar is about, by where the bar stands; of a kind of heat each."""
        keys: dict[str, Callable[[Place], Hashable]] = {
            "cell": lambda place: place,
            "row": lambda place: place[0],
            "column": lambda place: place[1],
            "figure": lambda _: 0,
        }
        if self.made.bars == "none":
            return {}
        found: dict[Hashable, dict[Hashable, list[Place]]] = {}
        for place, row in self.rows.items():
            if self.cells[place].show in ("heatmap", "overlay") and not row.heat.degenerate:
                kinds = found.setdefault(keys[self.made.bars](place), {})
                kinds.setdefault((row.heat.signed, row.display.colours), []).append(place)
        return {key: list(kinds.values()) for key, kinds in found.items()}

    def _numbers(self, places: Sequence[Place]) -> list[str]:
        """Values where all these have one scale, else what the ends are."""
        first = self.rows[places[0]]
        same = len({(self.rows[place].low, self.rows[place].high) for place in places}) == 1
        if same:
            numbers, label = words.scale(first.low, first.high, first.heat.signed, first.display)
            power = next((part for part in label if part.startswith("×")), "")
            return [*numbers[:-1], f"{numbers[-1]} {power}".rstrip()]
        return ends_of(first, first.display)[0]

    def _heats(self) -> list[Heat]:
        """Those whose colours are seen."""
        return [row.heat for place, row in self.rows.items() if self.cells[place].show in ("heatmap", "overlay")]

    # --- measuring ---

    def _measure(self) -> None:
        made, rows, across = self.made, len(self.made.cells), self.made.across
        room = self.page - 2 * _MARGIN
        self.heading = wrapped(map(drawable, made.heading.splitlines()), room, self.size) if made.heading else []
        self.foot = wrapped(
            map(drawable, said_of_heat(self._heats(), made.scale, made.heat, self.display)), room, self.small
        )
        self.left = self.line + 0.5 if any(made.rows) else 0.0
        self.numbers = {key: [self._numbers(kind) for kind in kinds] for key, kinds in self.groups.items()}
        said = [number for some in self.numbers.values() for numbers in some for number in numbers]
        upright = made.bars in ("figure", "row", "cell") and bool(said)
        self.bar = _GAP + _BAR + 1.5 + max(width(one, self.small) for one in said) if upright else 0.0
        each, right = (self.bar, 0.0) if made.bars == "cell" else (0.0, self.bar)
        self.cell = (room - self.left - right - _GAP * (across - 1)) / across - each
        if self.cell < _NARROWEST:
            raise HeatlensError(
                f"Width = {self.page:g} mm is too narrow for {across} columns; choose a wider figure or fewer columns."
            )
        self.pitch, self.right = self.cell + each + _GAP, right
        self.top = _MARGIN + len(self.heading) * line_height(self.size) + (0.8 if self.heading else 0.0)
        self.top += self.line if any(made.columns) else 0.0
        lying = made.bars == "column" and bool(said)
        foot = len(self.foot) * self.line + 0.8 * bool(self.foot)
        self.below = foot + (_GAP + _BAR + self.line if lying else 0.0) + _MARGIN
        lettered = self._letters = {
            place: letter(made.letters, number) if cell.letter is None else cell.letter
            for number, (place, cell) in enumerate(self.cells.items())
        }
        lines = {place: max(len(said), bool(lettered[place])) for place, said in self.titles.items()}
        self.above = [self.line * max(map(lines.__getitem__, self._in(row)), default=0) for row in range(rows)]
        self.high = [
            max((self._height(place) for place in self._in(row)), default=self.cell / 2) for row in range(rows)
        ]
        self._paginate()

    def _in(self, row: int) -> list[Place]:
        return [place for place in self.cells if place[0] == row]

    def _height(self, place: Place) -> float:
        aspect = _OTHER if self.cells[place].show in PLAIN else self.rows[place].aspect
        return self.cell * min(max(aspect, _FLATTEST), _TALLEST)

    def _paginate(self) -> None:
        """Rows go on a new page where they do not fit."""
        self.pages: list[list[int]] = [[]]
        self.spots: dict[Place, Spot] = {}
        self.tops: list[float] = []
        y = self.top
        for row, (above, high) in enumerate(zip(self.above, self.high, strict=True)):
            if self.pages[-1] and y + above + high + self.below > self.made.height_mm:
                self.pages.append([])
                y = self.top
            self.pages[-1].append(row)
            self.tops.append(y + above)
            for column in range(self.made.across):
                x = _MARGIN + self.left + column * self.pitch
                self.spots[row, column] = Spot(len(self.pages) - 1, x, y + above, self.cell, high)
            y += above + high + _GAP

    def picture(self, place: Place) -> Spot:
        """Where in a cell its picture is: in the middle, at the top."""
        spot = self.spots[place]
        if place not in self.cells or self.cells[place].show in PLAIN:
            return spot
        aspect = self.rows[place].aspect
        high, wide = min(spot.height, spot.width * aspect), min(spot.width, spot.height / aspect)
        return Spot(spot.page, spot.x + (spot.width - wide) / 2, spot.y, wide, high)

    def height(self, page: int) -> float:
        last = self.pages[page][-1]
        return self.tops[last] + self.high[last] + self.below

    # --- drawing ---

    def on(self, page: int) -> list[Place]:
        """The cells of a page."""
        return [place for place in self.cells if place[0] in self.pages[page]]

    def key(self, place: Place) -> tuple[Hashable, ...]:
        """All that the look of a cell hangs on, for as long as its heatmap and picture live."""
        row, cell = self.rows[place], self.cells[place]
        said = (*self.titles[place], self._letters[place], repr(cell), self.made.heat, self.paper, self.size)
        return self.spots[place], self.about[place], row.low, row.high, row.display, said

    def draw(self, drawn: Page, page: int = 0, leaving: Collection[Place] = ()) -> Figure:
        """Fill an empty page; the cells that somebody else draws are left out."""
        drawn.begin(self.page, self.height(page), self.paper)
        y = _MARGIN
        for said in self.heading:
            drawn.say(_MARGIN, y + 0.75 * line_height(self.size), said, self.size, self.ink)
            y += line_height(self.size)
        for column, name in enumerate(self.made.columns[: self.made.across]):
            x = _MARGIN + self.left + column * self.pitch + self.cell / 2
            said = fitted(drawable(name), self.cell, self.small)
            drawn.say(x, self.top - 0.3 * self.line, said, self.small, self.ink, ha="center")
        for row in self.pages[page]:
            self._draw_row(drawn, row, leaving)
        self._draw_bars(drawn, page)
        y = self.height(page) - _MARGIN - len(self.foot) * self.line
        for number, said in enumerate(self.foot):
            drawn.say(_MARGIN, y + (number + 0.75) * self.line, said, self.small, self.pale)
        return drawn

    def _draw_row(self, drawn: Page, row: int, leaving: Collection[Place]) -> None:
        if row < len(self.made.rows) and self.made.rows[row]:
            name = fitted(drawable(self.made.rows[row]), self.high[row], self.small)
            x, y = _MARGIN + self.line / 2, self.tops[row] + self.high[row] / 2
            drawn.say(x, y, name, self.small, self.ink, ha="center", va="center", rotation=90)
        for place in self._in(row):
            if place not in leaving:
                self.draw_cell(drawn, place)

    def draw_cell(self, drawn: Page, place: Place) -> None:
        cell, row, spot = self.cells[place], self.rows[place], self.spots[place]
        indent, first = 0.0, spot.y - self.above[place[0]] + 0.75 * self.line
        if mark := self._letters[place]:
            drawn.say(spot.x, first, mark, self.size, self.ink, weight="bold")
            indent = width(mark, 1.15 * self.size) + 0.8
        for number, said in enumerate(self.titles[place]):
            said = fitted(drawable(said), self.cell - indent, self.small)
            drawn.say(spot.x + indent, first + number * self.line, said, self.small, self.ink)
        if cell.show in PLAIN:
            plain = draw_prediction if cell.show == "prediction" else draw_curve
            plain(drawn, row.heat, spot, self.small, (self.ink, self.pale))
            return
        axes = drawn.axes_at(*spot[1:])
        draw(axes, row, cell.show, self.cell, self.small)
        if cell.notes:
            draw_notes(axes, row, cell.notes, self.picture(place), self.small)
        if cell.inset is not None:
            draw_inset(drawn, axes, row, cell, self.picture(place), self.small)

    def _draw_bars(self, drawn: Page, page: int) -> None:
        rows = self.pages[page]
        top, bottom = self.tops[rows[0]], self.tops[rows[-1]] + self.high[rows[-1]]
        for key, kinds in self.groups.items():
            kinds = [[place for place in places if place[0] in rows] for places in kinds]
            for number, places in enumerate(kinds):
                if not places:
                    continue
                spot, numbers = self.spots[places[0]], self.numbers[key][number]
                if self.made.bars == "column":
                    long = self.cell / len(kinds)
                    place = (spot.x + number * long, bottom + _GAP, long - 1, _BAR)
                    colours = self.rows[places[0]].display.colours
                    draw_lying_bar(drawn, colours, place, numbers, self.small, self.ink)
                    continue
                start, end = (top, bottom) if self.made.bars == "figure" else (spot.y, spot.y + spot.height)
                x = spot.x + self.cell if self.made.bars == "cell" else self.page - _MARGIN - self.right
                long = (end - start) / len(kinds)
                place = (x + _GAP, start + number * long, _BAR, long - self.line * (len(kinds) > 1))
                axes = drawn.axes_at(*place, "bar")
                draw_bar(axes, self.rows[places[0]], numbers, self.small)
                axes.tick_params(axis="y", labelcolor=self.ink, color=self.pale)
