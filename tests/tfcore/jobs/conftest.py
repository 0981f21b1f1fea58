"""The demo is asked again and again here: it is opened once."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def quickly_opened(demo_stays_open: None) -> None:
    """For every test here."""
