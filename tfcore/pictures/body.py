"""What of a picture is body and what is the dark around it."""

from __future__ import annotations

import numpy as np

from tfcore.lazy import cv2

# Of the range of a picture: darker and joined with its edge is background; less background than that is none.
_DARK, _LEAST = 0.08, 0.05


def foreground(image: np.ndarray) -> np.ndarray | None:
    """The largest thing in the picture that is not dark background joined with its edge; none without background."""
    grey = image.astype(np.float32).mean(-1)
    bright = (grey - grey.min() > _DARK * max(float(np.ptp(grey)), 1e-12)).astype(np.uint8)
    closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    _, parts, stats, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    if len(stats) < 2:
        return None
    body = (parts == 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())).astype(np.uint8)
    # Dark places inside it (fluid, air) are not outside.
    outlines, _ = cv2.findContours(body, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(body, outlines, -1, 1, cv2.FILLED)
    return body > 0 if (body == 0).mean() > _LEAST else None
