"""``heatlens uncertainty``: how sure a model is of each picture, as a table; and whether that can be relied on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
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
from tfcore.tables import Rows, growing_table, heading, write_table

if TYPE_CHECKING:
    from tfcore.models.model import Model
    from tfcore.results import Insert, Sureness
    from tfcore.uncertainty.cases import Case
    from tfcore.uncertainty.coverage import Coverage

_FILES = ("uncertainty.csv", "coverage.csv", "coverage.png")
# Of a network that segments, when slices of volumes were asked about.
_CASES = "cases.csv"


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "uncertainty",
        help="how sure a model is of each picture: many passes with dropout on",
        description="Pass each picture through the model many times with its dropout on, and print one row of figures "
        "per picture (CSV): mean, spread, votes, entropy (what is unclear) and mutual information (what the passes "
        "disagree about), both in nats. Where labels are known, --out also gets the coverage curve: accuracy when "
        "the least sure pictures are left out. Of a network that segments: what the passes draw of each structure, the "
        "mean Dice between two of them, whole volumes put together from their slices, and with true masks the curve of "
        "Dice.",
    )
    add_picture_argument(parser)
    add_model_flags(parser)
    parser.add_argument("--passes", type=int, default=100, help="passes with dropout on (default 100)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same figures (default 0)")
    inserting = parser.add_mutually_exclusive_group()
    inserting.add_argument(
        "--insert-dropout", type=float, metavar="P", help="put dropout of rate P after each stage, for models without"
    )
    noise = "in place of dropout: noise on the picture, its standard deviation as a share of the picture's range"
    inserting.add_argument("--input-noise", type=float, metavar="SIGMA", help=f"{noise} (black boxes: 0.1)")
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

    insert = given.insert_dropout if given.input_noise is None else f"noise {given.input_noise}"
    given.insert = checked(given.passes, given.seed, insert)[2]
    paths = [one.path for one in searched(given)]
    if given.out:
        make_folder(given.out)
        Inputs([*paths, *label_table(given)]).check(*(given.out / name for name in (*_FILES, _CASES)))

    from tfcore.uncertainty.files import uncertain_files
    from tfcore.uncertainty.network import put_in

    model = opened(given)
    given.insert = put_in(model, given.insert)
    known = labels_by_flags(given, paths, model)
    found = uncertain_files(model, paths, given.passes, given.seed, given.insert)
    with _written(given, model) as results, progress_bar(len(paths), "passed") as advance:
        for path, one in zip(paths, found, strict=True):
            results.take(path, one, known.of.get(str(path)))
            advance()
    return results.code


class _Results:
    """Rows written as they come, and what volumes and the coverage curve need of them."""

    def __init__(self, rows: Rows | Document, insert: Insert) -> None:
        from tfcore.uncertainty.cases import Cases

        self._rows, self._insert = rows, insert
        self._count = self._done = 0
        self._volumes = Cases()
        self.cases: list[Case] = []
        self._judged = _Judged("accuracy")

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
        if found.structures is None:
            self._judged.add(found, figures["correct"])
        else:
            self._judged.score = "dice"
            self._judged.add(found, found.structures.mean_true_dice)
            self._tell(self._volumes.take(found))
        self._rows.add(figures)

    def _say(self, found: Sureness) -> None:
        # A few pictures are read one by one; a folder is read as a table.
        if not self._done:
            if found.insert is not None:
                say(f"in place of dropout of its own: {found.origin[0]}")
            if found.left_inactive:
                say(f"other random layers stay off: {', '.join(found.left_inactive)}")
        if found.structures is not None and found.structures.why_no_truth:
            say(found.structures.why_no_truth)
        if self._done < 3:
            print(one_line(f"{found.path}: {found.words}"), file=sys.stderr)

    def _tell(self, cases: Iterable[Case]) -> None:
        for case in cases:
            self.cases.append(case)
            print(one_line(f"{case.path}: {case.words}"), file=sys.stderr)

    def end(self) -> dict[str, Coverage]:
        """Count, and give the coverage curves where there are labels: of volumes where there are some."""
        from tfcore.uncertainty.coverage import rows
        from tfcore.uncertainty.table import case_row

        self._tell(self._volumes.end())
        if self.cases:
            self._judged = _Judged("dice")
            for case in self.cases:
                self._judged.add(case, case.structures.mean_true_dice)
        curves = self._judged.curves()
        if isinstance(self._rows, Document):
            covered = rows(curves, self._insert)
            whole = {"cases": list(map(case_row, self.cases))} if self.cases else {}
            self._rows.end(coverage=covered, done=self._done, left_out=self._count - self._done, **whole)
        labelled = f", {self._judged.count} with {self._judged.truth}" if self._judged.count else ""
        say(f"{self._done} done{labelled}, {self._count - self._done} left out")
        return curves


class _Judged:
    """How good an answer was, beside everything that may have told so before."""

    def __init__(self, score: str) -> None:
        self.score = score
        self._scores: list[float] = []
        self._by: dict[str, list[float]] = {}

    @property
    def count(self) -> int:
        return len(self._scores)

    @property
    def truth(self) -> str:
        return "a label" if self.score == "accuracy" else "a true mask"

    def add(self, found: Sureness | Case, score: float | None) -> None:
        """One more, unless nobody knows what is true of it."""
        if score is None:
            return
        self._scores.append(float(score))
        import numpy as np

        measured = {"entropy": found.entropy, "mutual information": found.mutual_information}
        if found.structures is not None:
            measured["pairwise Dice"] = 1 - found.structures.lowest
        for name, value in measured.items():
            self._by.setdefault(name, []).append(float(np.mean(value)))

    def curves(self) -> dict[str, Coverage]:
        from tfcore.uncertainty.coverage import coverage

        return {name: coverage(values, self._scores, score=self.score) for name, values in self._by.items()}


@contextmanager
def _written(given: argparse.Namespace, model: Model) -> Iterator[_Results]:
    """Results on stdout or in a folder; what is there stays, also when something ends the run before its end."""
    from tfcore.uncertainty import table as tables
    from tfcore.uncertainty.coverage import columns, save_plot, save_table

    segments = model.card.task == "segmentation"
    table, files, earlier = None, [], False
    if given.out:
        table, *files = (given.out / name for name in _FILES)
        for file in files:
            check_free(file, given.overwrite, heading(columns("dice" if segments else "accuracy")))
        earlier = table.exists()
    results, ended = None, None
    try:
        with _rows(given, table, tables.columns(model)) as rows:
            results = _Results(rows, given.insert)
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
    try:
        if table and results.cases and not (ended and earlier):
            rows_of_cases = map(tables.case_row, results.cases)
            print(write_table(given.out / _CASES, tables.case_columns(model), rows_of_cases, given.overwrite))
        if table and curves:
            print(save_table(curves, files[0], given.insert, given.overwrite))
            print(save_plot(curves, files[1], given.insert, given.overwrite))
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
