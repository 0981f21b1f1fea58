"""``heatlens triage``: which pictures to look at first, and why."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from tfcore.commands._cohort import (
    add_cohort_flags,
    check_cohort_flags,
    facts_of,
    kept,
    models_asked,
    passes_of,
    where_of,
)
from tfcore.commands._lists import print_json, print_rows
from tfcore.commands._model import add_map_flag, add_model_flags, all_opened, mapping
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._params import LIMIT, separated
from tfcore.commands._progress import counted
from tfcore.commands._words import say
from tfcore.files import check_free, make_folder
from tfcore.marks import PROGRAM, version
from tfcore.tables import heading, write_table
from tfcore.told import write_json

_TABLE, _RECORD, _RISK = "triage.csv", "triage.json", "risk.csv"
_RISKS = ("signal", "coverage", "risk")


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "triage",
        help="which pictures to look at first, and why",
        description="Rank the pictures of a data set by what is remarkable: the answer is wrong; it is right, but the "
        "heat lies outside the mask or outside the body; two models answer differently; two methods point to different "
        "places; no class is much likelier than the others; the heatmap is nearly flat; the picture is unlike the "
        "training pictures. Prints the table, the most remarkable first.",
    )
    from tfcore.explain.params import SEED

    parser.add_argument("data", metavar="DATA", help="a folder, a table, a COCO file or a session")
    add_model_flags(parser, several=True)
    add_map_flag(parser)
    parser.add_argument(
        "--methods", default="grad-cam,layer-cam", help="names with commas between; heat is of the first"
    )
    parser.add_argument("--layer", help="layer path or stage; default: the last")
    order = "weight: by what is remarkable; failure: by entropy, set size, shift and disagreement of methods together"
    parser.add_argument("--by", choices=("weight", "failure"), default="weight", help=order)
    parser.add_argument("--limit", type=int, metavar="N", help="only N pictures, drawn at random")
    parser.add_argument("--seed", type=int, default=SEED.default, help="settles what --limit draws")
    parser.add_argument("--top", type=int, metavar="N", help="print only the first N")
    parser.add_argument("--out", type=Path, metavar="DIR", help=f"write {_TABLE} and {_RECORD} there")
    parser.add_argument("--json", action="store_true", help="print the cases as JSON")
    add_overwrite_flag(parser)
    add_cohort_flags(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Look, print, write."""
    limit, top = LIMIT.parse(given.limit), LIMIT.parse(given.top)
    pairs = mapping(given)

    from tfcore.data import open_data
    from tfcore.dropped import models_of
    from tfcore.evaluate.subjects import subjects
    from tfcore.evaluate.triage import COLUMNS, looked_at, ranked
    from tfcore.explain.params import SEED
    from tfcore.trust.failure import risks

    check_cohort_flags(given)
    seed = SEED.parse(given.seed)
    data = open_data(given.data).drawn(limit, seed)
    if given.out:
        make_folder(given.out)
        check_free(given.out / _TABLE, given.overwrite, heading(COLUMNS))
        check_free(given.out / _RECORD, given.overwrite)
        check_free(given.out / _RISK, given.overwrite, heading(_RISKS))
        Inputs([Path(given.data)]).check(*(given.out / name for name in (_TABLE, _RECORD, _RISK)))
    # The folds of a cross-validation are as many models.
    given.model = [file for source in given.model for file in models_of(source)]
    models = all_opened(given)
    methods, every = separated(given.methods), subjects(models, data, None, pairs)
    if (where := where_of(given, given.out, False, data=data)) is None:
        with counted(len(data) * len(models), "looked at") as progress:
            found = ranked(looked_at(every, data, methods, given.layer, {}, progress), every, data)
    else:
        from tfcore.cohort.plan import Asked
        from tfcore.evaluate.reading import TOGETHER

        how = {"methods": methods, "layer": given.layer, "map": pairs, "limit": limit, "seed": seed}
        how |= {"models": models_asked(given, models), "data": given.data}
        facts = {**facts_of(models), "labels": [sample.label for sample in data]}
        passes = len(models) + passes_of(models[0], {name: {} for name in methods}, 1)
        asked = Asked("triage_pictures", how, TOGETHER, passes, facts)
        with kept(asked, ((sample.address,) for sample in data), where, "looked at") as rows:
            found = ranked(rows, every, data)
    for sentence in (*found.notes, *found.unread):
        say(sentence)
    cases = sorted(found.cases, key=lambda case: -case.failure) if given.by == "failure" else found.cases
    remarkable = [case for case in found.cases if case.reasons]
    shown = [case for case in cases if case.reasons or given.by == "failure"][:top]
    curves = risks(found.cases)
    aurc = {name: {"n": len(each.risk), "aurc": each.aurc, "eaurc": each.eaurc} for name, each in curves.items()}
    listed = [case.as_dict(Path) for case in cases]
    record = {PROGRAM: version(), "cases": listed, "risk": aurc, "unread": found.unread}
    if given.json:
        print_json(record)
    else:
        print_rows([{"rank": rank, **case.row()} for rank, case in enumerate(shown, 1)])
    for name, each in curves.items():
        say(f"AURC by {name}: {each.aurc:.4f}, {each.eaurc:.4f} above the best possible ({len(each.risk)} pictures)")
    say(f"{len(remarkable)} of {len(found.cases)} pictures are remarkable")
    if given.out:
        write_table(given.out / _TABLE, COLUMNS, (case.row() for case in cases), given.overwrite)
        rows = (
            {"signal": name, "coverage": round(float(coverage), 6), "risk": round(float(risk), 6)}
            for name, each in curves.items()
            for coverage, risk in zip(each.coverage, each.risk, strict=True)
        )
        write_table(given.out / _RISK, _RISKS, rows, given.overwrite)
        write_json(given.out / _RECORD, record, given.overwrite)
        say(f"written: {', '.join(str(given.out / name) for name in (_TABLE, _RECORD, _RISK))}")
    return 0
