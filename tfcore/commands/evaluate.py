"""``heatlens evaluate``: methods at layers measured over a data set, as a table."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tfcore.commands._lists import print_json
from tfcore.commands._params import add_param_flags, chosen
from tfcore.commands._progress import progress_bar
from tfcore.errors import HeatlensError
from tfcore.explain.params import SEED
from tfcore.files import why
from tfcore.registry import catalogue, find


def add(commands: Any) -> None:
    """Describe the command, with the flags of every metric and method from its Spec."""
    parser = commands.add_parser(
        "evaluate",
        help="measure methods over a data set: localisation, faithfulness, axioms",
        description="Explain every picture of a data set by each method at each layer, measure every map, and write "
        "the table: evaluation.csv (a row per method, layer and metric: mean, median, sd, n, what was left out, "
        "bootstrap 95 % interval), images.csv (the number of every picture) and evaluation.json. --seed also settles "
        "what --limit draws and the intervals.",
    )
    parser.add_argument("data", metavar="DATA", help="a folder, a table with a column of masks, or a COCO file")
    parser.add_argument("--model", required=True, help="demo, zoo:NAME or a model file")
    parser.add_argument(
        "--methods", dest="method", default="grad-cam", help="names with commas between, or all (which takes long)"
    )
    parser.add_argument("--metrics", default="iou", help="names with commas between (see 'heatlens metrics')")
    parser.add_argument(
        "--layers", help="layer paths or stages with commas between, aggregate, or stage3+stage4; default: the last"
    )
    parser.add_argument("--target", help="class name or index; default: the predicted class")
    parser.add_argument("--limit", type=int, metavar="N", help="measure only N pictures, drawn at random")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the tables")
    parser.add_argument("--device", help="cpu, gpu:0 …")
    parser.add_argument("--trust", action="store_true", help="let the model file run the code it carries")
    parser.add_argument("--json", action="store_true", help="print the table as JSON")
    add_param_flags(parser, "metric")
    add_param_flags(parser, "method")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Measure, write, print."""
    if given.method == "all":
        # What needs a head of its own kind is asked for by name.
        given.method = ",".join(spec.name for spec in catalogue("method") if set(spec.needs) <= {"layer"})
    seed = _seed(given)
    methods, metrics = chosen(given, "method", given.method), chosen(given, "metric", given.metrics)

    from tfcore.data import open_data
    from tfcore.engine.device import start_tensorflow

    data = open_data(given.data)
    start_tensorflow(given.device)
    from tfcore.evaluate import evaluate
    from tfcore.models.layers import layer_names
    from tfcore.models.loading import load_model

    model = load_model(given.model, trust=given.trust)
    _make_folder(given.out)
    layers = layer_names(model.program, given.layers, ",") if given.layers else [None]
    with _progress(len(data) if given.limit is None else min(len(data), given.limit)) as progress:
        table = evaluate(
            model,
            data,
            list(methods),
            list(metrics),
            layers,
            given.target,
            {**methods, **metrics},
            given.limit,
            seed,
            progress,
        )
    for sentence in table.unread:
        print(f"heatlens: {sentence}", file=sys.stderr)
    # Printed first: a disk that turns out to be full must not cost the numbers.
    if given.json:
        print_json(table.as_dict())
    else:
        print(table.as_text())
    files = table.write(given.out)
    print(f"heatlens: written: {', '.join(map(str, files))}", file=sys.stderr)
    return 0


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HeatlensError(f"--out {out} cannot be made: {why(error)}.") from error


def _seed(given: argparse.Namespace) -> int:
    """The one seed of the whole run, which methods without chance of their own need not know."""
    seed: int = SEED.parse(given.method_seed or SEED.default)
    methods = [find("method", name.strip()) for name in given.method.split(",")]
    if not any(SEED.name == param.name for spec in methods for param in spec.params):
        given.method_seed = None
    return seed


@contextmanager
def _progress(total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how many pictures are done."""
    with progress_bar(total, "measured") as advance:
        done = 0

        def told(now: int, _total: int) -> None:
            nonlocal done
            for _ in range(now - done):
                advance()
            done = now

        yield told
