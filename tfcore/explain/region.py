"""The part of a picture that an answer is explained for: drawn, marked, or where the network itself says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import sent
from tfcore.measure import Kind, Roi
from tfcore.pictures import Picture, read
from tfcore.results import Box, Heat

PREDICTED = "predicted"
# What a shape is called as a region; its points are in pixels of the picture.
_SHAPES: dict[str, Kind] = {"box": "rectangle", "ellipse": "ellipse", "outline": "freehand", "point": "rectangle"}


@dataclass(frozen=True, eq=False)
class Region:
    """``box=x0,y0,x1,y1``, ``ellipse=`` in such a box, ``outline=x0,y0,x1,y1,…``, ``point=x,y``, ``mask=FILE`` whose
    values above 0 lie inside, or ``predicted``: where the network says the class that is explained.

    >>> Region.of("box=10,20,40,60").shape.points
    ((10.0, 20.0), (40.0, 60.0))
    """

    text: str
    shape: Roi | None = None
    mask: Picture | None = None

    @classmethod
    def of(cls, text: str) -> Region:
        """The region that a text names; a mask is read at once."""
        if text == PREDICTED:
            return cls(text)
        kind, _, value = text.partition("=")
        if kind == "mask" and value:
            return cls(text, mask=read(sent(value)))
        try:
            numbers = [float(one) for one in value.split(",")]
            points = tuple(zip(numbers[::2], numbers[1::2], strict=True))
            if kind == "point":
                ((x, y),) = np.floor(points).tolist()
                points = ((x, y), (x + 1, y + 1))
            shape = Roi(text, _SHAPES[kind], points)
        except (ValueError, KeyError, HeatlensError):
            raise HeatlensError(
                f"Region {text!r} is not box=x0,y0,x1,y1, ellipse=x0,y0,x1,y1, outline=x0,y0,x1,y1,x2,y2,…, point=x,y "
                "(in pixels of the picture), mask=FILE or predicted."
            ) from None
        (left, top), (right, bottom) = points[0], points[-1]
        if kind in ("box", "ellipse") and (right <= left or bottom <= top):
            raise HeatlensError(
                f"region {text!r} has no inside; name its upper left corner first, then the lower right."
            )
        return cls(text, shape)

    def seen(self, picture: Picture, part: Box, height: int, width: int) -> np.ndarray | str:
        """Which pixels of the network's input (H, W), which covers this ``part`` of the picture, lie inside; what only
        the network can tell, by its name.
        """
        if self.text == PREDICTED:
            return PREDICTED
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
        assert self.shape is not None
        inside = np.zeros((picture.height, picture.width), bool)
        rows, columns, within = self.shape.inside(picture.height, picture.width)
        inside[rows, columns] = within
        return inside


def _places(start: float, length: float, count: int, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the centres of ``count`` pixels lie on one side of a picture, and which of them lie on it at all."""
    places = np.floor(start + (np.arange(count) + 0.5) * length / count).astype(int)
    return places.clip(0, most - 1), (places >= 0) & (places < most)
