"""What pictures really show, as somebody sorted or wrote it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Labels:
    """A class for each picture that has one, by its path as given; ``notes`` say what was joined or is unclear,
    ``unknown`` which labels, or folders that pictures lie in, are no classes.
    """

    of: Mapping[str, str]
    notes: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
