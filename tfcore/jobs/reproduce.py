"""A figure, a table or a page made again from its record."""

from __future__ import annotations

import tfcore
from tfcore.engine.context import Context
from tfcore.results import Reproduced


def reproduce(context: Context, figure: str, out: str, trust: bool = False) -> Reproduced:
    """The same once more, in the folder ``out``; files of earlier times there are replaced."""
    # The public name, since commands stand above.
    return tfcore.reproduce(
        figure, out, overwrite=True, trust=trust, load=lambda source: context.models.get(source, trust)
    )
