"""How sure a network is of each of many pictures, and of the volumes that their slices are of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.jobs.part import Row, Source
from tfcore.pictures.many import Left
from tfcore.results import Insert, Sureness
from tfcore.uncertainty import files
from tfcore.uncertainty.cases import Cases
from tfcore.uncertainty.table import case_row, row


def uncertainty_pictures(
    context: Context,
    parts: Iterable[Sequence[Source]],
    models: Mapping[str, Any],
    passes: int,
    seed: int = 0,
    insert: Insert = None,
) -> Iterator[Row]:
    """A row for each (tfcore.uncertainty.table), with how good it is where that is known (``truth``), on what the
    passes disagree (``apart``), and what there is so far of its volume (``case``).
    """
    model = context.models.together(**models)
    volumes = Cases()
    for some in parts:
        paths = [Path(source[0]) for source in some]
        for found in files.uncertain_files(model, paths, passes, seed, insert):  # type: ignore[arg-type]
            if isinstance(found, Left):
                yield {"path": found.path, "error": found.sentence}
                continue
            for _whole in volumes.take(found):
                # It was told of slice by slice.
                pass
            figures = {name: value for name, value in row(found).items() if value is not None}
            if (case := volumes.so_far) is not None:
                figures["case"] = {**case_row(case), **_judged(case)}
            yield figures | _judged(found) | _notes(found)


def _judged(found: Any) -> Row:
    if found.structures is None:
        return {}
    truth = found.structures.mean_true_dice
    return {"apart": float(1 - found.structures.lowest)} | ({} if truth is None else {"truth": float(truth)})


def _notes(found: Sureness) -> Row:
    notes = [found.structures.why_no_truth] if found.structures is not None and found.structures.why_no_truth else []
    return ({"notes": notes} if notes else {}) | (
        {"left_inactive": list(found.left_inactive)} if found.left_inactive else {}
    )
