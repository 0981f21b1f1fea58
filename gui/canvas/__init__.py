"""The centre of the window: a picture, the heat over it, and the numbers under the cursor.

``Canvas`` is imported at its first use: pyqtgraph takes longer to import than the window may take to appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gui.canvas.canvas import Canvas

__all__ = ["Canvas"]


def __getattr__(name: str) -> Any:
    if name != "Canvas":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from gui.canvas.canvas import Canvas

    return Canvas
