"""What filters stand for, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from gui.texts import tr
from tfcore.results import Detector
from tfcore.results.dissection import DETECTS


def in_words(one: Detector) -> str:
    """As a heading says it."""
    return tr(
        "filter {filter} of {layer}: {concept} {iou:.3f}",
        filter=one.filter,
        layer=one.layer,
        concept=one.concept,
        iou=one.iou,
    )


def shortly(one: Detector) -> str:
    """As one of several."""
    return tr(
        "{filter} of {layer} ({concept} {iou:.2f})",
        filter=one.filter,
        layer=one.layer,
        concept=one.concept,
        iou=one.iou,
    )


def brief(one: Detector) -> str:
    """Under its picture."""
    return f"{one.filter} · {one.layer.rpartition('/')[2]}\n{one.concept} {one.iou:.3f}"


def tip(one: Detector) -> str:
    """Under the pointer."""
    chance = tr("not known") if math.isnan(one.chance) else f"{one.chance:.3f}"
    detects = tr("a detector") if one.iou >= DETECTS else tr("no detector: IoU below {detects:g}", detects=DETECTS)
    return tr(
        "Filter {filter} of {layer}, {detects} of {concept}\n"
        "IoU over all pictures {iou:.3f}, by chance {chance}; mean over pictures that hold it "
        "{iou_mean:.3f}\n"
        "Click to see where it fires in the picture on show; click elsewhere to leave it",
        filter=one.filter,
        layer=one.layer,
        detects=detects,
        concept=one.concept,
        iou=one.iou,
        chance=chance,
        iou_mean=one.iou_mean,
    )


def sentence(row: Mapping[str, Any]) -> str:
    """How many of a layer are detectors."""
    chance = tr("not known, the concepts being of one patient") if row["by chance"] is None else row["by chance"]
    return tr(
        "{layer}: {detectors} of {filters} filters are detectors, by chance {chance}",
        layer=row["layer"],
        detectors=row["detectors"],
        filters=row["filters"],
        chance=chance,
    ) + (tr("; {dead} dead", dead=row["dead"]) if row["dead"] else "")
