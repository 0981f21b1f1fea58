"""What a network's training pictures look like to it, kept beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfcore.data.open import open_data
from tfcore.engine.remaining import Remaining
from tfcore.results import ModelInfo
from tfcore.trust.reference import keep
from tfcore.trust.reference import reference as learnt

if TYPE_CHECKING:
    from tfcore.engine.context import Context


def reference(
    context: Context,
    model: str,
    data: str,
    trust: bool = False,
    split: str | None = None,
    group_by_patient: bool = False,
    thumbnails: bool = False,
) -> ModelInfo:
    """The network as it is with the reference, which its card names."""
    opened = context.models.get(model, trust)
    pictures = open_data(data, group_by_patient=group_by_patient)
    found = learnt(opened, pictures, split, Remaining(context).pictures, thumbnails)
    opened.save_card(opened.stating(reference=keep(found, opened.file, opened.card.sha256)))
    return context.models.get(model, trust).info()
