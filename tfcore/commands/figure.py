"""``heatlens figure``: figures from recipes; ``heatlens reproduce``: what was made, once more from its record."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_json
from tfcore.commands._model import add_opening_flags
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._params import separated
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.figure.templates import TEMPLATES, Material, template


def add(commands: Any) -> None:
    """Describe both commands."""
    figure = commands.add_parser(
        "figure",
        help="make figures from recipes: rows and columns of anything",
        description="Make the figures of recipes (JSON: which cells stand where, what they show, titles, letters, "
        "colour bars, width, paper; the guide tells how), or of the records beside composed figures. Maps are "
        "computed as needed. A cell that cannot be had stays empty, and is named.",
    )
    figure.add_argument(
        "recipes", nargs="+", type=Path, metavar="RECIPE", help="a recipe (.json); with --template the pictures"
    )
    figure.add_argument(
        "--template",
        metavar="NAME",
        help="a figure as papers have it, of these pictures: "
        + "; ".join(f"{one.name}: {one.title}{f' ({one.papers})' if one.papers else ''}" for one in TEMPLATES),
    )
    figure.add_argument("--model", action="append", help="with --template: a model; again for each further one")
    figure.add_argument("--methods", default="", help="with --template: methods with commas between")
    figure.add_argument("--target", help="with --template: the class that is explained; default: the predicted one")
    figure.add_argument("--layer", default="", help="with --template: layer path or stage")
    figure.add_argument(
        "--format", help="one or more of png, tiff, pdf, svg, npz, with commas; default: as the recipe names its files"
    )
    figure.set_defaults(run=run)
    again = commands.add_parser(
        "reproduce",
        help="make figures, tables and reports again from the records beside them, and say what differs",
        description="Make figures, tables, reports and arrays again from the records that lie beside them, with the "
        "same model, pictures, method, parameters and look. The same files on the same machine give the same bytes; "
        "otherwise what has changed is said: files, versions, probabilities, rows, pixels.",
    )
    again.add_argument(
        "figures", nargs="+", type=Path, metavar="FILE", help="a figure, a table, a report, or its record (.json)"
    )
    again.add_argument("--model", help="where the model lies now; default: where the record says")
    again.add_argument("--pictures", type=Path, metavar="DIR", help="where the pictures lie now")
    again.set_defaults(run=run_again)
    for parser in (figure, again):
        parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for what is made")
        add_opening_flags(parser)
        parser.add_argument("--json", action="store_true", help="print what came out as JSON")
        add_overwrite_flag(parser)


def run(given: argparse.Namespace) -> int:
    """Exit code 2 where a figure or a cell of one could not be made."""
    from tfcore.composing import compose

    inputs = Inputs(given.recipes)

    def made(recipe: Path) -> tuple[Any, Sequence[str]]:
        files = [f"{recipe.stem}.{ending.strip()}" for ending in given.format.split(",")] if given.format else []
        inputs.check(*(given.out / Path(file).with_suffix(".json") for file in files or [recipe.name]))
        found = compose(filled or recipe, given.out, files, given.overwrite, load)
        return found, found.problems

    load = _opening(given)
    if given.template and (job := template(given.template).job):
        return _by_command(given, job, load)
    filled = _filled(given, load) if given.template else None
    return _of_each(given, "recipe", [Path(f"{given.template}.json")] if filled else given.recipes, made)


def _by_command(given: argparse.Namespace, command: str, load: Callable[[str], Any]) -> int:
    """A figure that another command makes, with its tables; beside it lies the record of that."""
    from tfcore.commands._again import kept, parsed

    asked = template(given.template).asked(_material(given, load))
    data, model = str(asked.pop("data", "")), ["--model", given.model[0]]
    said = {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in asked.items()}
    flags = [f"--{name}={value}" for name, value in said.items()]
    arguments = [command, *filter(None, [data]), *model, *flags, "--out", str(given.out)]
    arguments += ["--overwrite"] * given.overwrite + ["--trust"] * given.trust + ["--json"] * given.json
    other = parsed(arguments)
    with kept(other, arguments):
        return int(other.run(other))


def _filled(given: argparse.Namespace, load: Callable[[str], Any]) -> dict[str, Any]:
    """The recipe of a template, with what is given in its rows and columns."""
    return template(given.template).recipe(_material(given, load))


def _material(given: argparse.Namespace, load: Callable[[str], Any]) -> Material:
    from tfcore.dropped import models_of
    from tfcore.models.layers import stages
    from tfcore.pictures import find

    if not given.model:
        raise HeatlensError("--template needs a --model.")
    first, methods = load(given.model[0]), tuple(separated(given.methods)) if given.methods else ()
    return Material(
        tuple(map(str, find(given.recipes))),
        tuple(given.model),
        tuple(stages(first.program)),
        given.layer,
        methods[0] if methods else "",
        methods,
        tuple(file for model in given.model for file in models_of(model)),
        first.card.task == "segmentation",
        given.target,
        str(given.recipes[0]),
    )


def run_again(given: argparse.Namespace) -> int:
    """Exit code 0 where everything is as it was, or there is nothing to compare with; 2 where it could not be made."""
    from tfcore.commands._again import reproduce

    def made(figure: Path) -> tuple[Any, Sequence[str]]:
        how = {"overwrite": given.overwrite, "trust": given.trust, "load": load}
        found = reproduce(figure, given.out, given.model, given.pictures, **how)
        return found, found.sentences

    load = _opening(given)
    return _of_each(given, "figure", given.figures, made)


def _opening(given: argparse.Namespace) -> Callable[[str], Any]:
    from tfcore.models.loading import load_model

    # Figures of one model open it once.
    return cache(partial(load_model, trust=given.trust, memory=given.memory))


def _of_each(
    given: argparse.Namespace, kind: str, files: Sequence[Path], made: Callable[[Path], tuple[Any, Sequence[str]]]
) -> int:
    """One after the other; what cannot be made is a sentence, and the others go on."""
    rows: list[dict[str, Any]] = []
    for file in files:
        try:
            found, sentences = made(file)
        except HeatlensError as error:
            say(f"{file}: {error}")
            rows.append({kind: file, "error": str(error)})
            continue
        rows.append({kind: file, **found.as_dict()})
        if not given.json:
            for one in found.files:
                print(one)
        for sentence in sentences:
            say(sentence if sentence.startswith(file.name) else f"{file.name}: {sentence}")
    if given.json:
        print_json({"figures": rows})
    return 2 if any("error" in row or row.get("problems") for row in rows) else 0
