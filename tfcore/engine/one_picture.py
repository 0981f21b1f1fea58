"""One picture made ready for one model: how every job about a picture begins."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    from tfcore.engine.context import Context
    from tfcore.engine.protocol import Box
    from tfcore.models.model import Model
    from tfcore.pictures import Picture


class OnePicture(NamedTuple):
    """The open model, the picture as read, the batch of one that the model takes, and the part of it that covers."""

    model: Model
    picture: Picture
    batch: np.ndarray
    box: Box


def one_picture(context: Context, model: str, picture: str, trust: bool = False) -> OnePicture:
    """Open, read and prepare; the job can be cancelled between opening and reading."""
    from tfcore.pictures import read

    opened = context.models.get(model, trust)
    context.check()
    shown = read(picture)
    batch, (box,) = opened.prepare_with_boxes([shown])
    return OnePicture(opened, shown, batch, box)
