"""The centre of the window: a picture, the heat over it, and the numbers under the cursor."""

from gui.canvas.canvas import Canvas

__all__ = ["Canvas"]
