"""The pixels of a sample, wherever they lie: a picture, a frame of a video, a slice of a volume."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tfcore.data.dataset import Outline, Sample
from tfcore.data.sources import segmentations
from tfcore.errors import HeatlensError
from tfcore.lazy import cv2
from tfcore.pictures import Picture, read
from tfcore.pictures.address import parts, written
from tfcore.pictures.formats import VOLUME_SUFFIXES


def picture(sample: Sample) -> Picture:
    """The sample's picture, or one sentence."""
    if sample.frame is None:
        return read(sample.path)
    if sample.path.is_dir() or sample.path.name.lower().endswith(VOLUME_SUFFIXES):
        from tfcore.data.sources.volumes import slice_of

        return slice_of(sample)
    from tfcore.data.sources.videos import frame_of

    return frame_of(sample)


def mask(sample: Sample, values: Mapping[int, int] | None = None) -> np.ndarray:
    """Class indices (H, W) uint8: what lies inside the sample's mask file or its outlines.

    ``values`` maps the mask file's values to classes; without it everything but 0 is what the sample ``means``. Needs
    the picture's size only where outlines are filled.
    """
    if sample.mask is not None:
        return _of_file(sample, values)
    if not sample.outlines:
        raise HeatlensError(f"{sample.name} has no mask and no outlines; leave it out or give it one.")
    shown = read(sample.path)
    filled = np.zeros((shown.height, shown.width), np.uint8)
    for outline in sample.outlines:
        _fill(filled, outline, sample)
    return filled


def stored(sample: Sample) -> np.ndarray:
    """The values of the sample's mask file (H, W), as they are."""
    assert sample.mask is not None
    return _stored(sample, sample.mask)


def _of_file(sample: Sample, values: Mapping[int, int] | None) -> np.ndarray:
    assert sample.mask is not None
    classes = _classes(_stored(sample, sample.mask), sample.mask, values, sample.means)
    for path in sample.more_masks:
        more = _classes(_stored(sample, path), path, values, sample.means)
        if more.shape != classes.shape:
            raise HeatlensError(
                f"{path} and {sample.mask} are masks of one picture, of two sizes; correct one of them."
            )
        classes = np.maximum(classes, more)
    return classes


def _stored(sample: Sample, path: Path) -> np.ndarray:
    """The values of a mask file (H, W)."""
    volume = path.is_dir() or path.name.lower().endswith(VOLUME_SUFFIXES)
    if sample.frame is not None and volume:
        from tfcore.data.sources.volumes import mask_slice

        return mask_slice(sample)
    if segmentations.is_segmentation(path):
        return segmentations.mask(path, sample.path)
    # The labels of a volume are cut where its picture is.
    stored = read(written(path, parts(sample.path)[1]) if volume and not parts(path)[1] else path).array
    stored = np.rint(stored) if volume and stored.dtype.kind == "f" else stored
    return stored.max(axis=2) if stored.ndim == 3 else stored


def _classes(stored: np.ndarray, path: Path, values: Mapping[int, int] | None, means: int) -> np.ndarray:
    """Class indices of a mask file's values."""
    if values is None:
        return np.where(stored > 0, means, 0).astype(np.uint8)
    known = np.isin(stored, list(values))
    if not known.all():
        stray = stored[~known].flat[0]
        raise HeatlensError(f"{path} holds the value {stray}; only {', '.join(map(str, values))} are classes.")
    classes = np.zeros(stored.shape, np.uint8)
    for value, index in values.items():
        classes[stored == value] = index
    return classes


def _fill(filled: np.ndarray, outline: Outline, sample: Sample) -> None:
    # One polygon at a time: filled together, overlapping ones would cut holes into each other.
    for polygon in outline.polygons:
        cv2.fillPoly(filled, [np.rint(np.array(polygon)).astype(np.int32)], (outline.means,))
    if outline.runs is not None:
        height, width, counts = outline.runs
        if filled.shape != (height, width):
            raise HeatlensError(
                f"{sample.name} has {filled.shape[1]} × {filled.shape[0]} pixels, but its mask {width} × {height}; "
                "correct one of them."
            )
        # Runs of outside and inside in turn, column by column.
        inside = np.repeat(np.arange(len(counts)) % 2, counts).reshape(width, height).T
        filled[inside.astype(bool)] = outline.means
