"""``report.html`` of a dissection: detectors by layer, and the best filters over the pictures they fire in."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np

import resources
from tfcore.files import written_whole
from tfcore.inside.files import REPORT, placed_facts
from tfcore.inside.gallery import overlaid
from tfcore.lazy import cv2
from tfcore.marks import version
from tfcore.report.samples import Shown, Strip
from tfcore.report.tables import Cell, Grid
from tfcore.results.dissection import DETECTS, Detector, Dissection, Fires
from tfcore.told import Told
from tfcore.training.report.style import STYLE

# Filters of a layer in the gallery.
MOST = 8


def write_gallery(found: Dissection, folder: Path, least: float = DETECTS, overwrite: bool = False) -> Path:
    """The page beside the tables; the path written."""
    # Slow to load, and of no use to a program that writes no report.
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    loader = FileSystemLoader(resources.path("report"))
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    told = Told(folder)
    page = environment.get_template("dissection.html").render(
        facts=told(placed_facts(found)),
        unread=found.unread,
        detectors=_detectors(found, least),
        strips=_strips(found),
        style=STYLE,
        version=version(),
    )
    path = folder / REPORT
    with written_whole(path, overwrite) as temporary:
        temporary.write_text(told.words(page), encoding="utf-8", errors="backslashreplace")
    return path


def _detectors(found: Dissection, least: float) -> Grid:
    rows = found.summary(least)
    columns = [name for name in rows[0] if name != "layer"]
    note = (
        f"Filters whose mask and a concept have an IoU of {least:g} or more, over all pictures; by chance: as many as "
        "there are when each filter is held against the concepts of other patients' pictures. A filter whose "
        "activation is almost everywhere its lowest is dead and left out."
    )
    cells = [(row["layer"], [Cell(str(row[name])) for name in columns]) for row in rows]
    return Grid("Detectors by layer", columns, cells, note)


def _strips(found: Dissection) -> list[Strip]:
    """The best filters of each layer, a row of pictures each (002, figures 2 to 4)."""
    best = found.best()
    chosen = [one for name in found for one in [each for each in best if each.layer == name][:MOST]]
    shown = found.shown(chosen)
    note = "In colour where the filter fires, in white lines what was marked; the pictures it fires most strongly in."
    strips = []
    for name in found:
        rows = [(caption(one), [_picture(each) for each in shown[one]]) for one in chosen if one.layer == name]
        strips.append(Strip(name, rows, note))
    return strips


def caption(one: Detector) -> str:
    """What is said of a filter."""
    chance = "" if np.isnan(one.chance) else f", by chance {one.chance:.3f}"
    return f"filter {one.filter}: {one.concept} {one.iou:.3f}{chance}"


def _picture(one: Fires) -> Shown:
    drawn = overlaid(one.image, one.mask, one.concept)
    _, jpeg = cv2.imencode(".jpg", drawn[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])
    name = one.picture.replace("\\", "/").rpartition("/")[2]
    return Shown(f"data:image/jpeg;base64,{base64.b64encode(jpeg.tobytes()).decode()}", name)
