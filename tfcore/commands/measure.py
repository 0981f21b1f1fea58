"""``heatlens measure``: the regions of pictures, in numbers of the picture and of the heat over it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._lists import print_json
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._outputs import Inputs, Outputs, add_overwrite_flag
from tfcore.commands._params import add_param_flags, chosen
from tfcore.commands._pictures import Found
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.files import NoRoom, check_free, make_folder, written_from
from tfcore.tables import Rows, growing_table, heading

if TYPE_CHECKING:
    from tfcore.pictures import Picture
    from tfcore.pictures.many import Left
    from tfcore.results import Heat


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "measure",
        help="regions of pictures: their values, their heat, areas, distances",
        description="Measure the regions of a file that the window has saved (Measure > Save regions): a row per "
        "region (CSV) with mean, sd, min, max and area of the picture inside it, distances and angles, and with "
        "--model also of the heat, and the share of the picture's positive heat that lies inside.",
    )
    parser.add_argument("regions", type=Path, metavar="REGIONS.json", help="regions, each with its picture")
    add_model_flags(parser)
    next(action for action in parser._actions if action.dest == "model").required = False
    parser.add_argument("--method", default="grad-cam", help="whose heat, with --model (see 'heatlens methods')")
    parser.add_argument("--layer", help="layer path or stage; default: the last feature map")
    parser.add_argument("--target", help="class name or index; default: the predicted class")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the table there instead of to stdout")
    parser.add_argument(
        "--figures", type=Path, metavar="DIR", help="with --model also a figure of each picture, with its regions"
    )
    parser.add_argument("--json", action="store_true", help="print the table as JSON")
    add_overwrite_flag(parser)
    add_param_flags(parser, "method")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Read, perhaps explain, measure, and count."""
    from tfcore import measure
    from tfcore.pictures.many import Left

    if "," in given.method:
        raise HeatlensError(f"--method {given.method} names several; a table is of the heat of one.")
    if given.figures is not None and given.model is None:
        raise HeatlensError("--figures shows heat with the regions; name the network with --model.")
    methods = chosen(given, {"method": given.method})
    found = measure.by_picture(measure.read_rois(given.regions))
    if not found:
        raise HeatlensError(f"{given.regions} holds no regions; draw some in the window and save them.")
    if given.out is not None:
        Inputs([given.regions, *found]).check(given.out)
        check_free(given.out, given.overwrite, heading(measure.COLUMNS))
    outputs = None
    if given.figures is not None:
        make_folder(given.figures)
        outputs = Outputs(given.figures, ("png", "json"), given.overwrite)
    done = left = 0
    rows: list[dict[str, Any]] = []
    with _table(given, measure.COLUMNS) as table:
        for one in _seen(given, list(found), methods):
            if isinstance(one, Left):
                left += 1
                say(one.sentence)
                continue
            path, picture, heat = one
            done += 1
            known = [(roi, measure.measured(picture, roi, heat)) for roi in found[path]]
            for roi, holds in known:
                # In a table as found from there, so that both may move together.
                line = measure.row(written_from(given.out and given.out.parent, path), roi, holds, heat)
                rows.append(line)
                table.add(line)
            if outputs is not None and heat is not None:
                drawn = tuple(measure.outline(roi, holds) for roi, holds in known)
                _draw(picture, replace(heat, regions=drawn), outputs, given.overwrite)
    if given.json:
        print_json({"regions": rows, "left_out": left})
    say(f"{len(rows)} regions of {done} pictures measured, {left} left out")
    return 0 if done else 2


def _seen(
    given: argparse.Namespace, paths: list[Path], methods: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[Path, Picture, Heat | None] | Left]:
    """Each picture, with its heat where a model is named."""
    from tfcore.pictures import read
    from tfcore.pictures.many import Left

    if given.model is None:
        for path in paths:
            try:
                yield path, read(path), None
            except HeatlensError as error:
                yield Left(path, str(error))
        return
    from tfcore.explain.files import explain_files
    from tfcore.models.layers import layer_names

    model = opened(given)
    (layer,) = layer_names(model.program, given.layer, ",") if given.layer else [None]
    # One after the other, as the window asks: the last digits hang on what goes through the network together.
    every = (explain_files(model, [path], list(methods), [layer], given.target, methods) for path in paths)
    for one in chain.from_iterable(every):
        yield one if isinstance(one, Left) else (one.path, one.picture, one.heats[0])


def _draw(picture: Picture, heat: Heat, outputs: Outputs, overwrite: bool) -> None:
    """Write a figure, or say why not."""
    from tfcore.figure import export

    try:
        figure, _ = outputs.of(Found(picture.path, Path(picture.path.name), True))
        say(f"{export([(heat, picture)], figure, overwrite=overwrite)}")
    except NoRoom:
        raise
    except HeatlensError as error:
        say(str(error))


class _Nothing:
    def add(self, row: Mapping[str, Any]) -> None:
        """JSON is printed whole at the end."""


@contextmanager
def _table(given: argparse.Namespace, columns: tuple[str, ...]) -> Iterator[Rows | _Nothing]:
    if given.out is not None:
        with growing_table(given.out, columns, given.overwrite) as rows:
            yield rows
    else:
        yield _Nothing() if given.json else Rows(sys.stdout, columns)
