"""What DICOM files there are of a heatmap, for forms and flags to read before any of them is made."""

from __future__ import annotations

from tfcore.registry import Param

KINDS = {
    "panel": "the figure as a picture, which every viewer shows (Secondary Capture)",
    "heat": "the raw heat, for a viewer to lay over the picture (Parametric Map)",
    "mask": "where the heat is strong, for a viewer to lay over the picture (Segmentation)",
}
MASK_AT = Param(
    "mask_at",
    "text",
    "mean+std",
    "where a mask begins: mean+std (above the mean by one standard deviation, as iou has it) or a value of the map",
)
# How a mask is stored: a bit for each pixel, or a number.
MASK_KINDS = ("binary", "labelmap")
