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
    # From which probability on a class is there, where the user moved that away from what the card says.
    threshold: float | None = None

    @cached_property
    def card(self) -> str:
        """What its card says, as one text."""
        return repr(sorted(self.info.card.items()))

    @property
    def key(self) -> Hashable:
        """Equal for models that give the same answers."""
        return self.info.source, self.card

    @property
    def decides(self) -> Hashable:
        """Equal for models that also decide alike what is there."""
        return self.key, self.threshold

    @property
    def digest(self) -> str:
        """The key as a short text, for a session."""
        return hashlib.sha256(repr(self.key).encode("utf-8", "surrogateescape")).hexdigest()[:16]

    def asked(self, **more: Any) -> dict[str, Any]:
        """The arguments of a job that asks this model."""
        return {"model": self.info.source, "trust": self.trusted, **more}

    def deciding(self, **more: Any) -> dict[str, Any]:
        """The same of a job whose answer says what is there."""
        return self.asked(**more, **({} if self.threshold is None else {"threshold": self.threshold}))
