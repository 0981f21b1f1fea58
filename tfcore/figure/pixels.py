"""Pictures in a figure, brought to the pixels of the page by OpenCV: a tenth of the time that matplotlib takes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.image import AxesImage
from matplotlib.transforms import Bbox

from tfcore.figure.display import Interpolation, smooth
from tfcore.lazy import cv2

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# What files without pixels of their own are told.
_MATPLOTLIBS = {"smooth": "bilinear", "pixels": "nearest", "by size": None}


def show(
    axes: Axes,
    image: np.ndarray,
    extent: tuple[float, float, float, float],
    opacity: float = 1.0,
    interpolation: Interpolation = "by size",
) -> None:
    """The image (h, w, 3 or 4) uint8, its first row on top, from left to right and bottom to top of ``extent``."""
    drawn = _Pixels(axes, extent=extent, alpha=opacity, interpolation=_MATPLOTLIBS[interpolation])
    # A PDF keeps what covers everything alike apart from what is seen through.
    opaque = image.shape[2] == 4 and image[..., 3].min() == 255
    drawn.set_data(image[..., :3] if opaque else image)
    drawn.set_clip_path(axes.patch)
    drawn.wanted = interpolation
    axes.add_image(drawn)


class _Pixels(AxesImage):
    """An image that files of pixels get ready-made; in PDF and SVG it is what matplotlib makes of it."""

    wanted: Interpolation = "by size"

    def make_image(self, renderer: Any, magnification: float = 1.0, unsampled: bool = False) -> Any:
        left, right, bottom, top = self.get_extent()
        page = Bbox([[left, bottom], [right, top]]).transformed(self.get_transform())
        # Rounded to where the page's pixels begin.
        x0, x1 = (round(edge) for edge in (page.x0, page.x1))
        y0, y1 = (round(edge) for edge in (page.y0, page.y1))
        cell = self.axes.bbox
        seen_x0, seen_x1 = max(x0, round(cell.x0)), min(x1, round(cell.x1))
        seen_y0, seen_y1 = max(y0, round(cell.y0)), min(y1, round(cell.y1))
        wide, high = seen_x1 - seen_x0, seen_y1 - seen_y0
        if (
            unsampled
            or magnification != 1
            or not hasattr(renderer, "buffer_rgba")
            or min(wide, high) < 1
            or (x1 - x0) * (y1 - y0) > 8 * wide * high
        ):
            return super().make_image(renderer, magnification, unsampled)
        whole = _resized(np.asarray(self.get_array()), x1 - x0, y1 - y0, self.wanted)
        seen = whole[y1 - seen_y1 : y1 - seen_y0, seen_x0 - x0 : seen_x1 - x0]
        # Of arrays the first row is on top, of pages it is at the bottom.
        image = cv2.flip(seen if seen.shape[2] == 4 else cv2.cvtColor(seen, cv2.COLOR_RGB2RGBA), 0)
        cv2.insertChannel(cv2.convertScaleAbs(cv2.extractChannel(image, 3), alpha=self.get_alpha() or 0), image, 3)
        return image, seen_x0, seen_y0, None


def _resized(image: np.ndarray, wide: int, high: int, interpolation: Interpolation) -> np.ndarray:
    rows, columns = image.shape[:2]
    if wide < columns or high < rows:
        how = cv2.INTER_AREA
    elif smooth(interpolation, wide / columns, high / rows):
        how = cv2.INTER_LINEAR
    else:
        # Each pixel is seen as it is.
        how = cv2.INTER_NEAREST_EXACT
    found: np.ndarray = cv2.resize(image, (wide, high), interpolation=how)
    return found
