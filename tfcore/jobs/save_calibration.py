"""What was found of probabilities, written into a folder: the figures, the bins and the reliability diagram."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.report.reliability import write_calibrated
from tfcore.reproduction.commanded import arguments, keep_beside
from tfcore.results import Calibrated


def save_calibration(context: Context, model: str, found: Calibrated, out: str, data: str, **asked: Any) -> list[str]:
    """The files written; ``asked`` is what ``calibrate`` was asked besides."""
    context.progress(0, 1, f"writing to {out}")
    files = write_calibrated(found, Path(out))
    flags = {name.replace("_", "-"): value for name, value in asked.items()}
    given = arguments("calibrate", data, {"model": model, **flags, "report-only": True, "out": out})
    keep_beside(given or [], Path(out), files)
    return [str(file) for file in files]
