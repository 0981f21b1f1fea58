"""Pictures behind the numbers: the maps of a few, explained once more."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfcore.evaluate.randomised import reinitialised
from tfcore.evaluate.sanity import forgetting
from tfcore.explain.aggregate import min_max
from tfcore.figure.display import table as colours
from tfcore.lazy import cv2
from tfcore.report.tables import number

if TYPE_CHECKING:
    from tfcore.data.dataset import Sample
    from tfcore.evaluate.rows import Value
    from tfcore.evaluate.run import Evaluation
    from tfcore.evaluate.subjects import Subject
    from tfcore.evaluate.table import Table

# By which pictures are picked, if it was measured.
_FIRST = ("iou", "energy-pointing", "box-iou", "aopc", "insertion", "deletion", "confidence-drop", "average-drop")
_EACH = 3
_FORGETTING = {"cascading": "from the scores down to that part", "independent": "of that part alone"}
_OPACITY = 0.75
_SIDE = 160


@dataclass(frozen=True)
class Shown:
    """A picture in the page, and the words below it."""

    source: str
    words: str


@dataclass(frozen=True)
class Strip:
    """Pictures side by side under a heading, row by row."""

    title: str
    rows: Sequence[tuple[str, Sequence[Shown]]]
    note: str = ""


def strips(evaluation: Evaluation, table: Table) -> list[Strip]:
    """The best and the worst of the first method, models × methods of one picture, and what randomising left."""
    metric = next((name for name in _FIRST if name in table.compared.best), next(iter(table.compared.best), None))
    if metric is None:
        return []
    samples = {sample.name: sample for sample in evaluation.data}
    of = {subject.name: subject for subject in evaluation.subjects}
    model, method, layer = table.compared.best[metric][0]
    wanted = model, method, layer, metric
    there = [each for each in table.values if (each.model, each.method, each.layer, each.metric) == wanted]
    there = [each for each in there if each.value is not None]
    ordered = sorted(there, key=lambda each: each.value or 0.0, reverse=table.metrics[metric] == "higher")
    middle = samples[ordered[len(ordered) // 2].picture]
    found = [_ends(evaluation, of[model], ordered, samples, metric)]
    # Every method at that layer, or at the first of its own; models call theirs otherwise.
    places: dict[str, dict[str, str]] = {name: {} for name in table.models}
    for row in table.rows:
        here = places[row.model]
        here[row.method] = layer if row.layer == layer else here.get(row.method, row.layer)
    found.append(_side_by_side(evaluation, middle, places))
    if "sanity" in table.metrics:
        found += [_forgotten(evaluation, of[model], middle, places[model], order) for order in _FORGETTING]
    return found


def _ends(
    evaluation: Evaluation, subject: Subject, ordered: Sequence[Value], samples: dict[str, Sample], metric: str
) -> Strip:
    """The pictures with the best and the worst numbers."""
    method, layer = ordered[0].method, ordered[0].layer
    few = min(_EACH, len(ordered) // 2) or 1
    rows = []
    for name, some in (("best", ordered[:few]), ("worst", ordered[-few:])):
        shown = []
        for each in some:
            image, maps = evaluation.maps(subject, samples[each.picture], {method: layer})
            words = f"{samples[each.picture].path.name}: {number(each.value)}"
            shown.append(Shown(_overlaid(image, maps[method]), words))
        rows.append((name, shown))
    note = f"{method} at {layer} of {subject.name}, the first by {metric}, where it does best and worst."
    return Strip(f"Behind the numbers: {metric}", rows, note)


def _side_by_side(evaluation: Evaluation, sample: Sample, places: Mapping[str, Mapping[str, str]]) -> Strip:
    """Models × methods for one picture (000, figures 4 to 6)."""
    rows = []
    for subject in evaluation.subjects:
        here = places[subject.name]
        image, maps = evaluation.maps(subject, sample, here)
        heats = [Shown(_overlaid(image, heat), f"{method} · {here[method]}") for method, heat in maps.items()]
        rows.append((subject.name, [Shown(_overlaid(image), "picture"), *heats]))
    return Strip("Models × methods", rows, f"{sample.path.name}, the picture with the middle number.")


def _forgotten(
    evaluation: Evaluation, subject: Subject, sample: Sample, places: Mapping[str, str], order: str
) -> Strip:
    """Maps while the network forgets what it learnt (004, figures 5.16 and 5.17)."""
    states: dict[str, dict[str, np.ndarray]] = {}
    image, states["trained"] = evaluation.maps(subject, sample, places)
    for part, layers in forgetting(subject.model, order):
        with reinitialised(layers, 0):
            states[part] = evaluation.maps(subject, sample, places)[1]
    rows = [
        (method, [Shown(_overlaid(image, maps[method]), part) for part, maps in states.items()]) for method in places
    ]
    note = f"{sample.path.name}: fresh weights {_FORGETTING[order]}. A heatmap that stays ignores them."
    return Strip(f"Sanity, {order}", rows, note)


def _overlaid(image: np.ndarray, heat: np.ndarray | None = None) -> str:
    """A JPEG for the page: the picture in grey, and the heat over it as strong as it is."""
    grey = np.repeat(255 * min_max(image.mean(-1)[np.newaxis])[0][..., np.newaxis], 3, -1)
    if heat is not None:
        strength = min_max(heat[np.newaxis])[0]
        colour = colours("viridis")[np.rint(255 * strength).astype(int)][..., :3].astype(float)
        cover = _OPACITY * strength[..., np.newaxis]
        grey = (1 - cover) * grey + cover * colour
    side = _SIDE / max(grey.shape[:2])
    small = cv2.resize(grey.astype(np.float32), None, fx=side, fy=side, interpolation=cv2.INTER_AREA)
    _, jpeg = cv2.imencode(".jpg", np.rint(small[..., ::-1]).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 88])
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg.tobytes()).decode()}"
