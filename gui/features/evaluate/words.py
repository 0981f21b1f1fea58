"""Names as the panel says them."""

from __future__ import annotations

from pathlib import Path


def model_name(source: str) -> str:
    """A model file without its folders and ending, as the tables name it.

    >>> model_name("runs/first/model.keras"), model_name("zoo:vgg16")
    ('first', 'zoo:vgg16')
    """
    path = Path(source)
    # What training writes is always called so.
    return path.parent.name if path.name == "model.keras" and path.parent.name else path.stem
