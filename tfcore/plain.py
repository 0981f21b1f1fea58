"""JSON as everything here writes it: valid whatever the numbers and the file names are."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from functools import partial
from typing import Any

# Nearly all that is asked about, and to be told at once: a table of many pictures holds thousands of them.
_OWN = frozenset({str, int, bool, type(None)})


def plain(value: Any) -> Any:
    """The value in JSON's own types; numbers that JSON has no word for become null."""
    kind = type(value)
    if kind in _OWN:
        return value
    if kind is float:
        return value if math.isfinite(value) else None
    if kind is not dict and kind is not list and hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): inner if type(inner) in _OWN else plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [inner if type(inner) in _OWN else plain(inner) for inner in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if isinstance(value, str | int) else str(value)


def json_text(value: Any, indent: int | None = None, only_ascii: bool = False) -> str:
    """The document as text that every encoding of Unicode can hold; ``only_ascii`` for streams that cannot."""
    write = partial(json.dumps, ensure_ascii=only_ascii, indent=indent, allow_nan=False)
    try:
        # Nearly all of it is in JSON's own types, and a table of many pictures is written at once.
        text = write(value, default=plain)
    except (TypeError, ValueError):
        # A number or a key that JSON has no word for.
        text = write(plain(value))
    # File names that are not Unicode become the escapes that JSON has for the halves of a letter.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
