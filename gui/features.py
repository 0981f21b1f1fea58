"""What the window can do beyond looking at one picture: each feature is one class that is handed the window.

A feature adds its docks (``window.add_dock``), its menu entries (``menus.add``) and connects itself to what happens
(``window.explaining``, ``window.opening``, ``window.engine``). The window knows none of them by name.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, Protocol


class Feature(Protocol):
    @property
    def settled(self) -> bool:
        """Nothing is being computed for this feature."""


FEATURES: tuple[str, ...] = (
    "gui.comparing.feature:Comparing",
    "gui.uncertainty.feature:HowSure",
    "gui.relevance.feature:Relevance",
    "gui.previewing:Previewing",
    "gui.training.feature:Training",
    "gui.audit.feature:Auditing",
)


def load() -> list[Callable[[Any], Feature]]:
    """The classes, in the order in which their docks and menus appear."""
    return [_named(name) for name in FEATURES]


def _named(name: str) -> Callable[[Any], Feature]:
    module, _, attribute = name.partition(":")
    feature: Callable[[Any], Feature] = getattr(importlib.import_module(module), attribute)
    return feature
