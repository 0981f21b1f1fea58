"""How far the slices of a volume lie apart, which a single one does not tell."""

from __future__ import annotations

from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.pictures.address import PLANES, parse
from tfcore.pictures.volumes import place, volume


def between(path: str | Path) -> float | None:
    """Millimetres from a slice to the next one; nothing of what is no slice, or where its file does not say."""
    address = parse(path)
    try:
        whole = volume(path)
    except HeatlensError:
        return None
    return whole.spacing[PLANES.index(place(whole, address)[0])]
