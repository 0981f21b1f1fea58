"""A network as it lies on disk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Stored:
    """A network as it lies on disk.

    ``config`` is the architecture as parsed JSON (``None`` where the file holds weights alone), ``weights`` the file
    they come from (``None`` where there is only an architecture), ``version`` the Keras that wrote it.
    """

    path: Path
    kind: str
    config: Any
    version: str = ""
    weights: Path | None = None

    @property
    def old(self) -> bool:
        """Written by Keras 1 or 2, whose words Keras 3 no longer understands."""
        if self.version:
            return self.version.split(".")[0] in ("0", "1", "2")
        return self.config is not None and not _has_modules(self.config)


def _has_modules(config: Any) -> bool:
    """Keras 3 names the module of every layer."""
    waiting = [config]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            if "class_name" in part and "module" in part:
                return True
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return False
