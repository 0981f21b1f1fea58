"""Files that ship with the program: demo network and pictures, colour tables, style sheet, icons; and their makers."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent
# The networks that ship, by the names they open under, and what they are shown.
DEMOS = {"demo": "demo.keras", "demo-segmentation": "demo-segmentation.keras"}
SHOWN = {"demo": "demo", "demo-segmentation": "demo-brain"}


def path(name: str) -> Path:
    """Where the shipped file of that name lies."""
    return HERE / name
