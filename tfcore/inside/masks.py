"""Where a filter fires in a picture: its activation above its threshold, brought to the picture and cleaned."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tfcore.lazy import cv2


def firing(
    activation: np.ndarray, thresholds: np.ndarray, dead: np.ndarray, shape: tuple[int, ...]
) -> Iterator[tuple[int, np.ndarray]]:
    """Each filter of A (h, w, K) that fires anywhere, and its mask (H, W) uint8 of 0 and 1 as it is."""
    planes = np.ascontiguousarray(np.moveaxis(activation, -1, 0))
    # Between its values the enlarged map never rises above them.
    there = ~dead & (planes.max((1, 2)) >= thresholds)
    for index in np.flatnonzero(there).tolist():
        large = cv2.resize(planes[index], shape[1::-1], interpolation=cv2.INTER_LINEAR)
        yield index, (large >= thresholds[index]).view(np.uint8)


def cleaned(mask: np.ndarray, foreground: np.ndarray | None) -> np.ndarray:
    """Without single pixels (3 × 3 median, edges repeated), inside the foreground, and of that the largest part."""
    smooth = cv2.medianBlur(mask, 3)
    if foreground is not None:
        smooth &= foreground.view(np.uint8)
    left, top, width, height = cv2.boundingRect(smooth)
    within = slice(top, top + height), slice(left, left + width)
    clean = np.zeros_like(mask)
    if width:
        # By this algorithm parts are numbered in reading order: of equal ones the first is taken.
        how = (8, cv2.CV_32S, cv2.CCL_WU)
        count, parts, stats, _ = cv2.connectedComponentsWithStatsWithAlgorithm(smooth[within], *how)
        largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax()) if count > 2 else 1
        clean[within] = parts == largest
    return clean
