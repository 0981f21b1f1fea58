"""How sentences of the methods section are put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tfcore.words import counted

# Topic, sentence, and the entries that it cites.
Said = tuple[str, str, tuple[str, ...]]


def and_(names: Sequence[str]) -> str:
    """``a, b and c``."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def preprocessed(card: Mapping[str, Any]) -> str:
    """How pictures come to the network."""
    height, width, channels = card["input_shape"]
    size = "their own size" if None in (height, width) else f"{height} × {width} pixels"
    scaled = f"{card['resize']} interpolation, fit: {card['fit']}; colour: {card['colour']}, scaling: {card['scaling']}"
    return f"Pictures were brought to {size} with {counted(channels, 'channel')} ({scaled})."
