"""The model in use: what is known of it, whether its file is trusted, and the key under which its answers are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tfcore.results import ModelInfo


@dataclass(frozen=True)
class Opened:
    """An opened model; with another card it counts as another one."""

    info: ModelInfo
    trusted: bool = False

    @cached_property
    def card(self) -> str:
        """What its card says, as one text."""
        return repr(sorted(self.info.card.items()))

    @property
    def key(self) -> Hashable:
        """Equal for models that give the same answers."""
        return self.info.source, self.card

    @property
    def digest(self) -> str:
        """The key as a short text, for a session."""
        return hashlib.sha256(repr(self.key).encode("utf-8", "surrogateescape")).hexdigest()[:16]

    def asked(self, **more: Any) -> dict[str, Any]:
        """The arguments of a job that asks this model."""
        return {"model": self.info.source, "trust": self.trusted, **more}
