"""Odd inputs drawn by the thousand: ``python -m tests.fuzz --kind models --n 1000 --seed 1``.

Each kind is one module here with ``case(random, folder) -> Case``; what a case does is watched from outside.
"""

from __future__ import annotations

import importlib.util

KINDS = ("models", "pictures", "data", "commands", "sessions")


def module_of(kind: str) -> str:
    """The module that draws the cases of a kind; a kind may also be named by its module."""
    return kind if "." in kind else f"{__name__}.{kind}"


def is_there(kind: str) -> bool:
    """Whether this checkout can draw cases of a kind."""
    return importlib.util.find_spec(module_of(kind)) is not None
