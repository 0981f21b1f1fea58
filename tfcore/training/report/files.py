"""Writing the report of a run, and of several runs together."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.data.dataset import SPLITS
from tfcore.figure.save import save
from tfcore.files import write_whole
from tfcore.marks import PROGRAM, version
from tfcore.tables import write_table
from tfcore.told import Told, write_json
from tfcore.training.folder import RunFolder
from tfcore.training.plan import Plan
from tfcore.training.report import page, plots
from tfcore.training.task import Task

if TYPE_CHECKING:
    from tfcore.data.pipeline import Pipeline
    from tfcore.training.session import Session

FORMATS = (".pdf", ".png")


def write_report(
    folder: RunFolder,
    session: Session,
    pictures: Pipeline,
    gathered: Any,
    facts: Mapping[str, Any],
    notes: Sequence[str],
) -> dict[str, Any]:
    """Figures, plots, tables and the page of one run; the figures come back."""
    plan, history, data, task = session.plan, session.history, session.sides.data, session.task
    best = history.best
    assert best is not None
    report = {
        **task.report(gathered),
        **task.honesty(session.card.calibration, gathered),
        "measured on": "test",
        "recipe": plan.recipe,
        "arch": plan.arch,
        "seed": plan.seed,
        "best epoch": best["epoch"],
        "epochs": len(history),
        "chosen by": plan["best"],
        "validation": {name: value for name, value in best.items() if name.startswith("val_")},
        "seconds": round(sum(row["seconds"] for row in history.rows), 1),
        "parameters": int(session.model.keras.count_params()),
        "pictures": {name: len(data.part(name)) for name in SPLITS if name in data.splits},
        **facts,
        "left out": len(pictures.left_out),
        "notes": list(notes),
    }
    write_json(folder.path / "report.json", {PROGRAM: version(), **report}, overwrite=True, indent=2)
    _table(task.rows(report), folder.path / "report.csv")
    _predictions(task.told(gathered), data.root, folder.path / "predictions.csv")
    own = task.plots(report, gathered)
    curves = plots.curves(history.rows, best["epoch"], task.metric)
    for name, figure in {"curves": curves, **{name: plot.figure for name, plot in own.items()}}.items():
        for suffix in FORMATS:
            save(figure, folder.plots / f"{name}{suffix}", dpi=200, overwrite=True)
    counts = {name: task.amount(data.part(name)) for name in data.splits}
    text = page.run_page(report, plan, task, own, counts, history.rows, folder.plots)
    write_whole(folder.path / "report.html", Told(folder.path).words(text), overwrite=True)
    return report


def several_report(
    folder: RunFolder, plan: Plan, task: Task, kind: str, reports: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Mean ± standard deviation over runs that are each a ``kind``, as report.json, folds.csv and report.html."""
    rows = [task.headline(report) for report in reports]
    # A figure that one fold could not give (it lacked a class) has no mean.
    rows = [{name: row[name] for name in rows[0] if all(name in one for one in rows)} for row in rows]
    means = {name: statistics.fmean(row[name] for row in rows) for name in rows[0]}
    deviations = {name: statistics.stdev([row[name] for row in rows]) for name in rows[0]}
    report = {
        "recipe": plan.recipe,
        "arch": plan.arch,
        "seed": plan.seed,
        f"{kind}s": len(rows),
        task.metric: means[task.metric],
        "mean": means,
        "sd": deviations,
        "n": [one["n"] for one in reports],
        "leaks": sum(one["leaks"] for one in reports),
        "dropped duplicates": reports[0]["dropped duplicates"],
        "notes": list(dict.fromkeys(note for one in reports for note in one["notes"])),
    }
    write_json(folder.path / "report.json", {PROGRAM: version(), **report}, overwrite=True, indent=2)
    names = [str(one["seed"] if kind == "seed" else number) for number, one in enumerate(reports, start=1)]
    named = zip([*names, "mean", "sd"], [*rows, means, deviations], strict=True)
    _table([{kind: name, **row} for name, row in named], folder.path / f"{kind}s.csv")
    text = page.several_page(report, plan, kind, dict(zip(names, rows, strict=True)))
    write_whole(folder.path / "report.html", Told(folder.path).words(text), overwrite=True)
    return report


def _predictions(told: Sequence[Mapping[str, Any]], root: Path, path: Path) -> None:
    _table([{**row, "path": row["path"].below(root)} for row in told], path)


def _table(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    rounded = (
        {name: round(cell, 6) if isinstance(cell, float) else cell for name, cell in row.items()} for row in rows
    )
    write_table(path, list(rows[0]), rounded, overwrite=True)
