"""A dissection on disk: a table with a row per filter and concept, its summary, and the numbers as arrays."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure.save import encoded, save
from tfcore.files import check_free, written_together
from tfcore.inside.figures import concepts_figure, filters_figure
from tfcore.inside.gallery import filter_masks
from tfcore.marks import MEMBER, PROGRAM, version
from tfcore.results.dissection import DETECTS, Dissection
from tfcore.tables import heading, write_table
from tfcore.told import Told, placed, told_json

if TYPE_CHECKING:
    from tfcore.models.model import Model
    from tfcore.pictures import Picture

TABLE, RECORD, ARRAYS, FIGURE, REPORT = FILES = (
    *(f"dissection.{ending}" for ending in ("csv", "json", "npz", "png")),
    "report.html",
)
_DPI = 300
COLUMNS = (
    "layer",
    "path",
    "filter",
    "concept",
    "iou",
    "iou_mean",
    "iou_raw",
    "iou_shuffled",
    "detector",
    "threshold",
    "threshold_error",
    "dead",
)
_ARRAYS = ("thresholds", "error", "dead", "iou_raw", "iou", "iou_mean", "iou_shuffled", "strongest")


def rows(found: Dissection, least: float = DETECTS) -> Iterator[dict[str, Any]]:
    """One for every filter and concept; of dead filters one without numbers."""
    for name, layer in found.items():
        for index, threshold in enumerate(layer.thresholds):
            of_filter = {"layer": name, "path": layer.layer, "filter": index, "threshold": float(threshold)}
            of_filter |= {"threshold_error": float(layer.error[index]), "dead": bool(layer.dead[index])}
            if layer.dead[index]:
                yield of_filter
                continue
            for concept in found.held:
                place = found.concepts.index(concept)
                numbers = {
                    column: float(getattr(layer, column)[index, place])
                    for column in ("iou", "iou_mean", "iou_raw", "iou_shuffled")
                }
                yield {**of_filter, "concept": concept, **numbers, "detector": numbers["iou"] >= least}


def check_files_free(folder: Path, overwrite: bool = False) -> None:
    """A sentence where a file of somebody else's would be replaced."""
    for name in FILES:
        check_free(folder / name, overwrite, heading(COLUMNS) if name == TABLE else b"")


def placed_facts(found: Dissection) -> dict[str, Any]:
    """What it was found by, with data and model as the places that they are."""
    facts = dict(found.facts)
    return facts | ({"data": Path(facts["data"]), "model": placed(facts["model"])} if "data" in facts else {})


def record(found: Dissection, least: float = DETECTS) -> dict[str, Any]:
    """What was asked, and what came of it in short."""
    return {
        PROGRAM: version(),
        **placed_facts(found),
        "concepts": found.concepts,
        "detects_from": least,
        "layers": found.summary(least),
        "detectors": [one._asdict() for one in found.best() if one.iou >= least],
        "unread": found.unread,
    }


def write(found: Dissection, folder: Path, least: float = DETECTS, overwrite: bool = False) -> list[Path]:
    """The files written."""
    # The mark of an .npz is its first member.
    arrays: dict[str, Any] = {
        MEMBER: version(),
        "concepts": found.concepts,
        "pictures": [*map(Told(folder).place, found.pictures)],
    }
    arrays |= {f"{name}/{each}": getattr(layer, each) for name, layer in found.items() for each in _ARRAYS}
    packed = io.BytesIO()
    np.savez_compressed(packed, allow_pickle=False, **{name: np.asarray(each) for name, each in arrays.items()})
    written = [write_table(folder / TABLE, COLUMNS, rows(found, least), overwrite)]
    contents = {
        RECORD: told_json(record(found, least), folder).encode(),
        ARRAYS: packed.getvalue(),
        FIGURE: encoded(concepts_figure(found), ".png", _DPI),
    }
    paths = [folder / name for name in contents]
    with written_together(paths, overwrite) as temporaries:
        for temporary, content in zip(temporaries, contents.values(), strict=True):
            temporary.write_bytes(content)
    return [*written, *paths]


def write_filters(
    model: Model, found: Dissection, picture: Picture, folder: Path, overwrite: bool = False
) -> list[Path]:
    """A figure for each layer of which any filter fires in the picture: the best ones first."""
    batch, (box,) = model.prepare_with_boxes([picture])
    written = []
    for name, layer in found.items():
        masks = filter_masks(
            model, picture, batch, box, layer.layer, layer.thresholds, layer.dead, found.facts.get("foreground", "body")
        )
        if masks.packed.any():
            figure = filters_figure(picture.display(), masks, [one.filter for one in found.best() if one.layer == name])
            written.append(save(figure, folder / f"filters-{name.replace('/', '-')}.png", _DPI, overwrite))
    if not written:
        raise HeatlensError(f"{picture.path}: none of the filters fires in it, so there is no figure of them.")
    return written
