"""Configurations as text from a stranger: refused before they cost memory or the stack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tfcore.errors import HeatlensError
from tfcore.files import why

# DenseNet201 takes half a megabyte, 40,000 parts and eight levels.
MOST_BYTES = 16 << 20
_MOST_PARTS = 1_000_000
_DEEPEST = 200


def parsed(text: bytes | str, path: Path) -> Any:
    """The JSON, or a sentence that says why it is not one."""
    if len(text) > MOST_BYTES:
        raise HeatlensError(
            f"{path} has an architecture of more than {MOST_BYTES >> 20} MB, more than any network; not opened."
        )
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        # Counted in the text, since every part takes a hundred times its letters once it is parsed.
        if sum(map(text.count, ",[{")) > _MOST_PARTS:
            raise HeatlensError(f"{path} has an architecture of more than {_MOST_PARTS:,} parts; no network has.")
        config = json.loads(text)
        depth = _depth(config)
    except RecursionError:
        depth = _DEEPEST + 1
    except ValueError as error:
        raise HeatlensError(
            f"{path} is damaged: its architecture is not valid JSON; copy or download the model again."
        ) from error
    if depth > _DEEPEST:
        raise HeatlensError(f"{path} nests its architecture more than {_DEEPEST} levels deep; no network does.")
    return config


def read(path: Path, most: int = MOST_BYTES) -> bytes:
    """The content of a file that should hold a configuration; what is too long is not read to its end."""
    try:
        with path.open("rb") as stream:
            return stream.read(most + 1)
    except OSError as error:
        raise HeatlensError(f"{path} was not read: {why(error)}.") from error


def _depth(config: Any) -> int:
    deepest, waiting = 0, [(config, 1)]
    while waiting:
        part, depth = waiting.pop()
        deepest = max(deepest, depth)
        if depth > _DEEPEST:
            break
        inside = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting.extend((each, depth + 1) for each in inside)
    return deepest
