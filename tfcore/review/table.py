"""Judgments as a table, with what the model and the labels say where that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tfcore.files import written_from
from tfcore.review.judgment import Wanted
from tfcore.review.session import Session
from tfcore.tables import write_table

COLUMNS = ("picture", "star", "rating", "tags", "note", "predicted", "probability", "label")


def rows(session: Session, wanted: Wanted | None = None, folder: Path | None = None) -> Iterator[dict[str, Any]]:
    """A row per picture that was judged, by ``COLUMNS``, in the order of judging; files as found from the folder."""
    notes, labels = session.answers.get("notes", {}), session.answers.get("labels", {})
    for address in (wanted or Wanted()).of(session.judgments):
        judged = session.judgments[address]
        _, _, predicted, _, probability = notes.get(address, (None, None, None, None, None))
        yield {
            "picture": written_from(folder, address),
            "star": int(judged.star),
            "rating": judged.rating or None,
            "tags": ", ".join(judged.tags),
            "note": judged.note,
            "predicted": predicted or None,
            "probability": probability if probability is None else f"{probability:.6f}",
            "label": labels.get(address),
        }


def write_judgments(session: Session, path: Path, wanted: Wanted | None = None, overwrite: bool = False) -> Path:
    """The path of the CSV file."""
    return write_table(path, COLUMNS, rows(session, wanted, path.absolute().parent), overwrite)
