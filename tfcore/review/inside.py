"""The pictures that a session stands for where a command takes pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from tfcore.pictures import find
from tfcore.review.judgment import Wanted
from tfcore.review.session import Session


def listed(
    session: Session,
    wanted: Wanted | None = None,
    masks: list[Path] | None = None,
    tell: Callable[[int, int], None] = lambda *_: None,
) -> Iterator[Path]:
    """What is listed, without what was taken off; or of what was judged that which is ``wanted``."""
    removed = set(session.removed)
    for address in wanted.of(session.judgments) if wanted else session.opened:
        yield from (path for path in find([address], masks=masks, tell=tell) if str(path) not in removed)
