"""``heatlens uncertainty``: how sure a model is of each picture, as a table; and whether that can be relied on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._labels import add_label_flags, label_table, labels_by_flags
from tfcore.commands._lists import Document
from tfcore.commands._model import add_model_flags, opened
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._pictures import add_picture_argument, searched
from tfcore.commands._progress import progress_bar
from tfcore.commands._words import one_line, say
from tfcore.errors import HeatlensError
from tfcore.files import check_free, make_folder
from tfcore.growing import partial
from tfcore.tables import Rows, growing_table, heading

if TYPE_CHECKING:
    from tfcore.results import Sureness
    from tfcore.uncertainty.coverage import Coverage

_FILES = ("uncertainty.csv", "coverage.csv", "coverage.png")


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "uncertainty",
        help="how sure a model is of each picture: many passes with dropout on",
        description="Pass each picture through the model many times with its dropout on, and print one row of figures "
        "per picture (CSV): mean, spread, votes, entropy (what is unclear) and mutual information (what the passes "
        "disagree about), both in nats. Where labels are known, --out also gets the coverage curve: accuracy when "
        "the least sure pictures are left out.",
    )
    add_picture_argument(parser)
    add_model_flags(parser)
    parser.add_argument("--passes", type=int, default=100, help="passes with dropout on (default 100)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same figures (default 0)")
    parser.add_argument(
        "--insert-dropout", type=float, metavar="P", help="put dropout of rate P after each stage, for models without"
    )
    add_label_flags(parser, "folders named after the classes, where there are any")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--json", action="store_true", help="print one JSON document instead of CSV")
    where.add_argument(
        "--out", type=Path, metavar="DIR", help="write uncertainty.csv there, and coverage.csv and coverage.png"
    )
    add_overwrite_flag(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    from tfcore.uncertainty.passes import checked

    checked(given.passes, given.seed, given.insert_dropout)
    paths = [one.path for one in searched(given.pictures)]
    if given.out:
        make_folder(given.out)
        Inputs([*paths, *label_table(given)]).check(*(given.out / name for name in _FILES))

    from tfcore.uncertainty.files import uncertain_files
    from tfcore.uncertainty.table import columns

    model = opened(given)
    known = labels_by_flags(given, paths, model)
    found = uncertain_files(model, paths, given.passes, given.seed, given.insert_dropout)
    named = columns(model.classes, model.weights)
    with _written(given, named) as results, progress_bar(len(paths), "passed") as advance:
        for path, one in zip(paths, found, strict=True):
            results.take(path, one, known.of.get(str(path)))
            advance()
    return results.code


class _Results:
    """Rows written as they come, and what the coverage curve needs of them."""

    def __init__(self, rows: Rows | Document, insert: float | None) -> None:
        self._rows, self._insert = rows, insert
        self._count = self._done = 0
        self._curve: dict[str, list[float]] = {"entropy": [], "mutual information": []}
        self._correct: list[bool] = []

    @property
    def begun(self) -> bool:
        """Whether anything was said of any picture."""
        return self._count > 0

    @property
    def code(self) -> int:
        return 0 if self._done else 2

    def take(self, path: Path, found: Any, label: str | None) -> None:
        """A picture's row, or the sentence why it has none."""
        from tfcore.results import Sureness
        from tfcore.uncertainty.table import row

        self._count += 1
        if not isinstance(found, Sureness):
            say(found.sentence)
            if isinstance(self._rows, Document):
                self._rows.add({"path": path, "error": found.sentence})
            return
        self._say(found)
        self._done += 1
        figures = row(found, label)
        if figures["correct"] is not None:
            self._correct.append(figures["correct"])
            self._curve["entropy"].append(figures["entropy"])
            self._curve["mutual information"].append(figures["mutual_information"])
        self._rows.add(figures)

    def _say(self, found: Sureness) -> None:
        # A few pictures are read one by one; a folder is read as a table.
        if not self._done:
            if found.insert is not None:
                say(f"dropout of rate {found.insert:g} was inserted after each stage")
            if found.left_inactive:
                say(f"other random layers stay off: {', '.join(found.left_inactive)}")
        if self._done < 3:
            print(one_line(f"{found.path}: {found.words}"), file=sys.stderr)

    def end(self) -> dict[str, Coverage]:
        """Count, and give the coverage curves where there are labels."""
        from tfcore.uncertainty.coverage import coverage, rows

        curves = {name: coverage(values, self._correct) for name, values in self._curve.items() if values}
        if isinstance(self._rows, Document):
            covered = rows(curves, self._insert)
            self._rows.end(coverage=covered, done=self._done, left_out=self._count - self._done)
        labelled = f", {len(self._correct)} with a label" if self._correct else ""
        say(f"{self._done} done{labelled}, {self._count - self._done} left out")
        return curves


@contextmanager
def _written(given: argparse.Namespace, columns: list[str]) -> Iterator[_Results]:
    """Results on stdout or in a folder; what is there stays, also when something ends the run before its end."""
    from tfcore.uncertainty.coverage import COLUMNS, save_plot, save_table

    table, files, earlier = None, [], False
    if given.out:
        table, *files = (given.out / name for name in _FILES)
        for file in files:
            check_free(file, given.overwrite, heading(COLUMNS))
        earlier = table.exists()
    results, ended = None, None
    try:
        with _rows(given, table, columns) as rows:
            results = _Results(rows, given.insert_dropout)
            yield results
    except BaseException as error:
        ended = error
    if results is None or (ended and not results.begun):
        assert ended is not None
        raise ended
    curves = results.end()
    if ended and earlier:
        # The figures of the earlier run belong to its table, which stays.
        files = [partial(file) for file in files]
    if table and not ended:
        print(table)
    if table and curves:
        try:
            print(save_table(curves, files[0], given.insert_dropout, given.overwrite))
            print(save_plot(curves, files[1], given.insert_dropout, given.overwrite))
        except HeatlensError:
            # What ended the run is the news, not what followed from it.
            if not ended:
                raise
    if ended:
        raise ended


def _rows(given: argparse.Namespace, table: Path | None, names: list[str]) -> AbstractContextManager[Rows | Document]:
    if table:
        return growing_table(table, names, given.overwrite)
    return nullcontext(Document() if given.json else Rows(sys.stdout, names))
