"""The tables of a report: methods × metrics by rank, and those of the papers in their own shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tfcore.registry import ALL_STAGES, find
from tfcore.words import listed

if TYPE_CHECKING:
    from tfcore.evaluate.table import Row, Table


@dataclass(frozen=True)
class Cell:
    """A number in words, with what stands small beside it. ``shade`` is 0 (worst) to 1 (best), or −1 to 1 for τ."""

    text: str
    small: str = ""
    best: bool = False
    shade: float | None = None
    title: str = ""


@dataclass(frozen=True)
class Grid:
    """A table with a heading above each column; the first cell of a row names it."""

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    note: str = ""
    signed: bool = False


# Of 004, with what its captions say.
_LAYERED = {
    "iou": ("Weakly supervised segmentation: IoU, %", 100.0),
    "layer-dropout": ("", 1.0),
    "confidence-drop": ("Average confidence drop, %", 100.0),
    "sensitivity-axiom": ("Sensitivity axiom", 1.0),
    "conservation-axiom": ("Conservation axiom", 1.0),
}
_NOTHING = Cell("–")


def matrix(table: Table) -> Grid:
    """Methods × metrics, shaded by rank; what is within noise of the best is marked."""
    compared, metrics = table.compared, table.metrics
    cells = list(dict.fromkeys((row.model, row.method, row.layer) for row in table.rows))
    several = len(table.models) > 1
    rows = []
    for cell in cells:
        model, method, layer = cell
        line = []
        for metric in metrics:
            row = _row(table, model, method, layer, metric)
            rank = compared.ranks.get(metric, {}).get(cell)
            if row is None or rank is None:
                line.append(Cell("–", title=row.why_left_out if row else ""))
                continue
            many = len(compared.ranks[metric])
            shade = 1 - (rank - 1) / (many - 1) if many > 1 else None
            near = cell in compared.best[metric]
            line.append(Cell(number(row.mean), f"{rank:g}", near, shade, f"{_between(row)}, n = {row.n}"))
        rows.append((" · ".join([method, layer, *([model] if several else [])]), line))
    columns = [f"{name} {'↑' if better == 'higher' else '↓'}" for name, better in metrics.items()]
    note = (
        "Mean over pictures, and its rank among the rows (1 is best; the stronger the colour, the better). Bold: not "
        "worse than the best beyond noise (paired Wilcoxon, Holm). ↑ higher is better, ↓ lower is better."
    )
    return Grid("Methods × metrics", columns, rows, note)


def agreement(table: Table) -> Grid | None:
    """Kendall's τ between the orders that two metrics put the methods in."""
    tau, metrics = table.compared.agreement, list(table.compared.ranks)
    if not any(value is not None for value in tau.values()):
        return None
    rows = []
    for one in metrics:
        found = [1.0 if one == other else tau.get((one, other), tau.get((other, one))) for other in metrics]
        rows.append((one, [_NOTHING if each is None else Cell(f"{each:.2f}", shade=each) for each in found]))
    note = (
        "Kendall's τ between the orders of the rows above: 1 where two metrics rank them alike, −1 where one turns the "
        "order of the other round, 0 where they have nothing to do with each other."
    )
    return Grid("Where the metrics disagree", metrics, rows, note, signed=True)


def by_layer(table: Table) -> list[Grid]:
    """Method × layer and method × joined layers for what 004 has tables of; then for all other metrics."""
    found = []
    layers = list(dict.fromkeys(row.layer for row in table.rows))
    joined = [layer for layer in layers if layer == ALL_STAGES or "+" in layer]
    single = [layer for layer in layers if layer not in joined]
    ordered = [*(name for name in _LAYERED if name in table.metrics), *(n for n in table.metrics if n not in _LAYERED)]
    several = len(table.models) > 1
    if several and "iou" in table.metrics:
        found.append(_layered(table, table.models, "iou", (single, joined), "models side by side"))
    for model in table.models:
        for metric in ordered:
            found.append(_layered(table, [model], metric, (single, joined), model if several else ""))
    return found


def _layered(
    table: Table, models: Sequence[str], metric: str, layers: tuple[Sequence[str], Sequence[str]], of: str
) -> Grid:
    """The layers by themselves, their mean, then those that were joined."""
    single, joined = layers
    columns = [*single, *(["mean"] if len(single) > 1 else []), *joined]
    lower, (title, scale) = table.metrics[metric] == "lower", _title(table, metric)
    rows: dict[str, dict[str, Row]] = {}
    for method, model in product(dict.fromkeys(row.method for row in table.rows), models):
        found = [(layer, _row(table, model, method, layer, metric)) for layer in (*single, *joined)]
        if known := {layer: row for layer, row in found if row is not None and row.mean is not None}:
            rows[f"{method} · {model}" if len(models) > 1 else method] = known
    means = {layer: [here[layer].mean or 0.0 for here in rows.values() if layer in here] for layer in columns}
    of_layers = {name: [here[layer].mean or 0.0 for layer in single if layer in here] for name, here in rows.items()}
    averages = {name: float(np.mean(some)) for name, some in of_layers.items() if some}
    means["mean"] = [*averages.values()]
    best = {layer: (min if lower else max)(some) for layer, some in means.items() if len(some) > 1}
    lines = []
    for name, here in rows.items():
        cells = {layer: _mean(row, scale, row.mean == best.get(layer)) for layer, row in here.items()}
        if name in averages:
            cells["mean"] = Cell(number(scale * averages[name]), best=averages[name] == best.get("mean"))
        lines.append((name, [cells.get(column, _NOTHING) for column in columns]))
    note = f"{'Lower' if lower else 'Higher'} is better; bold: the best mean of a column. 95 % interval below."
    return Grid(f"{title}, {of}" if of else title, columns, lines, note)


def _title(table: Table, metric: str) -> tuple[str, float]:
    """What a metric's table is called, and by what its numbers are multiplied there."""
    if metric != "layer-dropout":
        return _LAYERED.get(metric, (metric, 1.0))
    settings = find("metric", metric).parse(table.facts["params"].get(metric, {}))
    title, scale = _title(table, settings["of"])
    return f"{title}, mean over {settings['samples']} thinned networks", scale


def of_models(table: Table) -> Grid | None:
    """Model × recall × F1 × AOPC (003): does the model that answers better also look at what it answers by?"""
    scored = {name: scores for name in table.models if (scores := recall_and_f1(table, name)) is not None}
    if not scored:
        return None
    cells = list(dict.fromkeys((row.method, row.layer) for row in table.rows if row.metric == "aopc"))
    rows = []
    for model, (recall, f1, n) in scored.items():
        both = [Cell(f"{recall:.3f}", f"n = {n}"), Cell(f"{f1:.3f}")]
        for method, layer in cells:
            row = _row(table, model, method, layer, "aopc")
            if row is not None:
                rows.append((f"{model} · {method} · {layer}", [*both, _mean(row)]))
        if not cells:
            rows.append((model, both))
    columns = ["recall", "F1", *(["AOPC"] if cells else [])]
    note = (
        "Recall and F1 are macro averages over the classes that the pictures show; AOPC is of those answered rightly."
    )
    return Grid(f"Models: recall, F1{' and AOPC' if cells else ''}", columns, rows, note)


def recall_and_f1(table: Table, model: str) -> tuple[float, float, int] | None:
    """Macro averages over the classes that are there; none where nothing is labelled."""
    from sklearn.metrics import f1_score, recall_score

    known = [(each.label, each.predicted) for each in table.answers if each.model == model and each.label is not None]
    if not known:
        return None
    true, said = zip(*known, strict=True)
    settings = {"labels": sorted(set(true)), "average": "macro", "zero_division": 0}
    return float(recall_score(true, said, **settings)), float(f1_score(true, said, **settings)), len(known)


def confusion(table: Table, model: str) -> Grid | None:
    """True × predicted classes of one model."""
    known = [each for each in table.answers if each.model == model and each.label is not None]
    if not known:
        return None
    true = sorted({str(each.label) for each in known})
    said = [*true, *sorted({each.predicted for each in known} - set(true))]
    rows = []
    for label in true:
        counts = [sum(each.label == label and each.predicted == one for each in known) for one in said]
        rows.append((label, [Cell(str(n), best=one == label) for one, n in zip(said, counts, strict=True)]))
    return Grid(f"Answers of {model}", said, rows, "Rows are the labels, columns the answers.")


def left_out(table: Table) -> Grid | None:
    """Which pictures have no number, and why; rows of which the same is true together."""
    alike: dict[tuple[str, int, str], list[str]] = {}
    for row in table.rows:
        if row.left_out:
            alike.setdefault((row.metric, row.n, row.why_left_out), []).append(f"{row.method} · {row.layer}")
    lines = [(metric, [Cell(str(n)), Cell(why), Cell(listed(names, 3))]) for (metric, n, why), names in alike.items()]
    columns = ["n", "left out", "of"]
    return Grid("Left out", columns, lines, "Pictures without a number, with the reason.") if lines else None


def differences(table: Table) -> Grid | None:
    """Every comparison, the surest first."""
    found = sorted(table.compared.comparisons, key=lambda each: each.holm)
    rows = [(each.words, [Cell(number(each.difference)), Cell(f"{each.holm:.2g}")]) for each in found]
    note = (
        "Models, methods and layers in pairs on the same pictures: Wilcoxon's signed ranks, p after Holm's correction "
        f"for {len(rows)} comparisons; effect is the rank-biserial correlation."
    )
    return Grid("Comparisons", ["difference", "p"], rows, note) if rows else None


def described(metrics: Sequence[str]) -> list[tuple[str, str]]:
    """What each metric says, for those who read the page without the program."""
    specs = [find("metric", name) for name in metrics]
    return [(spec.name, f"{spec.summary}{f' ({spec.note})' if spec.note else ''}.") for spec in specs]


def number(value: float | None) -> str:
    """Three digits, without an exponent where that can be read."""
    if value is None:
        return "–"
    return f"{value:.3g}" if value == 0 or 1e-3 <= abs(value) < 1e4 else f"{value:.1e}"


def _mean(row: Row, scale: float = 1.0, best: bool = False) -> Cell:
    return Cell(
        number(None if row.mean is None else scale * row.mean), _between(row, scale), best, title=f"n = {row.n}"
    )


def _between(row: Row, scale: float = 1.0) -> str:
    if row.low is None or row.high is None:
        return ""
    return f"{number(scale * row.low)} … {number(scale * row.high)}"


def _row(table: Table, model: str, method: str, layer: str, metric: str) -> Row | None:
    return table.known.get((model, method, layer, metric))
