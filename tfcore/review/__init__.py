"""A reviewer's work as a file: the pictures that are open, what was judged of them, and how they are looked at.

>>> from tfcore import review                                                               # doctest: +SKIP
>>> session = review.read("work.heatlens")                                                  # doctest: +SKIP
>>> session.judgments["/study/scans/P1.png"].rating                                         # doctest: +SKIP
4
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tfcore.review.file import read as read
    from tfcore.review.file import write as write
    from tfcore.review.inside import listed as listed
    from tfcore.review.judgment import Judgment as Judgment
    from tfcore.review.judgment import Wanted as Wanted
    from tfcore.review.judgment import summary as summary
    from tfcore.review.session import Session as Session
    from tfcore.review.table import rows as rows
    from tfcore.review.table import write_judgments as write_judgments

# Where each is found when it is first used: a command that only describes itself needs none of them.
_HOMES = {
    "Judgment": "judgment",
    "Session": "session",
    "Wanted": "judgment",
    "listed": "inside",
    "read": "file",
    "rows": "table",
    "summary": "judgment",
    "write": "file",
    "write_judgments": "table",
}

__all__ = ["Judgment", "Session", "Wanted", "listed", "read", "rows", "summary", "write", "write_judgments"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"tfcore.review.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'tfcore.review' has no attribute {name!r}")
