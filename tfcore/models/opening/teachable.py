"""Exports of Teachable Machine: ``keras_model.h5`` with its classes in ``labels.txt``."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.models.card import Card
from tfcore.models.opening import text

# How its own sample code prepares a picture.
_PREPARED = {"scaling": "x/127.5-1", "colour": "rgb", "resize": "lanczos", "fit": "centre"}


def card(path: Path, input_shape: Any, outputs: int) -> Card | None:
    """The card of an export, ``None`` for any other model."""
    labels = path.with_name("labels.txt")
    if path.name != "keras_model.h5" or not labels.is_file():
        return None
    names = _names(labels, outputs)
    return Card.guess(input_shape, outputs, classes=names, task="classification", **_PREPARED)


def _names(labels: Path, outputs: int) -> tuple[str, ...]:
    """The names of lines such as ``0 glioma``, told apart by their numbers where two are the same."""
    written = text.read(labels).decode("utf-8-sig", errors="replace").splitlines()
    lines = [line.strip() for line in written if line.strip()]
    if len(lines) != outputs:
        raise HeatlensError(
            f"{labels} names {len(lines)} classes, but the model has {outputs} outputs; correct or remove it."
        )
    names = [re.sub(r"^\d+\s+", "", line) for line in lines]
    seen = Counter(names)
    return tuple(line if seen[name] > 1 else name for name, line in zip(names, lines, strict=True))
