"""``heatlens audit``: what would spoil a training on these pictures."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.commands._cohort import add_cohort_flags, check_cohort_flags, kept, where_of
from tfcore.commands._lists import print_json
from tfcore.commands._outputs import Inputs, add_overwrite_flag
from tfcore.commands._progress import progress_bar
from tfcore.commands._reading import add_reading_flags, stated_reading
from tfcore.commands._words import say
from tfcore.files import make_folder

if TYPE_CHECKING:
    from tfcore.data import AuditReport, Dataset


def add(commands: Any) -> None:
    parser = commands.add_parser(
        "audit",
        help="find copies, leaks between splits, broken files and shortcuts in a data set",
        description="Look for broken files, equal and nearly equal pictures (also across splits), patients on both "
        "sides, unequal classes, and facts that predict the class by themselves. Findings are not errors.",
    )
    parser.add_argument(
        "data", nargs="+", metavar="DATA", help="class, split or patient folders, a table, a COCO file or a session"
    )
    add_reading_flags(parser)
    parser.add_argument("--split", metavar="FILE", help="a saved split to check, instead of the data's own")
    parser.add_argument("--out", type=Path, metavar="DIR", help="folder for audit.json and sheets of the pairs found")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_overwrite_flag(parser)
    add_cohort_flags(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> int:
    from tfcore.data import LeftOut, audit, load_split, open_data
    from tfcore.data.audit_files import FILES, check_audit_free, save_audit

    check_cohort_flags(given)
    named, reading = given.data[0] if len(given.data) == 1 else given.data, stated_reading(given)
    data = open_data(named, **reading)
    if given.split:
        data = load_split(data, given.split)
    if given.out:
        make_folder(given.out)
        check_audit_free(given.out, given.overwrite)
        read = [*map(Path, given.data), *(sample.path for sample in data)]
        Inputs(read).check(*(given.out / name for name in FILES))
    say(data.described())
    for note in data.notes:
        say(note)
    if (where := where_of(given, given.out, False, data=data)) is None:
        with progress_bar(len(data), "audited") as advance:
            report = audit(data, lambda *_: advance())
    else:
        from tfcore.cohort.plan import Asked
        from tfcore.data.looks import Look

        asked = Asked("audit_pictures", {"data": named, "reading": reading})
        with kept(asked, ((sample.address,) for sample in data), where, "audited") as rows:
            seen = (
                LeftOut(sample, row["error"]) if "error" in row else Look.of_row(sample, row)
                for sample, row in zip(data, rows, strict=True)
            )
            report = audit(data, seen=seen)
    files = save_audit(report, given.out, given.overwrite) if given.out else []
    if given.json:
        print_json({**report.as_dict(), "kind": data.kind, "files": [str(file) for file in files]})
    else:
        _print(data, report)
        for file in files:
            print(file)
    return 0


def _print(data: Dataset, report: AuditReport) -> None:
    print(data.described())
    findings = report.sentences()
    for finding in findings:
        print(f"- {finding}")
    if not findings:
        print("Nothing was found.")
    if report.shortcuts:
        tried = ", ".join(f"{one.fact} {one.accuracy:.0%}" for one in report.shortcuts)
        print(f"Trivial rules (largest class {report.shortcuts[0].majority:.0%}): {tried}")
