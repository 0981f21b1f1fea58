"""Where the optional real samples and reference arrays lie; tests that need them skip when they are absent."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def shared(*parts: str) -> Path:
    """A file or folder beside the checkout, or a skipped test."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{'/'.join(parts)} is not beside this checkout")
    return path


def telling(quick: Iterable[Any], cases: Iterable[Any]) -> list[Any]:
    """Cases of one claim, of which only the quick ones are tried in every run."""
    usual = tuple(quick)
    several = (case if isinstance(case, tuple) else (case,) for case in cases)
    return [
        pytest.param(*case, marks=() if case in usual or case[0] in usual else pytest.mark.slow) for case in several
    ]
