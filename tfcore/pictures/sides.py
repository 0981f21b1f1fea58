"""Which sides of the patient lie at the edges of a picture, and which way round it is seen.

Sides are four letters: what is at the top, the bottom, the left and the right of the picture as it is stored, such as
``"APRL"``; nothing where the file does not say. R right, L left, A front, P back, S head, I feet.
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

Convention = Literal["radiological", "neurological"]
CONVENTIONS: tuple[Convention, ...] = ("radiological", "neurological")

# Of the planes of a volume as they are cut; of a sagittal one the front is on the left in both conventions.
OF_PLANES = {"axial": "APRL", "coronal": "SIRL", "sagittal": "SIAP"}
# Towards each side, along the patient's right, front and head.
_WAYS = {"R": (1, 0, 0), "L": (-1, 0, 0), "A": (0, 1, 0), "P": (0, -1, 0), "S": (0, 0, 1), "I": (0, 0, -1)}
_OPPOSITE = dict(zip("RLAPSI", "LRPAIS", strict=True))


def of_directions(across: Any, down: Any) -> str:
    """Sides from the ways (right, front, head) along a row and down a column: of each the side it mostly leads to.

    >>> of_directions([-1, 0, 0], [0, -1, 0.1])
    'APRL'
    """
    right, bottom = (max(_WAYS, key=lambda letter: float(np.dot(_WAYS[letter], way))) for way in (across, down))
    # Of a picture that lies askew both may be the same.
    return "" if bottom in (right, _OPPOSITE[right]) else _OPPOSITE[bottom] + bottom + _OPPOSITE[right] + right


def mirrored(sides: str, convention: Convention) -> bool:
    """Whether the picture has to be seen the other way round, left for right.

    Radiologists look from the feet and from the front, so that the patient's left is on the right; neurologists from
    the head and from the back. Of a picture seen from the side there is one way only.

    >>> mirrored("APRL", "radiological"), mirrored("APRL", "neurological"), mirrored("SIAP", "neurological")
    (False, True, False)
    """
    if not sides:
        return False
    _, front, head = np.cross(_WAYS[sides[3]], _WAYS[sides[1]])
    return bool(front or head) and (head > 0 or front < 0) != (convention == "radiological")


def as_seen(sides: str, convention: Convention) -> str:
    """The letters where they stand on the screen or the page."""
    return sides[:2] + sides[:1:-1] if mirrored(sides, convention) else sides
