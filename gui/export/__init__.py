"""The export dialog and the panel on the clipboard; the drawing itself is tfcore.figure."""

from __future__ import annotations

from gui.export.clipboard import copy_image
from gui.export.dialog import ExportDialog, Others

__all__ = ["ExportDialog", "Others", "copy_image"]
