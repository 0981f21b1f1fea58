"""Files that ship with the program: demo network and pictures, colour tables, style sheet, icons; and their makers."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).parent


def path(name: str) -> Path:
    """Where the shipped file of that name lies."""
    return HERE / name
