"""A figure made again from its record."""

from __future__ import annotations

from tfcore.engine.context import Context
from tfcore.reproduction import reproduce as reproduced
from tfcore.results import Reproduced


def reproduce(context: Context, figure: str, out: str, trust: bool = False) -> Reproduced:
    """The figure once more, in the folder ``out``; files of earlier times there are replaced."""
    return reproduced(figure, out, overwrite=True, load=lambda source: context.models.get(source, trust))
