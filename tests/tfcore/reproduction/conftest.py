from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import resources

PICTURES = ("P0132.png", "P0135.png", "P0137.png")


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    (tmp_path / "data").mkdir()
    return [Path(shutil.copy(resources.path("demo") / name, tmp_path / "data")) for name in PICTURES]


@pytest.fixture(autouse=True)
def quickly_opened(demo_stays_open: None) -> None:
    """For every test here: the demo is asked again and again."""
