"""Pairs of pictures side by side on one sheet, to see whether they are the same."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tfcore.data import reading
from tfcore.data.audit import Alike
from tfcore.data.dataset import Sample
from tfcore.errors import HeatlensError
from tfcore.figure.style import drawable
from tfcore.files import write_whole
from tfcore.marks import marked_png
from tfcore.words import counted

# Pairs across and pairs at most; inches for a picture's side, its caption, between pairs and around the sheet.
_ACROSS, MOST = 4, 48
_SIDE, _CAPTION, _GAP, _MARGIN, _TITLE = 1.5, 0.36, 0.2, 0.1, 0.3
_LEAK, _PLAIN = "#c0392b", "#333333"


def contact_sheet(alike: Sequence[Alike], path: str | Path, title: str, overwrite: bool = False) -> Path:
    """A PNG of the first pairs with their names, splits and labels; those across splits are red."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = alike[:MOST]
    width = _MARGIN * 2 + _ACROSS * (2 * _SIDE + _GAP) - _GAP
    height = _MARGIN + _TITLE + -(-len(shown) // _ACROSS) * (_SIDE + _CAPTION)
    figure = Figure((width, height), dpi=100, facecolor="white")
    FigureCanvasAgg(figure)
    more = f", the first {MOST} are shown" if len(alike) > MOST else ""
    heading = f"{title}: {counted(len(alike), 'pair')}{more}"
    figure.text(_MARGIN / width, 1 - _MARGIN / height, heading, fontsize=10, va="top")
    for number, pair in enumerate(shown):
        row, column = divmod(number, _ACROSS)
        bottom = height - _TITLE - (row + 1) * (_SIDE + _CAPTION)
        for side, sample in enumerate((pair.first, pair.second)):
            left = _MARGIN + column * (2 * _SIDE + _GAP) + side * _SIDE
            axes = figure.add_axes((left / width, bottom / height, 0.98 * _SIDE / width, _SIDE / height))
            axes.imshow(_small(sample))
            axes.set_anchor("N")
            axes.set_axis_off()
            axes.set_title(_caption(sample), fontsize=6, color=_LEAK if pair.across else _PLAIN, pad=2)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return write_whole(path, marked_png(stream.getvalue()), overwrite)


def _caption(sample: Sample) -> str:
    name = sample.path.name if sample.frame is None else f"{sample.path.name} {sample.frame}"
    name = name if len(name) <= 26 else f"{name[:12]}…{name[-13:]}"
    told = " · ".join(filter(None, (sample.split, sample.label))) or "unannotated"
    # A dollar sign would start a formula.
    return f"{drawable(name)}\n{drawable(told)}".replace("$", r"\$")


def _small(sample: Sample) -> np.ndarray:
    import cv2

    try:
        colours = reading.picture(sample).display()
    except HeatlensError:
        # It was there when it was looked at; the pair still belongs on the sheet.
        return np.full((1, 1, 3), 255, np.uint8)
    shrink = min(1.0, 160 / max(colours.shape))
    small = (max(1, round(colours.shape[1] * shrink)), max(1, round(colours.shape[0] * shrink)))
    return np.asarray(cv2.resize(colours, small, interpolation=cv2.INTER_AREA))
