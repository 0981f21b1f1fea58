"""``heatlens predict``: class probabilities of any number of pictures, row by row."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._cohort import add_cohort_flags, answers, check_cohort_flags
from tfcore.commands._labels import add_label_flags, label_table, labels_by_flags
from tfcore.commands._lists import shown_json
from tfcore.commands._model import add_model_flags, together
from tfcore.commands._outputs import Inputs, Outputs, add_overwrite_flag
from tfcore.commands._pictures import Found, add_picture_argument, searched
from tfcore.commands._progress import progress_bar
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.growing import growing
from tfcore.marks import PROGRAM, version
from tfcore.plain import json_text
from tfcore.tables import Rows, growing_table
from tfcore.told import Told
from tfcore.words import counted

if TYPE_CHECKING:
    from tfcore.jobs.part import Row, Source
    from tfcore.models.model import Model
    from tfcore.trust.ensemble import Ensemble


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "predict",
        help="class probabilities of pictures",
        description="Write a row of class probabilities per picture (CSV), as they come; broken pictures are named and "
        "left out. Where their labels are known (--labels), each row says whether the model is right; where a "
        "reference lies beside the model, how far a picture is from those it was trained on.",
    )
    add_picture_argument(parser)
    add_model_flags(parser, several=True)
    add_label_flags(parser, "none")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the table there instead of to stdout")
    parser.add_argument(
        "--masks",
        type=Path,
        metavar="DIR",
        help="of a network that segments: a PNG per picture in which every pixel is the number of its class",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object per line instead of CSV")
    add_overwrite_flag(parser)
    add_cohort_flags(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    from tfcore.pictures.find import is_picture
    from tfcore.results import untrained

    if given.map and not given.labels:
        raise HeatlensError("--map says what labels mean; say where they are as well, such as --labels folders.")
    if given.out is not None and is_picture(given.out):
        raise HeatlensError(f"--out {given.out} is named like a picture; name a table, such as predictions.csv.")
    pictures = list(searched(given))
    paths = [one.path for one in pictures]
    if given.out is not None:
        Inputs([*paths, *label_table(given)]).check(given.out)
    check_cohort_flags(given)
    from tfcore.jobs.predict_pictures import AGREEMENT, SHIFT
    from tfcore.trust.ensemble import Ensemble

    asked = together(given)
    model = asked.members[0] if isinstance(asked, Ensemble) else asked
    if model.card.task == "segmentation":
        return _draw(given, asked, pictures)
    if given.masks is not None:
        raise HeatlensError(f"{model.name} answers for whole pictures and draws no masks; leave --masks out.")
    known = labels_by_flags(given, paths, model).of if given.labels else None
    # Of every row, so that no row is read without it.
    always = {"weights": model.weights} if untrained(model.weights) else {}
    judged = [] if known is None else ["label", "right"]
    calibrated = asked is model and bool(model.card.calibration)
    judged += ["set"] if asked is model and model.card.sets else []
    judged += ["calibrated", *(SHIFT if model.reference else ()), *(() if asked is model else AGREEMENT)]
    if calibrated:
        say(f"probabilities are calibrated, by {model.card.calibration['on']}")
    done = left = labelled = right = unlike = 0
    shares = [f"p_{name}" for name in model.classes]
    with (
        _rows(given, ["path", "predicted", *always, *judged, *shares]) as write,
        progress_bar(len(paths), "predicted") as advance,
        closing(_answers(given, asked, [(str(path),) for path in paths])) as found_rows,
    ):
        for row in found_rows:
            if "error" in row:
                left += 1
                say(row["error"])
                if given.json:
                    write(**row | {"path": Path(row["path"])})
            else:
                done += 1
                unlike += row.pop("beyond", False)
                said = row["predicted"]
                facts = {"path": Path(row.pop("path")), "predicted": row.pop("predicted"), **always}
                if known is not None:
                    label = known.get(str(facts["path"]))
                    facts |= {"label": label, "right": None if label is None else label == said}
                    labelled += label is not None
                    right += label == said
                found = {name: row.pop(share) for name, share in zip(model.classes, shares, strict=True)}
                facts |= row | {"calibrated": calibrated}
                if given.json:
                    write(**facts, probabilities=found)
                else:
                    write(**facts, **{f"p_{name}": f"{share:.6f}" for name, share in found.items()})
            advance()
    share = f"; {right} of {labelled} with a label right ({right / labelled:.1%})" if labelled else ""
    say(f"{done} predicted, {left} left out{share}")
    _say_unlike(unlike, done)
    return 0 if done else 2


def _answers(given: argparse.Namespace, asked: Model | Ensemble, sources: Sequence[Source]) -> Generator[Row]:
    from tfcore.training.predictions import TOGETHER

    more = {"overwrite": given.overwrite} if given.masks else {}
    return answers(given, "predict_pictures", asked, sources, given.out, True, more, together=TOGETHER)


def _say_unlike(unlike: int, done: int) -> None:
    if unlike:
        of = f"{unlike} of {counted(done, 'picture')}"
        say(f"{of} are unlike anything this network was trained on; do not rely on them")


def _draw(given: argparse.Namespace, asked: Model | Ensemble, pictures: Sequence[Found]) -> int:
    """A row per picture of what each class covers, and the masks."""
    from tfcore.jobs.predict_pictures import SHIFT, agreement_on
    from tfcore.models.model import Model
    from tfcore.uncertainty.structures import structures_of

    model = asked if isinstance(asked, Model) else asked.members[0]
    if given.labels:
        raise HeatlensError(f"{model.name} answers for every pixel, and labels are of whole pictures; leave them out.")
    outputs = None if given.masks is None else Outputs(given.masks, ["png"], given.overwrite)
    columns = ["path", "mask", *(f"{unit} {name}" for unit in ("px", "mm2") for name in model.mask_classes)]
    columns += SHIFT if model.reference else ()
    columns += () if asked is model else agreement_on(structures_of(model.classes, model.drawn))
    done = left = unlike = 0
    sources = [(str(one.path), *(map(str, outputs.of(one)) if outputs else ())) for one in pictures]
    with (
        _rows(given, columns) as write,
        progress_bar(len(pictures), "drawn") as advance,
        closing(_answers(given, asked, sources)) as found_rows,
    ):
        for row in found_rows:
            if "error" in row:
                left += 1
                say(row["error"])
                if given.json:
                    write(**row | {"path": Path(row["path"])})
            else:
                done += 1
                unlike += row.pop("beyond", False)
                write(**row | {name: Path(row[name]) for name in ("path", "mask") if name in row})
            advance()
    say(f"{done} drawn, {left} left out")
    _say_unlike(unlike, done)
    return 0 if done else 2


@contextmanager
def _rows(given: argparse.Namespace, columns: Sequence[str]) -> Iterator[Callable[..., Any]]:
    """What takes a row by its columns, as CSV or as JSON."""
    if not given.json:
        table = nullcontext(Rows(sys.stdout, columns)) if given.out is None else None
        with table or growing_table(given.out, columns, given.overwrite) as rows:
            yield lambda **row: rows.add(row)
    elif given.out is None:
        yield lambda **row: print(shown_json(row), flush=True)
    else:
        with growing(given.out, given.overwrite, headings=0) as stream:
            told = Told(given.out.parent)
            # The file says whose it is, line by line.
            yield lambda **row: stream.write(f"{json_text(told({PROGRAM: version(), **row}))}\n")
