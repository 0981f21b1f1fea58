"""The part of a picture that an answer is explained for: a box, a point or a mask, in the picture's own pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.pictures import Picture, read
from tfcore.results import Box, Heat

_NUMBERS = {"box": 4, "point": 2}


@dataclass(frozen=True, eq=False)
class Region:
    """``box=x0,y0,x1,y1``, ``point=x,y`` or ``mask=FILE``, whose values above 0 lie inside.

    >>> Region.of("box=10,20,40,60").box
    Box(x=10.0, y=20.0, width=30.0, height=40.0)
    """

    text: str
    box: Box | None = None
    mask: Picture | None = None

    @classmethod
    def of(cls, text: str) -> Region:
        """The region that a text names; a mask is read at once."""
        kind, _, value = text.partition("=")
        if kind == "mask" and value:
            return cls(text, mask=read(Path(value)))
        try:
            numbers = [float(one) for one in value.split(",")]
            if len(numbers) != _NUMBERS[kind] or not np.isfinite(numbers).all():
                raise ValueError
        except (ValueError, KeyError):
            raise HeatlensError(
                f"Region {text!r} is not box=x0,y0,x1,y1, point=x,y (in pixels of the picture) or mask=FILE."
            ) from None
        left, top, *end = numbers
        if kind == "point":
            return cls(text, Box(np.floor(left), np.floor(top), 1, 1))
        if end[0] <= left or end[1] <= top:
            raise HeatlensError(
                f"region {text!r} has no inside; name its upper left corner first, then the lower right."
            )
        return cls(text, Box(left, top, end[0] - left, end[1] - top))

    def seen(self, picture: Picture, part: Box, height: int, width: int) -> np.ndarray:
        """Which pixels of the network's input (H, W), which covers this ``part`` of the picture, lie inside."""
        inside = self._in(picture)
        rows, columns = np.nonzero(inside)
        if not len(rows):
            raise HeatlensError(
                f"{picture.path}: {self.text} holds nothing of the picture ({picture.width} × {picture.height}); "
                "choose a region inside it."
            )
        seen = np.zeros((height, width), bool)
        # Where pixels shrink, each that is marked marks the one it becomes a part of; where they grow, all it becomes.
        down = np.floor((rows + 0.5 - part.y) * height / part.height).astype(int)
        across = np.floor((columns + 0.5 - part.x) * width / part.width).astype(int)
        there = (down >= 0) & (down < height) & (across >= 0) & (across < width)
        seen[down[there], across[there]] = True
        back_down, fits_down = _places(part.y, part.height, height, picture.height)
        back_across, fits_across = _places(part.x, part.width, width, picture.width)
        seen |= inside[np.ix_(back_down, back_across)] & fits_down[:, None] & fits_across
        if not seen.any():
            raise HeatlensError(
                f"{picture.path}: {self.text} lies where the network does not look; choose a region inside the part of "
                "the picture that it is shown."
            )
        return seen

    def recorded(self, heat: Heat) -> Heat:
        """The heat with what it was explained for."""
        hashes = heat.hashes if self.mask is None else {**heat.hashes, "region": self.mask.sha256}
        return replace(heat, region=self.text, hashes=hashes)

    def _in(self, picture: Picture) -> np.ndarray:
        """True inside, at the size of the picture."""
        if self.mask is not None:
            levels = self.mask.array
            marked = np.asarray(levels.max(axis=2) if levels.ndim == 3 else levels) > 0
            if marked.shape != (picture.height, picture.width):
                raise HeatlensError(
                    f"{picture.path} has {picture.width} × {picture.height} pixels, but its mask {self.mask.path} "
                    f"{marked.shape[1]} × {marked.shape[0]}; give a mask of the picture's size."
                )
            return marked
        assert self.box is not None
        down, across = np.arange(picture.height)[:, None] + 0.5, np.arange(picture.width) + 0.5
        in_rows = (self.box.y <= down) & (down < self.box.y + self.box.height)
        in_columns = (self.box.x <= across) & (across < self.box.x + self.box.width)
        inside: np.ndarray = in_rows & in_columns
        return inside


def _places(start: float, length: float, count: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the centres of ``count`` pixels lie on one side of a picture, and which of them lie on it at all."""
    places = np.floor(start + (np.arange(count) + 0.5) * length / count).astype(int)
    return places.clip(0, most - 1), (places >= 0) & (places < most)
