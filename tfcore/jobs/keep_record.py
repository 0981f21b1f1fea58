"""The record of a table that the window wrote by itself: the command that makes it again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.reproduction.commanded import arguments, keep_beside


def keep_record(
    context: Context,
    command: str,
    given: str,
    out: str,
    flags: Mapping[str, Any] | None = None,
    method: str = "",
    params: Mapping[str, Any] | None = None,
) -> str:
    """Where it lies; empty where the command line has no words for what was asked."""
    context.check()
    asked = {**(flags or {}), **({"method": method} if method else {}), "out": out}
    told = arguments(command, given, asked, {"method": [method] if method else []}, {method: params or {}})
    return str(keep_beside(told, Path(out), [Path(out)]) or "") if told else ""
