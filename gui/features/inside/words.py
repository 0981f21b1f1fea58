"""What filters stand for, in words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from tfcore.results import Detector
from tfcore.results.dissection import DETECTS


def in_words(one: Detector) -> str:
    """As a heading says it."""
    return f"filter {one.filter} of {one.layer}: {one.concept} {one.iou:.3f}"


def shortly(one: Detector) -> str:
    """As one of several."""
    return f"{one.filter} of {one.layer} ({one.concept} {one.iou:.2f})"


def brief(one: Detector) -> str:
    """Under its picture."""
    return f"{one.filter} · {one.layer.rpartition('/')[2]}\n{one.concept} {one.iou:.3f}"


def tip(one: Detector) -> str:
    """Under the pointer."""
    chance = "not known" if math.isnan(one.chance) else f"{one.chance:.3f}"
    detects = "a detector" if one.iou >= DETECTS else f"no detector: IoU below {DETECTS:g}"
    return (
        f"Filter {one.filter} of {one.layer}, {detects} of {one.concept}\n"
        f"IoU over all pictures {one.iou:.3f}, by chance {chance}; mean over pictures that hold it {one.iou_mean:.3f}\n"
        "Click to see where it fires in the picture on show; click elsewhere to leave it"
    )


def sentence(row: Mapping[str, Any]) -> str:
    """How many of a layer are detectors."""
    chance = "not known, the concepts being of one patient" if row["by chance"] is None else row["by chance"]
    return f"{row['layer']}: {row['detectors']} of {row['filters']} filters are detectors, by chance {chance}" + (
        f"; {row['dead']} dead" if row["dead"] else ""
    )
