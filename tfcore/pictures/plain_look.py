"""What can be seen of a picture without a network: colour, contrast, grey levels, its border, its size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce
from typing import Any

import numpy as np

from tfcore.pictures.picture import Picture

# A picture is looked at through so many rows and columns.
_SIDE = 96
_BORDER = 0.06
_BINS = 16
# Mean difference between channels, in grey levels, from which on it is in colour.
_COLOURED = 6.0
# Times the largest or smallest training picture; and of what their borders and grey levels reach.
_TIMES, _SLACK = 3.0, 1.5
# Grey levels by which the middle has to differ from the border to be lighter or darker.
_CLEAR = 8.0
NAMES = ("height", "width", "coloured", "contrast", "border")


def plain_look(picture: Picture) -> np.ndarray:
    """Numbers in the order of ``NAMES``, then the shares of grey levels below each step of a coarse histogram."""
    rows, columns = (max(1, side // _SIDE) for side in (picture.height, picture.width))
    shown = replace(picture, array=picture.array[::rows, ::columns]).screen().astype(np.float32)
    grey, coloured = shown, 0.0
    if shown.ndim == 3:
        # Channel by channel: sums over so short a last axis take five times as long.
        channels = [*np.moveaxis(shown, -1, 0)]
        grey = sum(channels) / np.float32(len(channels))
        coloured = float((reduce(np.maximum, channels) - reduce(np.minimum, channels)).mean())
    height, width = picture.full or (picture.height, picture.width)
    edge = max(1, round(_BORDER * min(grey.shape)))
    inside = np.zeros(grey.shape, bool)
    inside[edge:-edge, edge:-edge] = True
    border, middle = grey[~inside], grey[inside] if inside.any() else grey
    steps = (grey.reshape(-1) * (_BINS / 256)).astype(np.intp)
    shares = np.bincount(steps, minlength=_BINS).cumsum()[:-1] / grey.size
    facts = [height, width, coloured, float(middle.mean() - border.mean()), float(border.std())]
    return np.array([*facts, *shares], np.float32)


def usual(looks: Sequence[np.ndarray]) -> dict[str, Any]:
    """What is usual among many pictures, as plain facts without a trace of any one of them."""
    array = np.stack(looks)
    by = dict(zip(NAMES, array.T, strict=False))
    levels = array[:, len(NAMES) :]
    mean = levels.mean(0)
    return {
        "coloured": float((by["coloured"] >= _COLOURED).mean()),
        "sides": [float(min(by["height"].min(), by["width"].min())), float(max(by["height"].max(), by["width"].max()))],
        "contrast": [float(value) for value in np.quantile(by["contrast"], [0.01, 0.99])],
        "border": float(by["border"].max()),
        "levels": [float(value) for value in mean],
        "spread": float(np.abs(levels - mean).mean(1).max()),
    }


def remarks(look: np.ndarray, usual: Mapping[str, Any]) -> tuple[str, ...]:
    """A few words for each way in which a picture is unusual."""
    height, width, coloured, contrast, border = map(float, look[: len(NAMES)])
    least, most = usual["sides"]
    dark, light = usual["contrast"]
    said = []
    if coloured >= _COLOURED and usual["coloured"] == 0:
        said.append("it is in colour, and no training picture was")
    if coloured < _COLOURED and usual["coloured"] == 1:
        said.append("it is grey, and all training pictures were in colour")
    if (dark > _CLEAR and contrast < -_CLEAR) or (light < -_CLEAR and contrast > _CLEAR):
        said.append("dark and light are the other way round")
    elif float(np.abs(look[len(NAMES) :] - np.array(usual["levels"])).mean()) > _SLACK * usual["spread"]:
        said.append("its grey levels are spread otherwise")
    if border > _SLACK * usual["border"] + _CLEAR:
        said.append("something bright lies on its border")
    if max(height, width) > _TIMES * most or min(height, width) < least / _TIMES:
        usually = f"{most:.0f}" if least == most else f"{least:.0f} to {most:.0f}"
        said.append(f"it has {width:.0f} × {height:.0f} pixels, training pictures {usually} a side")
    return tuple(said)
