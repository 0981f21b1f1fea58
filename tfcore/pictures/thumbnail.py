"""Small pictures for the browser."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from tfcore.pictures.address import file_of
from tfcore.pictures.budget import MOST_FOR_A_THUMBNAIL
from tfcore.pictures.formats import HEAD, VOLUMES, format_of
from tfcore.pictures.picture import Picture
from tfcore.pictures.read import decode, read, reduced
from tfcore.pictures.source import TooLarge, contents
from tfcore.pictures.window import automatic

# Pixels a side for each of the thumbnail: more of them no eye can tell.
_ENOUGH = 8


def thumbnail(path: str | Path, size: int = 128) -> np.ndarray:
    """The picture as (h, w, 3) uint8, at most ``size`` pixels on a side, never enlarged; safe to call from threads."""
    from PIL import Image

    picture = _picture(Path(path), size)
    skip = max(1, max(picture.height, picture.width) // (_ENOUGH * size))
    shown = replace(picture, array=picture.array[::skip, ::skip]).display()
    # In its true shape: of pixels that are no squares one side is longer.
    height, width = shown.shape[0] * max(picture.tall, 1), shown.shape[1] / min(picture.tall, 1)
    shrink = min(size / max(height, width), 1)
    small = (max(1, round(width * shrink)), max(1, round(height * shrink)))
    if small == shown.shape[1::-1]:
        return shown
    # Pillow is there already to read the file, and comes ten times sooner than OpenCV.
    return np.asarray(Image.fromarray(shown).resize(small, Image.Resampling.BOX, reducing_gap=2.0))


def _picture(path: Path, size: int) -> Picture:
    """As coarse as will do, where its kind can be read so."""
    file = file_of(path)
    if file != path or file.is_dir():
        return read(path)
    if (form := format_of(contents(file, sys.maxsize, HEAD), path)) in ("dicom", "video", *VOLUMES):
        return read(path)
    if form == "tiff" and (small := _of_pyramid(path, size)) is not None:
        return small
    data = contents(path, MOST_FOR_A_THUMBNAIL)
    try:
        array, _ = decode(data, path, coarse=size)
    except TooLarge:
        if form not in ("png", "jpeg"):
            raise
        return reduced(data, form, path)
    return Picture(array, path, "", automatic(array))


def _of_pyramid(path: Path, size: int) -> Picture | None:
    """The smallest copy in the file that will do, of a picture that is not read whole."""
    from tfcore.pictures import large

    return large.smallest(path, size) if large.is_large(path) else None
