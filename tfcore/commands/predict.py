"""``heatlens predict``: class probabilities of any number of pictures, row by row."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._labels import add_label_flags, label_table, labels_by_flags
from tfcore.commands._lists import shown_json
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._pictures import add_picture_argument, searched
from tfcore.commands._progress import progress_bar
from tfcore.commands._words import say
from tfcore.errors import HeatlensError
from tfcore.growing import growing
from tfcore.marks import PROGRAM, version
from tfcore.plain import json_text
from tfcore.results import untrained
from tfcore.tables import Rows, Stream, growing_table

if TYPE_CHECKING:
    import numpy as np


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "predict",
        help="class probabilities of pictures",
        description="Write a row of class probabilities per picture (CSV), as they come; broken pictures are named and "
        "left out. Where their labels are known (--labels), each row says whether the model is right.",
    )
    add_picture_argument(parser)
    add_model_flags(parser)
    add_label_flags(parser, "none")
    parser.add_argument("--out", type=Path, metavar="CSV", help="write the table there instead of to stdout")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line instead of CSV")
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    from tfcore.pictures.find import is_picture

    if given.out is not None and is_picture(given.out):
        raise HeatlensError(f"--out {given.out} is named like a picture; name a table, such as predictions.csv.")
    paths = [one.path for one in searched(given.pictures)]
    if given.out is not None:
        Inputs([*paths, *label_table(given)]).check(given.out)
    from tfcore.pictures.many import Left
    from tfcore.training.predictions import predict_files

    model = opened(given)
    known = labels_by_flags(given, paths, model).of if given.labels else None
    # Of every row, so that no row is read without it.
    always = {"weights": model.weights} if untrained(model.weights) else {}
    judged = [] if known is None else ["label", "right"]
    done = left = labelled = right = 0
    with _opened(given, [*always, *judged], model.classes) as rows, progress_bar(len(paths), "predicted") as advance:
        for found in predict_files(model, paths):
            if isinstance(found, Left):
                left += 1
                say(found.sentence)
                rows.left(found.path, found.sentence)
            else:
                done += 1
                said = model.classes[int(found.probabilities.argmax())]
                facts = {"path": found.path, "predicted": said, **always}
                if known is not None:
                    label = known.get(str(found.path))
                    facts |= {"label": label, "right": None if label is None else label == said}
                    labelled += label is not None
                    right += label == said
                rows.add(facts, model.classes, found.probabilities)
            advance()
    share = f"; {right} of {labelled} with a label right ({right / labelled:.1%})" if labelled else ""
    say(f"{done} predicted, {left} left out{share}")
    return 0 if done else 2


@contextmanager
def _opened(given: argparse.Namespace, facts: Sequence[str], classes: Sequence[str]) -> Iterator[_Table | _Lines]:
    """Rows on stdout, or in a file that keeps them whatever ends the run."""
    columns = ["path", "predicted", *facts, *(f"p_{name}" for name in classes)]
    if given.out is None:
        yield _Lines(sys.stdout, shown_json) if given.json else _Table(Rows(sys.stdout, columns))
    elif given.json:
        with growing(given.out, given.overwrite, headings=0) as stream:
            # The file says whose it is, line by line.
            yield _Lines(stream, lambda value: json_text({PROGRAM: version(), **value}))
    else:
        with growing_table(given.out, columns, given.overwrite) as rows:
            yield _Table(rows)


class _Table:
    """CSV with a column per class."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def add(self, facts: dict[str, Any], classes: Sequence[str], probabilities: np.ndarray) -> None:
        shares = {f"p_{name}": f"{value:.6f}" for name, value in zip(classes, probabilities, strict=True)}
        self._rows.add({**facts, **shares})

    def left(self, path: Path, sentence: str) -> None:
        """A table has no row for what it has no numbers for."""


class _Lines:
    """A JSON object per line."""

    def __init__(self, stream: Stream, text: Callable[[dict[str, Any]], str]) -> None:
        self._stream, self._text = stream, text

    def add(self, facts: dict[str, Any], classes: Sequence[str], probabilities: np.ndarray) -> None:
        self._write({**facts, "probabilities": dict(zip(classes, map(float, probabilities), strict=True))})

    def left(self, path: Path, sentence: str) -> None:
        self._write({"path": path, "error": sentence})

    def _write(self, value: dict[str, Any]) -> None:
        self._stream.write(f"{self._text(value)}\n")
        self._stream.flush()
