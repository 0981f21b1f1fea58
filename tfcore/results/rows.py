"""Results over N images, and one image's row of them."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, Self


class Rows:
    """A frozen dataclass whose arrays hold one row per image; ``result[i]`` is the same with the arrays of one image.

    What names a picture (``path``, ``box``, ``hashes``) is told of a row alone.
    """

    def __getitem__(self, index: int) -> Self:
        import numpy as np

        values = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        own: dict[str, Any] = {n: each[index] for n, each in values.items() if isinstance(each, np.ndarray | Rows)}
        # Counts and classes are numbers as any others, also where they are written down.
        plain = {name: int(each) for name, each in own.items() if isinstance(each, np.integer)}
        return replace(self, **own | plain)  # type: ignore[type-var]
