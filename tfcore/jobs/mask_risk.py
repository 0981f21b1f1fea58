"""From which probability on each structure is taken, so that no more of it is missed than wished."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfcore.data.open import open_data
from tfcore.engine.remaining import Remaining
from tfcore.results import MaskRisk
from tfcore.trust.calibrate import named
from tfcore.trust.mask_risk import kept, mask_risks

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def mask_risk(
    context: Context,
    model: str,
    data: str,
    trust: bool = False,
    split: str | None = None,
    alpha: float = 0.1,
    force: bool = False,
    group_by_patient: bool = False,
) -> tuple[tuple[MaskRisk, ...], dict[str, Any]]:
    """What was found, and what the card would say of it."""
    opened = context.models.get(model, trust)
    pictures = open_data(data, group_by_patient=group_by_patient)
    found = mask_risks(opened, pictures, split, alpha, force, Remaining(context).pictures)
    return found, kept(opened, found, alpha, named(pictures, split))
