"""The tables that the grid shows: all maps, or two of them with their difference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import isnan

from gui.canvas.table import Cell, Place, Table
from gui.features.compare.asking import Answer
from gui.features.compare.plan import Plan, has_layers
from gui.texts import tr
from tfcore.figure.alike import Difference, difference
from tfcore.results import Heat
from tfcore.words import probability


@dataclass(frozen=True, eq=False)
class Pair:
    """Two maps and what came of comparing them, which takes too long to do at every drawing."""

    heats: tuple[Heat, Heat]
    found: Difference

    @classmethod
    def of(cls, first: Heat, second: Heat) -> Pair:
        return cls((first, second), difference(first, second))

    def is_of(self, first: Heat, second: Heat) -> bool:
        return self.heats[0] is first and self.heats[1] is second


def grid_table(
    plan: Plan,
    answers: Mapping[Place, Answer | None],
    awaited: AbstractSet[Place],
    current: Place | None,
    picked: tuple[Place, ...],
    nothing: str,
) -> Table:
    """Methods down, layers or models across."""
    planned = plan.cells()
    cells = {
        place: cell_of(f"{planned[place][0]} · {planned[place][1].name}", answer, place in awaited)
        for place, answer in answers.items()
    }
    by_model = any(column.layer is None for column in plan.columns)
    # Stage and layer in two lines.
    columns = [column.name.replace(" (", "\n(") if column.layer else column.name for column in plan.columns]
    if by_model:
        # What each model says stands over its maps: it need not be the same.
        for (_, number), cell in sorted(cells.items(), reverse=True):
            if cell.heat is not None:
                columns[number] = f"{plan.columns[number].name}\n{_said(cell.heat)}"
    rows = tuple(
        method if by_model or has_layers(method) else tr("{method}\nat the input", method=method)
        for method in plan.methods
    )
    return Table(rows, tuple(columns), cells, current, picked, nothing=nothing)


def difference_table(
    names: Sequence[str], answers: Sequence[Answer | None], awaited: Sequence[bool], pair: Pair | None
) -> Table:
    """A, B, and A less B."""
    cells = {(0, number): cell_of(names[number], answer, awaited[number]) for number, answer in enumerate(answers)}
    title = tr("{first}  less  {second}", first=names[0], second=names[1])
    if pair is None:
        heading = tr("Difference of two heatmaps: both must be there.")
        cells[0, 2] = Cell(text=tr("no difference yet"), title=title)
    else:
        heading = tr(
            "Difference of the min-max normalised heatmaps · Spearman rank correlation {number}", number=_number(pair)
        )
        cells[0, 2] = Cell(pair.found.heat, title=title)
    return Table(("",), (f"A · {names[0]}", f"B · {names[1]}", "A − B"), cells, measured=(0, 2), heading=heading)


def cell_of(title: str, answer: Answer | None, awaited: bool) -> Cell:
    """The map, why there is none, or that it is not there yet."""
    if isinstance(answer, Heat):
        lines = (
            tr("{title} · for {class_}", title=title, class_=answer.classes[answer.target]),
            tr("layer {place}", place=answer.place),
            answer.note,
        )
        return Cell(answer, title="\n".join(filter(None, lines)))
    if answer is not None:
        return Cell(text=answer, failed=True, title=title)
    return Cell(text=tr("computing …") if awaited else tr("press Compare"), title=title)


def _said(heat: Heat) -> str:
    best = int(heat.probabilities.argmax())
    return f"{heat.classes[best]} {probability(heat.probabilities[best])}"


def _number(pair: Pair) -> str:
    value = pair.found.correlation
    return (
        tr("not defined (one heatmap is the same everywhere)") if isnan(value) else f"ρ = {value:.2f}".replace("-", "−")
    )
