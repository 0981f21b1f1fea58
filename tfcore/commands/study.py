"""``heatlens study``: reader studies made, prepared, exported and summed up; they are read in the window."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._lists import print_rows
from tfcore.commands._model import add_opening_flags, opened
from tfcore.commands._outputs import add_overwrite_flag
from tfcore.commands._params import LIMIT, separated
from tfcore.commands._progress import counted
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.files import make_folder

if TYPE_CHECKING:
    from tfcore.study.making import Made


def add(commands: Any) -> None:
    """Describe the command and what it can do."""
    top = commands.add_parser(
        "study",
        help="reader studies: with a heatmap, without it, blinded and timed",
        description="A reader study is a file: cases, arms (what is shown beside them), questions, an order for each "
        "reader. It is opened in the window to be read (heatlens STUDY); nothing goes over a network.",
    )
    from tfcore.dropped import STUDY_ENDING

    file = f"STUDY{STUDY_ENDING}"
    acts = top.add_subparsers(title="what to do", metavar="DO", dest="act", required=True)
    _add_make(acts, file)
    prepare = acts.add_parser("prepare", help="compute what is missing of what a study shows")
    prepare.add_argument("study", type=Path, metavar=file)
    order = acts.add_parser("order", help="who sees which case when, in which arm")
    order.add_argument("study", type=Path, metavar=file)
    order.add_argument("--readers", type=int, default=1, metavar="N", help="of the first N readers")
    order.add_argument("--json", action="store_true", help="print it as JSON")
    export = acts.add_parser("export", help="all answers as a tidy CSV, ready for MRMC analysis")
    export.add_argument("study", type=Path, metavar=file)
    export.add_argument("--out", type=Path, required=True, metavar="CSV")
    add_overwrite_flag(export)
    summary = acts.add_parser("summary", help="time, accuracy and agreement by arm, with intervals")
    summary.add_argument("study", type=Path, metavar=file)
    summary.add_argument("--seed", type=int, default=0, help="settles the resamples of the intervals")
    summary.add_argument("--out", type=Path, metavar="CSV", help="write it there, a row for each figure")
    add_overwrite_flag(summary)
    summary.add_argument("--json", action="store_true", help="print it as JSON, with the figures of each reader")
    demo = acts.add_parser("demo", help="a study to try: phantom slices, read in five minutes")
    demo.add_argument("--out", dest="folder", type=Path, required=True, metavar="DIR", help="a new folder")
    for one in (prepare, demo):
        one.add_argument("--device", help="cpu, gpu:0 …")
        add_opening_flags(one)
    done = {"prepare": _prepare, "order": _order, "export": _export, "summary": _summary, "demo": _demo, "make": _make}
    for name, run in done.items():
        acts.choices[name].set_defaults(run=run)


def _add_make(acts: Any, file: str) -> None:
    from tfcore.review.study import NONE, QUESTIONS

    parser = acts.add_parser(
        "make",
        help="a study from pictures, with all that it shows",
        description="Write a study of the pictures of a folder, a table or a session, and compute what its arms show.",
    )
    parser.add_argument("data", metavar="DATA", help="a session, a folder, a table or a COCO file")
    # Not where tables and figures go: a study has its own record in itself.
    parser.add_argument("--out", dest="file", type=Path, required=True, metavar=file)
    parser.add_argument("--model", help="demo, zoo:NAME, a model file or a run folder; for all arms but none")
    arms = f"with commas between: {NONE}, a method (grad-cam, grad-cam@stage3), prediction, uncertainty; joined by +"
    parser.add_argument("--arms", default="none,grad-cam", help=arms)
    parser.add_argument("--questions", default="rating,diagnosis,confidence", help=f"of {', '.join(QUESTIONS)}")
    words = "the words of a question, such as rating=How likely is a tumour?; repeat it"
    parser.add_argument("--ask", action="append", default=[], metavar="QUESTION=WORDS", help=words)
    parser.add_argument("--positive", default="", metavar="LABELS", help="labels that are a finding")
    parser.add_argument("--diagnoses", default="", metavar="NAMES", help="what can be chosen; default: the labels")
    parser.add_argument("--washout", type=int, metavar="N", help="other cases between two sights; default: half of all")
    parser.add_argument("--days", type=float, default=0, metavar="N", help="days between two parts")
    parser.add_argument("--once", action="store_true", help="each reader sees a case in one arm only")
    leaf = "readers see the one slice of a volume that is a case, and do not leaf through the others"
    parser.add_argument("--one-slice", dest="leaf", action="store_false", help=leaf)
    parser.add_argument("--limit", type=int, metavar="N", help="only N cases, drawn at random, of each label alike")
    parser.add_argument("--call-from", type=int, default=4, metavar="N", help="a rating from here on calls a finding")
    parser.add_argument("--passes", type=int, default=50, metavar="N", help="passes of arms with uncertainty")
    parser.add_argument("--insert", type=float, metavar="RATE", help="dropout put into networks that have none")
    parser.add_argument("--seed", type=int, default=0, help="settles the order and what --limit draws")
    parser.add_argument("--title", default="", help="what readers see as its name")
    parser.add_argument("--device", help="cpu, gpu:0 …")
    add_opening_flags(parser)


def _make(given: argparse.Namespace) -> int:
    from tfcore.data.open import open_data
    from tfcore.review.study import write_check
    from tfcore.study.making import make, path_of

    write_check(path_of(given.file))
    words = dict(pair.split("=", 1) for pair in given.ask if "=" in pair)
    questions = separated(given.questions)
    if odd := [pair for pair in given.ask if pair.partition("=")[0] not in questions or "=" not in pair]:
        raise HeatlensError(f"--ask {odd[0]} is no QUESTION=WORDS of a question that is asked ({given.questions}).")
    data, arms = open_data(given.data), separated(given.arms)
    model = None if given.model is None else opened(given)
    names = ("washout", "days", "once", "call_from", "seed", "passes", "insert", "title", "leaf")
    with counted(len(data), "prepared") as progress:
        made = make(
            data,
            given.file,
            model,
            arms,
            {kind: words.get(kind, "") for kind in questions},
            _names(given.positive),
            _names(given.diagnoses),
            limit=LIMIT.parse(given.limit),
            progress=progress,
            **{name: getattr(given, name) for name in names},
        )
    return _told(made)


def _demo(given: argparse.Namespace) -> int:
    from tfcore.study.example import CASES, demo

    make_folder(given.folder)
    given.model = "demo"
    model = opened(given)
    with counted(CASES, "prepared") as progress:
        return _told(demo(given.folder, model, progress))


def _told(made: Made) -> int:
    for sentence in made.left:
        say(f"left out: {sentence}")
    print(made.path)
    from tfcore.review.study import folder_of

    say(f"{made.study.about}; what belongs to it lies in {folder_of(made.path).name}; read it: heatlens {made.path}")
    return 0


def _prepare(given: argparse.Namespace) -> int:
    from tfcore.review.study import read
    from tfcore.study.making import prepare

    study = read(given.study)
    with counted(len(study.cases), "prepared") as progress:
        done = prepare(
            given.study, lambda source: opened(argparse.Namespace(**{**vars(given), "model": source})), progress
        )
    say(f"{done} of {len(study.cases) * len(study.arms)} pictures with their arm prepared" if done else "nothing lacks")
    return 0


def _order(given: argparse.Namespace) -> int:
    from tfcore.review.order import order
    from tfcore.review.study import read

    study = read(given.study)
    rows = [
        {"reader": reader, "position": place, "part": sight.part + 1, "case": sight.case + 1}
        | {"arm": study.arms[sight.arm].text}
        for reader in range(1, given.readers + 1)
        for place, sight in enumerate(order(study, reader), 1)
    ]
    print_rows(rows, {"order": rows} if given.json else None)
    return 0


def _export(given: argparse.Namespace) -> int:
    from tfcore.review.answers import readers, told, write_rows

    say(f"written: {write_rows(given.study, given.out, given.overwrite)}")
    for reader in readers(given.study):
        say(f"{reader.reader}: {told(reader)}")
    return 0


def _summary(given: argparse.Namespace) -> int:
    from tfcore.study.results import summary, write_summary

    found = summary(given.study, given.seed)
    if given.out is not None:
        say(f"written: {write_summary(found, given.out, given.overwrite)}")
    if given.out is None or given.json:
        print_rows(found.rows(), found.as_dict() if given.json else None)
    for sentence in found.notes:
        say(sentence)
    return 0


def _names(text: str) -> list[str]:
    return list(filter(None, separated(text)))
