"""What the engine can be asked: one file per kind of job, holding the function of the same name.

A function gets a Context and the job's arguments as keywords. Its answer, and the parts it hands over before, are
plain data (``tfcore.results``).
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable
from typing import Any

from tfcore.errors import HeatlensError


def kinds() -> list[str]:
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def find(kind: str) -> Callable[..., Any]:
    """The function of a kind of job (or a ``module:function`` that is none of the shipped ones)."""
    module, _, name = kind.partition(":")
    # The folder is not read for each part of a cohort.
    if not name and f"{__name__}.{module}" not in sys.modules and module not in kinds():
        raise HeatlensError(f"There is no job kind {kind!r}; there are {', '.join(kinds())}.")
    place = importlib.import_module(module if name else f"{__name__}.{module}")
    function: Callable[..., Any] = getattr(place, name or module)
    return function
