"""A figure that was made again."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Reproduced:
    """The figure's files as they are now, and in sentences what is not as it was."""

    files: tuple[Path, ...]
    # Whether every file has the bytes of the first one; None where none of them is at hand.
    same: bool | None
    differences: tuple[str, ...]

    @property
    def sentences(self) -> tuple[str, ...]:
        """What came out, for people."""
        if self.same is None:
            return ("made again; the first one is not at hand to compare with.", *self.differences)
        return ("the same bytes as the first one.", *self.differences) if self.same else self.differences

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)
