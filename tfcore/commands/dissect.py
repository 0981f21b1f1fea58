"""``heatlens dissect``: which filters of a network stand for what experts mark."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._cohort import add_cohort_flags, check_cohort_flags, facts_of, kept, models_asked, where_of
from tfcore.commands._lists import print_json, print_rows
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._params import LIMIT
from tfcore.commands._progress import counted
from tfcore.commands._words import say
from tfcore.files import make_folder
from tfcore.registry import Param
from tfcore.tables import names_in

if TYPE_CHECKING:
    from tfcore.cohort.rows import Where
    from tfcore.data.dataset import Dataset
    from tfcore.models.model import Model
    from tfcore.results import Dissection


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "dissect",
        help="which filters stand for what experts mark (network dissection)",
        description="Hold every filter against every concept of a data set: the classes of its masks, or the classes "
        "of its pictures. A filter's mask is its activation, enlarged, from its 0.99 quantile on; it is cleaned, and "
        "its IoU with a concept is taken over all pictures, and with the concepts of other patients' pictures for the "
        "level of chance. Writes dissection.csv (every filter and concept), dissection.json, dissection.npz and "
        "report.html with the best filters over the pictures they fire in.",
    )
    from tfcore.explain.params import SEED

    least = _least()
    parser.add_argument("data", metavar="DATA", help="a folder, a table with masks, a COCO file or a session")
    add_model_flags(parser)
    parser.add_argument(
        "--layers",
        help="layer paths or stages with commas between, or all (every feature map); default: the ends of the stages",
    )
    parser.add_argument("--concepts", help="only these, with commas between; default: all that the data have")
    parser.add_argument(
        "--foreground",
        default="body",
        help="where masks of filters count: body (the largest thing that is not dark background) or whole",
    )
    parser.add_argument("--quantile", default=0.99, help="share of its activations that a mask leaves out (0.99)")
    parser.add_argument("--least", default=least.default, help=f"{least.help} ({least.default:g})")
    parser.add_argument("--picture", help="also a figure for each layer: where its filters fire in this picture")
    parser.add_argument("--limit", type=int, metavar="N", help="only N pictures, drawn at random")
    parser.add_argument("--seed", default=SEED.default, help="settles what --limit draws, and the level of chance")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the tables and the page")
    parser.add_argument("--json", action="store_true", help="print what was found as JSON")
    add_overwrite_flag(parser)
    add_cohort_flags(parser)
    parser.set_defaults(run=run)


def _least() -> Param:
    from tfcore.results.dissection import DETECTS

    return Param("least", "float", DETECTS, "IoU from which on a filter is a detector", low=0, high=1)


def run(given: argparse.Namespace) -> int:
    check_cohort_flags(given)

    from tfcore.data import open_data
    from tfcore.explain.params import SEED
    from tfcore.inside.dissect import QUANTILE, dissect
    from tfcore.inside.files import FILES, check_files_free, record, write, write_filters
    from tfcore.pictures import read

    limit, seed, least = LIMIT.parse(given.limit), SEED.parse(given.seed), _least().parse(given.least)
    quantile, data = QUANTILE.parse(given.quantile), open_data(given.data)
    make_folder(given.out)
    check_files_free(given.out, given.overwrite)
    Inputs([Path(given.data)]).check(*(given.out / name for name in FILES))
    picture = read(given.picture) if given.picture else None
    model = opened(given)
    from tfcore.models.layers import layer_names
    from tfcore.report.dissection import write_gallery

    layers = layer_names(model.program, given.layers, ",") if given.layers else None
    concepts = names_in(given.concepts) if given.concepts else None
    for note in data.notes:
        say(note)
    asked = layers, concepts, given.foreground, quantile, limit, seed
    if (where := where_of(given, given.out, False, data)) is not None:
        found = _in_parts(given, where, model, data, asked)
    else:
        with counted(2 * (len(data) if limit is None else min(len(data), limit)), "looked at") as progress:
            found = dissect(model, data, *asked, progress)
    # What is wrong with a volume is said of each of its slices.
    for sentence in dict.fromkeys(found.unread):
        say(sentence)
    # Printed first: a disk that turns out to be full must not cost the numbers.
    if given.json:
        print_json(record(found, least))
    else:
        print_rows(
            [
                {name: "not known" if value is None else value for name, value in row.items()}
                for row in found.summary(least)
            ]
        )
    files = [*write(found, given.out, least, given.overwrite), write_gallery(found, given.out, least, given.overwrite)]
    if picture is not None:
        files += write_filters(model, found, picture, given.out, given.overwrite)
    say(f"written: {', '.join(map(str, files))}")
    return 0


def _in_parts(
    given: argparse.Namespace, where: Where, model: Model, data: Dataset, asked: tuple[Any, ...]
) -> Dissection:
    """By workers."""
    from tfcore.cohort.plan import Asked
    from tfcore.inside.parted import dissect_in_parts

    layers, concepts, foreground, quantile, limit, seed = asked
    how = {
        "models": models_asked(given, [model]),
        "data": given.data,
        "layers": layers,
        "concepts": concepts,
        "facts": {"foreground": foreground, "limit": limit, "seed": seed},
    }
    sources = [(sample.address,) for sample in data.drawn(limit, seed)]

    def ask(look: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
        text = "looked at" if "floors" in look else "counted"
        question = Asked("dissect_pictures", {**how, "look": look}, facts=facts_of([model]))
        with kept(question, sources, where, text) as rows:
            yield from rows

    return dissect_in_parts(model, data, given.data, layers, concepts, foreground, quantile, limit, seed, ask)
