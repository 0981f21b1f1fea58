"""The record of a table of answers that the window wrote from what it knows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from tfcore.engine.context import Context
from tfcore.figure import unseen
from tfcore.files import sha256
from tfcore.pictures.address import file_of


def keep_answers(
    context: Context, table: str, model: str, pictures: Sequence[str], labels: Sequence[str | None], trust: bool = False
) -> str:
    """Where it lies."""
    path, hash, hashed = Path(table), context.models.get(model, trust).hash, cache(sha256)
    lines = []
    for done, (picture, label) in enumerate(zip(pictures, labels, strict=True)):
        context.progress(done, len(pictures))
        file = file_of(Path(picture))
        found = unseen.unmapped(picture, hashed(file) if file.is_file() else "", model, hash, path.parent)
        lines.append(found | {"label": label})
    return str(unseen.Records(unseen.ANSWERS).keep(lines, path))
