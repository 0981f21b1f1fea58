"""Exports of Teachable Machine: ``keras_model.h5`` with its classes in ``labels.txt``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.files import why
from tfcore.models.card import Card

# How its own sample code prepares a picture.
_PREPARED = {"scaling": "x/127.5-1", "colour": "rgb", "resize": "lanczos", "fit": "centre"}


def card(path: Path, input_shape: Any, outputs: int) -> Card | None:
    """The card of an export, ``None`` for any other model."""
    labels = path.with_name("labels.txt")
    if path.name != "keras_model.h5" or not labels.is_file():
        return None
    names = _names(labels)
    if len(names) != outputs:
        raise HeatlensError(
            f"{labels} names {len(names)} classes, but the model has {outputs} outputs; correct or remove it."
        )
    return Card.guess(input_shape, outputs, classes=names, task="classification", **_PREPARED)


def _names(labels: Path) -> tuple[str, ...]:
    """The names of lines such as ``0 glioma``, told apart by their numbers where two are the same."""
    try:
        lines = labels.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise HeatlensError(f"{labels} was not read: {why(error)}.") from error
    lines = [line.strip() for line in lines if line.strip()]
    names = [re.sub(r"^\d+\s+", "", line) for line in lines]
    return tuple(line if names.count(name) > 1 else name for name, line in zip(names, lines, strict=True))
