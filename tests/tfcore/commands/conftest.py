"""Commands ask the demo again and again: it is opened once."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def quickly_opened(demo_stays_open: None) -> None:
    """For every test here."""
