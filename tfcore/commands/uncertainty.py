"""``heatlens uncertainty``: how sure a model is of each picture, as a table; and whether that can be relied on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._cohort import add_cohort_flags, answers, check_cohort_flags
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
    from tfcore.jobs.part import Row
    from tfcore.models.model import Model
    from tfcore.results import Insert
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
    add_cohort_flags(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    from tfcore.uncertainty.passes import checked

    insert = given.insert_dropout if given.input_noise is None else f"noise {given.input_noise}"
    given.insert = checked(given.passes, given.seed, insert)[2]
    paths = [one.path for one in searched(given)]
    if given.out:
        make_folder(given.out)
        Inputs([*paths, *label_table(given)]).check(*(given.out / name for name in (*_FILES, _CASES)))

    check_cohort_flags(given)
    model = opened(given)
    known = labels_by_flags(given, paths, model)
    from tfcore.uncertainty.network import dropout_network, put_in

    given.insert = put_in(model, given.insert)
    # Refused at once where no picture could be answered.
    dropout_network(model, given.insert)
    sources = [(str(path),) for path in paths]
    asked = {"passes": given.passes, "seed": given.seed, "insert": given.insert}
    whole = "file" if model.card.task == "segmentation" else ""
    cost = {"passes": given.passes, "whole": whole}
    found = answers(given, "uncertainty_pictures", model, sources, given.out, False, asked, **cost)
    with _written(given, model) as results, progress_bar(len(paths), "passed") as advance, closing(found):
        for path, row in zip(paths, found, strict=True):
            results.take(row, known.of.get(str(path)))
            advance()
    return results.code


class _Results:
    """Rows written as they come, and what volumes and the coverage curve need of them."""

    def __init__(self, rows: Rows | Document, columns: Sequence[str], insert: Insert, segments: bool) -> None:
        self._rows, self._columns, self._insert, self._segments = rows, columns, insert, segments
        self._count = self._done = 0
        # The volume of the slices that come now, and those that are whole.
        self._case: Row | None = None
        self.cases: list[Row] = []
        self._judged = _Judged("dice" if segments else "accuracy")

    @property
    def begun(self) -> bool:
        """Whether anything was said of any picture."""
        return self._count > 0

    @property
    def code(self) -> int:
        return 0 if self._done else 2

    def take(self, row: Row, label: str | None) -> None:
        """A picture's row, or the sentence why it has none."""
        row["path"] = Path(row["path"])
        self._count += 1
        if "error" in row:
            say(row["error"])
            if isinstance(self._rows, Document):
                self._rows.add({"path": row["path"], "error": row["error"]})
            return
        self._say(row)
        self._done += 1
        if self._segments:
            self._follow(row.get("case"))
            self._judged.add(row, row.get("truth"))
        else:
            row |= {"label": label, "correct": None if label is None else row["prediction"] == label}
            self._judged.add(row, row["correct"])
        self._rows.add({name: row.get(name) for name in self._columns})

    def _say(self, row: Row) -> None:
        # A few pictures are read one by one; a folder is read as a table.
        if not self._done:
            if self._insert is not None:
                from tfcore.results.prediction import inserted_words

                say(f"in place of dropout of its own: {inserted_words(self._insert)}")
            if "left_inactive" in row:
                say(f"other random layers stay off: {', '.join(row['left_inactive'])}")
        for note in row.get("notes", ()):
            say(note)
        if self._done < 3:
            print(one_line(f"{row['path']}: {row['words']}"), file=sys.stderr)

    def _follow(self, case: Row | None) -> None:
        """The volume grows slice by slice, until another begins."""
        before, self._case = self._case, case
        if before is not None and (case is None or str(case["path"]) != str(before["path"])) and before["slices"] > 1:
            self.cases.append(before | {"path": Path(before["path"])})
            print(one_line(f"{before['path']}: {before['words']}"), file=sys.stderr)

    def end(self) -> dict[str, Coverage]:
        """Count, and give the coverage curves where there are labels: of volumes where there are some."""
        from tfcore.uncertainty.coverage import rows

        self._follow(None)
        if self.cases:
            self._judged = _Judged("dice")
            for case in self.cases:
                self._judged.add(case, case.pop("truth", None))
                del case["apart"]
        curves = self._judged.curves()
        if isinstance(self._rows, Document):
            covered = rows(curves, self._insert)
            whole = {"cases": self.cases} if self.cases else {}
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

    def add(self, row: Row, score: float | None) -> None:
        """One more, unless nobody knows what is true of it."""
        if score is None:
            return
        self._scores.append(float(score))
        measured = {"entropy": row["entropy"], "mutual information": row["mutual_information"]}
        if "apart" in row:
            measured["pairwise Dice"] = row["apart"]
        for name, value in measured.items():
            self._by.setdefault(name, []).append(value)

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
        with _rows(given, table, columns_of := tables.columns(model)) as rows:
            results = _Results(rows, columns_of, given.insert, segments)
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
            print(write_table(given.out / _CASES, tables.case_columns(model), results.cases, given.overwrite))
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
