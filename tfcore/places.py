"""Where Heatlens keeps its own files: settings, weights, logs. ``HEATLENS_HOME`` puts them all in one folder."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


def settings() -> Path:
    """Recent files, the last session."""
    return _place("config", "user_config_path")


def weights() -> Path:
    """The offline weight store."""
    return _place("weights", "user_data_path", "weights")


def logs() -> Path:
    """Details of failures and the engine's own output."""
    return _place("logs", "user_log_path")


def _place(name: str, of_platform: str, below: str = "") -> Path:
    home = os.environ.get("HEATLENS_HOME")
    if home:
        place = Path(home) / name
    else:
        import platformdirs

        place = getattr(platformdirs, of_platform)("heatlens", appauthor=False) / below
    # Who writes there says why it cannot be done.
    with contextlib.suppress(OSError):
        place.mkdir(parents=True, exist_ok=True)
    return place
