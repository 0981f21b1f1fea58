"""The nearest picture of another class, and the heat of both."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfcore.data.open import open_data
from tfcore.engine.remaining import Remaining
from tfcore.results import Neighbour
from tfcore.trust.neighbours import counterfactual, with_heats

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def neighbour(
    context: Context,
    model: str,
    picture: str,
    data: str,
    trust: bool = False,
    split: str | None = None,
    group_by_patient: bool = False,
    method: str = "grad-cam",
    layer: str | None = None,
    params: Mapping[str, Any] | None = None,
) -> Neighbour:
    opened = context.models.get(model, trust)
    pictures = open_data(data, group_by_patient=group_by_patient)
    found = counterfactual(opened, Path(picture), pictures, split, Remaining(context).pictures)
    return with_heats(opened, Path(picture), found, method, layer, params)
