"""``heatlens uncertainty``: how sure a model is of each picture, as a table; and whether that can be relied on."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tfcore.commands._lists import plain
from tfcore.commands._progress import progress_bar
from tfcore.errors import HeatlensError
from tfcore.files import written_whole

if TYPE_CHECKING:
    from tfcore.engine.protocol import Sureness
    from tfcore.uncertainty.coverage import Coverage


def add(commands: Any) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "uncertainty",
        help="how sure a model is of each picture: many passes with dropout on",
        description="Pass each picture through the model many times with its dropout on, and print one row of figures "
        "per picture (CSV): mean, spread, votes, entropy (what is unclear) and mutual information (what the passes "
        "disagree about), both in nats. Where labels are known, --out also gets the coverage curve: accuracy when "
        "the least sure pictures are left out.",
    )
    parser.add_argument("pictures", nargs="+", metavar="IMAGE|FOLDER", help="pictures, or folders with pictures below")
    parser.add_argument("--model", required=True, help="demo, zoo:NAME or a model file")
    parser.add_argument("--passes", type=int, default=100, help="passes with dropout on (default 100)")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same figures (default 0)")
    parser.add_argument(
        "--insert-dropout", type=float, metavar="P", help="put dropout of rate P after each stage, for models without"
    )
    parser.add_argument(
        "--labels",
        type=Path,
        metavar="TABLE",
        help="CSV table with a column of files (path, file, image …) and one of classes; default: folders named after "
        "the classes",
    )
    parser.add_argument("--label-column", metavar="NAME", help="the table's column of classes (default label, class …)")
    parser.add_argument("--device", help="cpu, gpu:0 …")
    parser.add_argument("--trust", action="store_true", help="let the model file run the code it carries")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--json", action="store_true", help="print one JSON document instead of CSV")
    where.add_argument(
        "--out", type=Path, metavar="DIR", help="write uncertainty.csv there, and coverage.csv and coverage.png"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    """Pass, print, and count."""
    from tfcore.pictures import find
    from tfcore.uncertainty import labels
    from tfcore.uncertainty.settings import checked

    checked(given.passes, given.seed, given.insert_dropout)
    paths = list(find(given.pictures))
    if not paths:
        raise HeatlensError(f"There are no pictures in {', '.join(given.pictures)}; check the folder.")

    from tfcore.engine.device import start_tensorflow

    start_tensorflow(given.device)
    from tfcore.models.loading import load_model
    from tfcore.uncertainty.files import uncertain_files

    model = load_model(given.model, trust=given.trust)
    if given.labels:
        notes: list[str] = []
        known = labels.from_table(given.labels, paths, model.classes, given.label_column, notes)
        for note in notes:
            print(f"heatlens: {note}", file=sys.stderr)
    else:
        known = labels.from_folders(paths, model.classes)
    found = uncertain_files(model, paths, given.passes, given.seed, given.insert_dropout)
    with _written(given, model.classes) as results, progress_bar(len(paths), "passed") as advance:
        for path, one in zip(paths, found, strict=True):
            results.take(path, one, known.get(path))
            advance()
    return results.code


class _Results:
    """Rows written as they come, and what the coverage curve needs of them."""

    def __init__(self, given: argparse.Namespace, stream: TextIO, classes: tuple[str, ...]) -> None:
        from tfcore.uncertainty.table import columns

        self._json, self._insert = given.json, given.insert_dropout
        self._stream = stream
        self._count = self._done = 0
        self._curve: dict[str, list[float]] = {"entropy": [], "mutual information": []}
        self._correct: list[bool] = []
        self._table = csv.DictWriter(stream, columns(classes), lineterminator="\n")
        if self._json:
            stream.write('{"pictures": [')
        else:
            self._table.writeheader()

    @property
    def code(self) -> int:
        return 0 if self._done else 2

    def take(self, path: Path, found: Any, label: str | None) -> None:
        """A picture's row, or the sentence why it has none."""
        from tfcore.engine.protocol import Sureness
        from tfcore.uncertainty.table import row

        self._count += 1
        if not isinstance(found, Sureness):
            print(f"heatlens: {found.sentence}", file=sys.stderr)
            if self._json:
                self._piece({"path": str(path), "error": found.sentence})
            return
        self._say(found)
        self._done += 1
        figures = row(found, label)
        if figures["correct"] is not None:
            self._correct.append(figures["correct"])
            self._curve["entropy"].append(figures["entropy"])
            self._curve["mutual information"].append(figures["mutual_information"])
        if self._json:
            self._piece(figures)
        else:
            self._table.writerow(figures)
            self._stream.flush()

    def _say(self, found: Sureness) -> None:
        # A few pictures are read one by one; a folder is read as a table.
        if not self._done:
            if found.insert is not None:
                print(f"heatlens: dropout of rate {found.insert:g} was inserted after each stage", file=sys.stderr)
            if found.left_inactive:
                print(f"heatlens: other random layers stay off: {', '.join(found.left_inactive)}", file=sys.stderr)
        if self._done < 3:
            print(f"{found.path}: {found.words}", file=sys.stderr)

    def _piece(self, value: dict[str, Any]) -> None:
        self._stream.write("\n" if self._count == 1 else ",\n")
        self._stream.write(json.dumps(value, ensure_ascii=False, default=plain))
        self._stream.flush()

    def end(self) -> dict[str, Coverage]:
        """Count, and give the coverage curves where there are labels."""
        from tfcore.uncertainty.coverage import coverage
        from tfcore.uncertainty.curves import rows

        curves = {name: coverage(values, self._correct) for name, values in self._curve.items() if values}
        if self._json:
            counts = f'"done": {self._done}, "left_out": {self._count - self._done}'
            self._stream.write(f'\n], "coverage": {json.dumps(rows(curves, self._insert))}, {counts}}}\n')
        labelled = f", {len(self._correct)} with a label" if self._correct else ""
        print(f"heatlens: {self._done} done{labelled}, {self._count - self._done} left out", file=sys.stderr)
        return curves


@contextmanager
def _written(given: argparse.Namespace, classes: tuple[str, ...]) -> Iterator[_Results]:
    """Results on stdout or in a folder; what is there stays, also when the user ends the run before its end."""
    from tfcore.uncertainty.curves import save_plot, save_table

    ended: KeyboardInterrupt | None = None
    with ExitStack() as stack:
        stream = sys.stdout
        if given.out:
            table = given.out / "uncertainty.csv"
            temporary = stack.enter_context(written_whole(table))
            stream = stack.enter_context(temporary.open("w", newline="", encoding="utf-8"))
        results = _Results(given, stream, classes)
        try:
            yield results
        except KeyboardInterrupt as error:
            ended = error
        curves = results.end()
    if given.out:
        print(table)
        if curves:
            print(save_table(curves, given.out / "coverage.csv", given.insert_dropout))
            print(save_plot(curves, given.out / "coverage.png", given.insert_dropout))
    if ended:
        raise ended
