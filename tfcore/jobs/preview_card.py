"""A picture as the network would see it by another card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from tfcore.engine.context import Context
from tfcore.models.prepare import prepare, what_the_network_sees
from tfcore.pictures import read
from tfcore.results import Box


def preview_card(
    context: Context, model: str, picture: str, changes: Mapping[str, Any], trust: bool = False
) -> tuple[np.ndarray, Box]:
    """What the network would see of a picture by a changed card (H, W, 3) uint8, and the part of it that it covers."""

    card = context.models.get(model, trust).card.with_(**changes)
    context.check()
    shown = read(picture)
    return what_the_network_sees(card, shown), prepare(card, shown)[1][0]
