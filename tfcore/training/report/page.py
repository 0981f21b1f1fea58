"""The report as one page that needs nothing but itself: no script, no address, pictures inside."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from tfcore.training.plan import Plan
from tfcore.training.report.style import STYLE
from tfcore.training.task import Cell, Plot, Task


def run_page(
    report: Mapping[str, Any],
    plan: Plan,
    task: Task,
    own: Mapping[str, Plot],
    counts: Mapping[str, Mapping[str, int]],
    rows: Sequence[Mapping[str, Any]],
    plots: Path,
) -> str:
    tiles = [*task.tiles(report), ("test pictures", str(report["n"]), f"{report['left out']} left out")]
    captions = {
        "curves": f"Loss and {task.metric} of the training and validation pictures. The dashed line is the epoch that "
        "was kept.",
        "augmented": "Training pictures as they are (left) and as augmentation changed them for learning.",
        **{name: plot.caption for name, plot in own.items()},
    }
    found = {name: plots / f"{name}.png" for name in captions}
    pictures = {name: _picture(path, captions[name]) for name, path in found.items() if path.exists()}
    pair = (_section(plot.title, pictures[name]) for name, plot in own.items())
    body = [
        _head(plan, f"epoch {report['best epoch']} of {report['epochs']}, chosen by {task.chosen_by[plan['best']]}"),
        _tiles(tiles),
        _notes(report["notes"]),
        _section("Each class", _table(*task.sheet(report))),
        _section("Learning", pictures["curves"]),
        f'<div class="pair">{"".join(pair)}</div>',
        _section("Pictures", _pictures(counts) + _leaks(report) + pictures.get("augmented", "")),
        _section("Epochs", _details(f"{len(rows)} rows", _epochs(rows, report["best epoch"], task))),
        _section("Settings", _details("everything that was set", _facts(_settings(plan)))),
        _section(
            "Provenance",
            _facts(
                {
                    "data (SHA-256)": report["data"],
                    "split (SHA-256)": report["split"],
                    "parameters": f"{report['parameters']:,}",
                    "seconds of training": report["seconds"],
                }
            ),
        ),
    ]
    return _page(f"{plan.recipe} · {plan.arch}", body)


def several_page(report: Mapping[str, Any], plan: Plan, kind: str, runs: Mapping[str, Mapping[str, float]]) -> str:
    means, deviations = report["mean"], report["sd"]
    tiles = [
        (name, f"{_share(means[name])} ± {_share(deviations[name])}", f"mean ± sd over the {kind}s")
        for name in means
        if not name.startswith("recall")
    ]
    titles = [kind, *means]
    rows: list[list[Cell]] = [[run, *(row[name] for name in means)] for run, row in runs.items()]
    last: list[list[Cell]] = [["mean ± sd", *(f"{_share(means[name])} ± {_share(deviations[name])}" for name in means)]]
    body = [
        _head(plan, f"{len(runs)} {kind}s, tested on {' + '.join(map(str, report['n']))} pictures"),
        _tiles(tiles),
        _notes(report["notes"]),
        _section(f"Each {kind}", _table(titles, rows, last)),
        _section("Duplicates", _leaks(report)),
        _section("Settings", _details("everything that was set", _facts(_settings(plan)))),
    ]
    return _page(f"{plan.recipe} · {plan.arch} · {len(runs)} {kind}s", body)


def _page(title: str, body: Iterable[str]) -> str:
    head = '<meta charset="utf-8"><meta name="generator" content="heatlens">'
    head += '<meta name="viewport" content="width=device-width, initial-scale=1">'
    return (
        f'<!doctype html>\n<html lang="en"><head>{head}<title>{escape(title)}</title><style>{STYLE}</style></head>\n'
        f"<body><main>\n{chr(10).join(body)}\n</main></body></html>\n"
    )


def _head(plan: Plan, text: str) -> str:
    title = f"{escape(plan.recipe)} · {escape(plan.arch)}"
    return f"<header><p>Training report</p><h1>{title}</h1><p>{escape(text)}</p></header>"


def _tiles(tiles: Iterable[tuple[str, Cell, str]]) -> str:
    cells = (
        f"<div><span>{escape(name)}</span><b>{escape(_share(value))}</b><small>{escape(text)}</small></div>"
        for name, value, text in tiles
    )
    return f'<div class="tiles">{"".join(cells)}</div>'


def _notes(notes: Sequence[str]) -> str:
    return f'<ul class="notes">{"".join(f"<li>{escape(note)}</li>" for note in notes)}</ul>' if notes else ""


def _section(title: str, content: str) -> str:
    return f"<section><h2>{escape(title)}</h2>{content}</section>"


def _details(summary: str, content: str) -> str:
    return f"<details><summary>{escape(summary)}</summary>{content}</details>"


def _pictures(counts: Mapping[str, Mapping[str, int]]) -> str:
    classes = list(next(iter(counts.values())))
    rows = [[side, *(str(part[name]) for name in classes), str(sum(part.values()))] for side, part in counts.items()]
    return _table(["side", *classes, "together"], rows)


def _leaks(report: Mapping[str, Any]) -> str:
    return (
        f"<p>Pairs of equal or nearly equal pictures on two sides: <b>{report['leaks']}</b>. "
        f"Duplicates dropped before the split: <b>{report['dropped duplicates']}</b>.</p>"
    )


def _epochs(rows: Sequence[Mapping[str, Any]], best: int, task: Task) -> str:
    names = ("loss", task.metric, *(f"val_{name}" for name in task.chosen_by))
    titles = ["epoch", "stage", *(name.replace("val_", "val. ").replace("-", " ") for name in names), "seconds"]
    cells = [
        [
            f"{row['epoch']}{' (kept)' if row['epoch'] == best else ''}",
            row["stage"],
            *(f"{row[name]:.4f}" for name in names),
            f"{row['seconds']:.1f}",
        ]
        for row in rows
    ]
    return _table(titles, cells)


def _settings(plan: Plan) -> dict[str, Any]:
    return {
        "seed": plan.seed,
        "weights": plan.weights or "fresh",
        **plan.settings,
        **{f"{plan.arch}: {name}": value for name, value in plan.architecture.items()},
    }


def _facts(facts: Mapping[str, Any]) -> str:
    rows = (
        f"<dt>{escape(name.replace('_', ' '))}</dt><dd>{escape(_plain(value))}</dd>" for name, value in facts.items()
    )
    return f"<dl>{''.join(rows)}</dl>"


def _plain(value: Any) -> str:
    if value is None or value == "":
        return "–"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _table(titles: Sequence[str], rows: Sequence[Sequence[Cell]], last: Sequence[Sequence[Cell]] = ()) -> str:
    head = "".join(f"<th>{escape(title)}</th>" for title in titles)
    foot = f"<tfoot>{_rows(last)}</tfoot>" if last else ""
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{_rows(rows)}</tbody>{foot}</table></div>'


def _rows(rows: Sequence[Sequence[Cell]]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{escape(_share(cell))}</td>' for cell in row)}</tr>" for row in rows)


def _picture(path: Path, caption: str) -> str:
    content = base64.b64encode(path.read_bytes()).decode()
    return (
        f'<figure><img alt="{escape(caption)}" src="data:image/png;base64,{content}">'
        f"<figcaption>{escape(caption)}</figcaption></figure>"
    )


def _share(value: Cell) -> str:
    return value if isinstance(value, str) else "–" if value is None else f"{value:.3f}"
