"""Heatmaps, masks and figures as DICOM, for an archive's viewer to lay over the pictures they are of.

>>> from tfcore.figure.dicom import Mapped, parametric_map, segmentation
>>> parametric_map([Mapped.of(heat, picture)], "heat.dcm")                                 # doctest: +SKIP
"""

from __future__ import annotations

from tfcore.figure.dicom.capture import secondary_capture
from tfcore.figure.dicom.maps import Mapped, parametric_map, segmentation

__all__ = ["Mapped", "parametric_map", "secondary_capture", "segmentation"]
