"""Figures from recipes: a JSON file says what stands where, and the maps that this needs are computed.

>>> tfcore.compose("figure-4.json", out="figures").files                                     # doctest: +SKIP
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.errors import HeatlensError
from tfcore.figure import export
from tfcore.figure.composition import CELL, FIGURE, PRESETS, TEXTS, Cell, Composition, cell_of, laid_out
from tfcore.figure.display import Display
from tfcore.figure.record import Line, Record
from tfcore.figure.save import WITH_RECORD, check_suffix
from tfcore.files import make_folder
from tfcore.reproduction.figures import Again
from tfcore.results import FigureMade, Insert

if TYPE_CHECKING:
    from tfcore.figure.panel import Item
    from tfcore.models.model import Model

# What of a cell says which heatmap it shows, and what is true of the whole figure.
QUESTION = (
    *("picture", "model", "method", "layer", "target", "region", "params"),
    *("made", "mask", "passes", "verdict", "window"),
)
_PAGE = ("every", "down", "across", "labels", "display", "width_mm", "text_size", "dpi", "files")
_MOST_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Recipe:
    """The questions to the networks, and where their answers stand."""

    lines: tuple[Line, ...]
    composition: Composition
    display: Display
    page: Mapping[str, Any]
    names: tuple[str, ...]
    # What pictures really show: a table or the names of their folders, where the recipe says so.
    labels: str = ""


def compose(
    recipe: str | Path | Mapping[str, Any],
    out: str | Path,
    files: Sequence[str] = (),
    overwrite: bool = False,
    load: Callable[[str], Model] | None = None,
) -> FigureMade:
    """The figure of a recipe, a file or what stands in one, or of the record of a composed one, in the folder ``out``.

    ``files`` are names in place of the recipe's (PNG, TIFF, PDF, SVG by their endings). A cell whose picture or map
    cannot be had stays empty and is told of in ``problems``. ``load`` opens a model in place of ``load_model``.
    """
    read = recipe_of(recipe if isinstance(recipe, Mapping) else Path(recipe))
    first, *others = (Path(out) / name for name in files or read.names)
    for path in (first, *others):
        check_suffix(path, (*WITH_RECORD, ".npz"))
    items, composition, problems = made(read, load)
    make_folder(Path(out))
    page = {name: value for name, value in read.page.items() if value is not None}
    written = export(items, first, read.display, also=others, overwrite=overwrite, composition=composition, **page)
    names = Record(first.with_suffix(".json")).names
    return FigureMade(tuple(written.with_name(name) for name in names), tuple(problems))


def made(
    recipe: Recipe,
    load: Callable[[str], Model] | None = None,
    tell: Callable[[int, int], object] = lambda *_: None,
) -> tuple[list[Item], Composition, list[str]]:
    """The heatmaps of a recipe with their pictures, the cells that show them, and why some do not."""
    from tfcore.models.loading import load_model

    items: list[Item] = []
    again = Again(recipe.lines, load or load_model)
    place: dict[int, int] = {}
    problems: list[str] = []
    for number, line in enumerate(recipe.lines):
        tell(number, len(recipe.lines))
        try:
            items.append(again.item(line, (load or load_model)(line.model), Path(line.picture), items))
            place[number] = len(items) - 1
        except HeatlensError as error:
            problems.append(f"{Path(line.picture).name}: {error}")
        except (KeyError, TypeError, ValueError):
            problems.append(f"{Path(line.picture).name}: what is asked of it cannot be read; see the guide to figures.")
    if not items:
        raise HeatlensError(problems[0] if problems else "The recipe has no cells; see the guide to figures.")

    def known(cell: Cell | None) -> Cell | None:
        return replace(cell, item=place[cell.item]) if cell is not None and cell.item in place else None

    cells = tuple(tuple(map(known, row)) for row in recipe.composition.cells)
    composition = _labelled(replace(recipe.composition, cells=cells), items, recipe.labels)
    return items, composition, list(dict.fromkeys(problems))


def recipe_of(path: Path | Mapping[str, Any]) -> Recipe:
    """Of a file: a recipe, or the record of a composed figure; or of either itself, its files as seen from here."""
    if not isinstance(path, Path):
        return _of_record(Record.read(path)) if "items" in path else _read(path, Path("figure.json"))
    try:
        with path.open("rb") as stream:
            found = json.loads(stream.read(_MOST_BYTES))
    except OSError as error:
        raise HeatlensError(f"{path} cannot be read; check its name, and whether you may read it.") from error
    except (ValueError, RecursionError) as error:
        raise HeatlensError(f"{path} is no JSON; see the guide to figures for what a recipe is.") from error
    if isinstance(found, dict) and "items" in found:
        return _of_record(Record(path))
    try:
        return _read(found, path)
    except HeatlensError as error:
        raise HeatlensError(f"{path.name}: {error}") from error


def _of_record(told: Record) -> Recipe:
    if "composition" not in told.settings:
        raise HeatlensError(f"{told.path} is the record of a figure that was not composed; use heatlens reproduce.")
    lines = tuple(
        replace(told.placed(line), picture=told.place(line.picture), model=told.place(line.model))
        for line in told.lines
    )
    page = {name: told.settings.get(name) for name in ("width_mm", "text_size", "dpi")}
    return Recipe(lines, Composition.of(told.settings["composition"]), told.display, page, tuple(told.asked))


def _read(found: Any, path: Path) -> Recipe:
    if not isinstance(found, Mapping):
        raise HeatlensError("a recipe is an object in braces; see the guide to figures.")
    if unknown := next((name for name in found if name not in (*_PAGE, *FIGURE)), None):
        raise HeatlensError(f"a recipe has no {unknown!r}; choose among {', '.join((*_PAGE, *FIGURE))}.")
    rows, names = _rows(found, path.parent)
    questions: dict[str, int] = {}
    lines: list[Line] = []

    def placed(said: Mapping[str, Any] | None) -> Cell | None:
        if not said:
            return None
        asked = {name: said[name] for name in QUESTION if name in said}
        key = json.dumps(asked, sort_keys=True)
        if key not in questions:
            questions[key] = len(lines)
            lines.append(_line(asked, path.parent))
        look = {name: value for name, value in said.items() if name not in (*QUESTION, "name")}
        return cell_of(look | {"item": questions[key]})

    cells = tuple(tuple(map(placed, row)) for row in rows)
    across = found.get("across")
    if isinstance(across, int):
        cells = laid_out([cell for row in cells for cell in row if cell is not None], max(across, 1))
    figure = {name: value for name, value in found.items() if name in FIGURE} | {"cells": ()}
    composition = replace(Composition.of(names | figure), cells=cells)
    width = found.get("width_mm")
    page = {"width_mm": PRESETS.get(width, width) if isinstance(width, str) else width}
    page |= {name: found.get(name) for name in ("text_size", "dpi")}
    if wrong := next((name for name, value in page.items() if value is not None and not _is_number(value)), None):
        raise HeatlensError(f"{wrong} is a number, or a width by name: {', '.join(PRESETS)}.")
    if (size := found.get("text_size")) is not None and not TEXTS[0] <= size <= TEXTS[1]:
        raise HeatlensError(f"text_size = {size:g} is not between {TEXTS[0]:g} and {TEXTS[1]:g} points.")
    files = found.get("files") or [f"{path.stem}.png"]
    if not isinstance(files, list) or not all(isinstance(one, str) and Path(one).name == one for one in files):
        raise HeatlensError('files is a list of names without folders, such as ["figure.png", "figure.pdf"].')
    labels = str(found.get("labels") or "")
    labels = labels if labels in ("", "folders") else str(path.parent / labels)
    return Recipe(tuple(lines), composition, Display(**_object(found, "display")), page, tuple(files), labels)


def _rows(found: Mapping[str, Any], folder: Path) -> tuple[list[list[dict[str, Any] | None]], dict[str, Any]]:
    """What every cell says, all that holds for several of them put in; and the names of rows and columns."""
    every = _object(found, "every")
    if "cells" in found:
        if "down" in found or ("across" in found and not isinstance(found["across"], int)):
            raise HeatlensError("a recipe has cells, or what goes down and across; it cannot have both.")
        rows = [[None if cell is None else every | _checked(cell) for cell in row] for row in _lists(found["cells"])]
        return rows, {}
    down = list(_entries(found.get("down", [{}]), folder))
    across = [{}] if isinstance(found.get("across"), int) else list(_entries(found.get("across", [{}]), folder))
    names = {"rows": down, "columns": across}
    said = {of: tuple(str(one.get("name", "")) for one in some) for of, some in names.items()}
    rows = [[every | row | column for column in across] for row in down]
    return rows, {of: some for of, some in said.items() if any(some)}


def _entries(some: Any, folder: Path) -> Iterator[dict[str, Any]]:
    """What differs from row to row, or from column to column; a folder or a range of slices is each of its pictures."""
    from tfcore import review
    from tfcore.dropped import kind_of
    from tfcore.pictures import find
    from tfcore.pictures.channels import is_case

    if not isinstance(some, list) or not some:
        raise HeatlensError('down and across are lists of what differs, such as [{"layer": "stage1"}].')
    for one in map(_checked, some):
        if isinstance(picture := one.get("picture"), str):
            file = folder / picture
            # The channels of a patient are one picture, as in the list.
            found = [file] if is_case(file) else find([file])
            several = review.listed(review.read(file)) if kind_of(file) == "session" else found
            yield from (one | {"picture": str(path)} for path in several)
        else:
            yield one


def _checked(cell: Any) -> dict[str, Any]:
    if not isinstance(cell, dict):
        raise HeatlensError(f"a cell is an object in braces; {str(cell)[:40]!r} is none.")
    known = (*QUESTION, *(name for name in CELL if name != "item"), "name")
    if unknown := next((name for name in cell if name not in known), None):
        raise HeatlensError(f"a cell has no {unknown!r}; choose among {', '.join(known)}.")
    return cell


def _line(asked: Mapping[str, Any], folder: Path) -> Line:
    for name in ("picture", "model"):
        if not isinstance(asked.get(name), str):
            raise HeatlensError(f"a cell has no {name}; say it in the cell, or in every.")
    for name in ("method", "layer", "target", "region"):
        if not isinstance(asked.get(name), str | int | None) or isinstance(asked.get(name), bool):
            raise HeatlensError(f"{name} = {str(asked[name])[:40]} is no name; see the guide to figures.")
    model, region = str(asked["model"]), asked.get("region")
    kind, _, file = str(region or "").partition("=")

    def place(name: str) -> str:
        return str(folder / name) if (folder / name).exists() else name

    try:
        line = Line(
            picture=str(folder / asked["picture"]),
            model=place(model),
            method=str(asked.get("method", "grad-cam")),
            layer=asked.get("layer"),
            target=asked.get("target"),
            params=dict(asked.get("params") or {}),
            region=region,
            window=None if asked.get("window") is None else _window(asked["window"]),
            passes=None if asked.get("passes") is None else _passes(asked["passes"]),
            verdict=bool(asked.get("verdict")),
            mask=asked["mask"] if isinstance(asked.get("mask"), dict) else {"all": True} if asked.get("mask") else {},
            made=dict(asked.get("made") or {}),
        )
        return replace(line.placed(place), region=f"mask={folder / file}" if kind == "mask" else region)
    except (TypeError, ValueError) as error:
        raise HeatlensError(f"what is asked of {asked['picture']} cannot be read; see the guide to figures.") from error


def _window(value: Any) -> tuple[float, float]:
    low, high = map(float, value)
    if not low < high:
        raise ValueError(value)
    return low, high


def _passes(value: Any) -> tuple[int, int, Insert]:
    """Passes with dropout on: how many, or how many with their seed and the rate that is put in."""
    given = value if isinstance(value, list) else [value]
    given = [*given, *[100, 0, None][len(given) :]]
    return int(given[0]), int(given[1]), given[2]


def _labelled(composition: Composition, items: Sequence[Item], source: str) -> Composition:
    """With what the pictures really show, where the recipe says where that stands."""
    if source:
        from tfcore.data.labels import labels

        found = labels([picture.path for _, picture in items], source, items[0][0].classes).of
        cells = tuple(
            tuple(
                cell and replace(cell, true=cell.true or found.get(str(items[cell.item][1].path), "")) for cell in row
            )
            for row in composition.cells
        )
        composition = replace(composition, cells=cells)
    return composition


def _object(found: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = found.get(name) or {}
    if not isinstance(value, dict):
        raise HeatlensError(f"{name} is an object in braces; {str(value)[:40]!r} is none.")
    return _checked(value) if name == "every" else dict(value)


def _lists(rows: Any) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise HeatlensError("cells are rows in brackets, each a list of cells.")
    return rows


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
