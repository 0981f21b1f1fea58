"""Every filter held against what experts marked in a data set."""

from __future__ import annotations

from collections.abc import Sequence

from tfcore.engine.context import Context
from tfcore.engine.remaining import Remaining
from tfcore.inside.dissect import dissect as dissected
from tfcore.inside.gallery import thumbnails
from tfcore.results import Dissection

# Filters that are shown over a picture.
_SHOWN = 120


def dissect(
    context: Context,
    model: str,
    data: str,
    layers: Sequence[str] | str | None = None,
    limit: int | None = None,
    trust: bool = False,
) -> Dissection:
    """What ``heatlens dissect`` finds, with a thumbnail of the best filters."""
    left = Remaining(context)

    def progress(done: int, total: int) -> None:
        left.tick(done, total, f"looking {'again ' * (2 * done > total)}at {total // 2} pictures")

    found = dissected(context.models.get(model, trust), data, layers, limit=limit, progress=progress)
    context.check()
    found.thumbnails = thumbnails(found, _SHOWN)
    return found
