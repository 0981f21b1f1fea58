"""Methods at layers measured over a data set: the cells as they grow, and the tables in a folder however it ends."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.data.open import open_data
from tfcore.engine.remaining import Remaining
from tfcore.errors import Cancelled
from tfcore.evaluate.asked import asked_for
from tfcore.evaluate.files import FACTS, PARTS, check_tables_free
from tfcore.evaluate.lanes import together
from tfcore.evaluate.rows import Value
from tfcore.evaluate.run import Evaluation
from tfcore.evaluate.table import Table
from tfcore.files import make_folder
from tfcore.pictures.formats import VOLUME_SUFFIXES
from tfcore.registry import Kind, find
from tfcore.report import write_report
from tfcore.reproduction.commanded import arguments, keep_beside
from tfcore.results import Behind, Cell, CellKey, Evaluated

if TYPE_CHECKING:
    from tfcore.engine.context import Context

# Cells more often than this only cost.
_SECONDS_BETWEEN = 0.5


def evaluate(
    context: Context,
    data: str,
    models: Sequence[tuple[str, bool]],
    methods: Sequence[str],
    metrics: Sequence[str],
    layers: Sequence[str | None] = (None,),
    out: str = "",
    target: str | int | None = None,
    params: Mapping[str, Mapping[str, Any]] | None = None,
    limit: int | None = None,
    seed: int = 0,
    map: Mapping[str, str] | None = None,
    group_by_patient: bool = False,
) -> Evaluated:
    """Measure; every half second what is there by then is a partial result.

    ``models`` are sources, each with whether it is trusted; the rest is that of :func:`tfcore.evaluate`. Cancelled, it
    answers with what was measured. What ``heatlens evaluate`` writes is written to ``out`` if it is named, and what is
    finished there is not measured again.
    """
    if out:
        make_folder(Path(out))
        check_tables_free(out)
    opened = {}
    for source, trust in models:
        context.progress(0, 1, f"opening {Path(source).name} …")
        opened[source] = context.models.get(source, trust)
    context.progress(0, 1, f"looking at {Path(data).name} …")
    parts = Path(out) / PARTS if out else None
    pictures = open_data(data, group_by_patient=group_by_patient)
    wanted: dict[Kind, Sequence[str]] = {"metric": metrics, "method": methods}
    given = params or {}
    # As the command line states them: all that are taken, with their defaults.
    params = {name: find(kind, name).parse(given.get(name, {})) for kind, names in wanted.items() for name in names}
    evaluation = Evaluation(
        list(opened.values()), pictures, methods, metrics, layers, target, params, limit, seed, map, parts
    )
    better = {each.name: each.better for each in asked_for(metrics, params)}
    sources = {subject.name: source for subject, source in zip(evaluation.subjects, opened, strict=True)}
    left = Remaining(context)
    interrupted = False
    live = _Live(sources)
    each = len(metrics) * sum(len(find("method", name).places(layers)) for name in methods)

    def progress(done: int, total: int) -> None:
        words = f"{_awaited(evaluation, done)} · {live.latest(done)}"
        # By numbers: of pictures some come together, and late.
        try:
            left.tick(min(done * each + live.numbers, total * each), total * each, words)
        except Cancelled:
            # The passes on their way come to an end first.
            context.ending()
            raise
        # A metric that takes minutes does not keep back what the quick ones before it gave.
        if live.due():
            context.partial(live.now(better))

    try:
        for values in evaluation.measured(progress):
            live.add(values)
    except Cancelled:
        if not evaluation.begun:
            raise
        interrupted = True
    # Whoever cancels from now on gets all of it.
    context.ending()
    with suppress(Cancelled):
        context.progress(1, 1, "writing tables and report …" if out else "comparing …")
    table = evaluation.table(interrupted)
    # What ended well there before stays.
    beside = interrupted and (Path(out) / FACTS).exists()
    files = table.write(out, beside=beside) if out else []
    if out and not interrupted:
        files += write_report(evaluation, table, out)
        asked = {
            "model": list(opened),
            "methods": ",".join(methods),
            "metrics": ",".join(metrics),
            "layers": ",".join(layer for layer in layers if layer),
            "target": target,
            "limit": limit,
            "map": map or {},
            "group-by-patient": group_by_patient,
            "out": out,
        }
        if told := arguments("evaluate", data, asked, wanted, {**params, "": {"seed": seed}}):
            keep_beside(told, Path(out), files)
    return evaluated(table, sources, [str(path) for path in files], interrupted)


def evaluated(
    table: Table, sources: Mapping[str, str], files: Iterable[str] = (), interrupted: bool = False
) -> Evaluated:
    """A table as the window shows it; ``sources`` say where each of its models is opened."""
    live = _Live(sources)
    live.add(table.values)
    cells: dict[CellKey, Cell] = {}
    for row in table.rows:
        key = CellKey(sources[row.model], row.method, row.layer, row.metric)
        cells[key] = Cell(row.better, row.n, row.mean, row.low, row.high, row.why_left_out, live.curve(key))
    pictures = {key: tuple(behind) for key, behind in live.pictures.items()}
    ended = interrupted or bool(table.facts.get("interrupted"))
    told = tuple(table.compared.sentences), table.compared.agreement
    return Evaluated(cells, pictures, dict(table.facts), table.unread, tuple(files), ended, *told)


class _Live:
    """Sums of what was measured so far; means need no second look at the pictures."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources
        self._told = time.monotonic()
        self._sums: dict[CellKey, list[float]] = defaultdict(list)
        self._why: dict[CellKey, Counter[str]] = defaultdict(Counter)
        # Σ of x and of y, and how many curves.
        self._curves: dict[CellKey, tuple[Any, Any, int]] = {}
        # Of the pictures that are not done, and what came last of them.
        self._done, self.numbers, self._latest = 0, 0, ""
        # Since they were last handed over.
        self.pictures: dict[CellKey, list[Behind]] = defaultdict(list)

    def add(self, values: Iterable[Value]) -> None:
        """More numbers."""
        for one in values:
            self.numbers += 1
            self._latest = f"{one.metric} of {one.method} at {one.layer}"
            key = CellKey(self._sources[one.model], one.method, one.layer, one.metric)
            self.pictures[key].append(Behind(address(one.picture), one.value, one.left_out))
            if one.value is None:
                self._why[key][one.left_out] += 1
                continue
            self._sums[key].append(one.value)
            if one.curve is not None:
                x, y, count = self._curves.get(key, (0, 0, 0))
                self._curves[key] = x + one.curve.x, y + one.curve.y, count + 1

    def latest(self, done: int) -> str:
        """What was measured last of the pictures that follow so many."""
        if done != self._done:
            self._done, self.numbers, self._latest = done, 0, ""
        return self._latest or "heatmaps"

    def due(self) -> bool:
        """Whether there is something new, and it is time to tell it."""
        return bool(self.pictures) and time.monotonic() - self._told >= _SECONDS_BETWEEN

    def now(self, better: Mapping[str, str]) -> Evaluated:
        """All cells, and the pictures since the last time."""
        self._told = time.monotonic()
        new, self.pictures = self.pictures, defaultdict(list)
        keys = dict.fromkeys([*self._sums, *self._why])
        return Evaluated(
            {key: self._cell(key, better[key.metric]) for key in keys},
            {key: tuple(behind) for key, behind in new.items()},
        )

    def curve(self, key: CellKey) -> tuple[np.ndarray, np.ndarray] | None:
        """The mean of the curves behind a cell."""
        if key not in self._curves:
            return None
        x, y, count = self._curves[key]
        return x / count, y / count

    def _cell(self, key: CellKey, better: str) -> Cell:
        numbers = self._sums[key]
        reasons = ", ".join(f"{count} {reason}" for reason, count in self._why[key].most_common())
        mean = float(np.mean(numbers)) if numbers else None
        return Cell(better, len(numbers), mean, left_out=reasons, curve=self.curve(key))


def _awaited(evaluation: Evaluation, done: int) -> str:
    """The pictures that follow so many; those that are measured together come together."""
    several, pictures = len(evaluation.subjects) > 1, len(evaluation.data)
    subject = evaluation.subjects[min(done // pictures, len(evaluation.subjects) - 1)]
    first = done % pictures + 1
    last = min(first + together(subject.model) - 1, pictures)
    which = f"pictures {first} to {last}" if last > first else f"picture {first}"
    return f"{which} of {pictures}{f' by {subject.name}' * several}"


def address(name: str) -> str:
    """Where the picture of a table can be opened: ``scan.nii.gz frame 12`` is ``scan.nii.gz#axial=12``.

    >>> address("clip.mp4 frame 3")
    'clip.mp4#3'
    """
    path, mark, frame = name.rpartition(" frame ")
    if not mark or not frame.isdigit():
        return name
    return f"{path}#{'axial=' * path.lower().endswith(VOLUME_SUFFIXES)}{frame}"
