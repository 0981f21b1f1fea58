"""What the window can do beyond looking at one picture: one module or folder per feature.

Each has a ``FEATURE``, which is handed the :class:`~gui.desk.Desk`: it adds its docks and menu entries, offers what it
has to show, and connects itself to what happens. The window knows none of them by name.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Protocol

from gui.desk import Desk


class Feature(Protocol):
    @property
    def settled(self) -> bool:
        """Nothing is being computed for this feature."""


class Maker(Protocol):
    """A class of features; docks and menu entries appear in the order of ``place``."""

    place: int

    def __call__(self, desk: Desk) -> Feature: ...


def load() -> list[Maker]:
    """All there are."""
    found = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    makers: list[Maker] = [module.FEATURE for module in found]
    return sorted(makers, key=lambda maker: maker.place)
