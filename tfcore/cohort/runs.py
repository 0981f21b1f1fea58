"""Folds and seeds of a training as parts: each run in a folder of its own, by whoever is free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict

from tfcore.cohort.plan import Asked
from tfcore.cohort.rows import Where, rows
from tfcore.data.dataset import Dataset
from tfcore.engine.context import OpenModels
from tfcore.errors import HeatlensError
from tfcore.training.lock import asked_to_stop
from tfcore.training.several import By, Report, Several


def trained_by(where: Where, say: Callable[[str], None] = lambda _: None) -> By:
    """What :func:`tfcore.train` takes as ``by``: the runs are trained by processes of this machine, or on Ray."""

    def reports(runs: Several) -> Iterator[Report]:
        if isinstance(runs.source, Dataset):
            raise HeatlensError("Other processes read the data for themselves; name their folder or table.")
        arguments = {
            "plan": asdict(runs.plan),
            "data": str(runs.source),
            "reading": dict(runs.reading),
            "out": str(runs.folder.path),
            "kind": runs.kind,
            "count": runs.count,
            "facts": dict(runs.facts),
        }
        # One to a part.
        asked = Asked("train_runs", arguments, passes=10**6, of="run")
        sources = [(str(split), str(split.parent / "model.keras")) for split in runs.placed()]
        failed: list[str] = []
        stop = lambda: asked_to_stop(runs.folder.path)  # noqa: E731
        with closing(rows(asked, sources, OpenModels(), where, say=say, stop=stop)) as found:
            for (number, _), row in zip(runs.each.items(), found, strict=True):
                if "error" in row:
                    failed.append(row["error"])
                    continue
                say(f"{runs.kind.capitalize()} {number} of {runs.count} is trained.")
                yield row["report"]
        if failed:
            raise HeatlensError(f"{failed[0]} What is trained stays; --resume trains the rest.")

    return reports
