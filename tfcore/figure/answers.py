"""Tables of what networks answered, as the window writes them: beside figures, and of the list that is judged."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.files import written_from
from tfcore.tables import table_bytes, write_table

if TYPE_CHECKING:
    import numpy as np

    from tfcore.results import Heat


def answering(figures: Iterable[Sequence[Heat]]) -> list[Heat]:
    """The heat whose answer is told, one for each picture and model."""
    return list({(heat.path, heat.model): heat for heats in figures for heat in reversed(heats)}.values())


def write_predictions(figures: Iterable[Sequence[Heat]], path: Path, replace: bool = False) -> Path:
    """The path of a CSV file with one row per picture and model: what the titles say, in all its digits.

    Over many passes ``predicted`` and ``p_*`` are those of the mean; ``sd``, ``passes`` and ``seed`` tell of it.
    """
    return write_table(path, *_table(answering(figures), path.parent), replace)


def predictions(heats: Sequence[Heat], folder: Path) -> bytes:
    """The same table of one figure, which lies in that folder."""
    return table_bytes(*_table(answering([heats]), folder))


def _table(heats: Sequence[Heat], folder: Path) -> tuple[list[str], list[dict[str, Any]]]:
    rows = [_row(heat, folder) for heat in heats]
    return list(dict.fromkeys(name for row in rows for name in row)), rows


def _row(heat: Heat, folder: Path) -> dict[str, Any]:
    found = heat.sureness
    if heat.shares is not None:
        shares = {f"share_{name}": round(float(each), 6) for name, each in zip(heat.classes, heat.shares, strict=True)}
        return {"path": written_from(folder, heat.path), "model": written_from(folder, heat.model), **shares}
    passes = found is not None and found.samples is not None
    values = found.mean if found is not None and passes else heat.probabilities
    row: dict[str, Any] = {
        "path": written_from(folder, heat.path),
        "model": written_from(folder, heat.model),
        "predicted": heat.classes[int(values.argmax())],
    }
    if found is not None and passes:
        row |= {"sd": math.sqrt(float(found.variance[found.predicted])), "passes": found.passes, "seed": found.seed}
        row |= {"inserted_dropout": found.insert} if found.inserted else {}
    return row | {f"p_{name}": round(float(value), 6) for name, value in zip(heat.classes, values, strict=True)}


def write_answers(
    rows: Iterable[tuple[str, str | None, np.ndarray]], classes: Sequence[str], path: Path, replace: bool = False
) -> Path:
    """The path of a CSV file of pictures, what they show where that is known, and the probabilities."""
    columns = ["path", "predicted", "label", "right", *(f"p_{name}" for name in classes)]

    def cells(picture: str, label: str | None, found: np.ndarray) -> dict[str, Any]:
        predicted = classes[int(found.argmax())]
        judged = {"label": label, "right": label == predicted} if label else {}
        shares = {f"p_{name}": f"{share:.6f}" for name, share in zip(classes, found.tolist(), strict=True)}
        return {**judged, **shares, "path": written_from(path.parent, picture), "predicted": predicted}

    return write_table(path, columns, (cells(*row) for row in rows), replace)
