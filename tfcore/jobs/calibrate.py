"""Probabilities held against labels, and what would make them honest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tfcore.data.open import open_data
from tfcore.engine.remaining import Remaining
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
    group_by_patient: bool = False,
    map: Mapping[str, str] | None = None,
) -> Calibrated:
    opened = context.models.get(model, trust)
    pictures = open_data(data, group_by_patient=group_by_patient)
    return calibrated(opened, pictures, split, alpha, score, force, map, Remaining(context).pictures)
