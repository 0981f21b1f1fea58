"""``heatlens evaluate``: methods at layers measured over a data set, as a table."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._cohort import (
    add_cohort_flags,
    check_cohort_flags,
    facts_of,
    kept,
    models_asked,
    passes_of,
    where_of,
)
from tfcore.commands._costs import say_costs
from tfcore.commands._lists import print_json
from tfcore.commands._model import add_map_flag, add_model_flags, all_opened, mapping
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._params import LIMIT, add_param_flags, chosen, separated
from tfcore.commands._progress import counted
from tfcore.commands._reading import add_reading_flags, stated_reading
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.files import make_folder
from tfcore.registry import catalogue, find, hidden_from

if TYPE_CHECKING:
    from tfcore.cohort.rows import Where
    from tfcore.evaluate.run import Evaluation
    from tfcore.evaluate.shared import Shared

# Of the network for a picture, taken for what metrics ask at least; a part is to be some seconds of work.
_PASSES = 256


def add(commands: Any) -> None:
    """Describe the command, with the flags of every metric and method from its Spec."""
    parser = commands.add_parser(
        "evaluate",
        help="measure methods over a data set: localisation, faithfulness, axioms",
        description="Explain every picture of a data set by each method at each layer with each model, measure every "
        "heatmap, and write report.html, summary.csv and summary.json (mean, bootstrap 95 % interval, n, what was left "
        "out and why), results.csv and results.parquet (the number of every picture), comparisons.csv, "
        "predictions.csv, curves.npz, curves.csv and evaluation.json. --seed also settles what --limit draws and the "
        "intervals. An interrupted run writes the tables of what it has measured, and goes on from there when it is "
        "run again.",
    )
    parser.add_argument("data", metavar="DATA", help="a folder, a table with masks, a COCO file or a session")
    add_model_flags(parser, several=True)
    add_map_flag(parser)
    parser.add_argument(
        "--methods", dest="method", default="grad-cam", help="names with commas between, or all (which takes long)"
    )
    parser.add_argument("--metrics", default="iou", help="names with commas between (see 'heatlens metrics'), or all")
    parser.add_argument(
        "--layers", help="layer paths or stages with commas between, aggregate, or stage3+stage4; default: the last"
    )
    parser.add_argument("--target", help="class name or index; default: the predicted class")
    parser.add_argument("--limit", type=int, metavar="N", help="measure only N pictures, drawn at random")
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="folder for the tables")
    parser.add_argument("--json", action="store_true", help="print the table as JSON")
    add_reading_flags(parser)
    add_overwrite_flag(parser)
    add_cohort_flags(parser)
    add_param_flags(parser, "metric", "method")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    every_method = given.method == "all"
    if every_method:
        # What needs a head of its own kind is asked for by name.
        given.method = ",".join(spec.name for spec in catalogue("method") if set(spec.needs) <= {"layer"})
    every = given.metrics == "all"
    if every:
        given.metrics = ",".join(spec.name for spec in catalogue("metric"))
    seed, limit = _seed(given), LIMIT.parse(given.limit)
    params = chosen(given, {"metric": given.metrics, "method": given.method})

    from tfcore.data import open_data
    from tfcore.evaluate.files import FILES, PARTS, check_tables_free

    data = open_data(given.data, **stated_reading(given))
    make_folder(given.out)
    check_tables_free(given.out, given.overwrite)
    Inputs([Path(given.data)]).check(*(given.out / name for name in FILES))
    from tfcore.evaluate.asked import asked_for
    from tfcore.evaluate.marks import is_marked
    from tfcore.evaluate.shared import Shared
    from tfcore.models.layers import layer_names

    metrics = separated(given.metrics)
    if every and not any(map(is_marked, data)):
        metrics = [each.name for each in asked_for(metrics, params) if not {"mask", "box"} & each.needs]
        say(f"{data.root} has no masks, so every metric is measured but those that compare with one.")

    check_cohort_flags(given)
    models = all_opened(given)
    if every_method and any(model.box for model in models):
        asking = [name for name in separated(given.method) if not hidden_from(find("method", name), True)]
        say(f"of a black box, the methods that only ask are measured: {', '.join(asking)}")
        given.method = ",".join(asking)
    asked = {
        "methods": separated(given.method),
        "metrics": metrics,
        "layers": layer_names(models[0].program, given.layers, ",") if given.layers else [None],
        "target": given.target,
        "params": params,
        "limit": limit,
        "seed": seed,
        "map": mapping(given),
    }
    evaluation = Shared(models, data, parts=given.out / PARTS, **asked)
    for sentence in evaluation.notes:
        say(sentence)
    # Metrics come on top.
    settings = {name: params.get(name, {}) for name in separated(given.method)}
    say_costs(models[0], (sample.path for sample in data), min(limit or len(data), len(data)), settings)
    if (where := where_of(given, given.out, False, evaluation.data)) is not None:
        _share(given, evaluation, asked, where)
    return _finish(given, evaluation)


def _share(given: argparse.Namespace, evaluation: Shared, asked: Mapping[str, Any], where: Where) -> None:
    """Have the pictures measured by workers; what they have measured is not measured again."""
    from tfcore.cohort.plan import Asked
    from tfcore.evaluate.lanes import together

    models = [subject.model for subject in evaluation.subjects]
    how = {"data": given.data, "reading": stated_reading(given), "asked": asked, "folder": where.folder}
    # Found once, by whoever sees all pictures.
    how["means"] = {name: None if mean is None else mean.tolist() for name, mean in evaluation.means.items()}
    question = Asked(
        "evaluate_pictures",
        {"models": models_asked(given, models), **how},
        max(map(together, models)),
        max(_PASSES, passes_of(models[0], {name: {} for name in asked["methods"]}, len(asked["layers"]))),
        {**facts_of(models), "pictures": len(evaluation.data)},
    )
    with kept(question, ((sample.address,) for sample in evaluation.data), where, "measured") as rows:
        failed = {str(row["path"]): row["error"] for row in rows if "error" in row}
    evaluation.leave_out(failed)


def _finish(given: argparse.Namespace, evaluation: Evaluation) -> int:
    """Measure and print; what is measured is printed and written too when something ends the run."""
    from tfcore.evaluate.files import FILES
    from tfcore.report import write_report

    earlier = any((given.out / name).exists() for name in FILES)
    ended = None
    try:
        with counted(len(evaluation), "measured") as progress:
            for _ in evaluation.measured(progress):
                pass
            table = evaluation.table()
    except BaseException as error:
        if not evaluation.begun:
            raise
        ended, table = error, evaluation.table(interrupted=True)
    for sentence in table.unread:
        say(sentence)
    # Printed first: a disk that turns out to be full must not cost the numbers.
    if given.json:
        print_json(table.as_dict())
    else:
        print(table.as_text())
    try:
        files = table.write(given.out, given.overwrite, beside=ended is not None and earlier)
        if ended is None:
            files += write_report(evaluation, table, given.out, given.overwrite)
    except HeatlensError:
        # What ended the run is the news, not what followed from it.
        if ended is None:
            raise
    else:
        say(f"written: {', '.join(map(str, files))}")
    if ended is not None:
        raise ended
    return 0


def _seed(given: argparse.Namespace) -> int:
    """The one seed of the whole run, which methods and metrics without chance of their own need not know."""
    from tfcore.explain.params import SEED

    seed: int = SEED.parse(SEED.default if given.param_seed is None else given.param_seed)
    params = [find("method", name).params for name in separated(given.method)]
    params += [find("metric", name).params for name in separated(given.metrics)]
    if not any(SEED.name == param.name for each in params for param in each):
        given.param_seed = None
    return seed
