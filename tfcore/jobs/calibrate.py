"""Probabilities held against labels, and what would make them honest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tfcore.data.open import open_data
from tfcore.engine.remaining import Remaining
from tfcore.report.reliability import write_calibrated
from tfcore.reproduction.commanded import arguments, keep_beside
from tfcore.results import Calibrated
from tfcore.trust.calibrate import calibrate as calibrated

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def calibrate(
    context: Context,
    model: str,
    data: str,
    trust: bool = False,
    split: str | None = None,
    alpha: float = 0.1,
    score: str = "lac",
    force: bool = False,
    map: Mapping[str, str] | None = None,
    group_by_patient: bool = False,
    out: str = "",
) -> Calibrated:
    opened = context.models.get(model, trust)
    pictures = open_data(data, group_by_patient=group_by_patient)
    found = calibrated(
        opened,
        pictures,
        split,
        alpha,
        score,
        force,
        map,
        Remaining(context).pictures,
    )
    if out:
        files = write_calibrated(found, Path(out))
        asked = {"model": model, "split": split, "alpha": alpha, "score": score, "force": force, "map": map or {}}
        asked |= {"group-by-patient": group_by_patient, "report-only": True, "out": out}
        keep_beside(arguments("calibrate", data, asked) or [], Path(out), files)
        found = replace(found, files=tuple(str(file) for file in files))
    return found
